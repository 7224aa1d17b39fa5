import { type Day, dayOf } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'
import { type LivesIn, refusalsByHome } from './known.ts'
import { contactPolicy } from './policy.ts'
import { firstAllowedDay } from './refusals.ts'

/**
 * The homes whose doors a standing refusal closes today, each with the first day on which it may
 * be knocked at again. `livesIn`: who lives there, with the home of each.
 */
export async function closedHomes(
  unit: Unit,
  of: Readonly<{ branchId: string; livesIn: LivesIn }>,
): Promise<ReadonlyMap<string, Day>> {
  const { branchId, livesIn } = of
  const day = dayOf(unit.now)
  if (livesIn.size === 0) return new Map()
  const homes = {
    branchId,
    at: unit.now,
    householdIds: [...new Set(livesIn.values())],
    subscriberIds: [...livesIn.keys()],
  }
  const { refusalMonths } = await contactPolicy(unit, branchId)
  const closed = new Map<string, Day>()
  for (const [home, refusals] of await refusalsByHome(unit, homes, livesIn))
    for (const { refusedOn, until } of refusals) {
      const opens = firstAllowedDay(refusedOn, until, refusalMonths)
      if (day < opens && opens > (closed.get(home) ?? '')) closed.set(home, opens)
    }
  return closed
}
