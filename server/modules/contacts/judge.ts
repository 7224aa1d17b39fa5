import { dayOf } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import { readAs, type Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { type Card, readCard } from '#subscribers'
import { type Intent, type Known, mayTouch, type Rules, type Verdict } from './gate.ts'
import { lockHome } from './hold-store.ts'
import { holdsOfOthers } from './holds.ts'
import { contactRules, knownOf } from './known.ts'
import { sayAgainst } from './reasons.ts'

export type OfSubscriber = Readonly<{ branchId: string; subscriberId: string }>

/**
 * The card of a subscriber wherever it lies, if there is one: whoever fills in for others is at homes
 * outside their scope. That they may is for the caller to know.
 */
export const findCard = (
  unit: Unit,
  works: Works,
  { branchId, subscriberId }: OfSubscriber,
): Promise<Card | undefined> =>
  readAs(unit, works.system, (own) => readCard(own, branchId, subscriberId))

/** The same of one who must be there. @throws Refusal `subscriber-unknown` */
export async function readCardAnywhere(unit: Unit, works: Works, of: OfSubscriber): Promise<Card> {
  const card = await findCard(unit, works, of)
  if (!card) throw unknownSubscriber(of.subscriberId)
  return card
}

export const unknownSubscriber = (subscriber: string) =>
  new Refusal('not-found', 'subscriber-unknown', { subscriber })

/** A subscriber’s home. */
export type Home = OfSubscriber & Readonly<{ householdId: string }>
type Asked = Home & Readonly<{ staffId: string; at: Date }>

/**
 * Judges touches of one home by a person at an instant; nothing stands against one of somebody who is
 * in nobody’s base. What was told about the home is complete and stays so until the unit ends: nobody
 * else records or holds anything there meanwhile.
 */
export async function judgeOf(
  unit: Unit,
  works: Works,
  of: Asked,
): Promise<(intent: Omit<Intent, 'at'>) => Verdict> {
  await lockHome(unit, of)
  const { known, rules } = await learn(unit, works, of)
  const { at } = of
  return (intent) =>
    known ? mayTouch({ ...intent, at }, known, rules) : { may: true, against: [], opens: at }
}

/** What is known of a home, wherever it lies; who else is there, as the actor may know them. */
export async function learn(
  unit: Unit,
  works: Works,
  of: Asked,
): Promise<Readonly<{ known: Known | undefined; rules: Rules }>> {
  const { branchId, subscriberId, householdId, at } = of
  const { staffId } = of
  const { found, rules } = await readAs(unit, works.system, async (own) => {
    const rules = await contactRules(own, branchId)
    const asked = { branchId, subscriberIds: [subscriberId], policy: rules.policy, at, staffId }
    return { rules, found: (await knownOf(own, works, asked)).get(subscriberId) }
  })
  if (unit.actor.ticket === works.system.ticket) return { rules, known: found }
  const holds = await holdsOfOthers(unit, {
    ...{ branchId, householdIds: [householdId], but: of.staffId, at },
  })
  return { rules, known: found && { ...found, hold: holds.get(householdId) ?? null } }
}

/** A verdict as answers show it; days of the year of `at` without their year. */
export const shown = ({ may, opens, against }: Verdict, at: Date) => ({
  may,
  opens: opens?.toISOString() ?? null,
  against: against.map((each) => sayAgainst(each, dayOf(at))),
})
