import { readCalendarOn } from '#calendar'
import { addDays, type Day, dayOf } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { readCard, readCards, residentsOf } from '#subscribers'
import type { Known, MarketingTouch, Rules } from './gate.ts'
import { holdsOfOthers } from './holds.ts'
import {
  type StandingWord,
  selectMarketingTouches,
  selectRefusals,
  selectStandingWords,
  type TouchRow,
} from './known-store.ts'
import { type ContactPolicy, contactPolicy } from './policy.ts'
import { type HouseholdRefusal, TOUCHPOINT_OF } from './refusals.ts'
import { type Wishes, wishesDelivered } from './wishes.ts'

/** The rules of contact and the quiet hours of a branch, as they are now. */
export async function contactRules(unit: Unit, branchId: string): Promise<Rules> {
  const { quietHours } = await readCalendarOn(unit, branchId)
  return { policy: await contactPolicy(unit, branchId), quietHours }
}

/** Of whom, and when. */
export type Asked = Readonly<{
  branchId: string
  subscriberIds: readonly string[]
  policy: ContactPolicy
  /** Left out: that of the unit. What was told of later is not reckoned with, but for touches. */
  at?: Date
  /** Whoever asks, where the system does so for them. */
  staffId?: string
}>

/**
 * What stands for or against a touch of each of these subscribers at an instant, by id; only those in
 * scope. What was told to us is read in this unit, and so is exact; what the extract says is of the
 * latest night, and unknown where there is none or it is damaged. Holds are those of others than
 * whoever asks.
 */
export async function knownOf(
  unit: Unit,
  works: Works,
  of: Asked,
): Promise<ReadonlyMap<string, Known>> {
  const { branchId, policy, at = unit.now } = of
  const cards = await readCards(unit, branchId, of.subscriberIds)
  const subscriberIds = [...cards.keys()]
  if (subscriberIds.length === 0) return new Map()
  const householdIds = [...new Set([...cards.values()].map((card) => card.householdId))]
  const residents = await residentsOf(unit, branchId, householdIds)
  const livesIn = new Map(residents.map((each) => [each.subscriberId, each.householdId]))
  const homes = { branchId, householdIds, subscriberIds: [...livesIn.keys()] }
  const refusals = await refusalsByHome(unit, { ...homes, at }, livesIn)
  const since = countsFrom(policy, dayOf(at))
  const touches = await touchesByHome(unit, { ...homes, since }, livesIn)
  const words = Map.groupBy(
    await selectStandingWords(unit, { branchId, subscriberIds, at }),
    ({ subscriberId }) => subscriberId,
  )
  const holds = await holdsOfOthers(unit, {
    ...{ branchId, householdIds, but: of.staffId ?? unit.actor.id, at },
  })
  const delivered = await wishesDelivered(unit, works, { branchId, subscriberIds })
  return new Map(
    [...cards.values()].map(({ subscriberId, householdId, status }) => [
      subscriberId,
      {
        ...wishesOf(delivered?.get(subscriberId), words.get(subscriberId) ?? []),
        ...(delivered === null && { hasLeft: status === 'terminated' }),
        refusals: refusals.get(householdId) ?? [],
        touches: touches.get(householdId) ?? [],
        hold: holds.get(householdId) ?? null,
        extractKnown: delivered !== null,
      },
    ]),
  )
}

/** Every refusal of the home of a subscriber that was told of before an instant, by the ledger alone; none of who is in nobody’s base. */
export async function refusalsOf(
  unit: Unit,
  { branchId, subscriberId, at }: Readonly<{ branchId: string; subscriberId: string; at: Date }>,
): Promise<readonly HouseholdRefusal[]> {
  const card = await readCard(unit, branchId, subscriberId)
  if (!card) return []
  const { householdId } = card
  const residents = await residentsOf(unit, branchId, [householdId])
  const livesIn = new Map(residents.map((each) => [each.subscriberId, householdId]))
  const homes = { branchId, householdIds: [householdId], subscriberIds: [...livesIn.keys()] }
  return (await refusalsByHome(unit, { ...homes, at }, livesIn)).get(householdId) ?? []
}

export type LivesIn = ReadonlyMap<string, string>
type Homes = Omit<Parameters<typeof selectRefusals>[1], 'at'>

/** A refusal holds for the home that it was said in, and for that of whoever said it today. */
export async function refusalsByHome(unit: Unit, homes: Homes & { at: Date }, livesIn: LivesIn) {
  const byHome = new Map<string, HouseholdRefusal[]>()
  for (const { subscriberId, householdId, ...refusal } of await selectRefusals(unit, homes)) {
    const today = subscriberId === null ? undefined : livesIn.get(subscriberId)
    for (const home of new Set([householdId, today]))
      if (home) byHome.set(home, [...(byHome.get(home) ?? []), refusal])
  }
  return byHome
}

/** The first day whose touches count on a day. */
const countsFrom = ({ perChannelDays, totalDays }: ContactPolicy, day: Day): Day =>
  addDays(day, 1 - Math.max(perChannelDays, totalDays))

/** A touch goes along with whoever was touched; one of nobody we know stays with the home. */
async function touchesByHome(unit: Unit, homes: Homes & { since: Day }, livesIn: LivesIn) {
  const rows = await selectMarketingTouches(unit, homes)
  const others = rows.flatMap(({ subscriberId }) =>
    subscriberId !== null && !livesIn.has(subscriberId) ? [subscriberId] : [],
  )
  const elsewhere = await readCards(unit, homes.branchId, [...new Set(others)])
  const homeOf = ({ subscriberId, householdId }: TouchRow) => {
    if (subscriberId === null) return householdId
    return livesIn.get(subscriberId) ?? (elsewhere.has(subscriberId) ? null : householdId)
  }
  const byHome = new Map<string, MarketingTouch[]>()
  for (const row of rows) {
    const home = homeOf(row)
    if (home === null) continue
    const touch = { day: row.day, touchpoint: TOUCHPOINT_OF[row.channel] }
    byHome.set(home, [...(byHome.get(home) ?? []), touch])
  }
  return byHome
}

/** A “no” beats all; else what the extract delivered, then the word on the channel, then on all. */
function wishesOf(
  delivered: Wishes | undefined,
  words: readonly StandingWord[],
): Omit<Known, 'refusals' | 'touches' | 'hold' | 'extractKnown'> {
  const answer = (subject: StandingWord['subject'], channel: StandingWord['channel'] = null) => {
    const word = words.find((each) => each.subject === subject && each.channel === channel)
    return word ? word.answer === 'yes' : null
  }
  const toMarketing = answer('marketing')
  const agreed = (told: boolean | null | undefined, channel: 'sms' | 'call') => {
    const own = answer('marketing', channel)
    return own === false || toMarketing === false ? false : (told ?? own ?? toMarketing)
  }
  return {
    hasLeft: delivered?.has_left ?? false,
    asksPortOut: answer('port-out') === true || (delivered?.asks_port_out ?? false),
    unsubscribed: (delivered?.unsubscribed ?? false) || toMarketing === false,
    agreesToMessages: agreed(delivered?.to_messages, 'sms'),
    agreesToCalls: agreed(delivered?.to_calls, 'call'),
  }
}
