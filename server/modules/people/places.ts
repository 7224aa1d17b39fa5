import { dayOf } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'
import { type PlaceOf, selectPlaces } from './place-store.ts'
import { readBranch } from './units.ts'

/** The places of a branch in scope on `day`, default today; towns are in everybody’s scope. */
export async function placesOf(
  unit: Unit,
  branchId: string,
  day: string = dayOf(unit.now),
): Promise<PlaceOf[]> {
  await readBranch(unit, branchId)
  return selectPlaces(unit, branchId, day)
}
