import type { z } from 'zod'
import type { CalendarDay } from '#contract/calendar.ts'
import type { Sentence } from '#contract/language.ts'
import { addDays, firstOfMonth } from '../../../format/day.ts'
import { type Field, weeksOf } from '../../base/month.ts'

export type Day = z.output<typeof CalendarDay>

/** A month of the year’s grid; weeks begin on Monday. */
export type Month = Readonly<{ month: string; weeks: readonly (readonly Field[])[] }>

export function monthsOf(year: number): readonly Month[] {
  return Array.from({ length: 12 }, (_, place) => {
    const from = firstOfMonth(`${year}-01-01`, place)
    return { month: from.slice(0, 7), weeks: weeksOf(from, firstOfMonth(from, 1)) }
  })
}

/** Where an arrow key leads from a day, by days, weeks and months; undefined for any other key. */
export function stepFrom(day: string, key: string): string | undefined {
  const days = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[key]
  if (days !== undefined) return addDays(day, days)
  if (key === 'PageUp') return sameDateIn(firstOfMonth(day, -1), day)
  if (key === 'PageDown') return sameDateIn(firstOfMonth(day, 1), day)
  return undefined
}

/** The date of `day` in the month that begins on `first`, or the last day of a shorter month. */
function sameDateIn(first: string, day: string): string {
  const last = addDays(firstOfMonth(first, 1), -1)
  const wanted = `${first.slice(0, 8)}${day.slice(8)}`
  return wanted < last ? wanted : last
}

/** Days free in a row for one festival, and the days that are worked for it; `to` is the last one. */
export type Span = Readonly<{
  name: Sentence
  from: string
  to: string
  days: number
  worked: readonly string[]
}>

/** The holidays of a year in order: runs of free days of one name. */
export function spansOf(days: readonly Day[]): readonly Span[] {
  const spans: Span[] = []
  let before: Day | undefined
  for (const day of days) {
    const last = spans.at(-1)
    if (day.kind === 'holiday') {
      const name = day.name ?? UNNAMED
      if (last && before?.kind === 'holiday' && last.name.zh === name.zh)
        spans[spans.length - 1] = { ...last, to: day.day, days: last.days + 1 }
      else spans.push({ name, from: day.day, to: day.day, days: 1, worked: [] })
    }
    before = day
  }
  const worked = days.filter(({ kind }) => kind === 'makeup')
  return spans.map((span) => ({
    ...span,
    worked: worked.filter(({ name }) => name?.zh.startsWith(span.name.zh)).map(({ day }) => day),
  }))
}
const UNNAMED = { zh: '假日', en: 'Holiday' } as const

/** Days on which people with a five-day week work. */
export function workingDays(days: readonly Day[]): number {
  return days.filter(({ kind }) => kind === 'workday' || kind === 'makeup').length
}

/** The days on which a solar term begins. */
export function termsOf(
  days: readonly Day[],
): readonly Readonly<{ day: string; name: Sentence }>[] {
  return days.flatMap(({ day, solarTerm }) => (solarTerm ? [{ day, name: solarTerm }] : []))
}
