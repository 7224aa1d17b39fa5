import type { Day } from './days.ts'
import { type Draws, stream } from './draws.ts'
import { type Life, type LineKind, lifeOn } from './life.ts'
import type { Building, Grid, Hall, Place } from './territory.ts'

/** Where a household lives, as addresses and the columns of an extract have it. */
export type Home = Readonly<{
  place: Place
  building: Building | null
  hall: Hall
  grid: Grid
  /** 12 digits, with the building’s number behind a hyphen in town. */
  divisionCode: string
  /** Compound in town, village elsewhere. */
  community: string
  buildingName: string
  unit: string
  house: string
  address: string
}>

/** One line that somebody holds, or held until lately. */
export type Line = Readonly<{
  subscriberId: string
  kind: LineKind
  /** The number of the line in its household. */
  slot: number
  life: Life
}>
export type Household = Readonly<{
  number: number
  home: Home
  /** Comes home for the spring festival only. */
  away: boolean
  /** Broadband and mobile are one bundle. */
  fusion: boolean
  lines: readonly Line[]
}>

const AWAY = stream('away')
const HAS_LINE = stream('has line')
const FUSION = stream('fusion')
/** Places of a household for lines, and the share of households that ever use each. */
const SLOTS: readonly (readonly [LineKind, number])[] = [
  ['tv', 0.9],
  ['broadband', 0.46],
  ['mobile', 0.34],
  ['mobile', 0.11],
  ['mobile', 0.03],
]
/** Keys of lines leave room for eight lines a household. */
const LINES_PER_HOUSEHOLD = 8

export function householdOn(date: Day, chance: Draws, number: number, home: Home): Household {
  const away = chance.happens(home.building ? 0.02 : 0.05, AWAY, number)
  const lines: Line[] = []
  const branch = home.place.code.slice(3, 6)
  for (const [slot, [kind, share]] of SLOTS.entries()) {
    const key = number * LINES_PER_HOUSEHOLD + slot
    if (!chance.happens(share, HAS_LINE, key)) continue
    const life = lifeOn(date, chance, { key, kind, away })
    if (!life) continue
    const subscriberId = `${branch}${digits(number, 8)}${slot}${digits(life.holder, 2)}`
    lines.push({ subscriberId, kind, slot, life })
  }
  const bundled = chance.happens(SLOTS[2]?.[1] ?? 0, HAS_LINE, number * LINES_PER_HOUSEHOLD + 2)
  return { number, home, away, fusion: bundled && chance.happens(0.6, FUSION, number), lines }
}

/** Every household’s home in the order of the territory; `number` counts from 1. */
export function* homes(
  halls: readonly Hall[],
  region: string,
): Generator<readonly [number: number, home: Home]> {
  let number = 0
  for (const hall of halls)
    for (const grid of hall.grids)
      for (const { place, building, households } of grid.blocks) {
        const of = { place, building, hall, grid, street: `${region}${place.town.name}` }
        for (let at = 0; at < households; at++)
          yield [++number, building ? flat({ ...of, building }, at) : cottage(of, at)]
      }
}

type Spot = Readonly<{
  place: Place
  hall: Hall
  grid: Grid
  street: string
}>

function cottage({ place, hall, grid, street }: Spot, at: number): Home {
  const house = `${at + 1}号`
  return {
    ...{ place, building: null, hall, grid, divisionCode: place.code },
    ...{ community: place.name, buildingName: '', unit: '', house },
    address: `${street}${place.name}${house}`,
  }
}

function flat(
  { place, building, hall, grid, street }: Spot & { building: Building },
  at: number,
): Home {
  const perUnit = building.floors * 2
  const floor = Math.floor((at % perUnit) / 2) + 1
  const buildingName = `${building.number}号楼`
  const unit = `${Math.floor(at / perUnit) + 1}单元`
  const house = `${floor}0${(at % 2) + 1}室`
  return {
    ...{ place, building, hall, grid, divisionCode: building.code },
    ...{ community: building.compound, buildingName, unit, house },
    address: `${street}${place.name}${building.compound}${buildingName}${unit}${house}`,
  }
}

export const digits = (value: number, length: number): string => String(value).padStart(length, '0')
