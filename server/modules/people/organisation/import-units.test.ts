import { afterAll, expect, test } from 'vitest'
import { importUnits, type UnitRow } from '#people'
import { openBranch } from '../../../test/branch.ts'

const branch = await openBranch('2026-11-20T00:00Z')
afterAll(() => branch.close())

const DATE = '2026-11-20'
/** Each test has a county of its own below the city. */
let counties = 370600
const county = () => String(++counties)

function row(unitId: string, parentId: string | null, kind: string, change: Partial<UnitRow> = {}) {
  const unit = { unitId, parentId, kind, name: `单位${unitId}`, divisionCode: null }
  return { row: 0, ...unit, headStaffId: null, validFrom: '2020-01-01', validTo: null, ...change }
}
const numbered = (rows: UnitRow[]) => rows.map((each, at) => ({ ...each, row: at + 2 }))
const countyOf = (id: string) => [
  row(id, '3706', 'branch'),
  row(`${id}-Z1`, id, 'zone'),
  row(`${id}-Z2`, id, 'zone'),
  row(`${id}-H1`, `${id}-Z1`, 'hall'),
  row(`${id}-H1-G1`, `${id}-H1`, 'grid'),
]
const load = (branchId: string, rows: UnitRow[], date = DATE) =>
  branch.unit(branch.system, (unit) => importUnits(unit, { branchId, date }, numbered(rows)))
const versions = (unitId: string) =>
  branch.sql(`select parent_id, valid_from::text, valid_to::text from people.unit
               where unit_id = '${unitId}' order by valid_from`)

test('a file makes a branch; the same file again, on any day, changes nothing', async () => {
  const id = county()
  expect(await load(id, countyOf(id))).toEqual({
    changed: true,
    counts: { added: 5, changed: 0, ended: 0, unchanged: 0 },
  })
  const nothing = { changed: false, counts: { added: 0, changed: 0, ended: 0, unchanged: 5 } }
  expect(await load(id, countyOf(id))).toEqual(nothing)
  expect(await load(id, countyOf(id), '2026-12-31')).toEqual(nothing)
})

test('a hall that moves has two versions, and nothing of the old one is lost', async () => {
  const id = county()
  await load(id, countyOf(id), '2026-11-01')
  const moved = countyOf(id).map((each) =>
    each.unitId === `${id}-H1` ? { ...each, parentId: `${id}-Z2` } : each,
  )
  expect((await load(id, moved)).counts).toMatchObject({ changed: 1, unchanged: 4 })
  expect(await versions(`${id}-H1`)).toEqual([
    { parent_id: `${id}-Z1`, valid_from: '2020-01-01', valid_to: DATE },
    { parent_id: `${id}-Z2`, valid_from: DATE, valid_to: null },
  ])
})

test('a unit that the file no longer names ends on its date, and comes back when named again', async () => {
  const id = county()
  await load(id, countyOf(id), '2026-11-01')
  const without = countyOf(id).filter(({ unitId }) => unitId !== `${id}-Z2`)
  expect((await load(id, without, '2026-11-10')).counts).toMatchObject({ ended: 1, unchanged: 4 })
  expect(await load(id, without, '2026-11-11')).toMatchObject({ changed: false })
  await load(id, countyOf(id))
  expect(await versions(`${id}-Z2`)).toEqual([
    { parent_id: id, valid_from: '2020-01-01', valid_to: '2026-11-10' },
    { parent_id: id, valid_from: DATE, valid_to: null },
  ])
})

test('the units above the branch are taken from the file, and never ended by it', async () => {
  const id = county()
  const above = [row('37', null, 'province', { name: '山东' }), row('3706', '37', 'city')]
  await load(id, [...above, ...countyOf(id)])
  const [city] = await branch.sql(
    `select name from people.unit where unit_id = '3706' and valid_to is null`,
  )
  expect(city).toEqual({ name: '单位3706' })
  expect(await load(id, countyOf(id))).toMatchObject({ changed: false })
})

const at = (rows: UnitRow[], unitId: string, change: Partial<UnitRow>) =>
  rows.map((each) => (each.unitId === unitId ? { ...each, ...change } : each))

test.each([
  {
    because: 'a circle is no tree',
    spoil: (rows: UnitRow[], id: string) => at(rows, `${id}-Z1`, { parentId: `${id}-H1-G1` }),
    code: 'organisation-circle',
    values: { row: 3 },
  },
  {
    because: 'a zone cannot belong to a hall',
    spoil: (rows: UnitRow[], id: string) => at(rows, `${id}-Z2`, { parentId: `${id}-H1` }),
    code: 'organisation-level-turned',
    values: { row: 4, kind: 'zone', parentKind: 'hall' },
  },
  {
    because: 'a parent has a row of its own',
    spoil: (rows: UnitRow[], id: string) => at(rows, `${id}-H1`, { parentId: 'nowhere' }),
    code: 'organisation-parent-unknown',
    values: { row: 5, parent: 'nowhere' },
  },
  {
    because: 'a zone of the neighbour does not belong in the file',
    spoil: (rows: UnitRow[], id: string) => [...rows, row(`${id}-X`, '3706', 'branch')],
    code: 'organisation-outside-branch',
    values: { row: 7 },
  },
  {
    because: 'an id that another branch bears is not taken over',
    spoil: (rows: UnitRow[], id: string) => [...rows, row('370685-Z1', id, 'zone')],
    code: 'organisation-unit-elsewhere',
    values: { row: 7, unit: '370685-Z1' },
  },
  {
    because: 'a level has one of six names',
    spoil: (rows: UnitRow[], id: string) => at(rows, `${id}-Z1`, { kind: '片区' }),
    code: 'organisation-kind-unknown',
    values: { row: 3, value: '片区' },
  },
  {
    because: 'a unit has a name',
    spoil: (rows: UnitRow[], id: string) => at(rows, `${id}-Z1`, { name: null }),
    code: 'organisation-name-missing',
    values: { row: 3 },
  },
  {
    because: 'nothing ends before it begins',
    spoil: (rows: UnitRow[], id: string) => at(rows, `${id}-Z1`, { validTo: '2019-12-31' }),
    code: 'dates-turned',
    values: { row: 3 },
  },
  {
    because: 'the file of a branch names the branch',
    spoil: (rows: UnitRow[], id: string) => at(rows, id, { kind: 'city', parentId: '37' }),
    code: 'organisation-branch-missing',
    values: {},
  },
])('$because: the file is refused with its row, and nothing of it is stored', async (bad) => {
  const id = county()
  const rows = bad.spoil(countyOf(id), id)
  await expect(load(id, rows)).rejects.toMatchObject({ code: bad.code, values: bad.values })
  expect(await versions(`${id}-H1`)).toEqual([])
})
