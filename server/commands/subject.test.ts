import { afterAll, expect, test } from 'vitest'
import { unwatched } from '#platform/works.ts'
import { openBranch } from '../test/branch.ts'
import { importRows } from '../test/import-rows.ts'
import { subject } from './subject.ts'

const branch = await openBranch('2026-11-20T12:00:00Z')
afterAll(() => branch.close())
const { branchId } = branch
const row = (id: string, name: string) => ({
  ...{ subscriber_id: id, status: 'active', customer_name: name, contact_phone: '10412340001' },
  grid_code: '370686-H01-G1',
})
await importRows(branch, {
  kind: 'subscribers',
  date: '2026-11-20',
  rows: [row('S1', '柳某一'), row('S2', '韩某二')],
})
await importRows(branch, {
  kind: 'contacts',
  date: '2026-11-20',
  rows: [
    {
      ...{ contact_id: 'C1', subscriber_id: 'S1', at: '2026-10-01T10:00:00+08:00' },
      ...{ channel: 'door', purpose: 'marketing', result: 'promised', note: '月底到营业部' },
    },
  ],
})
const ask = (of: string) =>
  subject.perform(branch.house, { branch: branchId, subscriber: of }, unwatched)

test('somebody who asks is told everything that is kept, in clear text, and who has looked', async () => {
  const clerk = await branch.hire({ unit: '370686-H01', roles: ['hall_clerk'] })
  await branch.get(`/branches/${branchId}/subscribers/S1`, clerk)
  const told = await ask('S1')
  expect(told).toMatchObject({
    extracts: [{ date: '2026-11-20', file: 'subscribers.csv' }],
    contacts: [{ contact_id: 'C1', note: '月底到营业部' }],
    ...{ consents: [], tasks: [], results: [] },
    looked: [{ actor: clerk.id, action: 'portrait.read' }],
  })
  expect(JSON.stringify(told)).toContain('柳某一')
  expect(JSON.stringify(told)).toContain('10412340001')
  expect(JSON.stringify(told), 'nothing of anybody else').not.toContain('韩某二')
  expect(await ask('S1')).toMatchObject({ looked: [{ action: 'subject.told' }, {}] })
})

test('of whom nothing is kept, that is said', async () => {
  await expect(ask('S9')).rejects.toMatchObject({ code: 'subscriber-unknown' })
})
