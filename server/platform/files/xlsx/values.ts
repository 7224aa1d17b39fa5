/** How a number is to be read by the format of its cell. */
export type NumberKind =
  | Readonly<{
      kind: 'number' /** Shown with zeros in front up to this many digits. */
      digits: number
    }>
  | Readonly<{ kind: TimeKind }>

/** `duration`: hours that go on beyond a day. */
type TimeKind = 'date' | 'time' | 'date-time' | 'duration'

const PLAIN: NumberKind = { kind: 'number', digits: 0 }

/** Excel's own formats by number: dates (also those of Chinese, Japanese, Korean), times, both. */
const BUILT_IN_DATES: ReadonlySet<number> = new Set([
  14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58,
])
const BUILT_IN_TIMES: ReadonlySet<number> = new Set([18, 19, 20, 21, 32, 33, 34, 35, 45, 47])
const BUILT_IN_DATE_TIME = 22
const BUILT_IN_DURATION = 46

/** What format number `id` makes of a number; `code` is its text where the workbook defines it. */
export function numberKind(id: number, code: string | undefined): NumberKind {
  if (code !== undefined) return kindOfCode(code)
  if (id === BUILT_IN_DATE_TIME) return { kind: 'date-time' }
  if (BUILT_IN_DATES.has(id)) return { kind: 'date' }
  if (id === BUILT_IN_DURATION) return { kind: 'duration' }
  return BUILT_IN_TIMES.has(id) ? { kind: 'time' } : PLAIN
}

function kindOfCode(code: string): NumberKind {
  if (/^0{2,}$/.test(code)) return { kind: 'number', digits: code.length }
  const first = code.split(';')[0] ?? ''
  const elapsed = /\[(h+|m+|s+)\]/i.test(first)
  const letters = first
    .replaceAll(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '')
    .replaceAll(/general|am\/pm|a\/p|上午\/下午/gi, '')
    .toLowerCase()
  if (elapsed) return { kind: 'duration' }
  const time = /[hs]/.test(letters)
  const date = /[yd]/.test(letters) || (/m/.test(letters) && !time)
  if (date) return { kind: time ? 'date-time' : 'date' }
  return time ? { kind: 'time' } : PLAIN
}

/**
 * The text of a number cell: a date or time in ISO form, otherwise the digits as Excel shows them
 * under its general format (15 significant ones), whole numbers up to 2^53 in full. Larger ones
 * have lost digits in Excel and keep an exponent, by which the damage is recognised later.
 */
export function numberText(raw: string, kind: NumberKind, from1904: boolean): string {
  const value = Number(raw)
  if (raw === '' || !Number.isFinite(value)) return raw
  if (kind.kind !== 'number') {
    const text = serialText(from1904 ? value + DAYS_1904 : value, kind.kind)
    if (text !== null) return text
  }
  if (Number.isInteger(value)) {
    if (!Number.isSafeInteger(value)) return value.toExponential().toUpperCase()
    const digits = String(Math.abs(value)).padStart(kind.kind === 'number' ? kind.digits : 0, '0')
    return value < 0 ? `-${digits}` : digits
  }
  const shown = String(Number(value.toPrecision(15)))
  return shown.includes('e') ? shown.toUpperCase() : shown
}

const DAYS_1904 = 1462
const DAY_SECONDS = 86_400
/** Day 0 of the serial numbers from 1 March 1900 on; before, Excel counts a 29 February 1900. */
const EPOCH_MS = Date.UTC(1899, 11, 30)
const LAST_SERIAL = 2_958_466

function serialText(serial: number, kind: TimeKind): string | null {
  if (serial < 0 || serial >= LAST_SERIAL) return null
  const seconds = Math.round(serial * DAY_SECONDS)
  const day = Math.floor(kind === 'date' ? serial : seconds / DAY_SECONDS)
  const ofDay = seconds - Math.floor(seconds / DAY_SECONDS) * DAY_SECONDS
  if (kind === 'duration') return clockText(seconds)
  const time = clockText(ofDay)
  if (kind === 'time' && day === 0) return time
  const date = dayText(day)
  return kind === 'date' ? date : `${date} ${time}`
}

function clockText(seconds: number): string {
  return [seconds / 3600, (seconds / 60) % 60, seconds % 60].map(twoDigits).join(':')
}

/** Kept for the few days that a sheet has: making one costs more than finding it. */
const dayTexts = new Map<number, string>()

function dayText(day: number): string {
  const known = dayTexts.get(day)
  if (known !== undefined) return known
  const text = makeDayText(day)
  if (dayTexts.size < 100_000) dayTexts.set(day, text)
  return text
}

function makeDayText(day: number): string {
  if (day === 0) return '1900-01-00'
  if (day === 60) return '1900-02-29'
  const instant = new Date(EPOCH_MS + (day < 60 ? day + 1 : day) * DAY_SECONDS * 1000)
  return instant.toISOString().slice(0, 10)
}

function twoDigits(n: number): string {
  return String(Math.floor(n)).padStart(2, '0')
}
