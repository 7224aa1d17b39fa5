import type { z } from 'zod'
import { clockOf, openTimes, QUIET_CHANNEL, type QuietHours, type Touchpoint } from '#calendar'
import type { Purpose as Wanted } from '#contract/campaigns.ts'
import { addDays, type Day, dayOf, instantOf } from '#platform/day.ts'
import type { ContactPolicy } from './policy.ts'
import { closes, firstAllowedDay, type HouseholdRefusal, type TouchedAt } from './refusals.ts'

export type Purpose = z.infer<typeof Wanted>

/** A touch that somebody is about to make. `offer`: the one that is to be presented, if any. */
export type Intent = Readonly<{
  touchpoint: Touchpoint
  purpose: Purpose
  offer: string | null
  at: Date
}>

/** A touch for marketing that we began and that reached somebody. */
export type MarketingTouch = Readonly<{ day: Day; touchpoint: TouchedAt }>

/** What is known of a subscriber and the household before a touch. Null: nothing was said. */
export type Known = Readonly<{
  hasLeft: boolean
  asksPortOut: boolean
  /** No marketing at all, by the extract or by the subscriber's own word. */
  unsubscribed: boolean
  agreesToMessages: boolean | null
  agreesToCalls: boolean | null
  refusals: readonly HouseholdRefusal[]
  touches: readonly MarketingTouch[]
  /** Somebody else who is with the household, or about to be. */
  hold: Hold | null
  /** False where the extract could not be asked, so that its wishes are not among these. */
  extractKnown: boolean
}>

/** Who is with a household, by the name of the post, and for how long: [since, until). */
export type Hold = Readonly<{ post: string; since: Date; until: Date }>

/** The rules of a branch. */
export type Rules = Readonly<{ policy: ContactPolicy; quietHours: readonly QuietHours[] }>

/** One reason against a touch; `opens` is the instant at which it ends by itself, null for never. */
export type Against = Readonly<{
  code:
    | 'terminated'
    | 'port-out-request'
    | 'refused'
    | 'opted-out'
    | 'capped'
    | 'quiet-hours'
    | 'held'
    | 'extract-unknown'
  values: Readonly<Record<string, string | number>>
  opens: Date | null
}>

/**
 * Whether a household may be touched. `opens` is the first instant at which, by what is known today,
 * nothing stands against it any more; null where that cannot be told.
 */
export type Verdict = Readonly<{ may: boolean; against: readonly Against[]; opens: Date | null }>

/**
 * May we touch this household now, at this touchpoint, for this purpose? The one answer to it: lists
 * that are made for a whole base (queries/closures.sql of campaigns) are tested against it. Pure, so
 * that a phone without a network gives the same answer from what it was given in the morning.
 */
export function mayTouch(intent: Intent, known: Known, rules: Rules): Verdict {
  const against = reasonsAgainst(intent, known, rules)
  return { may: against.length === 0, against, opens: firstOpening(intent, known, rules, against) }
}

/** Renewal of one's own contract, collection and service are no marketing, unless a rule says so. */
export function isMarketing(purpose: Purpose, policy: ContactPolicy): boolean {
  if (purpose === 'collection' || purpose === 'service') return false
  return purpose !== 'renewal' || policy.renewalIsMarketing
}

function reasonsAgainst(intent: Intent, known: Known, rules: Rules): Against[] {
  const isExempt = intent.purpose === 'collection' || intent.purpose === 'service'
  return [
    known.hasLeft && ({ code: 'terminated', values: {}, opens: null } as const),
    known.asksPortOut &&
      !isExempt &&
      ({ code: 'port-out-request', values: {}, opens: null } as const),
    !known.extractKnown &&
      !isExempt &&
      ({ code: 'extract-unknown', values: {}, opens: null } as const),
    ...(isMarketing(intent.purpose, rules.policy) ? againstMarketing(intent, known, rules) : []),
    againstHour(intent, rules),
    againstHold(intent, known),
  ].filter((each) => each !== false && each !== undefined)
}

function againstMarketing(intent: Intent, known: Known, { policy }: Rules) {
  return [
    againstRefused(intent, known, policy),
    isOptedOut(intent.touchpoint, known) &&
      ({
        code: 'opted-out',
        values: { touchpoints: intent.touchpoint },
        opens: null,
      } as const),
    againstMany(intent, known, policy),
  ]
}

