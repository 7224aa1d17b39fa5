import type { Day } from './day.ts'

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/**
 * A day as a sentence says it: `11月28日` · `28 Nov`, with its year where that is not the year of
 * `around`, the day the sentence is about: `2027年1月3日` · `3 Jan 2027`. Without `around` the year
 * is always said.
 */
export function sayDay(day: Day, language: 'zh' | 'en', around?: Day): string {
  const [year = '', month = '', date = ''] = day.split('-')
  const isNear = around?.slice(0, 4) === year
  if (language === 'zh') return `${isNear ? '' : `${year}年`}${Number(month)}月${Number(date)}日`
  return `${Number(date)} ${MONTHS[Number(month) - 1]}${isNear ? '' : ` ${year}`}`
}
