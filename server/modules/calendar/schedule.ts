import chineseDays from 'chinese-days'
import { type Day, weekday } from '#platform/day.ts'
import type { Named } from './named.ts'

/** A workday, a free weekend day, a public holiday, or a weekend day that is worked instead of one. */
export type DayKind = 'workday' | 'weekend' | 'holiday' | 'makeup'

/** What a day is before the branch changes it. */
export type ScheduledDay = Readonly<{
  kind: DayKind
  name: Named | null
  source: 'published' | 'weekday'
}>

/** The day by the State Council’s schedule; while that of its year is not published, by its weekday. */
export function scheduledDay(day: Day): ScheduledDay {
  const source = isPublished(Number(day.slice(0, 4))) ? 'published' : 'weekday'
  const listed = listedDay(day)
  if (listed) return { ...listed, source }
  return { kind: weekday(day) >= 6 ? 'weekend' : 'workday', name: null, source }
}

/** Whether the schedule of a year is known: it is if its last holiday, the National Day, is. */
export function isPublished(year: number): boolean {
  return listedDay(`${year}-10-01`) !== null
}

/** A day that the schedule names, as a holiday or as the day worked for it. */
function listedDay(day: Day): Readonly<{ kind: DayKind; name: Named }> | null {
  const { work, name } = chineseDays.getDayDetail(day)
  const [en, zh] = name.split(',') // “Spring Festival,春节,4”; a day not listed has its weekday
  if (!en || !zh) return null
  return work
    ? { kind: 'makeup', name: { zh: `${zh}调休上班`, en: `Worked for ${en}` } }
    : { kind: 'holiday', name: { zh, en } }
}

/**
 * Whether a person works on a day: `days` are the weekdays of the post, Monday is 1. Who works on
 * weekends at all works by weekday, holidays or not, since visits happen then. Who does not is free
 * on holidays, and full-time people make up for them.
 */
export function worksOn(days: string, kind: DayKind, weekdayOf: number): boolean {
  const listed = days.includes(String(weekdayOf))
  if (/[67]/.test(days)) return listed
  if (kind === 'makeup') return days === '12345'
  return listed && kind === 'workday'
}
