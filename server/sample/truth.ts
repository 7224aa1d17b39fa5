import { type Draws, stream, weighted } from './draws.ts'
import type { Traits } from './life.ts'
import type { Subscriber } from './subscriber.ts'

/**
 * What nobody in the branch can know: whether the subscriber leaves at the end of this contract and
 * why, how likely a visit is to end in a renewal, and how much of that the visit itself causes.
 * For judging models; the product never reads it.
 */
export type Truth = Readonly<{
  /** Probability of accepting what is offered when reached. */
  propensity: number
  /** Change of the probability to stay that being approached causes; negative: let it be. */
  uplift: number
  willLeave: boolean
  reason: Reason | null
}>
export type Reason =
  | 'too_expensive'
  | 'better_offer'
  | 'promotion_ending'
  | 'not_used'
  | 'trouble'
  | 'price_rise'
  | 'long_absence'

const REASON = stream('reason')
const TRUTH = stream('truth')
/** How much a conversation changes, by what drives the subscriber away. */
const UPLIFT: Record<Reason, number> = {
  too_expensive: 0.22,
  better_offer: 0.16,
  promotion_ending: 0.25,
  not_used: -0.04,
  trouble: 0.18,
  price_rise: 0.12,
  long_absence: 0.03,
}

export function truthOf(chance: Draws, { life, status }: Subscriber): Truth {
  const willLeave = life.leaving && status !== 'terminated'
  const reason = reasonOf(chance, life.traits, life.key, life.renewals)
  const noise = chance.share(TRUTH, life.key, life.renewals)
  const readiness = willLeave ? 0.08 : 0.35
  return {
    propensity: round(readiness + 0.4 * noise),
    uplift: round((willLeave ? UPLIFT[reason] : UPLIFT[reason] / 8) * (0.5 + noise)),
    willLeave,
    reason: willLeave ? reason : null,
  }
}

/** Why a subscriber of such traits would leave; `nth` tells one time from another. */
export function reasonOf(chance: Draws, traits: Traits, key: number, nth: number): Reason {
  const reasons: [Reason, number][] = [['promotion_ending', 1]]
  if (traits.courtedByRival) reasons.push(['better_offer', 8])
  if (traits.troubled) reasons.push(['trouble', 8])
  if (traits.unused) reasons.push(['not_used', 8])
  if (traits.priceSensitive) reasons.push(['too_expensive', 5], ['price_rise', 2])
  if (traits.away) reasons.push(['long_absence', 6])
  return weighted(reasons, chance.share(REASON, key, nth))
}

const round = (share: number) => Math.round(share * 10_000) / 10_000
