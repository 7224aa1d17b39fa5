import { mkdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { RowCode } from '#contract/refusals/files.ts'
import { Refusal } from '#platform/refusal.ts'
import type { CsvJob, CsvResult } from './csv-job.ts'
import type { Told } from './csv-worker.ts'
import { type Head, type HeadRow, readHead } from './head.ts'
import { findHeader, HEADER_SEARCH_ROWS, widthOf } from './header.ts'
import { type FileLimits, withLimits } from './limits.ts'
import { sampleGzip, samplePlain } from './sample.ts'
import type { CsvShape, Delimiter, Encoding, FileShape } from './shape.ts'
import { sniff } from './sniff.ts'
import { textOf } from './transcode.ts'

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
 * could not be read. A file is refused as a whole or staged as a whole.
 */
export async function stage(options: StageOptions): Promise<Staged> {
  options.signal.throwIfAborted()
  const limits = withLimits(options.limits)
  const name = options.name ?? basename(options.path)
  const shape = await sniff(options.path, { ...options, name })
  await mkdir(options.out, { recursive: true })
  const stagedPath = join(options.out, 'staged-1.txt')
  const rejectsPath = join(options.out, 'rejects.ndjson')
  if (shape.kind !== 'csv')
    throw new Refusal('invalid', 'file-not-a-table', { file: name, what: shape.kind })
  try {
    const found = await locate(options, shape, name, limits)
    const job: CsvJob = {
      path: options.path,
      name,
      shape,
      headerRow: found.headerRow,
      columns: found.header.length,
      workbook: false,
      stagedPath,
      rejectsPath,
      limits,
    }
    const { sha256, ...counts } = await runInThread(job, options)
    return {
      shape,
      bytes: shape.bytes,
      sha256,
      ...found,
      ...counts,
      rows: counts.goodRows + counts.rejectedRows,
      rejects: rejectsPath,
      parts: [stagedPath],
      relation: stagedRelation([stagedPath], found.header.length),
    }
  } catch (error) {
    await Promise.all([stagedPath, rejectsPath].map((path) => rm(path, { force: true })))
    throw error
  }
}

type Found = Pick<Staged, 'headerRow' | 'titleLines' | 'header'>

async function locate(
  options: StageOptions,
  shape: CsvShape,
  name: string,
  limits: FileLimits,
): Promise<Found> {
  const sample = shape.gzip
    ? await sampleGzip(options.path, name)
    : await samplePlain(options.path, shape.bytes)
  const head = readHead(textOf(sample.head, shape.encoding, sample.whole), {
    delimiter: shape.delimiter,
    quote: shape.quote,
    marks: false,
    whole: sample.whole,
    rowBytes: limits.rowBytes,
    name,
  })
  return foundIn(head, options, name, limits)
}

/** The header among the first rows, and what stands above it. */
export function foundIn(
  head: Head,
  options: Pick<StageOptions, 'headerRow' | 'knows'>,
  file: string,
  limits: FileLimits,
): Found {
  const searched = head.rows.slice(0, HEADER_SEARCH_ROWS)
  const cells = searched.map((row) => row.cells)
  const index = options.headerRow ? options.headerRow - 1 : findHeader(cells, options.knows)
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
  return cells
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '')
    .join(' ')
}

function runInThread(job: CsvJob, { signal, progress }: StageOptions): Promise<CsvResult> {
  const { promise, resolve, reject } = Promise.withResolvers<CsvResult>()
  const worker = new Worker(new URL('./csv-worker.ts', import.meta.url), { workerData: job })
  const abort = () => void worker.terminate()
  signal.addEventListener('abort', abort, { once: true })
  let answer: Told<CsvResult> | undefined
  worker.on('message', (told: Told<CsvResult>) => {
    if (told.kind === 'progress') {
      progress?.({ bytes: told.bytes, totalBytes: job.shape.bytes, rows: told.rows })
    } else {
      answer = told
    }
  })
  worker.on('error', reject)
  worker.on('exit', () => {
    signal.removeEventListener('abort', abort)
    if (answer?.kind === 'done') resolve(answer.result)
    else if (signal.aborted) reject(signal.reason)
    else if (answer?.kind === 'refused') reject(new Refusal('invalid', answer.code, answer.values))
    else reject(new Error('the reading thread ended without an answer'))
  })
  return promise
}

/**
 * How DuckDB reads staged files: fields between \x01, no quotes, no guessing. Measured with 1 M rows
 * of 60 columns on 2 cores: the same time as any other dialect, and no cell can be misread.
 */
export function stagedRelation(parts: readonly string[], columns: number): string {
  const files = parts.map((part) => `'${part.replaceAll("'", "''")}'`).join(', ')
  const names = Array.from({ length: columns }, (_, i) => `'c${i + 1}': 'VARCHAR'`)
  return `read_csv([${files}], auto_detect = false, header = false, delim = '\x01', quote = '', escape = '', new_line = '\\n', encoding = 'utf-8', max_line_size = 8388608, parallel = true, columns = {'row_no': 'BIGINT', ${names.join(', ')}})`
}
