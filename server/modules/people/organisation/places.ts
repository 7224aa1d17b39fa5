import { dayOf } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'
import { type PlaceRow, selectPlaces } from './place-store.ts'
import { readBranch } from './units.ts'

/** A place on a day, with the town that the first nine digits of its code name. */
export type PlaceOf = PlaceRow & Readonly<{ townCode: string | null; townName: string | null }>

/** The places of a branch in scope on `day`, default today; towns are in everybody’s scope. */
export async function placesOf(
  unit: Unit,
  branchId: string,
  day: string = dayOf(unit.now),
): Promise<PlaceOf[]> {
  await readBranch(unit, branchId)
  const places = await selectPlaces(unit, branchId, day)
  const towns = new Map(
    places.filter(({ kind }) => kind === 'town').map((town) => [townKey(town), town]),
  )
  return places.map((place) => {
    const town = towns.get(townKey(place))
    return { ...place, townCode: town?.divisionCode ?? null, townName: town?.name ?? null }
  })
}

const townKey = ({ divisionCode }: PlaceRow) => divisionCode.slice(0, 9)
