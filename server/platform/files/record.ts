import type { RowCode } from '#contract/refusals/files.ts'
import { BROKEN } from './gb18030.ts'

/** Before each cell of a staged row; a control character inside a cell is staged as a blank. */
export const STAGED_DELIMITER = 0x01

/** In a cell of an unpacked workbook: the cell is a formula without value, or an error value. */
export const MARK_NO_VALUE = 0x02
export const MARK_ERROR = 0x03

export const LF = 0x0a
export const CR = 0x0d
const TAB = 0x09
export const BLANK = 0x20
export const QUOTE = 0x22

/** What a byte means in a cell; ordinary ones, which are nearly all, are 0. */
const ORDINARY = 0
const ENDS_CELL = 1
const CONTROL = 2
const WRONG = 3

export type RecordOptions = Readonly<{
  /** The byte between cells. */
  delimiter: number
  quote: boolean
  /** Whether `MARK_NO_VALUE` and `MARK_ERROR` have their meaning. */
  marks: boolean
}>

/**
 * How the reading of one record ended. `open-quote`: the bytes end inside a quoted cell;
 * `stray-quote`: a quoted cell is closed, and then goes on.
 */
export type RecordEnd = 'complete' | 'incomplete' | 'open-quote' | 'stray-quote'

/**
 * Reads one record at a time from UTF-8 bytes and writes its cells in the staged dialect. The hot
 * loop of every import: one look-up and one store a byte, no object a cell or a record, so what it
 * reads and answers stands in one mutable object.
 */
export type RecordReader = {
  readonly options: RecordOptions
  readonly classes: Uint8Array
  /** Set before reading: the bytes; `end` of them are valid, and there is room for one more. */
  from: Uint8Array
  end: number
  /** Where the record begins; after a complete one, where the next begins. */
  at: number
  to: Uint8Array
  /** Where to write, with room for what is left and a byte a cell; then the place after it. */
  out: number
  /** Of the record: its cells, where its text ends in `from`, the first thing wrong with it. */
  cells: number
  textEnd: number
  wrong: RowCode | null
  /** The place in `to` after cell number `columns`, where the record has more. */
  readonly columns: number
  columnsOut: number
  /** Of the quoted cell read last: the place after it, in `from` and in `to`. */
  quotedEnd: number
  quotedOut: number
}

export function recordReader(options: RecordOptions, columns: number): RecordReader {
  return {
    options,
    classes: classesOf(options),
    from: new Uint8Array(1),
    end: 0,
    at: 0,
    to: new Uint8Array(0),
    out: 0,
    cells: 0,
    textEnd: 0,
    wrong: null,
    columns,
    columnsOut: 0,
    quotedEnd: 0,
    quotedOut: 0,
  }
}

function classesOf({ delimiter, marks }: RecordOptions): Uint8Array {
  const classes = new Uint8Array(256)
  classes.fill(CONTROL, 0, BLANK)
  classes[TAB] = ORDINARY
  classes[0] = WRONG
  classes[BROKEN] = WRONG
  if (marks) classes.fill(WRONG, MARK_NO_VALUE, MARK_ERROR + 1)
  classes[LF] = ENDS_CELL
  classes[delimiter] = ENDS_CELL
  return classes
}

function wrongOf(byte: number): RowCode {
  if (byte === MARK_NO_VALUE) return 'cell-formula-without-value'
  return byte === MARK_ERROR ? 'cell-error-value' : 'row-broken-bytes'
}

/**
 * Reads the record at `reader.at`. Every cell is written with `STAGED_DELIMITER` before it. With
 * `last`, the end of the bytes ends the record; without, a record that reaches it is incomplete.
 * Unless the record is complete, neither `at` nor `out` move.
 */
export function readRecord(reader: RecordReader, last: boolean): RecordEnd {
  const { from, to, end, classes, columns } = reader
  const { quote } = reader.options
  let i = reader.at
  let o = reader.out
  let cells = 0
  reader.wrong = null
  from[end] = LF // ends every scan without a test for the end of the bytes
  for (;;) {
    to[o++] = STAGED_DELIMITER
    if (quote && i < end && from[i] === QUOTE) {
      const ended = readQuoted(reader, i + 1, o, last)
      if (ended !== 'complete') return ended
      i = reader.quotedEnd
      o = reader.quotedOut
    }
    let byte = from[i] as number
    let kind = classes[byte] as number
    while (kind !== ENDS_CELL) {
      if (kind === ORDINARY) to[o++] = byte
      else if (kind === CONTROL) to[o++] = BLANK
      else reader.wrong ??= wrongOf(byte)
      byte = from[++i] as number
      kind = classes[byte] as number
    }
    cells++
    if (byte === LF) break
    if (cells === columns) reader.columnsOut = o
    i++
  }
  if (i >= end && !last) return 'incomplete'
  if (i > reader.at && from[i - 1] === CR && to[o - 1] === BLANK) o--
  reader.cells = cells
  reader.textEnd = i
  reader.at = Math.min(i + 1, end)
  reader.out = o
  return 'complete'
}

/** Reads a quoted cell from the byte after its quote to the byte after its closing quote. */
function readQuoted(reader: RecordReader, start: number, at: number, last: boolean): RecordEnd {
  const { from, to, end, classes } = reader
  let i = start
  let o = at
  for (;;) {
    if (i >= end) return last ? 'open-quote' : 'incomplete'
    const byte = from[i] as number
    if (byte === QUOTE) {
      if (from[i + 1] !== QUOTE || i + 1 >= end) break
      to[o++] = QUOTE
      i += 2
      continue
    }
    const kind = classes[byte] as number
    const twoByteBreak = byte === CR && from[i + 1] === LF
    if (kind === ORDINARY || byte === reader.options.delimiter) {
      to[o++] = byte === STAGED_DELIMITER ? BLANK : byte
    } else if (kind !== WRONG) {
      if (!twoByteBreak) to[o++] = BLANK
    } else {
      reader.wrong ??= wrongOf(byte)
    }
    i++
  }
  reader.quotedEnd = i + 1
  reader.quotedOut = o
  return afterQuote(reader, i + 1, last)
}

/** After a closing quote the cell must be over; a CR may be half of a line end. */
function afterQuote({ from, end, options }: RecordReader, i: number, last: boolean): RecordEnd {
  if (i >= end) return last ? 'complete' : 'incomplete'
  const next = from[i]
  if (next === options.delimiter || next === LF) return 'complete'
  if (next !== CR) return 'stray-quote'
  if (i + 1 >= end) return last ? 'complete' : 'incomplete'
  return from[i + 1] === LF ? 'complete' : 'stray-quote'
}
