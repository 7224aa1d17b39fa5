import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { readTouchGates, recordTouch } from '#contract/touches.ts'
import { mayDo, mayDoAt, readBranch } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { addMonths, type Day, dayOf } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { type Card, readCard } from '#subscribers'
import { followUpOf } from './follow-ups.ts'
import { type Intent, mayTouch } from './gate.ts'
import { endHold } from './holds.ts'
import {
  findCard,
  type Home,
  judgeOf,
  learn,
  type OfSubscriber,
  shown,
  unknownSubscriber,
} from './judge.ts'
import { sayAgainst, TOUCHPOINT_WORDS } from './reasons.ts'
import { TOUCHPOINT_OF } from './refusals.ts'
import { insertTouch, selectTold, type TouchTold } from './touch-store.ts'

type Body = z.output<typeof recordTouch.body>
/** What is told of a touch; next day and proof may be left out. */
export type Told = Omit<Body, 'nextOn' | 'proof'> & Partial<Pick<Body, 'nextOn' | 'proof'>>

const TOUCHPOINTS = Object.keys(TOUCHPOINT_WORDS) as Intent['touchpoint'][]

/**
 * At which touchpoints a subscriber in scope may be met now, and where not, why and until when; and
 * when somebody said they would come again. @throws Refusal `subscriber-unknown`
 */
export async function readGates(
  unit: Unit,
  works: Works,
  of: OfSubscriber & z.output<typeof readTouchGates.query>,
) {
  mayDo(unit.actor, 'subscriber:read')
  const card = await readInScope(unit, of)
  const { known, rules } = await learn(unit, works, {
    ...card,
    ...{ staffId: unit.actor.id, at: unit.now },
  })
  if (!known) throw unknownSubscriber(of.subscriberId)
  const intent = { purpose: of.purpose, offer: of.offer ?? null, at: unit.now }
  const gates = TOUCHPOINTS.map((touchpoint) => ({
    touchpoint,
    ...shown(mayTouch({ ...intent, touchpoint }, known, rules), unit.now),
  }))
  return { at: unit.now.toISOString(), gates, followUp: await followUpOf(unit, card) }
}

/**
 * Records a touch of a subscriber in scope. What has happened is kept also where it should not have
 * happened: then the answer, and the audit trail, say what stood against it.
 * @throws Refusal `subscriber-unknown`, and as `keepTouch`
 */
export async function recordTouchOf(unit: Unit, works: Works, of: OfSubscriber, told: Told) {
  mayDo(unit.actor, 'touch:record')
  const card = await readInScope(unit, of)
  await mayDoAt(unit, card.unitId, 'touch:record')
  const { branchId, subscriberId, householdId } = card
  return keepTouch(
    unit,
    works,
    { branchId, subscriberId, householdId, staffId: unit.actor.id },
    told,
  )
}

/** Whom a touch was with, as far as is known, and who made it. */
export type Touched = Home & Readonly<{ staffId: string }>

async function readInScope(unit: Unit, { branchId, subscriberId }: OfSubscriber): Promise<Card> {
  await readBranch(unit, branchId)
  const card = await readCard(unit, branchId, subscriberId)
  if (!card) throw unknownSubscriber(subscriberId)
  return card
}

/**
 * The same without asking who may: for whoever has asked already, and for work in a unit of the system
 * about people who are in nobody’s base any more, of whom nothing stands against a touch. While it is
 * judged and kept, nobody else does so for that household: whatever the order in which touches are
 * told, no span of days has more of them than the cap without it being said of the others. What the
 * person held of the household ends.
 * @throws Refusal `touch-in-future`, `touch-told-otherwise`, `scope-without-refusal`,
 * `refused-offer-missing`, `next-day-unfit`
 */
export async function keepTouch(unit: Unit, works: Works, of: Touched, told: Told) {
  const at = told.at === null ? unit.now : new Date(told.at)
  checkTold(told, { at, now: unit.now })
  const card = await findCard(unit, works, of) // where they live today, if anybody knows them still
  const touch = touchOf({ ...of, ...(card && { householdId: card.householdId }) }, { ...told, at })
  const { branchId, touchId, householdId, staffId, subscriberId } = touch
  const judge = await judgeOf(unit, works, { ...touch, at })
  const before = await selectTold(unit, touch)
  if (before && !before.isSame)
    throw new Refusal('conflict', 'touch-told-otherwise', { touch: touchId })
  if (before) return { touchId, against: (before.against ?? []).map((each) => say(each, at)) }
  const against =
    touch.direction === 'in'
      ? [] // whoever comes to us is not disturbed
      : judge({ ...told, touchpoint: TOUCHPOINT_OF[told.channel] }).against
  const kept = against.map(({ code, values }) => ({ code, values }))
  if (!(await insertTouch(unit, touch, kept)))
    throw new Refusal('conflict', 'touch-told-otherwise', { touch: touchId })
  await endHold(unit, { branchId, householdId, staffId, at })
  audit(unit, {
    ...{ branchId, action: 'touch.recorded', about: { kind: 'subscriber', id: subscriberId } },
    ...(unit.actor.kind === 'system' && { actor: staffId }),
    values: {
      ...{ touchId, channel: told.channel, purpose: told.purpose, result: told.result },
      against: against.map(({ code }) => code).join(' '),
    },
  })
  return { touchId, against: against.map((each) => say(each, at)) }
}

const say = (each: Parameters<typeof sayAgainst>[0], at: Date) => sayAgainst(each, dayOf(at))

function touchOf(of: Touched, told: Omit<Told, 'at'> & { at: Date }): TouchTold {
  const { branchId, subscriberId, householdId, staffId } = of
  return {
    ...{ branchId, subscriberId, householdId, staffId, at: told.at, day: dayOf(told.at) },
    touchId: told.touchId ?? randomUUID(),
    ...{ channel: told.channel, purpose: told.purpose, result: told.result },
    direction: told.channel === 'call_in' ? 'in' : 'out',
    scope: told.result === 'refused' ? (told.scope ?? 'all') : null,
    ...{ offer: told.offer, until: told.until, note: told.note },
    ...{ nextOn: told.nextOn ?? null, proof: told.proof ?? null },
  }
}

function checkTold(told: Told, { at, now }: { at: Date; now: Date }): void {
  if (at > now) throw new Refusal('invalid', 'touch-in-future')
  const isRefusal = told.result === 'refused'
  if (!isRefusal && (told.scope !== null || told.until !== null))
    throw new Refusal('invalid', 'scope-without-refusal')
  if (told.scope === 'offer' && told.offer === null)
    throw new Refusal('invalid', 'refused-offer-missing')
  if (told.nextOn && !isNextDay(told.nextOn, dayOf(at)))
    throw new Refusal('invalid', 'next-day-unfit')
}

/** Somebody comes again after that day, and within a year. */
const isNextDay = (next: Day, day: Day) => day < next && next <= addMonths(day, 12)
