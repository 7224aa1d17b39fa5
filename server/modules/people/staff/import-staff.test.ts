import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Listed, PlaceRow, StaffRow, UnitRow } from '#people'
import { checkPlaces, checkStaff, importPlaces, importStaff, importUnits, placesOf } from '#people'
import { openBranch } from '../../../test/branch.ts'

const branch = await openBranch('2026-11-20T00:00Z')
afterAll(() => branch.close())

/** A county of its own, which nobody is hired in. */
const of = { branchId: '370600', date: '2026-11-20' }
const unitRow = (unitId: string, parentId: string, kind: string): UnitRow => ({
  row: 2,
  unitId,
  parentId,
  kind,
  name: unitId,
  divisionCode: null,
  headStaffId: null,
  validFrom: '2020-01-01',
  validTo: null,
})
beforeAll(() =>
  branch.unit(branch.system, (unit) =>
    importUnits(unit, of, [
      unitRow('370600', '3706', 'branch'),
      unitRow('370600-H1', '370600', 'hall'),
      unitRow('370600-H1-G1', '370600-H1', 'grid'),
    ]),
  ),
)

let rowNumber = 1
const staff = (staffId: string, change: Partial<StaffRow> = {}): StaffRow => ({
  row: ++rowNumber,
  staffId,
  name: '王某三',
  phone: null,
  account: staffId.toLowerCase(),
  roles: ['micro_seller'],
  unitId: '370600-H1-G1',
  skills: [],
  capacityDoor: 20,
  capacityCall: null,
  capacityHall: null,
  capacityInstall: null,
  days: null,
  validFrom: '2020-01-01',
  validTo: null,
  agency: null,
  extension: null,
  ...change,
})
const check = (rows: StaffRow[]) => branch.unit(branch.system, (unit) => checkStaff(unit, of, rows))
const load = (rows: StaffRow[], on: Listed = of) =>
  branch.unit(branch.system, (unit) => importStaff(unit, on, rows))
const accounts = () =>
  branch.sql(`select staff_id, account from people.account where staff_id like 'S%' order by 1`)

test('people come, change and leave with the file; the same file again changes nothing', async () => {
  const first = [staff('S1'), staff('S2'), staff('S3', { roles: ['hall_clerk'] })]
  expect((await load(first)).counts).toMatchObject({ added: 3 })
  expect(await load(first)).toMatchObject({ changed: false })
  const second = [staff('S1', { capacityDoor: 15 }), staff('S2')]
  expect((await load(second)).counts).toEqual({ added: 0, changed: 1, ended: 1, unchanged: 1 })
  const [three] = await branch.sql(
    `select valid_to::text, days from people.staff where staff_id = 'S3'`,
  )
  expect(three).toEqual({ valid_to: '2026-11-20', days: '12345' })
})

test('a rejected row is still a row of somebody: the person stays as before', async () => {
  await load([staff('S1'), staff('S2')])
  const { counts } = await load([staff('S1')], { ...of, alsoNamed: ['S2'] })
  expect(counts).toMatchObject({ ended: 0 })
})

test('accounts change hands with the file, and a file without accounts takes none away', async () => {
  await load([staff('S1', { account: 'one' }), staff('S2', { account: 'two' })])
  await load([staff('S1', { account: 'TWO' }), staff('S2', { account: 'one' })])
  expect(await accounts()).toContainEqual({ staff_id: 'S1', account: 'two' })
  expect(
    await load([staff('S1', { account: null }), staff('S2', { account: null })]),
  ).toMatchObject({ changed: false })
  expect(await accounts()).toContainEqual({ staff_id: 'S2', account: 'one' })
})

test.each([
  { because: 'a post is in a unit', change: { unitId: null }, code: 'staff-unit-unknown' },
  { because: 'of this branch', change: { unitId: '370686-H01' }, code: 'staff-unit-unknown' },
  { because: 'a person has a name', change: { name: null }, code: 'staff-name-missing' },
  { because: 'and at least one role', change: { roles: [] }, code: 'staff-role-unknown' },
  { because: 'that is known', change: { roles: ['king'] }, code: 'staff-role-unknown' },
  {
    because: 'nobody leaves before coming',
    change: { validTo: '2019-01-01' },
    code: 'dates-turned',
  },
])('$because: the row is rejected as $code', async ({ change, code }) => {
  const bad = staff('S9', change)
  expect(await check([staff('S1'), bad])).toEqual([
    expect.objectContaining({ row: bad.row, severity: 'reject', code }),
  ])
  await expect(load([bad])).rejects.toMatchObject({ code })
})

