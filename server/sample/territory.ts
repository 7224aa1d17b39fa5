import { type Draws, drawsOf, stream } from './draws.ts'
import type { CountyPlaces, Settlement, Town } from './places.ts'

/** One marketing grid is made for every so many households. */
export const HOUSEHOLDS_PER_GRID = 15_000
const ZONES = 4
const URBAN_HALLS = 2
const RURAL_HALLS = 18
/** Communities in town are so many times the size of an average village. */
const COMMUNITY_SIZE = 20
const FLOORS = [6, 6, 6, 6, 11, 18] as const

/** A building in town: households fill it unit by unit, floor by floor, room by room. */
export type Building = Readonly<{
  code: string
  compound: string
  number: number
  households: number
  units: number
  floors: number
}>
/** A village, or a community with its buildings; both know how many households they have. */
export type Place = Settlement &
  Readonly<{ town: Town; households: number; buildings: readonly Building[] }>
/** The smallest part of a territory: a whole village, or one building of a community. */
export type Block = Readonly<{ place: Place; building: Building | null; households: number }>
export type Grid = Readonly<{ unitId: string; name: string; blocks: readonly Block[] }>
export type Hall = Readonly<{
  unitId: string
  number: number
  name: string
  town: Town
  urban: boolean
  places: readonly Place[]
  households: number
  grids: readonly Grid[]
}>
type Zone = Readonly<{ unitId: string; name: string; halls: readonly Hall[] }>
export type Territory = Readonly<{
  branchId: string
  zones: readonly Zone[]
  halls: readonly Hall[]
}>

const SIZE = stream('settlement size')
const COMPOUNDS = ['花园', '佳苑', '新村', '华庭', '家园', '小区', '名都', '雅居']

/**
 * Lays out the branch: halls over towns, grids by the norm, zones of about equal size. Who belongs
 * to which hall and zone depends on the places alone; only the number of grids grows with the
 * households. Villages are as unequal as villages are, seed or no seed.
 */
export function layOut(branchId: string, places: CountyPlaces, households: number): Territory {
  const chance = drawsOf(Number(branchId))
  const weights = new Map(
    places.towns.flatMap((town) =>
      town.settlements.map((each) => [each.code, weight(chance, each)]),
    ),
  )
  const weightOf = (each: Settlement) => weights.get(each.code) ?? 0
  const counts = apportion(
    places.towns.flatMap((town) => town.settlements),
    weightOf,
    households,
  )
  const townPlaces = (town: Town): Place[] =>
    town.settlements.map((each) => {
      const count = counts.get(each.code) ?? 0
      const buildings = each.kind === 'community' ? buildingsOf(chance, each, count) : []
      return { ...each, town, households: count, buildings }
    })
  const urban = urbanTowns(places.towns)
  const rural = places.towns.filter((town) => !urban.includes(town))
  const townWeight = (town: Town) => town.settlements.reduce((sum, each) => sum + weightOf(each), 0)
  const seats = hallsPerTown(rural, townWeight)
  const halls: Hall[] = []
  for (const town of [...urban, ...rural])
    for (const part of split(townPlaces(town), weightOf, seats.get(town.code) ?? 1))
      halls.push(hallOf(branchId, halls.length + 1, town, part, weightOf))
  return { branchId, zones: zonesOf(branchId, halls, weightOf), halls }
}

const weight = (chance: Draws, each: Settlement): number => {
  const key = Number(each.code.slice(6))
  const spread = [0, 1, 2, 3].reduce((sum, nth) => sum + chance.share(SIZE, key, nth), -2)
  return Math.exp(spread) * (each.kind === 'community' ? COMMUNITY_SIZE : 1)
}

/** Whole numbers in proportion to the weights that sum to `total`: largest remainders, ties by order. */
function apportion(
  of: readonly Settlement[],
  weightOf: (each: Settlement) => number,
  total: number,
): Map<string, number> {
  const sum = of.reduce((all, each) => all + weightOf(each), 0)
  const shares = of.map((each) => ({ code: each.code, exact: (weightOf(each) / sum) * total }))
  const counts = new Map(shares.map(({ code, exact }) => [code, Math.floor(exact)]))
  const missing = total - [...counts.values()].reduce((all, count) => all + count, 0)
  const remainder = (exact: number) => exact - Math.floor(exact)
  const byRemainder = shares.toSorted((a, b) => remainder(b.exact) - remainder(a.exact))
  for (const { code } of byRemainder.slice(0, missing))
    counts.set(code, (counts.get(code) ?? 0) + 1)
  return counts
}

