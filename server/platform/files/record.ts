import type { RowCode } from '#contract/refusals/files.ts'
import { BROKEN, CUT, EURO, fourBytePoint, putUtf8, twoByteCodes } from './gb18030.ts'

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

export type RecordOptions = Readonly<{
  /** The byte between cells. */
  delimiter: number
  quote: boolean
  /** Whether the bytes are GB18030, not UTF-8; they are decoded on the way. */
  gb18030: boolean
  /** Whether `MARK_NO_VALUE` and `MARK_ERROR` have their meaning. */
  marks: boolean
}>

/**
 * How the reading of one record ended. `open-quote`: the bytes end inside a quoted cell;
 * `stray-quote`: a quoted cell is closed, and then goes on.
 */
export type RecordEnd = 'complete' | 'incomplete' | 'open-quote' | 'stray-quote'

/**
 * Reads one record at a time from UTF-8 or GB18030 bytes and writes its cells in the staged dialect. The hot
 * loop of every import: one look-up and one store a byte, no object a cell or a record, so what it
 * reads and answers stands in one mutable object. Decoding GB18030 here and not before saves a
 * second pass, half of the time.
 */
export type RecordReader = {
  readonly options: RecordOptions
  /** What each byte is staged as; 0 for those that need a closer look. */
  readonly staged: Uint8Array
  /** The two-byte codes of GB18030, if that is what the bytes are. */
  readonly codes: Uint16Array | null
  /** Set before reading: the bytes; `end` of them are valid, and there is room for one more. */
  from: Uint8Array
  end: number
  /** Where the record begins; after a complete one, where the next begins. */
  at: number
  to: Uint8Array
  /** Where to write, with room for three times what is left; then the place after it. */
  out: number
  /** Of the record: its cells, where its text ends in `from`, the first thing wrong with it. */
  cells: number
  textEnd: number
  wrong: RowCode | null
  /** Of the quoted cell read last: the place after it, in `from` and in `to`. */
  quotedEnd: number
  quotedOut: number
  /** The place in `to` after the character of GB18030 that was taken apart last. */
  rareOut: number
}

export function recordReader(options: RecordOptions): RecordReader {
  return {
    options,
    staged: stagedBytes(options),
    codes: options.gb18030 ? twoByteCodes() : null,
    from: new Uint8Array(1),
    end: 0,
    at: 0,
    to: new Uint8Array(0),
    out: 0,
    cells: 0,
    textEnd: 0,
    wrong: null,
    quotedEnd: 0,
    quotedOut: 0,
    rareOut: 0,
  }
}

function stagedBytes({ delimiter, quote, gb18030, marks }: RecordOptions): Uint8Array {
  const staged = Uint8Array.from({ length: 256 }, (_, byte) => Math.max(byte, BLANK))
  staged[TAB] = TAB
  staged[0] = 0
  staged[BROKEN] = 0
  if (gb18030) staged.fill(0, 0x80)
  if (marks) staged.fill(0, MARK_NO_VALUE, MARK_ERROR + 1)
  if (quote) staged[QUOTE] = 0
  staged[LF] = 0
  staged[delimiter] = STAGED_DELIMITER
  return staged
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
  const { from, to, end, staged, codes, at: start } = reader
  let i = start
  let o = reader.out
  let cells = 1
  reader.wrong = null
  from[end] = LF // ends the loop without a test for the end of the bytes
  to[o++] = STAGED_DELIMITER
  for (;;) {
    const byte = from[i] as number
    const as = staged[byte] as number
    if (as !== 0) {
      to[o++] = as
      cells += (as - STAGED_DELIMITER - 1) >>> 31 // one for a delimiter, without a branch
      i++
    } else if (codes !== null && byte >= 0x80) {
      const code = codes[(byte << 8) | (from[i + 1] as number)] as number
      if (code >= 0x800) {
        to[o] = 0xe0 | (code >> 12)
        to[o + 1] = 0x80 | ((code >> 6) & 0x3f)
        to[o + 2] = 0x80 | (code & 0x3f)
        i += 2
        o += 3
      } else {
        const taken = takeRare(reader, i, o, last)
        if (taken === CUT) return 'incomplete'
        i += taken
        o = reader.rareOut
      }
    } else if (byte === LF) {
      break
    } else if (byte !== QUOTE) {
      reader.wrong ??= wrongOf(byte)
      i++
    } else if (to[o - 1] === STAGED_DELIMITER) {
      const ended = readQuoted(reader, i + 1, o, last)
      if (ended !== 'complete') return ended
      i = reader.quotedEnd
      o = reader.quotedOut
    } else {
      to[o++] = QUOTE
      i++
    }
  }
  if (i >= end && !last) return 'incomplete'
  if (i > start && from[i - 1] === CR && to[o - 1] === BLANK) o--
  reader.cells = cells
  reader.textEnd = i
  reader.at = Math.min(i + 1, end)
  reader.out = o
  return 'complete'
}

/**
 * Writes the character of GB18030 that begins at `i`, of whatever length, and returns its bytes;
 * `CUT` if it may go on beyond the end. A byte that begins none is one that is wrong.
 */
function takeRare(reader: RecordReader, i: number, o: number, last: boolean): number {
  const { from, to, end, codes } = reader
  const byte = from[i] as number
  const code = byte === 0x80 ? EURO : (codes?.[(byte << 8) | (from[i + 1] as number)] ?? 0)
  const point = code === 0 ? fourBytePoint(from, i, end, last) : code
  reader.rareOut = o
  if (point === CUT) return CUT
  if (point === 0) {
    reader.wrong ??= 'row-broken-bytes'
    return 1
  }
  reader.rareOut = putUtf8(point, to, o)
  if (code === 0) return 4
  return byte === 0x80 ? 1 : 2
}

/** Reads a quoted cell from the byte after its quote to the byte after its closing quote. */
function readQuoted(reader: RecordReader, start: number, at: number, last: boolean): RecordEnd {
  const { from, to, end, staged } = reader
  const { delimiter } = reader.options
  let i = start
  let o = at
  for (; ; i++) {
    if (i >= end) return last ? 'open-quote' : 'incomplete'
    const byte = from[i] as number
    if (byte >= 0x80 && reader.codes !== null) {
      const taken = takeRare(reader, i, o, last)
      if (taken === CUT) return 'incomplete'
      i += taken - 1
      o = reader.rareOut
    } else if (byte === QUOTE) {
      if (from[i + 1] !== QUOTE || i + 1 >= end) break
      to[o++] = QUOTE
      i++
    } else if (byte === delimiter) {
      to[o++] = delimiter === STAGED_DELIMITER ? BLANK : delimiter
    } else if (byte === LF) {
      to[o++] = BLANK
    } else if (staged[byte] === 0) {
      reader.wrong ??= wrongOf(byte)
    } else if (byte !== CR || from[i + 1] !== LF) {
      to[o++] = staged[byte] as number
    }
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