test('working days that are none are replaced by the usual ones of the role, with a warning', async () => {
  const [odd, fine] = [staff('S1', { days: '8' }), staff('S2', { days: '7,6 1' })]
  expect(await check([odd, fine])).toEqual([
    expect.objectContaining({ row: odd.row, severity: 'warn', code: 'staff-days-unreadable' }),
  ])
  await load([odd, fine])
  const days = await branch.sql(
    `select days from people.staff where staff_id in ('S1', 'S2') and valid_to is null order by staff_id`,
  )
  expect(days).toEqual([{ days: '1234567' }, { days: '167' }])
})

test('an extension comes with the file, and a file without one takes none away', async () => {
  const odd = staff('S1', { extension: '转人工' })
  expect(await check([odd])).toEqual([
    expect.objectContaining({ row: odd.row, severity: 'warn', code: 'staff-extension-unreadable' }),
  ])
  const extension = async () =>
    (
      await branch.sql(
        `select extension from people.staff where staff_id = 'S1' and valid_to is null`,
      )
    ).map((each) => each.extension)
  await load([staff('S1', { extension: '（0535）80-12' })])
  expect(await extension()).toEqual(['05358012'])
  await load([odd])
  expect(await load([staff('S1')])).toMatchObject({ changed: false })
  expect(await extension()).toEqual(['05358012'])
})

test('neither a person nor an account of another branch is taken over', async () => {
  const neighbour = await branch.hire({ unit: '370685', account: 'neighbour' })
  expect(await check([staff(neighbour.id), staff('S5', { account: 'Neighbour' })])).toEqual([
    expect.objectContaining({ code: 'staff-elsewhere' }),
    expect.objectContaining({ code: 'staff-account-taken' }),
  ])
})

test('of two people with one account in a file the second is rejected', async () => {
  const rows = [staff('S6', { account: 'same' }), staff('S7', { account: 'same' })]
  expect(await check(rows)).toEqual([
    expect.objectContaining({ row: rows[1]?.row, code: 'staff-account-taken', value: 'same' }),
  ])
})

const place = (divisionCode: string, change: Partial<PlaceRow> = {}): PlaceRow => ({
  row: 2,
  divisionCode,
  name: '某村',
  kind: 'village',
  gridId: '370600-H1-G1',
  ...change,
})
const loadPlaces = (rows: PlaceRow[], date = of.date) =>
  branch.unit(branch.system, (unit) => importPlaces(unit, { ...of, date }, rows))

test('places know their town by their code, and move, vanish and return with the file', async () => {
  const town = place('370600101', { kind: 'town', name: '某镇', gridId: null })
  const village = place('370600101201')
  await loadPlaces([town, village, place('370600101202')], '2026-11-01')
  expect(await loadPlaces([town, village], '2026-11-10')).toMatchObject({
    counts: { ended: 1, unchanged: 2 },
  })
  await loadPlaces([town, { ...village, gridId: '370600-H1' }])
  const on = (day: string) => branch.unit(branch.system, (unit) => placesOf(unit, of.branchId, day))
  expect((await on('2026-11-01')).map((each) => each.divisionCode)).toEqual([
    '370600101',
    '370600101201',
    '370600101202',
  ])
  expect(await on('2026-11-20')).toEqual([
    expect.objectContaining({ divisionCode: '370600101', gridId: '370600' }),
    {
      divisionCode: '370600101201',
      name: '某村',
      kind: 'village',
      gridId: '370600-H1',
      townCode: '370600101',
      townName: '某镇',
    },
  ])
})

test('a place of an unknown kind or grid is rejected', async () => {
  const rows = [place('1', { kind: '村' }), place('2', { gridId: '370686-H01-G1' })]
  const found = await branch.unit(branch.system, (unit) => checkPlaces(unit, of, rows))
  expect(found.map(({ code }) => code)).toEqual(['place-kind-unknown', 'place-grid-unknown'])
})
