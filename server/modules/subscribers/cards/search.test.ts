import { afterAll, expect, test } from 'vitest'
import { openBranch } from '../../../test/branch.ts'
import { importRows } from '../../../test/import-rows.ts'

const branch = await openBranch('2026-11-20T12:00:00Z')
afterAll(() => branch.close())

test('who is looked for in a hall is found, however many there are of the name elsewhere', async () => {
  const namesakes = Array.from({ length: 10_010 }, (_, nth) => `A${nth}`)
  const few = ['Z1', 'Z2', 'Z3']
  await importRows(branch, {
    kind: 'subscribers',
    date: '2026-11-20',
    rows: [...namesakes, ...few].map((id) => ({
      ...{ subscriber_id: id, status: 'active', customer_name: '王明' },
      grid_code: id.startsWith('Z') ? '370686-H02-G1' : '370686-H01-G1',
    })),
  })
  const manager = await branch.hire()
  const search = async (of: string) =>
    (await branch.get(`/branches/${branch.branchId}/subscribers?${of}`, manager)).body
  expect(await search('search=wm')).toMatchObject({ total: 10_001 })
  expect(await search('search=wm&unit=370686-H02&sort=-subscriberId')).toMatchObject({
    total: 3,
    rows: [{ subscriberId: 'Z3' }, { subscriberId: 'Z2' }, { subscriberId: 'Z1' }],
  })
})
