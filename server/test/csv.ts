import { readFile } from 'node:fs/promises'

/** The rows of a UTF-8 CSV (RFC 4180) by the names in its header; no cell is missing, none is null. */
export async function readCsv<Column extends string = string>(
  path: string,
): Promise<Record<Column, string>[]> {
  const text = (await readFile(path, 'utf8')).replace(/^\uFEFF/, '')
  const [header = [], ...rows] = [...recordsOf(text)]
  return rows.map(
    (cells) =>
      Object.fromEntries(header.map((name, place) => [name, cells[place] ?? ''])) as Record<
        Column,
        string
      >,
  )
}

const CELL = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|$)/y

/** The records of a CSV text, cell by cell, the header among them. */
export function* recordsOf(text: string): Generator<string[]> {
  let record: string[] = []
  CELL.lastIndex = 0
  while (CELL.lastIndex < text.length) {
    const [, cell = '', end = ''] = CELL.exec(text) ?? []
    record.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)
    if (end === ',') continue
    yield record
    record = []
  }
}
