import { readBranch, readPerson, unitNames } from '#people'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import type { Hold } from './gate.ts'
import { deleteEnded, deleteHold, selectHolds, upsertHold } from './hold-store.ts'

/** A household is kept for whoever opens it so long, and longer by opening it again. */
const HOLD_MINUTES = 30

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

/**
 * Keeps a household for the actor, who has it already or finds it free, for half an hour from now;
 * answers until when. The home is locked. @throws Refusal `not-for-tokens`
 */
export async function takeHold(
  unit: Unit,
  of: OfHome & Readonly<{ subscriberId: string; touchpoint: string }>,
): Promise<Date> {
  const { actor, now } = unit
  if (actor.kind !== 'person') throw new Refusal('forbidden', 'not-for-tokens')
  const { unitId } = await readPerson(unit, actor.id)
  const until = new Date(now.getTime() + HOLD_MINUTES * 60_000)
  const taken = await upsertHold(unit, { ...of, staffId: actor.id, unitId, until })
  if (!taken) throw new Error('whoever locked the home found nobody else there')
  await deleteEnded(unit, of.branchId)
  return until
}

/** Ends the hold that a person has of a household, if there is one that began by `at`. */
export const endHold = (
  unit: Unit,
  of: OfHome & Readonly<{ staffId: string; at: Date }>,
): Promise<boolean> => deleteHold(unit, of)