function againstRefused(
  intent: Intent,
  { refusals }: Known,
  { refusalMonths }: ContactPolicy,
): Against | undefined {
  const day = dayOf(intent.at)
  const [longest] = refusals
    .filter((refusal) => refusal.refusedOn <= day && closes(refusal, intent))
    .map((refusal) => ({
      since: refusal.refusedOn,
      until: firstAllowedDay(refusal.refusedOn, refusal.until, refusalMonths),
    }))
    .filter(({ until }) => until > day)
    .sort((a, b) => compare(b.until, a.until) || compare(b.since, a.since))
  return longest && { code: 'refused', values: longest, opens: beginOf(longest.until) }
}

/** Silence is no consent to messages; a call is closed by a “no”. A visit is closed by refusals alone. */
function isOptedOut(touchpoint: Touchpoint, known: Known): boolean {
  if (touchpoint === 'sms') return known.unsubscribed || known.agreesToMessages !== true
  if (touchpoint === 'call_out') return known.unsubscribed || known.agreesToCalls === false
  return touchpoint === 'online' && known.unsubscribed
}

/** A touch on day D counts for so many days, D the first. */
function againstMany(
  { touchpoint, at }: Intent,
  { touches }: Known,
  policy: ContactPolicy,
): Against | undefined {
  const day = dayOf(at)
  const here = touches.filter((touch) => touch.touchpoint === touchpoint)
  const full = [
    ...fullUntil(here, day, { most: policy.perChannel, days: policy.perChannelDays }),
    ...fullUntil(touches, day, { most: policy.inTotal, days: policy.totalDays }),
  ].sort((a, b) => compare(b.until, a.until))
  return full[0] && { code: 'capped', values: full[0], opens: beginOf(full[0].until) }
}

/**
 * The spans of `days` around `day` that are full. Of a touch about to be made that is the span which
 * ends today; one that is told late may stand before others, and fill a span that ends with one of them.
 */
function fullUntil(
  touches: readonly MarketingTouch[],
  day: Day,
  { most, days }: { most: number; days: number },
): { touches: number; until: Day }[] {
  const later = touches.filter((touch) => touch.day > day && addDays(touch.day, -days) < day)
  const ends = new Set([day, ...later.map((touch) => touch.day)])
  return [...ends].flatMap((end) => {
    const counting = touches.filter((touch) => touch.day <= end && addDays(touch.day, days) > end)
    const inTheWay = counting.map((touch) => touch.day).sort((a, b) => compare(b, a))[most - 1]
    if (inTheWay === undefined) return []
    return [{ touches: counting.length, until: addDays(inTheWay, days) }]
  })
}

function againstHour({ touchpoint, purpose, at }: Intent, rules: Rules): Against | undefined {
  const channel = QUIET_CHANNEL[touchpoint]
  if (channel === null || purpose === 'service') return undefined // service comes when it is wanted
  const day = dayOf(at)
  const open = [day, addDays(day, 1)].flatMap((each) => openTimes(rules.quietHours, channel, each))
  if (open.some(({ start, end }) => start <= at && at < end)) return undefined
  const next = open.find(({ start }) => start > at)
  const until = next ? clockOf(next.start) : '—'
  return { code: 'quiet-hours', values: { until }, opens: next?.start ?? null }
}

/** Of two at one door one waits; service comes when it is wanted. */
function againstHold({ purpose, at }: Intent, { hold }: Known): Against | undefined {
  if (hold === null || purpose === 'service' || at < hold.since || hold.until <= at)
    return undefined
  return {
    ...{ code: 'held', values: { post: hold.post, until: clockOf(hold.until) } },
    opens: hold.until,
  }
}

/** Each step is the end of a reason, so there are no more steps than there are things in the way. */
function firstOpening(
  intent: Intent,
  known: Known,
  rules: Rules,
  now: readonly Against[],
): Date | null {
  let { at } = intent
  for (let against = now; against.length > 0; ) {
    let latest = at
    for (const { opens } of against) {
      if (opens === null) return null
      if (opens > latest) latest = opens
    }
    if (latest <= at) return null
    at = latest
    against = reasonsAgainst({ ...intent, at }, known, rules)
  }
  return at
}

const beginOf = (day: Day) => instantOf(day, '00:00')
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
