import type { Sentences } from '#contract/language.ts'
import type { EventKind, EventState } from '#contract/on-site-event.ts'
import { type Day, dayOf, instantOf } from '#platform/day.ts'
import { type Reason, sayReason, type Values } from '#platform/say-reason.ts'

/** What of an event decides whether it counts. */
export type Proven = Readonly<{
  kind: EventKind
  state: EventState
  /** Photos of its proofs, and how many of them proved another event before. */
  photos: number
  usedBefore: number
  onDay: Day
  /** Its hours, `HH:MM`. */
  starts: string
  ends: string
  /** When each position of its proofs was found, by the clock of the phone. */
  positionTimes: readonly Date[]
}>

/** Why an event does not count towards the quota of its week. */
const AGAINST = {
  'called-off': { zh: '已取消', en: 'called off' },
  'not-held': { zh: '还没有现场凭证', en: 'not proved to be held yet' },
  'in-the-hall': {
    zh: '在厅内举办，不计入进村进企场次',
    en: 'held in the hall, which does not count',
  },
  'no-photo': { zh: '没有现场照片', en: 'no photo' },
  'photos-used-before': {
    zh: '照片都在别的活动用过',
    en: 'all its photos proved another event before',
  },
  'no-position': { zh: '没有可用定位', en: 'no usable position' },
  'position-of-another-day': {
    zh: '定位不是活动当天的',
    en: 'the position is of another day than the event',
  },
  'position-out-of-hours': {
    zh: '定位时间与活动时间相差 1 小时以上',
    en: 'the position was found an hour or more before the event began, or after it ended',
  },
} as const satisfies Sentences
export type Against = keyof typeof AGAINST

/** A position proves an event that was found within an hour of its hours. */
const AROUND_MS = 60 * 60_000

/** What the time of a position says against it; null: it was found while the event was on. */
export function againstTime(
  at: Date,
  { onDay, starts, ends }: Pick<Proven, 'onDay' | 'starts' | 'ends'>,
): Extract<Against, 'position-of-another-day' | 'position-out-of-hours'> | null {
  if (dayOf(at) !== onDay) return 'position-of-another-day'
  const from = instantOf(onDay, starts).getTime() - AROUND_MS
  const to = instantOf(onDay, ends).getTime() + AROUND_MS
  return from < at.getTime() && at.getTime() < to ? null : 'position-out-of-hours'
}

/** What stands against the positions of an event: nothing where one of them is of its time. */
function againstPositions(event: Proven): Against[] {
  if (event.positionTimes.length === 0) return ['no-position']
  const said = event.positionTimes.map((at) => againstTime(at, event))
  if (said.includes(null)) return []
  const isOfTheDay = said.includes('position-out-of-hours')
  return [isOfTheDay ? 'position-out-of-hours' : 'position-of-another-day']
}

/**
 * Everything that keeps an event from counting; nothing: it counts, for it was held outside the hall,
 * with a photo that proved no other event before, and a position of its time.
 */
export function againstOf(event: Proven): Against[] {
  const { kind, state, photos, usedBefore } = event
  if (state === 'called-off') return ['called-off']
  const place: Against[] = kind === 'hall' ? ['in-the-hall'] : []
  if (state === 'planned') return [...place, 'not-held']
  return [
    ...place,
    ...(photos === 0 ? (['no-photo'] as const) : []),
    ...(photos > 0 && photos === usedBefore ? (['photos-used-before'] as const) : []),
    ...againstPositions(event),
  ]
}

export const sayAgainst = (code: Against): Reason => sayReason(code, {}, { words: AGAINST })

/** What is said of a week, with how many events it is about. */
const OF_WEEKS = {
  'week-in-part': {
    zh: '本周只有 {days} 天在旺季内，应办 {due} 场',
    en: 'only {days} days of this week lie in the season: {due} due',
  },
  'not-held': { zh: '{count} 场日期已过，没有现场凭证', en: '{count} past without proof' },
  'in-the-hall': { zh: '{count} 场在厅内，不计入', en: '{count} in the hall, not counted' },
  'no-photo': { zh: '{count} 场没有照片', en: '{count} without a photo' },
  'photos-used-before': { zh: '{count} 场照片用过', en: '{count} with photos used before' },
  'no-position': { zh: '{count} 场没有定位', en: '{count} without a position' },
  'position-of-another-day': {
    zh: '{count} 场的定位不是当天的',
    en: '{count} with a position of another day',
  },
  'position-out-of-hours': {
    zh: '{count} 场的定位与活动时间相差 1 小时以上',
    en: '{count} with a position an hour or more off',
  },
  'per-week': {
    zh: '{from}至{last}，每厅每周至少 {perWeek} 场；首尾不足一周的按天数折算，不足一场不计。',
    en: 'From {from} to {last} each hall holds at least {perWeek} events a week; a week in part asks for its share, rounded down.',
  },
  'what-counts': {
    zh: '有至少一张未用过的现场照片和活动期间（前后 1 小时内）可用定位的厅外活动才计入；已取消的和厅内的不计。',
    en: 'An event counts once it has a photo that proved no other event and a usable position found within an hour of its hours; those called off or in the hall do not.',
  },
} as const satisfies Sentences

export const sayOfWeek = (code: keyof typeof OF_WEEKS, values: Values = {}): Reason =>
  sayReason(code, values, { words: OF_WEEKS })
