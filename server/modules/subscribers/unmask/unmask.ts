import { randomUUID } from 'node:crypto'
import type { PersonalField, UnmaskPurpose } from '#contract/personal.ts'
import { mayDoAt, readBranch, readPerson } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { addDays, dayOf } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import { onBehalfOf, type Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import type { Card } from '../cards/card-store.ts'
import { readCard } from '../cards/cards.ts'
import { calledBy, openIdentity } from '../identity/identity.ts'
import { alarmsOf } from './unmask-alarms.ts'
import { unmaskLimitOf } from './unmask-rules.ts'
import {
  insertUnmasking,
  lockCount,
  raiseAlarm,
  type SeenCount,
  selectCount,
  selectCountsBefore,
} from './unmask-store.ts'

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

type Asked = Readonly<{ branchId: string; subscriberId: string }>
type Why = Readonly<{ purpose: UnmaskPurpose; note: string; fields: readonly PersonalField[] }>

const SHOWN_FOR_SECONDS = 60
/** A person’s usual day is the median of so many days. */
const USUAL_OVER_DAYS = 30
/** Purposes that say enough by themselves. */
const NEEDS_NO_NOTE: ReadonlySet<UnmaskPurpose> = new Set(['own-task', 'customer-present'])

/**
 * One subscriber in clear text. Whoever has them on the list of today needs nothing more; anybody
 * else the permission, a purpose and room under the limit of the day. Recorded, audited without the
 * values, and looked at for what is unusual, in the transaction of the answer.
 * @throws Refusal `subscriber-unknown`, `unmask-not-yours`, `not-allowed`, `unmask-note-missing`,
 * `unmask-limit`, `not-for-tokens`.
 */
export async function unmaskSubscriber(
  unit: Unit,
  of: Asked,
  why: Why,
  { works, effects }: Readonly<{ works: Works; effects: UnmaskEffects }>,
) {
  const { branchId, subscriberId } = of
  await readBranch(unit, branchId)
  const day = dayOf(unit.now)
  const staffId = unit.actor.id
  const ownTask = await effects.isOnList(unit, { ...of, staffId, day })
  // Who fills in for others visits households whose grid is not in scope.
  const card = ownTask
    ? await onBehalfOf(unit, works.system, (system) => readCard(system, branchId, subscriberId))
    : await readCard(unit, branchId, subscriberId)
  if (!card) throw new Refusal('not-found', 'subscriber-unknown', { subscriber: subscriberId })
  await mayUnmask(unit, card, why, ownTask)
  await lockCount(unit, staffId)
  const before = await selectCount(unit, { staffId, day })
  const seen = { all: before.all + 1, outside: before.outside + (ownTask ? 0 : 1) }
  const limit = await onBehalfOf(unit, works.system, (own) => unmaskLimitOf(own, branchId))
  if (!ownTask && seen.outside > limit) throw new Refusal('too-many', 'unmask-limit', { limit })
  const fields = [...new Set(why.fields)]
  await insertUnmasking(unit, {
    ...{ branchId, subscriberId, staffId, day, ownTask, fields },
    ...{ unmaskingId: randomUUID(), purpose: why.purpose, note: why.note.trim() },
  })
  audit(unit, {
    ...{ branchId, action: 'personal.unmasked' },
    about: { kind: 'subscriber', id: subscriberId },
    values: { purpose: why.purpose, fields: fields.join(' '), ownTask },
  })
  await lookForAlarms(unit, { branchId, ownTask, seen, limit }, { works, effects })
  return {
    subscriberId,
    values: clearText(unit, card, fields),
    shownForSeconds: SHOWN_FOR_SECONDS,
    ...{ today: seen.outside, limit },
  }
}

async function mayUnmask(unit: Unit, card: Card, why: Why, ownTask: boolean): Promise<void> {
  if (unit.actor.kind !== 'person') throw new Refusal('forbidden', 'not-for-tokens')
  if (!ownTask) {
    await mayDoAt(unit, card.unitId, 'subscriber:unmask')
    if (why.purpose === 'own-task')
      throw new Refusal('forbidden', 'unmask-not-yours', { subscriber: card.subscriberId })
  }
  if (!NEEDS_NO_NOTE.has(why.purpose) && why.note.trim().length < 2)
    throw new Refusal('invalid', 'unmask-note-missing')
}

/** Nobody writes alarms about themselves: they are the system’s, in the same transaction. */
async function lookForAlarms(
  unit: Unit,
  of: Readonly<{ branchId: string; ownTask: boolean; seen: SeenCount; limit: number }>,
  { works, effects }: Readonly<{ works: Works; effects: UnmaskEffects }>,
): Promise<void> {
  const { branchId, ownTask, seen, limit } = of
  const staffId = unit.actor.id
  const day = dayOf(unit.now)
  const { unitId } = await readPerson(unit, staffId)
  const raised = await onBehalfOf(unit, works.system, async (system) => {
    const from = addDays(day, -USUAL_OVER_DAYS)
    const before = await selectCountsBefore(system, { staffId, from, to: day })
    const quiet = await effects.isQuietNow(system, branchId)
    const reasons: string[] = []
    for (const alarm of alarmsOf({ ownTask, quiet, ...seen, limit, before }))
      if (await raiseAlarm(system, { branchId, staffId, day, unitId, ...alarm }))
        reasons.push(alarm.reason)
    return reasons
  })
  for (const reason of raised)
    audit(unit, {
      ...{ branchId, action: 'alarm.raised', about: { kind: 'staff', id: staffId } },
      values: { reason, day, unitId },
    })
}

function clearText(
  unit: Unit,
  card: Card,
  fields: readonly PersonalField[],
): Partial<Record<PersonalField, string | null>> {
  const { name, phone } = calledBy(unit.keys, card)
  const { id_card_no: idNumber } = openIdentity(unit.keys, card)
  const known = { name, phone, address: card.address, idNumber }
  return Object.fromEntries(fields.map((field) => [field, known[field]]))
}
