import { MARK_ERROR, MARK_NO_VALUE, STAGED_DELIMITER } from './record.ts'
import type { Encoding } from './shape.ts'
import type { Rejection } from './split.ts'

/**
 * Writes a rejected row as a line of JSON, its text in UTF-8 with U+FFFD for broken bytes. `row`
 * comes first, so that lines of a later part can be renumbered without being parsed.
 */
export function rejectLine(
  encoding: Encoding,
  workbook: boolean,
): (rejection: Rejection) => Uint8Array {
  const decoder = new TextDecoder(encoding === 'gb18030' ? 'gb18030' : 'utf-8')
  return ({ row, code, cells, raw }) => {
    const text = decoder.decode(raw).replace(/\r$/, '')
    const shown = workbook ? withoutMarks(text) : text
    return Buffer.from(`${JSON.stringify({ row, code, cells, raw: shown })}\n`)
  }
}

/** A row of an unpacked workbook for people: tabs between its cells. */
function withoutMarks(text: string): string {
  return text
    .replaceAll(String.fromCharCode(MARK_NO_VALUE), '')
    .replaceAll(String.fromCharCode(MARK_ERROR), '')
    .replaceAll(String.fromCharCode(STAGED_DELIMITER), '\t')
}

/** Adds `offset` to the row numbers of lines that `rejectLine` wrote. */
export function renumbered(lines: string, offset: number): string {
  return lines.replaceAll(/^\{"row":(\d+)/gm, (_, row) => `{"row":${Number(row) + offset}`)
}
