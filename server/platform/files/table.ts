import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '#platform/refusal.ts'
import { type Head, type HeadRow, readHead } from './head.ts'
import { findHeader, HEADER_SEARCH_ROWS, widthOf } from './header.ts'
import type { FileLimits } from './limits.ts'
import { type Run, runInProcess } from './run.ts'
import { sampleGzip, samplePlain } from './sample.ts'
import type { CsvShape, FileShape } from './shape.ts'
import { textOf } from './transcode.ts'
import type { Unpacked, UnpackJob } from './xlsx/unpack.ts'

/** A table that stands in a file as text: a delivered CSV, or the unpacked sheet of a workbook. */
export type TextTable = Readonly<{ path: string; shape: CsvShape; workbook: boolean }>

export type TableOptions = Readonly<{
  path: string
  name: string
  sheet?: string
  headerRow?: number
  knows?: (cell: string) => boolean
  limits: FileLimits
}>

/** The header of a table and what stands above it; see `Staged`. */
export type Found = Readonly<{
  headerRow: number
  titleLines: readonly string[]
  header: readonly string[]
}>

/** The text of a delivered file; a workbook is unpacked into `folder` first, up to `lastRow`. */
export async function openTable(
  options: TableOptions,
  shape: Exclude<FileShape, { kind: 'parquet' }>,
  folder: string,
  lastRow: number,
  run: Run,
): Promise<TextTable> {
  if (shape.kind === 'csv') return { path: options.path, shape, workbook: false }
  const out = join(folder, UNPACKED)
  const { path, name, limits } = options
  const sheet = options.sheet ?? null
  await runInProcess<UnpackJob, Unpacked>(
    { kind: 'xlsx', path, name, sheet, out, lastRow, limits },
    run,
  )
  const { size: bytes } = await stat(out)
  const text = {
    gzip: false,
    encoding: 'utf-8',
    bom: false,
    delimiter: '\x01',
    quote: false,
  } as const
  return { path: out, shape: { kind: 'csv', bytes, ...text }, workbook: true }
}

/** Where `openTable` unpacks a workbook to. */
export const UNPACKED = 'unpacked.txt'

/** The first rows of a table, as many as its first megabyte holds. */
export async function headOf(table: TextTable, options: TableOptions): Promise<Head> {
  const { path, shape, workbook } = table
  const sample = shape.gzip
    ? await sampleGzip(path, options.name)
    : await samplePlain(path, shape.bytes)
  return readHead(textOf(sample.head, shape.encoding, sample.whole), {
    delimiter: shape.delimiter,
    quote: shape.quote,
    marks: workbook,
    whole: sample.whole,
    rowBytes: options.limits.rowBytes,
  })
}

/** The header among the first rows. Refuses a table that has none, or too wide a one. */
export function findTable(head: Head, options: TableOptions): Found {
  const { name: file, limits } = options
  const searched = head.rows.slice(0, HEADER_SEARCH_ROWS).map((row) => row.cells)
  const index = options.headerRow ? options.headerRow - 1 : findHeader(searched, options.knows)
  if (index === null) throw new Refusal('invalid', 'file-no-columns', { file })
  const row: HeadRow | undefined = head.rows[index]
  if (!row) throw new Refusal('invalid', 'file-header-row-missing', { file, row: index + 1 })
  const columns = widthOf(row.cells)
  if (columns === 0) throw new Refusal('invalid', 'file-no-columns', { file })
  if (columns > limits.columns) {
    throw new Refusal('invalid', 'file-too-wide', { file, columns, limit: limits.columns })
  }
  const titles = head.rows.slice(0, index).map(titleOf)
  return {
    headerRow: row.row,
    titleLines: titles.filter((title) => title !== ''),
    header: row.cells.slice(0, columns),
  }
}

function titleOf({ cells }: HeadRow): string {
  const said = cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
  return said.join(' ')
}
