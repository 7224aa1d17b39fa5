import { springFestivalOf } from '#calendar'
import { addDays, addMonths, type Day, daysBetween, isDay, weekday } from '#platform/day.ts'
import type { EventRules } from './rules-store.ts'

/** The days in which events are due, [from, to), and the festival that ends them. */
export type Season = Readonly<{ from: Day; to: Day; festival: Day }>

/** Of a week by ISO 8601 (`2027-W01`) the days that lie in the season, [from, to). */
export type Week = Readonly<{ week: string; from: Day; to: Day }>

/** For so many days after a festival its season is still the one that is looked at. */
const LOOKED_BACK_DAYS = 30
const DAYS_OF_WEEK = 7

/** The season before the spring festival of a year; empty where it would begin after its end. */
export function seasonOf(year: number, rules: EventRules): Season {
  const festival = springFestivalOf(year)
  const from = dayIn(rules.fromMonth > 6 ? year - 1 : year, rules)
  const end = addDays(festival, 1 - rules.daysBeforeFestival)
  const isEmpty = end < from
  return { from, to: isEmpty ? from : end, festival }
}

/** The day that the rule names; the last of its month where the month is shorter. */
function dayIn(year: number, { fromMonth, fromDate }: EventRules): Day {
  const pad = (value: number) => String(value).padStart(2, '0')
  const day = `${year}-${pad(fromMonth)}-${pad(fromDate)}`
  return isDay(day) ? day : addDays(addMonths(`${year}-${pad(fromMonth)}-01`, 1), -1)
}

/** The year whose season is looked at on a day: the one that is on, has just been, or comes next. */
export function seasonYearOn(day: Day): number {
  const year = Number(day.slice(0, 4))
  return day <= addDays(springFestivalOf(year), LOOKED_BACK_DAYS) ? year : year + 1
}

/** The weeks of a season, the first and the last perhaps in part. */
export function weeksOf({ from, to }: Season): Week[] {
  const weeks: Week[] = []
  if (to <= from) return weeks
  for (let monday = mondayOf(from); monday < to; monday = addDays(monday, DAYS_OF_WEEK)) {
    const next = addDays(monday, DAYS_OF_WEEK)
    weeks.push({
      week: isoWeekOf(monday),
      from: monday < from ? from : monday,
      to: next > to ? to : next,
    })
  }
  return weeks
}

const mondayOf = (day: Day): Day => addDays(day, 1 - weekday(day))

/** The week of a day by ISO 8601: it belongs to the year of its Thursday. */
export function isoWeekOf(day: Day): string {
  const thursday = addDays(mondayOf(day), 3)
  const year = thursday.slice(0, 4)
  const nth = Math.floor(daysBetween(`${year}-01-01`, thursday) / DAYS_OF_WEEK) + 1
  return `${year}-W${String(nth).padStart(2, '0')}`
}

/** How many events are due in a week: of one in part, in proportion to its days, rounded down. */
export function dueIn({ from, to }: Week, perWeek: number): number {
  return Math.floor((perWeek * daysBetween(from, to)) / DAYS_OF_WEEK)
}
