import assert from 'node:assert/strict'

/** A calendar day `YYYY-MM-DD` in the branch’s zone. Text, so that no zone can shift it. */
export type Day = string

/** Asia/Shanghai, the zone of every branch: the People’s Republic keeps one time. */
const OFFSET = '+08:00' // no daylight saving since 1991; holds for every instant this product meets

const MS_PER_DAY = 86_400_000

export function addDays(day: Day, days: number): Day {
  return toDay(utc(day) + days * MS_PER_DAY)
}

/** The same day `months` later, or that month’s last day if it has no such day (31 Aug → 30 Nov). */
export function addMonths(day: Day, months: number): Day {
  const [year, month, date] = parts(day)
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return toDay(first.getTime() + (Math.min(date, last) - 1) * MS_PER_DAY)
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((utc(to) - utc(from)) / MS_PER_DAY)
}

/** Monday is 1, Sunday is 7. */
export function weekday(day: Day): number {
  return new Date(utc(day)).getUTCDay() || 7
}

/** Which day an instant falls on in the branch’s zone. */
export function dayOf(instant: Date): Day {
  return toDay(instant.getTime() + 8 * 3_600_000)
}

/** The instant at which the clock of the branch shows `clock` (`HH:MM`) on `day`. */
export function instantOf(day: Day, clock: string): Date {
  assert(/^\d\d:\d\d$/.test(clock), `a clock is HH:MM: ${clock}`)
  return new Date(`${day}T${clock}:00.000${OFFSET}`)
}

/** True for a day that exists: 2026-02-30 does not. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && toDay(Date.parse(`${text}T00:00:00Z`)) === text
}

function parts(day: Day): [number, number, number] {
  const [year, month, date] = day.split('-').map(Number)
  assert(year && month && date, `a day is YYYY-MM-DD: ${day}`)
  return [year, month, date]
}

function utc(day: Day): number {
  const [year, month, date] = parts(day)
  return Date.UTC(year, month - 1, date)
}

function toDay(ms: number): Day {
  return Number.isNaN(ms) ? '' : new Date(ms).toISOString().slice(0, 10)
}
