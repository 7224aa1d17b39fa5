import { createReadStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import type { LakeSession } from '#platform/duckdb/lake.ts'
import { question } from '#platform/duckdb/lake.ts'
import type { RejectedRow, Staged } from '#platform/files/stage.ts'
import { type CsvCell, writeCsv } from '#platform/files/write-csv.ts'
import type { ImportHandler } from './handler.ts'
import type { Mapping } from './mapping.ts'
import { reasonOf } from './sentences.ts'

type Line = Readonly<{ row: number; cells: readonly CsvCell[] }>
type Read = Readonly<{ staged: Staged; mapping: Mapping; handler: ImportHandler }>

const PAGE = 5_000

/**
 * Writes every rejected row with its number, column, value and reason beside the original cells, in
 * the order of the file: what was wrong with the line itself and what was wrong with its values.
 */
export async function writeRejects(
  path: string,
  session: LakeSession,
  of: Read,
  anyValues: boolean,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const fixed = ['行号 row', '列 column', '值 value', '代码 code', '原因', 'reason']
  const header = [...fixed, ...of.staged.header, '整行原文 raw line']
  await writeCsv(
    path,
    header,
    cellsOf(merged(stagedRejects(of.staged), anyValues ? valueRejects(session, of) : nothing())),
    {
      formulaSafe: true,
    },
  )
}

/** Writes which rows gave way to a later row with the same key. */
export async function writeDuplicates(path: string, session: LakeSession): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const header = ['行号 row', '保留的行 kept row', '主键 key']
  await writeCsv(path, header, duplicates(session), { formulaSafe: true })
}

async function* cellsOf(lines: AsyncIterable<Line>): AsyncGenerator<readonly CsvCell[]> {
  for await (const line of lines) yield line.cells
}

async function* nothing(): AsyncGenerator<Line> {}

async function* stagedRejects(staged: Staged): AsyncGenerator<Line> {
  const blank = staged.header.map(() => null)
  for await (const text of createInterface({ input: createReadStream(staged.rejects, 'utf8') })) {
    if (text === '') continue
    const { row, code, raw } = JSON.parse(text) as RejectedRow
    const { zh, en } = reasonOf({ code, values: {} }).text
    yield { row, cells: [row, null, null, code, zh, en, ...blank, raw] }
  }
}

type Rejected = Readonly<{
  row_no: number
  cells: readonly (string | null)[]
  reasons: readonly Readonly<{ code: string; column_id: string; value: string | null }>[]
}>

async function* valueRejects(
  session: LakeSession,
  { mapping, handler }: Read,
): AsyncGenerator<Line> {
  const sources = new Map(mapping.columns.map((each) => [each.column.id, each.source.trim()]))
  const labels = new Map(handler.columns.map((each) => [each.id, each.label.zh]))
  const called = (id: string) => sources.get(id) ?? labels.get(id) ?? id
  for await (const { row_no: row, cells, reasons } of paged<Rejected>(session, 'reject-reasons')) {
    const told = reasons.map(({ code, column_id, value }) =>
      reasonOf({ code, values: { column: called(column_id), value: value ?? '', row } }, handler),
    )
    yield {
      row,
      cells: [
        row,
        reasons.map((each) => called(each.column_id)).join('；'),
        reasons.map((each) => each.value ?? '').join('；'),
        reasons.map((each) => each.code).join('；'),
        told.map((each) => each.text.zh).join(' '),
        told.map((each) => each.text.en).join(' '),
        ...cells,
        null,
      ],
    }
  }
}

async function* duplicates(session: LakeSession): AsyncGenerator<readonly CsvCell[]> {
  type Duplicate = { row_no: number; kept_row: number; row_key: string }
  for await (const row of paged<Duplicate>(session, 'duplicates'))
    yield [row.row_no, row.kept_row, row.row_key]
}

async function* paged<Row extends { row_no: number }>(
  session: LakeSession,
  asked: 'reject-reasons' | 'duplicates',
): AsyncGenerator<Row> {
  const sql = question(import.meta.url, `../queries/${asked}.sql`)
  for (let after = 0; ; ) {
    const rows = await session.rows<Row>(sql, { after, limit: PAGE })
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return
    after = last.row_no
  }
}

/** Two runs of lines, each in the order of the file, as one. */
async function* merged(
  left: AsyncGenerator<Line>,
  right: AsyncGenerator<Line>,
): AsyncGenerator<Line> {
  let [a, b] = [await left.next(), await right.next()]
  while (!a.done || !b.done) {
    if (b.done || (!a.done && a.value.row < b.value.row)) {
      if (!a.done) yield a.value
      a = await left.next()
    } else {
      yield b.value
      b = await right.next()
    }
  }
}
