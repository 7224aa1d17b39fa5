import { isDay } from './day.ts'
import { Refusal } from './refusal.ts'

/** A column a list can be sorted by: its SQL expression (never null) and its type. */
export type SortColumn = Readonly<{ sql: string; type: Exclude<SortType, 'instant'> }>

/**
 * Of what type is what a list is sorted by. An `integer`, and a `numeric` before its point,
 * has no more than 15 digits: all that databases and JavaScript tell alike.
 */
export type SortType = 'text' | 'integer' | 'numeric' | 'date' | 'instant'

/** How a list runs: along `column`, ties by id, both in the same direction. */
export type Order = Readonly<{ column: SortColumn; descending: boolean }>

/** Reads `column` or `-column`; a column that the list does not know is refused with those it does. */
export function orderBy(
  sort: string | undefined,
  known: Readonly<Record<string, SortColumn>>,
  fallback: string,
): Order {
  const text = sort ?? fallback
  const descending = text.startsWith('-')
  const name = descending ? text.slice(1) : text
  const column = Object.hasOwn(known, name) ? known[name] : undefined
  if (!column)
    throw new Refusal('invalid', 'sort-unknown', {
      sort: text,
      known: Object.keys(known).join(', '),
    })
  return { column, descending }
}

/** Where the page before ended: the value it was sorted by and the id that broke its tie. */
export type Mark = Readonly<{ value: string | number; id: string }>

export function writeCursor(mark: Mark): string {
  return Buffer.from(JSON.stringify([mark.value, mark.id])).toString('base64url')
}

/**
 * Where a cursor says the page before ended, undefined for the first page. Anybody can write one: it
 * is read only when its value is one of the type that the list is sorted by, which no database then
 * refuses. @throws Refusal `cursor-unreadable`
 */
export function readCursor(cursor: string | undefined, type: SortType): Mark | undefined {
  if (cursor === undefined) return undefined
  const [value, id, ...more] = parsed(cursor)
  const isMark =
    (typeof value === 'string' || typeof value === 'number') &&
    typeof id === 'string' &&
    more.length === 0
  if (!isMark || !isStorable(id) || !IS_OF_TYPE[type](value))
    throw new Refusal('invalid', 'cursor-unreadable')
  return { value, id }
}

const isStorable = (text: string) => text.isWellFormed() && !text.includes('\0')

const IS_OF_TYPE: Readonly<Record<SortType, (value: string | number) => boolean>> = {
  text: (value) => typeof value === 'string' && isStorable(value),
  integer: (value) => /^-?\d{1,15}$/.test(String(value)),
  numeric: (value) =>
    (typeof value === 'number' || /^-?\d{1,15}(\.\d{1,30})?$/.test(value)) &&
    Math.abs(Number(value)) < 1e15,
  date: (value) => typeof value === 'string' && isDay(value) && !isOfYearZero(value),
  instant: (value) =>
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) &&
    new Date(Date.parse(value) || 0).toISOString() === value &&
    !isOfYearZero(value),
}
/** PostgreSQL has no such year: the one before the year 1 is 1 BC. */
const isOfYearZero = (value: string) => value.startsWith('0000')

/**
 * Cuts a page out of `limit + 1` rows: the surplus row only tells that there is more. `markOf` says
 * where a row stands in the order.
 */
export function pageOfRows<Row>(rows: readonly Row[], limit: number, markOf: (row: Row) => Mark) {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { rows: shown, next: rows.length > limit && last ? writeCursor(markOf(last)) : null }
}

/** Totals are counted up to here; a list says “10,000+” above. */
export const COUNTED_UP_TO = 10_001

function parsed(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(value) ? value : []
  } catch (cause) {
    if (cause instanceof SyntaxError) return [] // answered as an unreadable cursor
    throw cause
  }
}
