import { expect, test } from 'vitest'
import { drawsOf } from './draws.ts'
import { placeRows } from './organisation.ts'
import { readPlaces } from './places.ts'
import { manTerritory } from './staff.ts'
import { HOUSEHOLDS_PER_GRID, layOut } from './territory.ts'

const places = await readPlaces('370686')
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0)

test('the county has its 14 towns and 810 villages and communities', () => {
  expect(places.towns).toHaveLength(14)
  expect(sum(places.towns.map((town) => town.settlements.length))).toBe(810)
  const names = places.towns.flatMap((town) => town.settlements.map((each) => each.name))
  expect(names).toEqual(expect.arrayContaining(['国路夼村', '桃村', '富源新村', '翠亭社区']))
  for (const name of names) expect(name).not.toMatch(/委员会|村委会|村村$/)
})

test.each([100, 2_000, 35_000, 200_000, 1_000_000])(
  '%i households are divided without loss, by the norms, over 20 halls in 4 zones',
  (households) => {
    const { zones, halls } = layOut('370686', places, households)
    expect(zones).toHaveLength(4)
    expect(zones.flatMap((zone) => zone.halls)).toHaveLength(20)
    expect(halls.filter((hall) => hall.urban)).toHaveLength(2)
    expect(halls.filter((hall) => !hall.urban)).toHaveLength(18)
    expect(sum(halls.map((hall) => hall.households))).toBe(households)
    for (const hall of halls) {
      const norm = Math.max(1, Math.ceil(hall.households / HOUSEHOLDS_PER_GRID))
      expect(hall.grids).toHaveLength(norm)
      const blocks = hall.grids.flatMap((grid) => grid.blocks)
      expect(sum(blocks.map((block) => block.households))).toBe(hall.households)
    }
  },
)

test('who belongs to which hall and zone does not depend on the size of the county', () => {
  const halls = (households: number) =>
    layOut('370686', places, households).zones.map((zone) =>
      zone.halls.map((hall) => [hall.unitId, hall.name, hall.places.map((place) => place.code)]),
    )
  expect(halls(200_000)).toEqual(halls(2_000))
})

test('no zone is 15 % larger than another', () => {
  const { zones } = layOut('370686', places, 200_000)
  const sizes = zones.map((zone) => sum(zone.halls.map((hall) => hall.households)))
  expect(Math.max(...sizes) / Math.min(...sizes)).toBeLessThan(1.15)
})

test('every village, community and building belongs to one grid, under a code of its own', () => {
  const territory = layOut('370686', places, 35_000)
  const rows = placeRows(places, territory).map((row) => row.split(','))
  const codes = rows.map(([code]) => code)
  expect(new Set(codes).size).toBe(codes.length)
  const grids = new Set(territory.halls.flatMap((hall) => hall.grids.map((grid) => grid.unitId)))
  for (const [code = '', name, kind, grid = ''] of rows) {
    expect(name).not.toBe('')
    if (kind !== 'town') expect(grids.has(grid), `${code} ${name}`).toBe(true)
    if (kind === 'building') expect(code).toMatch(/^370686\d{6}-\d+$/)
    if (kind === 'village') expect(code).toMatch(/^370686\d{6}$/)
  }
})

test('no name of a building has a digit before its number, however many there are', () => {
  const territory = layOut('370686', places, 1_000_000)
  const rows = placeRows(places, territory).map((row) => row.split(','))
  const names = rows.filter(([, , kind]) => kind === 'building').map(([, name]) => name)
  for (const name of names) expect(name).toMatch(/^\D+\d+号楼$/)
  expect(names.some((name) => name?.includes('二区'))).toBe(true)
})

test('each grid has a community manager and five sellers, and everybody an account of their own', () => {
  const territory = layOut('370686', places, 200_000)
  const { members, headOf } = manTerritory(drawsOf(7), territory)
  const units = territory.halls.flatMap((hall) => hall.grids.map((grid) => grid.unitId))
  for (const unitId of units) {
    const crew = members.filter((member) => member.unitId === unitId)
    const roles = crew.map((member) => member.role).toSorted()
    expect(roles).toEqual(['community_manager', ...Array(5).fill('micro_seller')])
    for (const { capacity, days } of crew) {
      expect(capacity.door).toBeGreaterThanOrEqual(15)
      expect(capacity.door).toBeLessThanOrEqual(25)
      expect(days).toBe('1234567')
    }
    expect(crew.find((member) => member.role === 'community_manager')?.staffId).toBe(
      headOf.get(unitId),
    )
  }
  expect(members.filter((member) => member.capacity.door).length).toBeGreaterThanOrEqual(120)
  for (const of of ['staffId', 'account', 'phone'] as const)
    expect(new Set(members.map((member) => member[of])).size).toBe(members.length)
  for (const { account, phone } of members) {
    expect(account).toMatch(/^[a-z]+\d*$/)
    expect(phone).toMatch(/^104\d{8}$/)
  }
})
