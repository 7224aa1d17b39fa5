import assert from 'node:assert/strict'
import {
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBValue,
} from '@duckdb/node-api'

/** A value of the lake as plain JavaScript has it. */
export type Plain = string | number | boolean | null | Plain[] | { [name: string]: Plain }

/**
 * Counts become numbers (asserted safe), days and instants become text (`YYYY-MM-DD`, ISO in UTC),
 * decimals become numbers while 15 digits hold them and text beyond, bytes become hex, lists and
 * structs are walked.
 */
export function toPlain(value: DuckDBValue): Plain {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') {
    assert(value <= MAX && value >= -MAX, `a count beyond 2^53: ${value}`)
    return Number(value)
  }
  if (value instanceof DuckDBDateValue) return value.toString()
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue)
    return new Date(Number(value.micros / 1000n)).toISOString()
  if (value instanceof DuckDBDecimalValue)
    return value.width <= 15 ? value.toDouble() : value.toString()
  if (value instanceof DuckDBBlobValue) return Buffer.from(value.bytes).toString('hex')
  if (value instanceof DuckDBListValue) return value.items.map(toPlain)
  if (value instanceof DuckDBStructValue)
    return Object.fromEntries(
      Object.entries(value.entries).map(([name, entry]) => [name, toPlain(entry)]),
    )
  return String(value)
}
const MAX = BigInt(Number.MAX_SAFE_INTEGER)
