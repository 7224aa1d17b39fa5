import { randomUUID } from 'node:crypto'
import type { PersonalField } from '#contract/personal.ts'
import { audit } from '#platform/audit/audit.ts'
import { addDays, dayOf } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import { onBehalfOf, type Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import type { Card } from '../cards/card-store.ts'
import { calledBy, openIdentity } from '../identity/identity.ts'
import { mayReach, mayRing, type Reaching, type UnmaskEffects } from './may-reach.ts'
import { raiseAlarms } from './raise-alarms.ts'
import { alarmsOf } from './unmask-alarms.ts'
import { unmaskLimitOf } from './unmask-rules.ts'
import {
  insertUnmasking,
  lockCount,
  type SeenCount,
  selectCount,
  selectCountsBefore,
} from './unmask-store.ts'

type Asked = Readonly<{ branchId: string; subscriberId: string }>
type Why = Omit<Reaching, keyof Asked> & Readonly<{ fields: readonly PersonalField[] }>

const SHOWN_FOR_SECONDS = 60
/** A person’s usual day is the median of so many days. */
const USUAL_OVER_DAYS = 30

/**
 * One subscriber in clear text. Whoever has them on the list of today needs nothing more; anybody
 * else the permission, a purpose and room under the limit of the day. Recorded, audited without the
 * values, and looked at for what is unusual, in the transaction of the answer.
 * @throws Refusal `subscriber-unknown`, `unmask-not-yours`, `not-allowed`, `unmask-note-missing`,
 * `unmask-limit`, `not-for-tokens`, `touch-closed` for the number.
 */
export async function unmaskSubscriber(
  unit: Unit,
  of: Asked,
  why: Why,
  { works, effects }: Readonly<{ works: Works; effects: UnmaskEffects }>,
) {
  const { branchId, subscriberId } = of
  const { card, ownTask } = await mayReach(unit, { ...of, ...why }, { works, effects })
  const day = dayOf(unit.now)
  const staffId = unit.actor.id
  await lockCount(unit, staffId)
  const before = await selectCount(unit, { staffId, day })
  const seen = { all: before.all + 1, outside: before.outside + (ownTask ? 0 : 1) }
  const limit = await onBehalfOf(unit, works.system, (own) => unmaskLimitOf(own, branchId))
  if (!ownTask && seen.outside > limit) throw new Refusal('too-many', 'unmask-limit', { limit })
  const fields = [...new Set(why.fields)]
  if (fields.includes('phone'))
    await mayRing(unit, { card, ownTask, reaching: { ...of, ...why } }, effects)
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

/** What is unusual about what was seen, told by the system. */
const lookForAlarms = (
  unit: Unit,
  of: Readonly<{ branchId: string; ownTask: boolean; seen: SeenCount; limit: number }>,
  { works, effects }: Readonly<{ works: Works; effects: UnmaskEffects }>,
): Promise<void> =>
  raiseAlarms(unit, works, {
    branchId: of.branchId,
    unusualOn: async (system, day) => {
      const { branchId, ownTask, seen, limit } = of
      const from = addDays(day, -USUAL_OVER_DAYS)
      const staffId = unit.actor.id
      const before = await selectCountsBefore(system, { staffId, from, to: day })
      const quiet = await effects.isQuietNow(system, branchId)
      return alarmsOf({ ownTask, quiet, ...seen, limit, before })
    },
  })

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
