/** What can be unusual about reading personal data in clear text. */
export const ALARM_REASONS = {
  'unusual-count': {
    zh: '当天在本人清单之外看了 {count} 户明文，平日为 {median} 户。',
    en: '{count} subscribers seen in clear text outside the own tasks that day, {median} on usual days.',
  },
  'outside-hours': {
    zh: '在不打扰时段查看明文或呼叫，当天共 {count} 户次。',
    en: 'Seen in clear text or called in the quiet hours; {count} times that day.',
  },
  'outside-tasks': {
    zh: '当天看了 {count} 户不在本人清单上的明文。',
    en: '{count} subscribers seen in clear text that day that were not on the own list.',
  },
  'limit-reached': {
    zh: '当天用完 {limit} 户的明文上限。',
    en: 'All {limit} subscribers that a day allows were seen in clear text.',
  },
} as const
export type AlarmReason = keyof typeof ALARM_REASONS

/** More than these, and more than so many times the usual, are unusual. */
const NEVER_UNUSUAL = 10
const TIMES_USUAL = 3

export type Seen = Readonly<{
  /** Whether the subscriber seen now was on the person’s list of the day. */
  ownTask: boolean
  /** Whether it was seen at an hour in which nobody is disturbed. */
  quiet: boolean
  /** How many were seen or called on the day with this one, and seen outside the own tasks. */
  all: number
  outside: number
  limit: number
  /** The counts outside the own tasks of the earlier days that had any, ascending. */
  before: readonly number[]
}>

/** Something unusual, with the numbers that say so. */
export type Unusual = Readonly<{
  reason: AlarmReason
  values: Readonly<Record<string, number>>
}>

/** What is unusual about a subscriber seen now. */
export function alarmsOf(seen: Seen): Unusual[] {
  const { ownTask, quiet, all, outside, limit, before } = seen
  const usual = median(before)
  const raised = {
    'unusual-count': !ownTask && outside > NEVER_UNUSUAL && outside > TIMES_USUAL * usual,
    'outside-hours': quiet,
    'outside-tasks': !ownTask,
    'limit-reached': !ownTask && outside >= limit,
  }
  const values = {
    'unusual-count': { count: outside, median: usual },
    'outside-hours': alarmOfHours(all).values,
    'outside-tasks': { count: outside },
    'limit-reached': { limit },
  }
  const reasons = Object.keys(raised) as AlarmReason[]
  return reasons.flatMap((reason) => (raised[reason] ? [{ reason, values: values[reason] }] : []))
}

/** The alarm about reaching somebody in the quiet hours, for the `count`th time of the day. */
export const alarmOfHours = (count: number): Unusual => ({
  ...{ reason: 'outside-hours', values: { count } },
})

/** Of numbers in ascending order; 0 of none. */
export function median(ascending: readonly number[]): number {
  const half = ascending.length / 2
  const [low = 0, high = 0] = [ascending[Math.ceil(half) - 1], ascending[Math.floor(half)]]
  return (low + high) / 2
}
