import { afterAll, expect, test } from 'vitest'
import {
  branchOf,
  mayDoInBranch,
  type Role,
  readBranch,
  staffOn,
  subtreeOf,
  unitNames,
} from '#people'
import { openBranch, type Person } from '../../../test/branch.ts'

const branch = await openBranch('2026-11-20T00:00Z')
afterAll(() => branch.close())

type Tree = { units: { unitId: string; inScope: boolean; staff: number }[]; can: string[] }
const treeOf = async (who: Person, on?: string) => {
  const { body } = await branch.get(`/organisation/units${on ? `?on=${on}` : ''}`, who)
  return body as Tree
}
const seen = async (who: Person, on?: string) =>
  (await treeOf(who, on)).units.filter((unit) => unit.inScope).map((unit) => unit.unitId)
const put = (who: Person, unitId: string, change: object) =>
  branch.put(`/organisation/units/${unitId}`, who, {
    parentId: null,
    kind: 'hall',
    name: '某营业厅',
    divisionCode: null,
    headStaffId: null,
    validFrom: '2026-11-20',
    validTo: null,
    ...change,
  })

test('a clerk sees the own hall and its grids, and the path above with nothing inside', async () => {
  const clerk = await branch.hire({ unit: '370686-H01', roles: ['hall_clerk'] })
  const { units } = await treeOf(clerk)
  expect(units.map(({ unitId, inScope }) => [unitId, inScope])).toEqual([
    ['37', false],
    ['3706', false],
    ['370686', false],
    ['370686-H01', true],
    ['370686-H01-G1', true],
    ['370686-Z1', false],
  ])
})

test('who works for the city sees both its branches; who works in one sees nothing of the other', async () => {
  const [city, manager] = [await branch.hire({ unit: '3706' }), await branch.hire()]
  expect(await seen(city)).toEqual(expect.arrayContaining(['3706', '370685', '370686-H02-G1']))
  expect((await seen(manager)).filter((id) => !id.startsWith('370686'))).toEqual([])
  await expect(branch.unit(manager, (unit) => readBranch(unit, '370685'))).rejects.toMatchObject({
    code: 'branch-unknown',
  })
})

test('a moved hall changes at once who sees it, from its first day on and not before', async () => {
  const [manager, first, second] = [
    await branch.hire({ roles: ['administrator'] }),
    await branch.hire({ unit: '370686-Z1', roles: ['zone_manager'] }),
    await branch.hire({ unit: '370686-Z2', roles: ['zone_manager'] }),
  ]
  const moved = '370686-H77'
  const to = (parentId: string, validFrom: string) => put(manager, moved, { parentId, validFrom })
  expect(await to('370686-Z1', '2026-11-19')).toMatchObject({ body: { code: 'day-past' } })
  expect(await to('370686-Z1', '2026-11-20')).toMatchObject({ status: 200 })
  expect(await seen(first)).toContain(moved)
  expect(await to('370686-Z2', '2026-11-20')).toMatchObject({ status: 200 })
  expect(await seen(first)).not.toContain(moved)
  expect(await seen(second)).toContain(moved)
  expect(await to('370686-Z1', '2026-12-01')).toMatchObject({ status: 200 })
  expect(await seen(second)).toContain(moved)
  branch.clock.set('2026-12-01T00:00Z')
  const later = await branch.hire({ unit: '370686-Z2', roles: ['zone_manager'] })
  expect(await seen(later)).not.toContain(moved)
  branch.clock.set('2026-11-20T00:00Z')
})

test('a unit cannot hang below itself, nor below its own level, nor where one sees nothing', async () => {
  const manager = await branch.hire({ roles: ['administrator'] })
  const asZone = { kind: 'zone', name: '1片区' }
  expect(await put(manager, '370686-Z1', { ...asZone, parentId: '370686-H01' })).toMatchObject({
    status: 409,
    body: { code: 'unit-circle' },
  })
  expect(await put(manager, '370686-Z1', { ...asZone, parentId: '370686-Z2' })).toMatchObject({
    status: 409,
    body: { code: 'unit-level-turned' },
  })
  expect(await put(manager, '370686-H78', { parentId: '370685-Z1' })).toMatchObject({
    status: 404,
    body: { code: 'unit-unknown' },
  })
  expect(await put(manager, '370685-H01', { parentId: '370686-Z1' })).toMatchObject({
    status: 409,
    body: { code: 'unit-elsewhere' },
  })
})

test('changing the tree takes a role that allows it', async () => {
  const seller = await branch.hire({ roles: ['micro_seller'] })
  expect(await put(seller, '370686-H79', { parentId: '370686-Z1' })).toMatchObject({
    status: 403,
    body: { code: 'not-allowed' },
  })
})

test('what concerns the whole branch takes the branch in scope, not a hall of it', async () => {
  const may = async (unit: string, roles: Role[]) => {
    const person = await branch.hire({ unit, roles })
    return branch.unit(person, (own) => mayDoInBranch(own, '370686', 'import:write'))
  }
  await expect(may('370686', ['analyst'])).resolves.toBeUndefined()
  await expect(may('370686-H01', ['analyst'])).rejects.toMatchObject({ code: 'not-allowed' })
  await expect(may('370686', ['hall_clerk'])).rejects.toMatchObject({ code: 'not-allowed' })
  await expect(may('370685', ['analyst'])).rejects.toMatchObject({ code: 'branch-unknown' })
})

test('the units of a branch are named for whoever belongs to it, with those above', async () => {
  const clerk = await branch.hire({ unit: '370686-H02', roles: ['hall_clerk'] })
  const names = await branch.unit(clerk, (unit) => unitNames(unit, '370686'))
  expect(names.get('370686-H02-G1')).toMatchObject({ name: '2网格', kind: 'grid' })
  expect(names.get('370686')).toMatchObject({ name: '栖霞' })
  expect(names.has('370686-H01')).toBe(false)
  expect(await branch.unit(clerk, (unit) => branchOf(unit, '370686-H02-G1'))).toBe('370686')
  expect(await branch.unit(clerk, (unit) => subtreeOf(unit, '370686-H01'))).toEqual([])
})

test('the people of a day come with their path to the branch', async () => {
  const seller = await branch.hire({ unit: '370686-H02-G1', roles: ['micro_seller'] })
  const people = await branch.unit(branch.system, (unit) => staffOn(unit, '370686', '2026-11-20'))
  expect(people.find(({ staffId }) => staffId === seller.id)).toMatchObject({
    path: ['370686-H02-G1', '370686-H02', '370686-Z2', '370686'],
    capacity: { door: 20 },
    days: '1234567',
  })
})
