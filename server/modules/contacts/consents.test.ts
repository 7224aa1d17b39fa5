import { afterAll, expect, test } from 'vitest'
import { openBranch } from '../../test/branch.ts'
import { importRows } from '../../test/import-rows.ts'

const branch = await openBranch('2026-11-20T12:00:00Z')
afterAll(() => branch.close())
const { branchId } = branch
await importRows(branch, {
  kind: 'subscribers',
  date: '2026-11-20',
  rows: ['1', '2'].map((hall) => ({
    ...{ subscriber_id: `S${hall}`, household_id: `H${hall}`, status: 'active' },
    grid_code: `370686-H0${hall}-G1`,
  })),
})
const clerk = await branch.hire({ unit: '370686-H01', roles: ['hall_clerk'] })
const stranger = await branch.hire({ unit: '370685', roles: ['administrator'] })

const WORD = {
  ...{ subject: 'marketing', channel: null, answer: 'no', via: 'hall', proof: null, note: null },
  toldAt: '2026-11-20T11:00:00.000Z',
}
const of = (id: string) => `/branches/${branchId}/subscribers/${id}/consents`
const say = (word: object, who = clerk, id = 'S1') => branch.post(of(id), who, { ...WORD, ...word })

test('a word is kept with who heard it, how, and where the proof is', async () => {
  const { status, body } = await say({ answer: 'yes', proof: { kind: 'recording', ref: 'R-77' } })
  expect(status).toBe(200)
  expect(body).toMatchObject({
    consents: [
      {
        ...{ subject: 'marketing', channel: null, answer: 'yes', via: 'hall', stands: true },
        ...{ proof: { kind: 'recording', ref: 'R-77' }, recordedBy: clerk.id },
        recordedByName: { zh: `测试${clerk.id}` },
      },
    ],
  })
  const [entry] = await branch.sql(
    `select actor, about_id from platform.audit_entry where action = 'consent.recorded'`,
  )
  expect(entry).toEqual({ actor: clerk.id, about_id: 'S1' })
})

test.each([
  ['a “yes” without its proof', { answer: 'yes' }, 'consent-needs-proof'],
  [
    'a channel for what is not marketing',
    { subject: 'personalisation', channel: 'sms' },
    'consent-channel-not-marketing',
  ],
  ['a word from the future', { toldAt: '2026-11-20T12:00:01.000Z' }, 'consent-in-future'],
])('%s is refused', async (_, word, code) => {
  expect(await say(word)).toMatchObject({ status: 422, body: { code } })
})

test('nobody hears or reads the words of a subscriber outside the own scope', async () => {
  const unknown = { status: 404, body: { code: 'subscriber-unknown' } }
  expect(await say({}, clerk, 'S2')).toMatchObject(unknown)
  expect(await branch.get(of('S2'), clerk)).toMatchObject(unknown)
  expect(await branch.get(of('S1'), stranger)).toMatchObject({ status: 404 })
})

test('a word is never changed and never taken out', async () => {
  for (const text of [`update contacts.consent set answer = 'no'`, 'delete from contacts.consent'])
    await expect(branch.sql(text)).rejects.toThrow('append-only')
})
