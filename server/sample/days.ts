/**
 * Days as whole numbers (0 is 1970-01-01), for a county is told over decades and compares days by
 * the million. Months are whole numbers too: year × 12 + month − 1.
 */
export type Day = number
export type Month = number

const FIRST_YEAR = 1990
const LAST_YEAR = 2060
const MS_PER_DAY = 86_400_000
const dayAt = (year: number, month: number, day: number): Day =>
  Date.UTC(year, month, day) / MS_PER_DAY

const FIRST: Day = dayAt(FIRST_YEAR, 0, 1)
const COUNT = dayAt(LAST_YEAR + 1, 0, 1) - FIRST
const months = new Int32Array(COUNT)
const daysOfMonth = new Uint8Array(COUNT)
const compact: string[] = []
const dashed: string[] = []
for (let at = 0; at < COUNT; at++) {
  const iso = new Date((FIRST + at) * MS_PER_DAY).toISOString().slice(0, 10)
  months[at] = Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7)) - 1
  daysOfMonth[at] = Number(iso.slice(8))
  compact.push(iso.replaceAll('-', ''))
  dashed.push(iso)
}

const known = <T>(value: T | undefined, day: Day): T => {
  if (value === undefined) throw new RangeError(`day ${day} is outside ${FIRST_YEAR}–${LAST_YEAR}`)
  return value
}

/** The day written `YYYY-MM-DD`; null if there is no such day. */
export function parseDay(text: string): Day | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  const day = Date.parse(`${text}T00:00:00Z`) / MS_PER_DAY
  return dashed[day - FIRST] === text ? day : null
}

/** `YYYY-MM-DD` */
export const iso = (day: Day): string => known(dashed[day - FIRST], day)
/** `YYYYMMDD`, as BSS extracts write days. */
export const ymd = (day: Day): string => known(compact[day - FIRST], day)
export const monthOf = (day: Day): Month => known(months[day - FIRST], day)
const dayOfMonth = (day: Day): number => known(daysOfMonth[day - FIRST], day)
export const firstDayOf = (month: Month): Day => dayAt(Math.floor(month / 12), month % 12, 1)
/** 0 is January. */
export const monthOfYear = (month: Month): number => month % 12
/** `YYYYMM` */
export const yyyymm = (month: Month): string =>
  `${Math.floor(month / 12)}${String((month % 12) + 1).padStart(2, '0')}`

/** The same day so many months later, or that month’s last day if it has no such day. */
export function addMonths(day: Day, count: number): Day {
  const month = monthOf(day) + count
  const first = firstDayOf(month)
  const length = firstDayOf(month + 1) - first
  return first + Math.min(dayOfMonth(day), length) - 1
}
