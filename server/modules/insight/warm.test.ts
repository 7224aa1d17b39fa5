import { afterAll, expect, test } from 'vitest'
import { basesOf } from '#insight'
import { addDays } from '#platform/day.ts'
import { openBranch } from '../../test/branch.ts'
import { importRows } from '../../test/import-rows.ts'

const branch = await openBranch('2026-11-20T12:00:00Z')
afterAll(() => branch.close())
const { branchId } = branch
const bases = basesOf(branch.works)
const patient = new AbortController().signal
const rowsOn = (day: string) =>
  bases.ask({ branchId, day }, patient, async (session) => {
    const [row] = await session.rows<{ n: number }>(
      'select count(*)::integer as n from published.base',
    )
    return row?.n
  })
const importBase = (date: string, ids: string[]) =>
  importRows(branch, {
    kind: 'subscribers',
    date,
    rows: ids.map((subscriber_id) => ({ subscriber_id, status: 'active' })),
  })

test('who asks before anything is imported is refused, and answered as soon as something is', async () => {
  await expect(rowsOn('2026-11-20')).rejects.toMatchObject({ code: 'no-snapshot' })
  await importBase('2026-11-20', ['S1', 'S2'])
  expect(await rowsOn('2026-11-20')).toBe(2)
})

test('a question whose caller went away is stopped, and the next one is answered', async () => {
  const caller = new AbortController()
  const of = { branchId, day: '2026-11-20' }
  const endless = bases.ask(of, caller.signal, async (session) => {
    const asked = session.rows('select count(*) from range(1000000000) a, range(1000000) b')
    caller.abort(new Error('gone'))
    return await asked
  })
  await expect(endless).rejects.toThrow('gone')
  expect(await rowsOn('2026-11-20')).toBe(2)
})

test('many days asked at once are all answered, though few stay open', async () => {
  const days = Array.from({ length: 9 }, (_, nth) => addDays('2026-11-20', nth))
  expect(await Promise.all([...days, ...days].map(rowsOn))).toEqual(Array(18).fill(2))
})

test('a new snapshot is shown to the next question', async () => {
  await importBase('2026-11-22', ['S1', 'S2', 'S3'])
  expect(await rowsOn('2026-11-21')).toBe(2)
  expect(await rowsOn('2026-11-22')).toBe(3)
})
