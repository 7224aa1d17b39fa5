import type { RowCode } from '#contract/refusals/files.ts'
import {
  BLANK,
  CR,
  LF,
  QUOTE,
  type RecordOptions,
  type RecordReader,
  readRecord,
  recordReader,
  STAGED_DELIMITER,
} from './record.ts'

export type SplitOptions = RecordOptions &
  Readonly<{
    /** How lines end: CR alone on old Macs, LF otherwise; found in the first bytes if `null`. */
    lineEnd: 'lf' | 'cr' | null
    /** Rows up to this one are titles and header and are left out; 0 keeps all. */
    headerRow: number
    /** Cells of a row; `null` takes every row as it is, blank and odd ones too. */
    columns: number | null
    /** Whether missing cells at the end are empty, as in a workbook, or make the row too short. */
    pad: boolean
    rowBytes: number
  }>

/** What a row was rejected for, with its text in the encoding of the bytes that were fed. */
export type Rejection = Readonly<{ row: number; code: RowCode; cells: number; raw: Uint8Array }>

export type SplitSink = Readonly<{
  /** Staged rows, each with its line end; the bytes are the splitter's own and reused. */
  rows: (bytes: Uint8Array) => void
  reject: (rejection: Rejection) => void
}>

/**
 * Splits UTF-8 or GB18030, given in chunks, into staged rows: row number, cells, line feed. Rows are numbered
 * from 1 as a spreadsheet shows them: blank ones count, a line break inside a quoted cell does not.
 * A quoted cell that is not closed properly costs its own line only: reading goes on in the next.
 */
export type Splitter = Readonly<{
  feed: (chunk: Uint8Array) => void
  /** Takes what is left as the last row. */
  end: () => Readonly<{ physicalRows: number; endsInQuote: boolean }>
  /** Rows kept so far. */
  good: () => number
}>

const RAW_BYTES = 64 * 1024
const FLUSH_BYTES = 1024 * 1024
const CHUNK_BYTES = 1024 * 1024

type State = {
  readonly options: SplitOptions
  readonly sink: SplitSink
  readonly reader: RecordReader
  row: number
  good: number
  /** Inside a row that is over the limit: all up to the next line end is thrown away. */
  skipping: boolean
  lineEnd: SplitOptions['lineEnd']
  /** Whether the bytes have ended inside a quoted cell. */
  endsInQuote: boolean
}

export function splitter(options: SplitOptions, sink: SplitSink): Splitter {
  const reader = recordReader(options)
  const state: State = {
    options,
    sink,
    reader,
    row: 0,
    good: 0,
    skipping: false,
    lineEnd: options.lineEnd,
    endsInQuote: false,
  }
  return {
    feed: (chunk) => take(state, chunk, false),
    end: () => {
      take(state, new Uint8Array(0), true)
      return { physicalRows: state.row, endsInQuote: state.endsInQuote }
    },
    good: () => state.good,
  }
}

function take(state: State, chunk: Uint8Array, last: boolean): void {
  const { reader } = state
  append(state, chunk)
  state.lineEnd ??= findLineEnd(reader, last)
  if (state.lineEnd === 'cr') crToLf(reader)
  while (reader.at < reader.end) {
    const went = state.skipping ? skipLine(state) : takeRecord(state, last)
    if (!went) break
  }
  flush(state)
}

/** Puts `chunk` behind the bytes not read yet, and makes room for a row of all of them. */
function append({ reader, options: { columns } }: State, chunk: Uint8Array): void {
  const left = reader.end - reader.at
  const size = left + chunk.length
  const from = reader.from.length > size ? reader.from : new Uint8Array(size * 2 + 1)
  from.set(reader.from.subarray(reader.at, reader.end))
  from.set(chunk, left)
  reader.from = from
  reader.at = 0
  reader.end = size
  const room = FLUSH_BYTES + size * 3 + (columns ?? 0) + 64
  if (reader.to.length < room) reader.to = new Uint8Array(room + CHUNK_BYTES)
}

/** How lines end; `null` while there is too little to see. */
function findLineEnd({ from, end }: RecordReader, last: boolean): SplitOptions['lineEnd'] {
  const bytes = from.subarray(0, end)
  if (bytes.includes(LF)) return 'lf'
  if (!last && end <= RAW_BYTES) return null
  return bytes.includes(CR) ? 'cr' : 'lf'
}

function crToLf({ from, end }: RecordReader): void {
  for (let i = 0; i < end; i++) if (from[i] === CR) from[i] = LF
}

function skipLine(state: State): boolean {
  const { reader } = state
  const lineEnd = endOfLine(reader)
  reader.at = Math.min(lineEnd + 1, reader.end)
  state.skipping = lineEnd >= reader.end
  return true
}

