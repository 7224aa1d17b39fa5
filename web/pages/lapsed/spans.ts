import type { Sentence } from '#contract/language.ts'
import { addDays } from '../../format/day.ts'

/** For how long somebody has lapsed: at least so many days, and at most. */
const SPANS = {
  month: { least: 1, most: 30, name: { zh: '30 天内', en: 'Within 30 days' } },
  quarter: { least: 31, most: 90, name: { zh: '31–90 天', en: '31–90 days' } },
  half: { least: 91, most: 180, name: { zh: '91–180 天', en: '91–180 days' } },
  year: { least: 181, most: 365, name: { zh: '181–365 天', en: '181–365 days' } },
  longer: { least: 366, most: null, name: { zh: '一年以上', en: 'Over a year' } },
} as const satisfies Record<string, { least: number; most: number | null; name: Sentence }>

export type Span = keyof typeof SPANS
export const SPAN_NAMES = Object.entries(SPANS).map(([span, { name }]) => ({
  span: span as Span,
  name,
}))
export const isSpan = (text: string | undefined): text is Span =>
  text !== undefined && Object.hasOwn(SPANS, text)

/** The contract ends of a span, half-open, as the server is asked. */
export function endsOfSpan(
  span: Span,
  today: string,
): { endedFrom: string | undefined; endedTo: string } {
  const { least, most } = SPANS[span]
  return {
    endedFrom: most === null ? undefined : addDays(today, -most),
    endedTo: addDays(today, 1 - least),
  }
}
