import type { readCalendar } from '#contract/calendar.ts'
import type { Sentence } from '#contract/language.ts'
import type { Answer } from '../../../api.ts'

type Calendar = Answer<typeof readCalendar>
export type Season = Calendar['seasons'][number]
export type VisitWindow = Calendar['windows'][number]
export type QuietHours = Calendar['quietHours'][number]

/** The first of `prefix-1`, `prefix-2` … that none of `taken` is. */
export function freshId(prefix: string, taken: readonly string[]): string {
  let number = 1
  while (taken.includes(`${prefix}-${number}`)) number += 1
  return `${prefix}-${number}`
}

/** Days of a month of any year: February has 29. */
export function daysIn(month: number): number {
  return new Date(Date.UTC(2024, month, 0)).getUTCDate()
}

/** `04-25` with another month or date; a date that the month has not becomes its last. */
export function monthDay(month: number, date: number): string {
  const pad = (value: number) => String(value).padStart(2, '0')
  return `${pad(month)}-${pad(Math.min(date, daysIn(month)))}`
}

const GAPS = {
  named: { zh: '请填写中文和英文名称。', en: 'Give a name in both languages.' },
  turned: { zh: '结束时间应晚于开始时间。', en: 'The end has to be after the start.' },
  days: { zh: '至少选一类日子。', en: 'Choose one kind of day at least.' },
} as const satisfies Record<string, Sentence>

const isNamed = ({ zh, en }: Sentence) => zh.trim() !== '' && en.trim() !== ''

/** Why a window cannot be kept; undefined: it can. */
export function gapOfWindow({ name, from, to, on }: VisitWindow): Sentence | undefined {
  if (!isNamed(name)) return GAPS.named
  if (to <= from) return GAPS.turned
  return on.length === 0 ? GAPS.days : undefined
}

/** Why a season cannot be kept; its end may be before its start, over the new year. */
export function gapOfSeason({ name }: Season): Sentence | undefined {
  return isNamed(name) ? undefined : GAPS.named
}
