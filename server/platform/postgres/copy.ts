import type { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { clientOf, type Unit } from '../unit.ts'

/**
 * Streams CSV (no header; an empty unquoted cell is null) into `table` and answers with the number
 * of rows. COPY cannot go into a table with row-level security: make a temporary one first, then
 * `insert … select`. A million rows of 25 columns take about 4 s.
 */
export async function copyIn(
  unit: Unit,
  table: string,
  columns: readonly string[],
  source: Readable,
): Promise<number> {
  const list = columns.map((column) => `"${column}"`).join(', ')
  const target = clientOf(unit).query(
    copyFrom(`copy ${table} (${list}) from stdin with (format csv)`),
  )
  await pipeline(source, target)
  return target.rowCount ?? 0
}

/** Streams the answer of `query` as CSV with a header into `target`. */
export async function copyOut(unit: Unit, query: string, target: Writable): Promise<void> {
  const source = clientOf(unit).query(copyTo(`copy (${query}) to stdout with (format csv, header)`))
  await pipeline(source, target)
}
