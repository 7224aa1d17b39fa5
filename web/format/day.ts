import type { Language } from '#contract/language.ts'

/** The zone in which branches live; instants are shown in it, wherever the browser stands. */
const BRANCH_ZONE = 'Asia/Shanghai'
const MS_PER_DAY = 86_400_000
const CHINESE_WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'] as const

/** `2026-11-22` → `11月22日 周日` · `Sun 22 Nov`. */
export function dayText(day: string, language: Language): string {
  const { month, date, weekday } = partsOf(day)
  return language === 'zh'
    ? `${month}月${date}日 ${CHINESE_WEEKDAYS[weekday]}`
    : english(day, { weekday: 'short', day: 'numeric', month: 'short' })
}

/** The day with its year and without its weekday: `2026年11月22日` · `22 Nov 2026`. */
export function dateText(day: string, language: Language): string {
  const { year, month, date } = partsOf(day)
  return language === 'zh'
    ? `${year}年${month}月${date}日`
    : english(day, { day: 'numeric', month: 'short', year: 'numeric' })
}

/** `2026-11` or `202611` → `2026年11月` · `Nov 2026`. */
export function monthText(month: string, language: Language): string {
  const [, year = '', number = ''] = /^(\d{4})-?(\d{2})/.exec(month) ?? []
  if (!year) return month
  return language === 'zh'
    ? `${year}年${Number(number)}月`
    : english(`${year}-${number}-01`, { month: 'short', year: 'numeric' })
}

/** An instant as the branch’s clock shows it: `11月22日 07:42` · `22 Nov 07:42`. */
export function instantText(instant: string, language: Language): string {
  const [day, clock] = wallClock(instant)
  const { month, date } = partsOf(day)
  return language === 'zh'
    ? `${month}月${date}日 ${clock}`
    : `${english(day, { day: 'numeric', month: 'short' })} ${clock}`
}

/** The hour and minute of an instant on the branch’s clock, `07:42`. */
export function clockText(instant: string): string {
  return wallClock(instant)[1]
}

/** The day of an instant on the branch’s calendar. */
export function dayOfInstant(instant: string): string {
  return wallClock(instant)[0]
}

/** Days from `from` to `to`; negative when `to` is before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / MS_PER_DAY)
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * MS_PER_DAY).toISOString().slice(0, 10)
}

/** The first day of the month `months` after the month of `day`. */
export function firstOfMonth(day: string, months = 0): string {
  const { year, month } = partsOf(day)
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10)
}

/** 0 is Sunday. */
export function weekdayOf(day: string): number {
  return new Date(Date.parse(day)).getUTCDay()
}

/** A day that there is, from 1900 to 2199, as the server takes them. */
export function isDay(text: string | undefined): text is string {
  if (text === undefined || !/^(?:19|20|21)\d\d-\d\d-\d\d$/.test(text)) return false
  const at = Date.parse(text)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

/** How far a day is, in words: `今天`, `3 天后`, `已过 12 天` · `today`, `in 3 days`, `12 days ago`. */
export function distanceText(days: number, language: Language): string {
  if (days === 0) return language === 'zh' ? '今天' : 'today'
  const size = Math.abs(days)
  const noun = size === 1 ? 'day' : 'days'
  if (days > 0) return language === 'zh' ? `${size} 天后` : `in ${size} ${noun}`
  return language === 'zh' ? `已过 ${size} 天` : `${size} ${noun} ago`
}

/** A stretch of time for people who wait: `约 40 秒` · `about 40 s`; minutes from 90 seconds on. */
export function waitText(seconds: number, language: Language): string {
  const rounded = Math.max(1, Math.round(seconds))
  if (rounded < 90) return language === 'zh' ? `约 ${rounded} 秒` : `about ${rounded} s`
  const minutes = Math.round(rounded / 60)
  return language === 'zh' ? `约 ${minutes} 分钟` : `about ${minutes} min`
}

function partsOf(day: string) {
  const at = new Date(Date.parse(day))
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    date: at.getUTCDate(),
    weekday: at.getUTCDay(),
  }
}

function english(day: string, format: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', { ...format, timeZone: 'UTC' })
    .format(Date.parse(day))
    .replace(',', '')
}

function wallClock(instant: string): [day: string, clock: string] {
  const text = new Intl.DateTimeFormat('sv-SE', {
    timeZone: BRANCH_ZONE,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).format(Date.parse(instant))
  return [text.slice(0, 10), text.slice(11, 16)]
}
