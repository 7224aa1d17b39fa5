import { readBranch, unitNames } from '#people'
import type { Unit } from '#platform/unit.ts'
import type { Hold } from './gate.ts'
import { deleteHold, selectHolds } from './hold-store.ts'

type OfHome = Readonly<{ branchId: string; householdId: string }>

/**
 * Who is with these households at an instant, but for one person, by household: the unit of their
 * post, or the branch where that lies outside the scope of whoever asks.
 */
export async function holdsOfOthers(
  unit: Unit,
  of: Readonly<{ branchId: string; householdIds: readonly string[]; but: string; at: Date }>,
): Promise<ReadonlyMap<string, Hold>> {
  const held = await selectHolds(unit, of)
  if (held.length === 0) return new Map()
  const names = await unitNames(unit, of.branchId)
  const branch = await readBranch(unit, of.branchId)
  return new Map(
    held.map(({ householdId, unitId, since, until }) => [
      householdId,
      { post: names.get(unitId)?.name ?? branch.name, since, until },
    ]),
  )
}

/** Ends the hold that a person has of a household, if there is one that began by `at`. */
export const endHold = (
  unit: Unit,
  of: OfHome & Readonly<{ staffId: string; at: Date }>,
): Promise<boolean> => deleteHold(unit, of)
