import fc from 'fast-check'
import { afterAll, afterEach, expect, test } from 'vitest'
import { publishRezoning as contract, type Move } from '#contract/rezoning.ts'
import { subtreeOf, unitNames } from '#people'
import { openBranch, type Person } from '../../../test/branch.ts'
import { importRows } from '../../../test/import-rows.ts'
import { compareZones, redraw } from './redraw.ts'
import { treeOf, type UnitRef } from './tree.ts'

const branch = await openBranch('2026-11-20T12:00:00Z')
afterAll(() => branch.close())
const [TODAY, DAY] = ['2026-11-20', '2026-12-01']
/** The last second of the day before, and the first of the day itself, on the branch’s clock. */
const [EVE, MIDNIGHT] = ['2026-11-30T15:59:59Z', '2026-11-30T16:00:00Z']
const at = (instant: string) => branch.clock.set(instant)
afterEach(() => at('2026-11-20T12:00:00Z'))
const [Z1, Z2, H1, G1] = ['370686-Z1', '370686-Z2', '370686-H01', '370686-H01-G1']

await importRows(branch, {
  kind: 'subscribers',
  date: TODAY,
  rows: ['H1', 'H1', 'H2', 'H3'].map((household, at) => ({
    subscriber_id: `S${at + 1}`,
    household_id: household,
    status: 'active',
    grid_code: household === 'H3' ? '370686-H02-G1' : G1,
  })),
})

const url = `/branches/${branch.branchId}/rezonings`
const publish = (by: Person, moves: readonly Move[], validFrom = DAY) =>
  branch.post(url, by, { validFrom, moves })
const preview = (by: Person, moves: readonly Move[], validFrom = DAY) =>
  branch.post(`${url}/preview`, by, { validFrom, moves })
const undo = (by: Person, id: string) => branch.post(`${url}/${id}/undo`, by)
const idOf = ({ body }: { body: unknown }) => (body as { rezoningId: string }).rezoningId
const seen = (who: Person, unitId: string) => branch.unit(who, (unit) => subtreeOf(unit, unitId))
const cards = async (who: Person) =>
  ((await branch.get(`/branches/${branch.branchId}/subscribers`, who)).body as { total: number })
    .total
const manager = () => branch.hire({ roles: ['branch_manager'] })
const move = (unitId: string, parentId: string): Move => ({ kind: 'move', unitId, parentId })

test('a hall changes zones at midnight: who led the one no longer sees it, who leads the other does', async () => {
  const by = await manager()
  const [first, second] = [
    await branch.hire({ unit: Z1, roles: ['zone_manager'] }),
    await branch.hire({ unit: Z2, roles: ['zone_manager'] }),
  ]
  const published = await publish(by, [move(H1, Z2)])
  expect(published).toMatchObject({ status: 200 })
  at(EVE)
  const [a, b] = [await branch.signIn(first.id), await branch.signIn(second.id)]
  expect([await cards(a), await cards(b)]).toEqual([3, 1])
  expect(await seen(a, H1)).toEqual([H1, G1])
  at(MIDNIGHT)
  expect([await cards(a), await cards(b)]).toEqual([0, 4])
  expect(await seen(a, H1)).toEqual([])
  expect(await seen(b, H1)).toEqual([H1, G1])
  const later = await branch.signIn(by.id)
  const tree = (on: string) => branch.get(`/organisation/units?on=${on}`, later)
  expect((await tree('2026-11-30')).body).toMatchObject(holding(H1, Z1))
  expect((await tree(DAY)).body).toMatchObject(holding(H1, Z2))
  at('2026-11-30T17:00:00Z')
  expect(await publish(later, [move(H1, Z1)])).toMatchObject({ status: 200 })
  expect(await cards(a)).toBe(3)
  await branch.sql(`delete from people.unit where unit_id = '${H1}' and valid_from = '${DAY}'`)
  await branch.sql(`update people.unit set valid_to = null where unit_id = '${H1}'`)
})
const holding = (unitId: string, parentId: string) => ({
  units: expect.arrayContaining([expect.objectContaining({ unitId, parentId })]),
})

