import { closedHomes } from '#contacts'
import type { Day } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'
import { neighboursAt, readCards } from '#subscribers'

/** A task as far as neighbours are asked about: who is visited, and where. */
type Visit = Readonly<{
  subscriberId: string
  householdId: string
  town: string | null
  place: string | null
}>

export type Neighbour = Readonly<{
  town: string | null
  place: string | null
  address: string
  until: Day
}>

/** Of so many subscribers it is asked, and so many doors a pack takes along. */
const ASKED = 4_000
const TAKEN = 200

/**
 * The doors in the places of these visits where nobody may knock today, but for those of the
 * visits themselves; at most 200, and whether there are more.
 */
export async function neighboursOf(
  unit: Unit,
  { branchId, visits }: Readonly<{ branchId: string; visits: readonly Visit[] }>,
): Promise<Readonly<{ neighbours: Neighbour[]; more: boolean }>> {
  const placeOf = new Map<string, Visit>()
  const ids = visits.map(({ subscriberId }) => subscriberId)
  const cards = await readCards(unit, branchId, ids)
  for (const visit of visits) {
    const code = cards.get(visit.subscriberId)?.placeCode
    if (code && !placeOf.has(code)) placeOf.set(code, visit)
  }
  const around = await neighboursAt(unit, {
    ...{ branchId, placeCodes: [...placeOf.keys()], limit: ASKED + 1 },
  })
  const own = new Set(visits.map(({ householdId }) => householdId))
  const doors = around.slice(0, ASKED).filter(({ householdId }) => !own.has(householdId))
  const livesIn = new Map(doors.map((each) => [each.subscriberId, each.householdId]))
  const closed = await closedHomes(unit, { branchId, livesIn })
  const found = new Map<string, Neighbour>()
  for (const { householdId, placeCode, address } of doors) {
    const until = closed.get(householdId)
    const { town = null, place = null } = placeOf.get(placeCode) ?? {}
    if (until && !found.has(householdId)) found.set(householdId, { town, place, address, until })
  }
  const all = [...found.values()]
  return {
    neighbours: all.slice(0, TAKEN),
    more: all.length > TAKEN || around.length > ASKED,
  }
}
