/**
 * The rules of contact a second time, told from the law and the usual rules and not from the code: day by
 * day, span by span. What the house answers is compared with it.
 */

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const ZONE = 8 * 60 * MINUTE

export type Touched = Readonly<{
  kind: 'touch'
  at: number
  channel: string
  purpose: string
  result: string
  scope: string | null
  offer: string | null
  /** The first day on which a refusal holds no longer, if they asked for one; days since 1970. */
  until: number | null
}>
export type Word = Readonly<{
  kind: 'word'
  who: string
  at: number
  subject: string
  channel: string | null
  answer: string
}>
/** What was told of a household so far, in the order in which it was told. */
export type Told = Touched | Word
export type Held = Readonly<{ by: string; since: number; until: number }>

export type Wish = Readonly<{
  who: string
  by: string
  touchpoint: string
  purpose: string
  offer: string | null
  at: number
}>

const AT: Readonly<Record<string, string>> = {
  ...{ door: 'door', hall: 'hall', call_in: 'call_out', call_out: 'call_out', sms: 'sms' },
  ...{ wecom: 'online', wechat: 'online', installer: 'installer', online: 'online' },
}
export const touchpointOf = (channel: string): string => AT[channel] ?? channel

/** Days since 1970 by the clock of the branch. */
export const dayOf = (at: number): number => Math.floor((at + ZONE) / DAY)

/** What stands against a wish at `now`, by what was told before it. */
export function standsAgainst(
  wish: Wish,
  told: readonly Told[],
  { now, hold }: Readonly<{ now: number; hold: Held | null }>,
): string[] {
  const codes: string[] = []
  const words = told.filter((each): each is Word => each.kind === 'word' && each.who === wish.who)
  const touches = told.filter((each): each is Touched => each.kind === 'touch')
  const serves = wish.purpose === 'service' || wish.purpose === 'collection'
  const sells = !serves && wish.purpose !== 'renewal'
  if (!serves && lastWord(words, wish.at, 'port-out', null) === 'yes')
    codes.push('port-out-request')
  if (sells && touches.some((each) => isRefusalOf(each, wish))) codes.push('refused')
  if (sells && isOptedOut(words, wish)) codes.push('opted-out')
  if (sells && isFull(touches, wish)) codes.push('capped')
  if (isQuiet(wish)) codes.push('quiet-hours')
  const isThere =
    hold && hold.by !== wish.by && hold.since <= wish.at && wish.at < hold.until && now < hold.until
  if (wish.purpose !== 'service' && isThere) codes.push('held')
  return codes.sort()
}

function lastWord(words: readonly Word[], at: number, subject: string, channel: string | null) {
  const said = words.filter(
    (each) => each.subject === subject && each.channel === channel && each.at <= at,
  )
  const latest = Math.max(...said.map((each) => each.at))
  return said.find((each) => each.at === latest)?.answer
}

function isRefusalOf(touch: Touched, wish: Wish): boolean {
  if (touch.result !== 'refused' || touch.at > wish.at) return false
  const byLaw = threeMonthsAfter(dayOf(touch.at))
  if (dayOf(wish.at) >= Math.max(byLaw, touch.until ?? byLaw)) return false
  if (wish.touchpoint === 'door' || touch.scope === 'all') return true
  if (touch.scope === 'channel') return touchpointOf(touch.channel) === wish.touchpoint
  return touch.offer === null || touch.offer === wish.offer
}

/** The same day of the third month after, or its last one. */
function threeMonthsAfter(day: number): number {
  const date = new Date(day * DAY)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 3]
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return Date.UTC(year, month, Math.min(date.getUTCDate(), last)) / DAY
}

/** A “no” to all or to the channel closes it; messages need a “yes” besides. */
function isOptedOut(words: readonly Word[], { touchpoint, at }: Wish): boolean {
  const toAll = lastWord(words, at, 'marketing', null)
  const to = (channel: string) => lastWord(words, at, 'marketing', channel)
  if (touchpoint === 'online') return toAll === 'no'
  if (touchpoint === 'call_out') return toAll === 'no' || to('call') === 'no'
  if (touchpoint !== 'sms') return false
  return toAll === 'no' || to('sms') === 'no' || (to('sms') ?? toAll) !== 'yes'
}

/** Whether a touch counts under the caps: we began it, to sell, and it reached somebody. */
export const counts = ({ channel, purpose, result }: Touched): boolean =>
  channel !== 'call_in' &&
  purpose === 'marketing' &&
  !['not_reached', 'no_answer', 'wrong_data'].includes(result)

/** Whether some 7 days have had a touch there already, or some 30 days three of them, this day among them. */
function isFull(touches: readonly Touched[], { touchpoint, at }: Wish): boolean {
  const day = dayOf(at)
  const counting = touches.filter(counts)
  const here = counting.filter((each) => touchpointOf(each.channel) === touchpoint)
  const within = (of: readonly Touched[], from: number, days: number) =>
    of.filter((each) => dayOf(each.at) >= from && dayOf(each.at) < from + days).length
  for (let from = day - 6; from <= day; from += 1) if (within(here, from, 7) >= 1) return true
  for (let from = day - 29; from <= day; from += 1) if (within(counting, from, 30) >= 3) return true
  return false
}

/** Doors from half past eight to six, calls from eight to nine, messages from nine to eight. */
function isQuiet({ touchpoint, purpose, at }: Wish): boolean {
  if (purpose === 'service') return false
  const minute = Math.floor(((at + ZONE) % DAY) / MINUTE)
  const hours: Readonly<Record<string, readonly [number, number]>> = {
    ...{ door: [20 * 60 + 30, 6 * 60], installer: [20 * 60 + 30, 6 * 60] },
    ...{ call_out: [20 * 60, 9 * 60], sms: [21 * 60, 8 * 60], online: [21 * 60, 8 * 60] },
  }
  const quiet = hours[touchpoint]
  return quiet !== undefined && (minute >= quiet[0] || minute < quiet[1])
}

/** The most touches that any 7 days have on a touchpoint and any 30 days on all, of those given. */
export function fullest(touches: readonly Touched[]): { onOne: number; onAll: number } {
  const most = (of: readonly Touched[], days: number) =>
    Math.max(
      0,
      ...of.map(
        ({ at }) =>
          of.filter((each) => dayOf(each.at) >= dayOf(at) && dayOf(each.at) < dayOf(at) + days)
            .length,
      ),
    )
  const byPoint = Map.groupBy(touches, ({ channel }) => touchpointOf(channel))
  return {
    onOne: Math.max(0, ...[...byPoint.values()].map((each) => most(each, 7))),
    onAll: most(touches, 30),
  }
}