test('what is seen before saving is what each zone will have, and nothing is lost or changed', async () => {
  const by = await manager()
  await branch.hire({ unit: G1, roles: ['micro_seller'] })
  const moves: Move[] = [
    { kind: 'open', unitId: '370686-Z9', name: '新片区' },
    move(H1, '370686-Z9'),
  ]
  const { body } = await preview(by, moves)
  const { zones } = body as { zones: { unitId: string; before: object; after: object }[] }
  const of = (id: string) => zones.find(({ unitId }) => unitId === id)
  expect(of(Z1)).toMatchObject({
    before: { households: 2, subscribers: 3 },
    after: { households: 0 },
  })
  expect(of('370686-Z9')).toMatchObject({
    before: { households: 0, people: 0 },
    after: { households: 2, subscribers: 3, people: 1 },
  })
  expect(await branch.sql(`select 1 from people.unit where unit_id = '370686-Z9'`)).toEqual([])
})

test('a zone is split and merged again, and its name is known after it closed', async () => {
  const by = await manager()
  const split: Move[] = [
    { kind: 'open', unitId: '370686-Z7', name: '南片区' },
    move(H1, '370686-Z7'),
  ]
  expect(await publish(by, split, TODAY)).toMatchObject({ status: 200 })
  const leader = await branch.hire({ unit: '370686-Z7', roles: ['zone_manager'] })
  expect(await cards(leader)).toBe(3)
  expect(await publish(by, [{ kind: 'close', unitId: '370686-Z7' }])).toMatchObject({
    body: { code: 'zone-not-empty' },
  })
  const merge: Move[] = [move(H1, Z1), { kind: 'close', unitId: '370686-Z7' }]
  expect(await publish(by, merge)).toMatchObject({ body: { code: 'zone-not-empty' } })
  await branch.sql(`update people.staff set valid_to = '${DAY}' where staff_id = '${leader.id}'`)
  expect(await publish(by, merge)).toMatchObject({ status: 200 })
  at(MIDNIGHT)
  const first = await branch.hire({ unit: Z1, roles: ['zone_manager'] })
  expect(await cards(first)).toBe(3)
  const again = await branch.signIn(by.id)
  const names = await branch.unit(again, (unit) => unitNames(unit, branch.branchId))
  expect(names.get('370686-Z7')?.name).toBe('南片区')
})

test('a re-zoning is undone until its day, whole, and not when something came after it', async () => {
  const by = await manager()
  const grid = '370686-H02-G1'
  const before = await branch.sql(`select * from people.unit where unit_id = '${grid}'`)
  const id = idOf(await publish(by, [move(grid, H1)]))
  expect(await undo(by, id)).toMatchObject({ status: 200 })
  const holds = `select * from people.unit where unit_id = '${grid}' and valid_to is distinct from valid_from`
  const past = ({ recorded_at: _, recorded_by: __, ...row }: Record<string, unknown>) => row
  expect((await branch.sql(holds)).map(past)).toEqual(before.map(past))
  expect(await undo(by, id)).toMatchObject({ body: { code: 'rezoning-unknown' } })
  const next = idOf(await publish(by, [move(grid, H1)]))
  await publish(by, [move(grid, '370686-H02')], '2026-12-05')
  expect(await undo(by, next)).toMatchObject({ body: { code: 'rezoning-overtaken' } })
  at(MIDNIGHT)
  expect(await undo(await branch.signIn(by.id), next)).toMatchObject({
    body: { code: 'rezoning-begun' },
  })
})

