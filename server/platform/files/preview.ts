import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { HeadRow } from './head.ts'
import { HEADER_SEARCH_ROWS } from './header.ts'
import { withLimits } from './limits.ts'
import type { ParquetJob, ParquetResult } from './parquet.ts'
import { parquetRelation } from './relation.ts'
import { type Run, runInProcess } from './run.ts'
import type { FileShape } from './shape.ts'
import { sniff } from './sniff.ts'
import type { StageOptions } from './stage.ts'
import { type Found, findTable, headOf, openTable, type TableOptions } from './table.ts'

/** The beginning of a delivered file: its header, what stands above it, and the rows below. */
export type Preview = Found & Readonly<{ shape: FileShape; rows: readonly HeadRow[] }>

export type PreviewOptions = Omit<StageOptions, 'out' | 'progress'> &
  Readonly<{ /** How many rows after the header; default 50. */ rows?: number }>

/**
 * The first rows of a file, blank ones left out, without staging it: for choosing the encoding,
 * the header and the columns. Reads about a megabyte, so of very wide rows there may be fewer.
 */
export async function preview(options: PreviewOptions): Promise<Preview> {
  const table: TableOptions = {
    ...options,
    name: options.name ?? basename(options.path),
    limits: withLimits(options.limits),
  }
  const shape = await sniff(options.path, table)
  const folder = await mkdtemp(join(tmpdir(), 'gridkeeper-preview-'))
  const run: Run = { signal: options.signal, progress: () => {} }
  const limit = options.rows ?? 50
  try {
    if (shape.kind === 'parquet') {
      return { shape, ...(await previewParquet(table, folder, limit, run)) }
    }
    const lastRow = (options.headerRow ?? HEADER_SEARCH_ROWS) + limit
    const text = await openTable(table, shape, folder, lastRow, run)
    const head = await headOf(text, table)
    const found = findTable(head, table)
    const rows = head.rows.filter(
      ({ row, cells }) => row > found.headerRow && cells.some((cell) => cell.trim() !== ''),
    )
    return { shape, ...found, rows: rows.slice(0, limit) }
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function previewParquet(
  { path, name, limits }: TableOptions,
  folder: string,
  lastRow: number,
  run: Run,
): Promise<Omit<Preview, 'shape'>> {
  const out = join(folder, 'preview.parquet')
  const job: ParquetJob = { kind: 'parquet', path, name, out, lastRow, limits }
  const { header } = await runInProcess<ParquetJob, ParquetResult>(job, run)
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    const read = await connection.runAndReadAll(
      `select * from ${parquetRelation(out)} order by row_no`,
    )
    const rows = read.getRows().map(([row, ...cells]) => ({
      row: Number(row),
      cells: cells.map((cell) => (cell === null ? '' : String(cell))),
    }))
    return { headerRow: 0, titleLines: [], header, rows }
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}
