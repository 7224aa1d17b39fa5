import { settingAt, type UnitRef, unitsOf } from '#people'
import type { Day } from '#platform/day.ts'
import { onBehalfOf, type Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { unitAbove } from '../worklists.ts'
import { RANK_RULES } from './rank-rules.ts'
import { type Place, selectPlace } from './rank-store.ts'

/** Where a person works on a day: `unitId` is the post that the tasks were given to. */
type Work = Readonly<{
  branchId: string
  staffId: string
  unitId: string
  planId: string | null
  day: Day
  today: Day
}>

/**
 * The place of the actor on a day among the own crew, or all of the hall above it, as the branch lets it
 * be shown; whoever belongs to no hall has a place in the crew. Null where it is not shown, where
 * somebody else asks, for whoever is alone, and while nobody has an order or anything done.
 */
export async function ownRank(
  unit: Unit,
  works: Pick<Works, 'system'>,
  of: Work,
): Promise<(Place & Readonly<{ within: 'crew' | 'hall' }>) | null> {
  if (unit.actor.id !== of.staffId) return null
  const { showRank } = await settingAt(unit, of.branchId, RANK_RULES)
  if (showRank === 'none') return null
  // The others’ work lies beyond what the person sees; nothing of it leaves here but the own place.
  return onBehalfOf(unit, works.system, async (own) => {
    const hall = showRank === 'hall' ? hallOf(await unitsOf(own, of.branchId, of.day), of) : null
    const place = await selectPlace(own, { ...of, crew: hall ?? [of.unitId] })
    if (!place || place.of < 2) return null
    return { ...place, within: hall ? 'hall' : 'crew' }
  })
}

/** The units of the hall that a unit is or lies below; null where there is none. */
function hallOf(units: readonly UnitRef[], { unitId }: Pick<Work, 'unitId'>): string[] | null {
  const byId = new Map(units.map((each) => [each.unitId, each]))
  const hall = unitAbove(byId, unitId, 'hall')
  if (byId.get(hall)?.kind !== 'hall') return null
  return units.map((each) => each.unitId).filter((below) => unitAbove(byId, below, 'hall') === hall)
}