test('all steps hold or none: one that cannot be leaves the others undone as well', async () => {
  const by = await manager()
  const count = () => branch.sql('select count(*) as n from people.unit')
  const before = await count()
  const good: Move = { kind: 'open', unitId: '370686-Z5', name: '东片区' }
  for (const [bad, code] of [
    [move('370685-H01', Z1), 'unit-unknown'],
    [move(Z1, H1), 'unit-circle'],
    [{ kind: 'close', unitId: 'Z404' }, 'unit-unknown'],
    [{ kind: 'open', unitId: '370685-Z1', name: '邻县' }, 'unit-elsewhere'],
  ] as [Move, string][])
    expect(await publish(by, [good, bad]), code).toMatchObject({ body: { code } })
  expect(await publish(by, [good, good])).toMatchObject({ body: { code: 'rezoning-twice' } })
  expect(await publish(by, [good], '2026-11-19')).toMatchObject({ body: { code: 'rezoning-past' } })
  expect(await count()).toEqual(before)
})

test('the same re-zoning published by twelve at once is one, and once undone a new one', async () => {
  const by = await manager()
  const steps = [move('370686-H02-G1', Z2)]
  const published = await Promise.all(Array.from({ length: 12 }, () => publish(by, steps)))
  expect(published.map(({ status }) => status)).toEqual(published.map(() => 200))
  const ids = new Set(published.map(idOf))
  expect(ids.size).toBe(1)
  const [id = ''] = ids
  expect(await undo(by, id)).toMatchObject({ status: 200 })
  const next = idOf(await publish(by, steps))
  expect(next).not.toBe(id)
  expect(await undo(by, next)).toMatchObject({ status: 200 })
})

test('it takes the right to organise the whole branch, and is told in the audit trail', async () => {
  const zone = await branch.hire({ unit: Z1, roles: ['branch_manager'] })
  const seller = await branch.hire({ roles: ['hall_clerk'] })
  for (const who of [zone, seller])
    expect(await publish(who, [move(H1, Z2)])).toMatchObject({ body: { code: 'not-allowed' } })
  const by = await manager()
  const id = idOf(await publish(by, [move(G1, '370686-H02')], '2027-03-01'))
  const auditor = await branch.hire({ roles: ['auditor'] })
  const trail = await branch.get(`/branches/${branch.branchId}/audit?about=${id}`, auditor)
  expect(trail.body).toMatchObject({
    rows: [
      { action: 'zones.changed', values: { state: 'published', from: '2027-03-01', moves: 1 } },
    ],
  })
  expect(contract.needs).toBe('organisation:write')
})

const LEVELS = ['branch', 'zone', 'hall', 'grid'] as const
const drawing = fc.record({
  units: fc.array(fc.record({ level: fc.integer({ min: 1, max: 3 }), parent: fc.nat() }), {
    minLength: 2,
    maxLength: 12,
  }),
  moves: fc.array(fc.record({ unit: fc.nat(), to: fc.nat() }), { minLength: 1, maxLength: 5 }),
})

test('whatever is moved, all zones together have what they had, and the tree stays one', () => {
  fc.assert(
    fc.property(drawing, ({ units, moves }) => {
      const tree: UnitRef[] = [{ unitId: 'B', parentId: 'C', kind: 'branch', name: 'B' }]
      for (const [index, { level, parent }] of units.entries()) {
        const higher = tree.filter(({ kind }) => LEVELS.indexOf(kind as 'zone') < level)
        const under = higher[parent % higher.length]?.unitId ?? 'B'
        const kind = LEVELS[level] ?? 'grid'
        tree.push({ unitId: `U${index}`, parentId: under, kind, name: `U${index}` })
      }
      const wish = moves.map(({ unit, to }) =>
        move(`U${unit % units.length}`, tree[to % tree.length]?.unitId ?? 'B'),
      )
      let after: ReturnType<typeof redraw>
      try {
        after = redraw('B', tree, wish)
      } catch (refusal) {
        expect(refusal).toMatchObject({ name: 'Refusal' })
        return
      }
      const some = { households: 1, subscribers: 2, openTasks: 3, people: 4 }
      const sums = new Map(tree.map(({ unitId }) => [unitId, some]))
      const zones = compareZones(treeOf(tree), after, sums)
      for (const side of ['before', 'after'] as const)
        expect(zones.reduce((sum, zone) => sum + zone[side].people, 0)).toBe(4 * tree.length)
    }),
    { seed: 20_261_201, numRuns: 500 },
  )
})
