import type { UnmaskPurpose } from '#contract/personal.ts'
import { mayDoAt, readBranch } from '#people'
import { dayOf } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import { onBehalfOf, type Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import type { Card } from '../cards/card-store.ts'
import { readCard } from '../cards/cards.ts'

/** What other modules know and the app hands in. */
export type UnmaskEffects = Readonly<{
  /** Whether the subscriber is on the list that a person has on a day; worklists owns the lists. */
  isOnList: (
    unit: Unit,
    of: Readonly<{ branchId: string; staffId: string; subscriberId: string; day: string }>,
  ) => Promise<boolean>
  /** Whether nobody is disturbed in the branch at the instant of the unit; the calendar’s. */
  isQuietNow: (unit: Unit, branchId: string) => Promise<boolean>
}>

/** Whom somebody wants to reach, and why. */
export type Reaching = Readonly<{
  branchId: string
  subscriberId: string
  purpose: UnmaskPurpose
  note: string
}>

/** Purposes that say enough by themselves. */
const NEEDS_NO_NOTE: ReadonlySet<UnmaskPurpose> = new Set(['own-task', 'customer-present'])

/**
 * The card of a subscriber whom the actor may see in clear text or call now. Whoever has them on the
 * list of today needs nothing more; anybody else the permission where they live, and a purpose.
 * @throws Refusal `subscriber-unknown`, `unmask-not-yours`, `not-allowed`, `unmask-note-missing`,
 * `not-for-tokens`.
 */
export async function mayReach(
  unit: Unit,
  { branchId, subscriberId, ...why }: Reaching,
  { works, effects }: Readonly<{ works: Works; effects: UnmaskEffects }>,
): Promise<Readonly<{ card: Card; ownTask: boolean }>> {
  await readBranch(unit, branchId)
  const of = { branchId, subscriberId, staffId: unit.actor.id, day: dayOf(unit.now) }
  const ownTask = await effects.isOnList(unit, of)
  // Who fills in for others visits households whose grid is not in scope.
  const card = ownTask
    ? await onBehalfOf(unit, works.system, (system) => readCard(system, branchId, subscriberId))
    : await readCard(unit, branchId, subscriberId)
  if (!card) throw new Refusal('not-found', 'subscriber-unknown', { subscriber: subscriberId })
  if (unit.actor.kind !== 'person') throw new Refusal('forbidden', 'not-for-tokens')
  if (!ownTask) {
    await mayDoAt(unit, card.unitId, 'subscriber:unmask')
    if (why.purpose === 'own-task')
      throw new Refusal('forbidden', 'unmask-not-yours', { subscriber: subscriberId })
  }
  if (!NEEDS_NO_NOTE.has(why.purpose) && why.note.trim().length < 2)
    throw new Refusal('invalid', 'unmask-note-missing')
  return { card, ownTask }
}
