import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { readTouchGates, recordTouch } from '#contract/touches.ts'
import { mayDo, mayDoAt, readBranch } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { dayOf } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { readCard } from '#subscribers'
import { type Intent, type Known, mayTouch, type Rules, type Verdict } from './gate.ts'
import { contactRules, knownOf } from './known.ts'
import { sayAgainst, TOUCHPOINT_WORDS } from './reasons.ts'
import { TOUCHPOINT_OF } from './refusals.ts'
import { insertTouch, isToldAs } from './touch-store.ts'

type OfSubscriber = Readonly<{ branchId: string; subscriberId: string }>
type Told = z.output<typeof recordTouch.body>

const TOUCHPOINTS = Object.keys(TOUCHPOINT_WORDS) as Intent['touchpoint'][]

/** At which touchpoints a subscriber in scope may be met now, and where not, why and until when. */
export async function readGates(
  unit: Unit,
  works: Works,
  of: OfSubscriber & z.output<typeof readTouchGates.query>,
) {
  mayDo(unit.actor, 'subscriber:read')
  await readBranch(unit, of.branchId)
  const rules = await contactRules(unit, of.branchId)
  const known = await readKnown(unit, works, { ...of, rules, at: unit.now })
  const intent = { purpose: of.purpose, offer: of.offer ?? null, at: unit.now }
  const gates = TOUCHPOINTS.map((touchpoint) => ({
    touchpoint,
    ...shown(mayTouch({ ...intent, touchpoint }, known, rules), unit.now),
  }))
  return { at: unit.now.toISOString(), gates }
}

/**
 * Records a touch of a subscriber in scope. What has happened is kept also where it should not have
 * happened: then the answer, and the audit trail, say what stood against it.
 * @throws Refusal `subscriber-unknown`, `touch-in-future`, `touch-told-otherwise`,
 * `scope-without-refusal`, `refused-offer-missing`
 */
export async function recordTouchOf(unit: Unit, works: Works, of: OfSubscriber, told: Told) {
  mayDo(unit.actor, 'touch:record')
  const { branchId, subscriberId } = of
  await readBranch(unit, branchId)
  const card = await readCard(unit, branchId, subscriberId)
  if (!card) throw unknownSubscriber(subscriberId)
  await mayDoAt(unit, card.unitId, 'touch:record')
  const at = told.at === null ? unit.now : new Date(told.at)
  checkTold(told, { at, now: unit.now })
  const rules = await contactRules(unit, branchId)
  const known = await readKnown(unit, works, { ...of, rules, at })
  const touch = {
    ...{ branchId, subscriberId, householdId: card.householdId, at, day: dayOf(at) },
    ...{ touchId: told.touchId ?? randomUUID(), staffId: unit.actor.id },
    ...{ channel: told.channel, purpose: told.purpose, result: told.result },
    direction: told.channel === 'call_in' ? ('in' as const) : ('out' as const),
    scope: told.result === 'refused' ? (told.scope ?? 'all') : null,
    ...{ offer: told.offer, until: told.until, note: told.note },
  }
  const intent = { ...touch, touchpoint: TOUCHPOINT_OF[told.channel] }
  const against =
    touch.direction === 'in'
      ? [] // whoever comes to us is not disturbed
      : shown(mayTouch(intent, known, rules), at).against
  const { touchId } = touch
  if (!(await insertTouch(unit, touch))) {
    if (await isToldAs(unit, touch)) return { touchId, against: [] }
    throw new Refusal('conflict', 'touch-told-otherwise', { touch: touchId })
  }
  audit(unit, {
    ...{ branchId, action: 'touch.recorded', about: { kind: 'subscriber', id: subscriberId } },
    values: {
      ...{ touchId, channel: told.channel, purpose: told.purpose, result: told.result },
      against: against.map(({ code }) => code).join(' '),
    },
  })
  return { touchId, against }
}

async function readKnown(
  unit: Unit,
  works: Works,
  { branchId, subscriberId, rules, at }: OfSubscriber & { rules: Rules; at: Date },
): Promise<Known> {
  const of = { branchId, subscriberIds: [subscriberId], policy: rules.policy, day: dayOf(at) }
  const found = (await knownOf(unit, works, of)).get(subscriberId)
  if (!found) throw unknownSubscriber(subscriberId)
  return found
}

const unknownSubscriber = (subscriber: string) =>
  new Refusal('not-found', 'subscriber-unknown', { subscriber })

function checkTold(told: Told, { at, now }: { at: Date; now: Date }): void {
  if (at > now) throw new Refusal('invalid', 'touch-in-future')
  const isRefusal = told.result === 'refused'
  if (!isRefusal && (told.scope !== null || told.until !== null))
    throw new Refusal('invalid', 'scope-without-refusal')
  if (told.scope === 'offer' && told.offer === null)
    throw new Refusal('invalid', 'refused-offer-missing')
}

const shown = ({ may, opens, against }: Verdict, now: Date) => ({
  may,
  opens: opens?.toISOString() ?? null,
  against: against.map((each) => sayAgainst(each, dayOf(now))),
})
