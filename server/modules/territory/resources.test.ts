import { afterAll, expect, test } from 'vitest'
import { publishResources } from '#territory'
import { openBranch } from '../../test/branch.ts'
import { importRows } from '../../test/import-rows.ts'

const branch = await openBranch('2026-11-20T12:00:00Z')
afterAll(() => branch.close())

const place = {
  ...{ division_code: '370686001001' as string | null, address: null as string | null },
  ...{ access_type: 'FTTH', two_way: '是', ports_total: 48, ports_free: 18, max_mbps: 1000 },
}
const importPlaces = (date: string, ...rows: Partial<typeof place>[]) =>
  importRows(branch, { kind: 'resources', date, rows: rows.map((row) => ({ ...place, ...row })) })
async function resourcesOn(day: string) {
  await using session = await branch.works.lake.session()
  await publishResources(branch.works, session, branch.branchId, day)
  return await session.rows(
    'select division_code as place, two_way, ports_free as free from published.resources order by 1',
  )
}

test('before any delivery there is a table with nothing in it', async () => {
  expect(await resourcesOn('2026-11-21')).toEqual([])
})

test('a delivery holds from its date until the next, which replaces all of it', async () => {
  await importPlaces('2026-10-01', {}, { division_code: '370686001002', two_way: '否' })
  await importPlaces('2026-11-01', { ports_free: 3 })
  expect(await resourcesOn('2026-09-30')).toEqual([])
  expect(await resourcesOn('2026-10-31')).toEqual([
    { place: '370686001001', two_way: true, free: 18 },
    { place: '370686001002', two_way: false, free: 18 },
  ])
  expect(await resourcesOn('2026-11-01')).toEqual([
    { place: '370686001001', two_way: true, free: 3 },
  ])
})

test('more free ports than ports are taken as all of them, and told', async () => {
  const taken = await importPlaces('2026-11-02', { ports_free: 60 })
  expect(taken).toMatchObject({ accepted: 1, rejected: 0 })
  expect(taken.warnings.map(({ text }) => text.zh).join()).toContain('空闲端口')
  expect(await resourcesOn('2026-11-02')).toMatchObject([{ free: 48 }])
})

test('a row without a place is rejected', async () => {
  const taken = await importPlaces('2026-11-03', {}, { division_code: null })
  expect(taken).toMatchObject({ rows: 2, accepted: 1, rejected: 1 })
})