/** Takes one record, good or not; false if it needs more bytes. */
function takeRecord(state: State, last: boolean): boolean {
  const { reader, options } = state
  if (reader.out >= FLUSH_BYTES) flush(state)
  const start = reader.at
  const out = reader.out
  reader.out = putNumber(reader.to, out, state.row + 1)
  const ended = readRecord(reader, last)
  if (ended === 'complete') {
    state.row++
    settle(state, start, out)
    return true
  }
  reader.out = out
  const mayBeLonger = !last && reader.end - start <= options.rowBytes
  if (mayBeLonger && (ended === 'incomplete' || endOfLine(reader) >= reader.end)) return false
  state.row++
  state.endsInQuote ||= ended === 'open-quote'
  rejectLine(state)
  return true
}

/** Decides about a complete record that begins at `start` and was written at `out`. */
function settle(state: State, start: number, out: number): void {
  const { reader, options } = state
  const { columns } = options
  const drop = state.row <= options.headerRow || (columns !== null && isBlank(reader, start, out))
  if (drop) {
    reader.out = out
    return
  }
  const code = wrongWith(state, start, out)
  if (code !== null) {
    reader.out = out
    const raw = reader.from.subarray(start, Math.min(reader.textEnd, start + RAW_BYTES))
    state.sink.reject({ row: state.row, code, cells: reader.cells, raw })
    return
  }
  if (columns !== null) {
    for (let cell = reader.cells; cell < columns; cell++) reader.to[reader.out++] = STAGED_DELIMITER
  }
  reader.to[reader.out++] = LF
  state.good++
}

function wrongWith({ reader, options }: State, start: number, out: number): RowCode | null {
  if (reader.textEnd - start > options.rowBytes) return 'row-too-large'
  const { columns } = options
  if (columns === null) return null
  if (reader.wrong !== null) return reader.wrong
  if (reader.cells < columns) return options.pad ? null : 'row-too-short'
  if (reader.cells > columns) {
    const surplus = placeOfCell(reader.to, out, columns)
    if (!isEmpty(reader.to, surplus, reader.out)) return 'row-too-long'
    reader.out = surplus
  }
  return null
}

/** Where the cell of this index, from 0, begins in a row written at `out`. */
function placeOfCell(to: Uint8Array, out: number, index: number): number {
  let place = to.indexOf(STAGED_DELIMITER, out)
  for (let cell = 0; cell < index; cell++) place = to.indexOf(STAGED_DELIMITER, place + 1)
  return place
}

/** One cell with nothing but blanks, not even quotes. */
function isBlank(reader: RecordReader, start: number, out: number): boolean {
  if (reader.cells !== 1 || reader.wrong !== null || reader.from[start] === QUOTE) return false
  return isEmpty(reader.to, reader.to.indexOf(STAGED_DELIMITER, out), reader.out)
}

function isEmpty(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if ((bytes[i] as number) > BLANK) return false
  return true
}

/**
 * Rejects the line at which a record with broken quotes, or one without end, begins. The bytes after
 * it are read again; that stays linear, since a quote that opens a cell is one that ends the
 * reading of any other quoted cell, so no stretch is looked at from more than two of them.
 */
function rejectLine(state: State): void {
  const { reader, options, sink } = state
  const start = reader.at
  const lineEnd = endOfLine(reader)
  const endless = lineEnd >= reader.end && lineEnd - start > options.rowBytes
  state.skipping = endless
  reader.at = Math.min(lineEnd + 1, reader.end)
  if (state.row <= options.headerRow) return
  const raw = reader.from.subarray(start, Math.min(lineEnd, start + RAW_BYTES))
  sink.reject({
    row: state.row,
    code: endless ? 'row-too-large' : 'row-broken-quotes',
    cells: 1,
    raw,
  })
}

function endOfLine({ from, at, end }: RecordReader): number {
  const found = from.indexOf(LF, at)
  return found < 0 || found > end ? end : found
}

function flush({ reader, sink }: State): void {
  if (reader.out > 0) sink.rows(reader.to.subarray(0, reader.out))
  reader.out = 0
}

/** Writes `n` in decimal digits and returns the place after it. */
function putNumber(to: Uint8Array, at: number, n: number): number {
  let digits = 1
  for (let power = 10; power <= n; power *= 10) digits++
  let rest = n
  for (let o = at + digits - 1; o >= at; o--) {
    const tenth = Math.floor(rest / 10)
    to[o] = 0x30 + rest - tenth * 10
    rest = tenth
  }
  return at + digits
}
