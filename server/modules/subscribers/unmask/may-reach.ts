import type { z } from 'zod'
import type { Purpose as Wanted } from '#contract/campaigns.ts'
import type { UnmaskPurpose } from '#contract/personal.ts'
import { mayDoAt, readBranch } from '#people'
import { dayOf } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import { onBehalfOf, type Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import type { Card } from '../cards/card-store.ts'
import { readCard } from '../cards/cards.ts'

/** What a touch of a household is for. */
type TouchPurpose = z.output<typeof Wanted>

/** What somebody is about to ring a subscriber for; `offer`: what they are to present, if anything. */
export type Ringing = Readonly<{ purpose: TouchPurpose; offer: string | null }>

/** What other modules know and the app hands in. */
export type UnmaskEffects = Readonly<{
  /** Whether the subscriber is on the list that a person has on a day; worklists owns the lists. */
  isOnList: (
    unit: Unit,
    of: Readonly<{ branchId: string; staffId: string; subscriberId: string; day: string }>,
  ) => Promise<boolean>
  /** What the task is for that a person has on a day with a subscriber; worklists’. */
  taskFor: (
    unit: Unit,
    of: Readonly<{ branchId: string; staffId: string; subscriberId: string; day: string }>,
  ) => Promise<Ringing | undefined>
  /**
   * Asks whether the actor may ring the household now, and keeps it for them; contacts owns the answer.
   * @throws Refusal `touch-closed` with what stands against it.
   */
  openLine: (unit: Unit, of: Ringing & Readonly<{ card: Card }>) => Promise<void>
  /** Whether nobody is disturbed in the branch at the instant of the unit; the calendar’s. */
  isQuietNow: (unit: Unit, branchId: string) => Promise<boolean>
}>

/** Whom somebody wants to reach, and why. */
export type Reaching = Readonly<{
  branchId: string
  subscriberId: string
  purpose: UnmaskPurpose
  note: string
  /** What they are rung for, in the caller’s word; left out: what the own task is for, else service. */
  touchPurpose?: TouchPurpose | undefined
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

/**
 * Lets the actor ring the subscriber, or see the number to do so, for what it is for. About service
 * nobody is asked; for all else the rules of contact hold, and the household is the actor’s for a while.
 * @throws Refusal `touch-closed`
 */
export async function mayRing(
  unit: Unit,
  { card, ownTask, reaching }: Readonly<{ card: Card; ownTask: boolean; reaching: Reaching }>,
  effects: UnmaskEffects,
): Promise<TouchPurpose> {
  const { branchId, subscriberId } = card
  const of = { branchId, subscriberId, staffId: unit.actor.id, day: dayOf(unit.now) }
  const task =
    ownTask && reaching.purpose === 'own-task' ? await effects.taskFor(unit, of) : undefined
  const purpose = reaching.touchPurpose ?? task?.purpose ?? 'service'
  if (purpose === 'service') return purpose
  await effects.openLine(unit, { card, purpose, offer: task?.offer ?? null })
  return purpose
}
