import type { Sentence } from '#contract/language.ts'

/** Weekdays by number, Monday is 1. */
export const WEEKDAYS = [
  { day: '1', name: { zh: '周一', en: 'Mon' } },
  { day: '2', name: { zh: '周二', en: 'Tue' } },
  { day: '3', name: { zh: '周三', en: 'Wed' } },
  { day: '4', name: { zh: '周四', en: 'Thu' } },
  { day: '5', name: { zh: '周五', en: 'Fri' } },
  { day: '6', name: { zh: '周六', en: 'Sat' } },
  { day: '7', name: { zh: '周日', en: 'Sun' } },
] as const satisfies readonly { day: string; name: Sentence }[]

/** `12345` as people say it: `周一至周五`; days with gaps one by one: `周一、周三`. */
export function daysText(days: string): Sentence {
  if (days === '1234567') return { zh: '每天', en: 'every day' }
  const named = WEEKDAYS.filter(({ day }) => days.includes(day))
  const [first, last] = [named[0], named.at(-1)]
  if (!first || !last) return { zh: '–', en: '–' }
  if (named.length > 2 && '1234567'.includes(days))
    return { zh: `${first.name.zh}至${last.name.zh}`, en: `${first.name.en}–${last.name.en}` }
  return {
    zh: named.map(({ name }) => name.zh).join('、'),
    en: named.map(({ name }) => name.en).join(', '),
  }
}
