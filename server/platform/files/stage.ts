import { mkdir, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { RowCode } from '#contract/refusals/files.ts'
import { sha256OfFile } from './digest.ts'
import { type FileLimits, withLimits } from './limits.ts'
import type { ParquetJob, ParquetResult } from './parquet.ts'
import { parquetRelation } from './relation.ts'
import { type Run, runInProcess } from './run.ts'
import type { Delimiter, Encoding, FileShape } from './shape.ts'
import { sniff } from './sniff.ts'
import { splitFile, type WholeFile } from './split-file.ts'
import { findTable, headOf, openTable, type TableOptions, UNPACKED } from './table.ts'

export type StageOptions = Readonly<{
  path: string
  /** The name people know the file by; refusals say it. Default: the last part of the path. */
  name?: string
  encoding?: Encoding
  delimiter?: Delimiter
  /** Of a workbook: the sheet to read. Default: the first that holds a table. */
  sheet?: string
  /** The physical row of the header, from 1; looked for in the first 50 if not given. */
  headerRow?: number
  /** Whether the caller's dictionary knows this header cell, given as `normaliseHeader` writes it. */
  knows?: (cell: string) => boolean
  /** A folder for `staged-*` and `rejects.ndjson`; made if it is not there. */
  out: string
  /** Stops the reading within a second; then nothing is left in `out`, and its reason is thrown. */
  signal: AbortSignal
  progress?: (progress: StageProgress) => void
  limits?: Partial<FileLimits>
}>

/** `bytes` of the `totalBytes` delivered have been read, and `rows` rows found in them. */
export type StageProgress = Readonly<{ bytes: number; totalBytes: number; rows: number }>

export type RejectedRow = Readonly<{ row: number; code: RowCode; cells: number; raw: string }>

export type Staged = Readonly<{
  shape: FileShape
  bytes: number
  /** Of the bytes as delivered, in hexadecimal. */
  sha256: string
  /** Its physical row, from 1; 0 for Parquet, whose rows are numbered from 1 without it. */
  headerRow: number
  /** The rows above the header that say something: their cells that are not empty, one blank between. */
  titleLines: readonly string[]
  /** As delivered, without empty cells at the end. */
  header: readonly string[]
  /** All rows after the header that are not blank: good and rejected. */
  rows: number
  goodRows: number
  rejectedRows: number
  rejectedBy: Readonly<Record<string, number>>
  /** A file of one `RejectedRow` a line, in the order of the rows. */
  rejects: string
  parts: readonly string[]
  /**
   * For the FROM of a DuckDB query: `row_no` BIGINT, the physical row from 1, and `c1` … `cN`
   * VARCHAR, a cell each; an empty cell is null.
   */
  relation: string
}>

/**
 * Turns any delivered file into one that DuckDB reads fast, with every row numbered, and tells what
 * could not be read. A file is refused as a whole or staged as a whole. Splitting runs in a thread;
 * workbooks and Parquet files are taken apart in a process with limits; the caller stays free.
 *
 * 1 M rows of 60 columns in GB18030 (333 MB) cost 1.0 s of one virtual core for decoding, splitting
 * and writing, shared by two threads, and 0.25 s for the digest; memory stays under 170 MB. In UTF-8
 * (399 MB) it is the same. A workbook of 500,000 rows and 15 columns costs 4 to 8 s and 175 MB.
 */
export async function stage(options: StageOptions): Promise<Staged> {
  options.signal.throwIfAborted()
  const table: TableOptions = {
    ...options,
    name: options.name ?? basename(options.path),
    limits: withLimits(options.limits),
  }
  const shape = await sniff(options.path, table)
  await mkdir(options.out, { recursive: true })
  const stop = new AbortController()
  const run: Run = {
    signal: AbortSignal.any([options.signal, stop.signal]),
    progress: (bytes, rows) => options.progress?.({ bytes, totalBytes: shape.bytes, rows }),
  }
  const rejects = join(options.out, OURS.rejects)
  const ours = Object.values(OURS).map((file) => join(options.out, file))
  const digest = sha256OfFile(options.path, run.signal)
  const staging =
    shape.kind === 'parquet'
      ? stageParquet(table, options.out, run)
      : stageText(table, shape, options.out, run)
  try {
    const [staged, sha256] = await Promise.all([staging, digest])
    options.signal.throwIfAborted()
    const rows = staged.goodRows + staged.rejectedRows
    return { shape, bytes: shape.bytes, sha256, rejects, rows, ...staged }
  } catch (error) {
    stop.abort(error)
    await Promise.allSettled([digest, staging])
    await Promise.all(ours.map((path) => rm(path, { force: true })))
    throw error
  }
}

const OURS = {
  text: 'staged-1.txt',
  secondText: 'staged-2.txt',
  parquet: 'staged-1.parquet',
  rejects: 'rejects.ndjson',
  secondRejects: 'rejects-2.ndjson',
  unpacked: UNPACKED,
} as const

type StagedRows = Omit<Staged, 'shape' | 'bytes' | 'sha256' | 'rejects' | 'rows'>

async function stageText(
  options: TableOptions,
  shape: Exclude<FileShape, { kind: 'parquet' }>,
  folder: string,
  run: Run,
): Promise<StagedRows> {
  const table = await openTable(options, shape, folder, Number.MAX_SAFE_INTEGER, run)
  const found = findTable(await headOf(table, options), options)
  const file: WholeFile = {
    ...table,
    name: options.name,
    headerRow: found.headerRow,
    columns: found.header.length,
    stagedPath: join(folder, OURS.text),
    rejectsPath: join(folder, OURS.rejects),
    limits: options.limits,
  }
  const second = [join(folder, OURS.secondText), join(folder, OURS.secondRejects)] as const
  const quiet: Run = { signal: run.signal, progress: () => {} }
  const split = await splitFile(file, ...second, table.workbook ? quiet : run)
  if (table.workbook) await rm(table.path)
  return { ...found, ...split }
}

async function stageParquet(
  { path, name, limits }: TableOptions,
  folder: string,
  run: Run,
): Promise<StagedRows> {
  const part = join(folder, OURS.parquet)
  const lastRow = Number.MAX_SAFE_INTEGER
  const job: ParquetJob = { kind: 'parquet', path, name, out: part, lastRow, limits }
  const { header, rows } = await runInProcess<ParquetJob, ParquetResult>(job, run)
  await writeFile(join(folder, OURS.rejects), '')
  return {
    headerRow: 0,
    titleLines: [],
    header,
    goodRows: rows,
    rejectedRows: 0,
    rejectedBy: {},
    parts: [part],
    relation: parquetRelation(part),
  }
}