function buildingsOf(chance: Draws, community: Settlement, households: number): Building[] {
  const key = Number(community.code.slice(6))
  const buildings: Building[] = []
  let housed = 0
  while (housed < households) {
    const number = buildings.length + 1
    const floors = FLOORS[chance.below(FLOORS.length, SIZE, key, 10 + number)] ?? 6
    const units = 2 + chance.below(3, SIZE, key + 1, 10 + number)
    const rooms = Math.min(units * floors * 2, households - housed)
    const compound =
      community.name.replace(/社区$/, '') + COMPOUNDS[Math.floor((number - 1) / 12) % 8]
    const block = Math.floor((number - 1) / 96)
    buildings.push({
      code: `${community.code}-${number}`,
      compound: block === 0 ? compound : `${compound}${chinese(block + 1)}区`,
      number: ((number - 1) % 12) + 1,
      households: rooms,
      units,
      floors,
    })
    housed += rooms
  }
  return buildings
}

/** 2 → 二, 10 → 十, 21 → 二十一; below 100, for an address reads digits as buildings and doors. */
function chinese(number: number): string {
  const [tens, ones] = [Math.floor(number / 10), number % 10]
  const digit = (value: number) => '一二三四五六七八九'[value - 1] ?? ''
  return (tens > 1 ? digit(tens) : '') + (tens > 0 ? '十' : '') + digit(ones)
}

/** The towns with most communities: the county’s own town. */
function urbanTowns(towns: readonly Town[]): Town[] {
  const communities = (town: Town) =>
    town.settlements.filter((each) => each.kind === 'community').length
  const chosen = towns.toSorted((a, b) => communities(b) - communities(a)).slice(0, URBAN_HALLS)
  return towns.filter((town) => chosen.includes(town))
}

/** At least one hall a town, the rest one by one to whoever has most households a hall. */
function hallsPerTown(
  towns: readonly Town[],
  weightOf: (town: Town) => number,
): Map<string, number> {
  const seats = new Map(towns.map((town) => [town.code, 1]))
  const load = (town: Town) => weightOf(town) / (seats.get(town.code) ?? 1)
  for (let left = RURAL_HALLS - towns.length; left > 0; left--) {
    const fullest = towns.reduce((best, town) => (load(town) > load(best) ? town : best))
    seats.set(fullest.code, (seats.get(fullest.code) ?? 1) + 1)
  }
  return seats
}

/** Cuts a list into `parts` runs of about equal weight. */
function split<T>(items: readonly T[], weightOf: (item: T) => number, parts: number): T[][] {
  const total = items.reduce((sum, item) => sum + weightOf(item), 0)
  const runs: T[][] = Array.from({ length: parts }, () => [])
  let before = 0
  for (const item of items) {
    const middle = total === 0 ? 0 : (before + weightOf(item) / 2) / total
    runs[Math.min(parts - 1, Math.floor(middle * parts))]?.push(item)
    before += weightOf(item)
  }
  return runs
}

function hallOf(
  branchId: string,
  number: number,
  town: Town,
  places: readonly Place[],
  weightOf: (each: Settlement) => number,
): Hall {
  const unitId = `${branchId}-H${String(number).padStart(2, '0')}`
  const largest = places.reduce((best, each) => (weightOf(each) > weightOf(best) ? each : best))
  const townName = town.name.replace(/(街道|镇|乡)$/, '')
  const whole = places.length === town.settlements.length
  const name = whole
    ? `${townName}营业部`
    : `${townName}${largest.name.replace(/新?村$/, '')}营业部`
  const households = places.reduce((sum, each) => sum + each.households, 0)
  const blocks = places.flatMap((place): Block[] =>
    place.buildings.length === 0
      ? [{ place, building: null, households: place.households }]
      : place.buildings.map((building) => ({ place, building, households: building.households })),
  )
  const count = Math.max(1, Math.ceil(households / HOUSEHOLDS_PER_GRID))
  const grids = split(blocks, (block) => block.households, count).map((part, at) => ({
    unitId: `${unitId}-G${at + 1}`,
    name: `${name.replace(/营业部$/, '')}网格${at + 1}`,
    blocks: part,
  }))
  const urban = places.some((each) => each.kind === 'community')
  return { unitId, number, name, town, urban, places, households, grids }
}

/** Four zones of about as many households, however many halls that takes: the largest hall first. */
function zonesOf(
  branchId: string,
  halls: readonly Hall[],
  weightOf: (each: Settlement) => number,
): Zone[] {
  const size = (hall: Hall) => hall.places.reduce((sum, each) => sum + weightOf(each), 0)
  const loads = Array.from({ length: ZONES }, () => ({ size: 0, halls: new Set<Hall>() }))
  for (const hall of halls.toSorted((a, b) => size(b) - size(a))) {
    const lightest = loads.reduce((best, load) => (load.size < best.size ? load : best))
    lightest.halls.add(hall)
    lightest.size += size(hall)
  }
  return loads.map((load, at) => ({
    unitId: `${branchId}-Z${at + 1}`,
    name: `第${'一二三四'[at]}片区`,
    halls: halls.filter((hall) => load.halls.has(hall)),
  }))
}
