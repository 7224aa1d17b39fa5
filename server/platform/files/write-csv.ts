import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { atomicWrite } from './atomic.ts'

export type CsvCell = string | number | null
export type CsvOptions = Readonly<{
  /**
   * Puts `'` before a text that a spreadsheet would run as a formula: one that begins with = + - @
   * tab or CR and is not a plain number. For files that people open; off for files that programs
   * read, since it changes the text.
   */
  formulaSafe?: boolean
  /** Stands above the header, as `# …` on a line of its own. */
  comment?: string
}>

export const UTF8_BOM = '\uFEFF'

/** One record of RFC 4180, with its CRLF; quoted only where needed. */
export function csvLine(cells: readonly CsvCell[], options: CsvOptions = {}): string {
  return `${cells.map((cell) => csvCell(cell, options)).join(',')}\r\n`
}

function csvCell(cell: CsvCell, { formulaSafe = false }: CsvOptions): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = formulaSafe && looksLikeFormula(cell) ? `'${cell}` : cell
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Whether a spreadsheet that opens this text in a CSV may run it. */
export function looksLikeFormula(text: string): boolean {
  return /^[=+\-@\t\r＝＋－＠]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text)
}

const BUFFER_CHARACTERS = 256 * 1024

/** A UTF-8 file with byte order mark, header and rows, there in full or not at all. */
export async function writeCsv(
  path: string,
  header: readonly string[],
  rows: Iterable<readonly CsvCell[]> | AsyncIterable<readonly CsvCell[]>,
  options: CsvOptions = {},
): Promise<void> {
  await atomicWrite(path, linesOf(header, rows, options))
}

async function* linesOf(
  header: readonly string[],
  rows: Iterable<readonly CsvCell[]> | AsyncIterable<readonly CsvCell[]>,
  options: CsvOptions,
): AsyncGenerator<string> {
  let text = UTF8_BOM + commentLine(options.comment) + csvLine(header, options)
  for await (const row of rows) {
    text += csvLine(row, options)
    if (text.length < BUFFER_CHARACTERS) continue
    yield text
    text = ''
  }
  yield text
}

function commentLine(comment: string | undefined): string {
  return comment === undefined ? '' : csvLine([`# ${comment.replaceAll(/[\r\n]+/g, ' ')}`])
}

/** The CSV at `path`, which begins with a byte order mark or none, with `# comment` above its header. */
export function commented(path: string, comment: string): Readable {
  return Readable.from(linesBelow(path, comment))
}

async function* linesBelow(path: string, comment: string): AsyncGenerator<string> {
  let first = UTF8_BOM + commentLine(comment)
  for await (const chunk of createReadStream(path, { encoding: 'utf8' })) {
    const text = String(chunk)
    yield first === '' ? text : first + (text.startsWith(UTF8_BOM) ? text.slice(1) : text)
    first = ''
  }
  if (first !== '') yield first
}
