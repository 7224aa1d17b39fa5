import { Refusal } from './refusal.ts'

/** A column a list can be sorted by: its SQL expression (never null) and its type. */
export type SortColumn = Readonly<{ sql: string; type: 'text' | 'integer' | 'numeric' | 'date' }>

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
  const column = known[descending ? text.slice(1) : text]
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

export function readCursor(cursor: string | undefined): Mark | undefined {
  if (cursor === undefined) return undefined
  const [value, id] = parsed(cursor)
  if ((typeof value !== 'string' && typeof value !== 'number') || typeof id !== 'string')
    throw new Refusal('invalid', 'cursor-unreadable')
  return { value, id }
}

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
