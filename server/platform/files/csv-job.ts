import { closeSync, openSync, writeSync } from 'node:fs'
import { Refusal } from '#platform/refusal.ts'
import { type Chunk, gzipChunks, plainChunks } from './chunks.ts'
import type { FileLimits } from './limits.ts'
import { rejectLine } from './reject-lines.ts'
import type { CsvShape } from './shape.ts'
import { splitter } from './split.ts'
import { type Transcoder, transcoderOf, withoutMark } from './transcode.ts'

/** What the thread that splits a file is told; nothing but data, so that it can be sent. */
export type CsvJob = Readonly<{
  path: string
  name: string
  shape: CsvShape
  /** The bytes to read, from the start of a line; of a gzip file always all. */
  from: number
  to: number
  /** Counted, like the rows, from the first one read; 0 if the header stands before `from`. */
  headerRow: number
  columns: number
  /** The file is an unpacked workbook: short rows are padded, marks have their meaning. */
  workbook: boolean
  stagedPath: string
  rejectsPath: string
  limits: FileLimits
}>

export type CsvResult = Readonly<{
  /** Physical rows read, with header, titles and blank ones. */
  physicalRows: number
  /** Whether the bytes ended inside a quoted cell. */
  endsInQuote: boolean
  goodRows: number
  rejectedBy: Readonly<Record<string, number>>
}>

export type Progress = (bytes: number, rows: number) => void

/** Broken rows are weighed against all of them when there are this many, and at the end. */
const ENOUGH_ROWS = 10_000

/**
 * Reads a file, or a range of it, once: characters, rows. Writes staged rows and rejects as it
 * goes, so memory does not depend on the size of the file.
 */
export async function runCsvJob(job: CsvJob, progress: Progress): Promise<CsvResult> {
  using staged = outputOf(job.stagedPath)
  using rejects = outputOf(job.rejectsPath)
  const { encoding, delimiter, quote } = job.shape
  const gb18030 = encoding === 'gb18030'
  const lineOf = rejectLine(encoding, job.workbook)
  const rejectedBy: Record<string, number> = {}
  const split = splitter(
    {
      delimiter: delimiter.charCodeAt(0),
      quote,
      gb18030,
      marks: job.workbook,
      headerRow: job.headerRow,
      columns: job.columns,
      pad: job.workbook,
      rowBytes: job.limits.rowBytes,
      lineEnd: job.from > 0 ? 'lf' : null,
    },
    {
      rows: staged.write,
      reject: (rejection) => {
        rejectedBy[rejection.code] = (rejectedBy[rejection.code] ?? 0) + 1
        rejects.write(lineOf(rejection))
      },
    },
  )
  const transcoder = gb18030 ? untouched : transcoderOf(encoding)
  let first = job.from === 0
  let checked = job.from > 0 // the beginning of a file speaks for it, a later half does not
  for await (const { chunk, bytes } of chunksOf(job)) {
    const text = transcoder.feed(chunk)
    split.feed(first ? withoutMark(text) : text)
    first &&= text.length === 0
    const rows = split.good() + sumOf(rejectedBy)
    if (!checked && rows >= ENOUGH_ROWS) {
      expectEncoding(job, split.good(), rejectedBy)
      checked = true
    }
    progress(bytes, rows)
  }
  split.feed(transcoder.end())
  const { physicalRows, endsInQuote } = split.end()
  const sorted = Object.entries(rejectedBy).sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    physicalRows,
    endsInQuote,
    goodRows: split.good(),
    rejectedBy: Object.fromEntries(sorted),
  }
}

/** GB18030 goes to the splitter as it is. */
const untouched: Transcoder = { feed: (chunk) => chunk, end: () => new Uint8Array(0) }

function chunksOf(job: CsvJob): Iterable<Chunk> | AsyncIterable<Chunk> {
  if (job.shape.gzip) return gzipChunks(job.path, job.name, job.limits)
  return plainChunks(job.path, job.from, job.to)
}

export function sumOf(rejectedBy: Readonly<Record<string, number>>): number {
  return Object.values(rejectedBy).reduce((sum, rows) => sum + rows, 0)
}

/** Refuses a file most of whose rows hold bytes that its encoding does not know. */
export function expectEncoding(
  { name, shape: { encoding } }: Pick<CsvJob, 'name' | 'shape'>,
  goodRows: number,
  rejectedBy: Readonly<Record<string, number>>,
): void {
  const broken = rejectedBy['row-broken-bytes'] ?? 0
  const rows = goodRows + sumOf(rejectedBy)
  if (broken * 2 <= rows) return
  const looksLike = encoding === 'utf-8' ? 'gb18030' : 'utf-8'
  const values = { file: name, encoding, broken, rows, looksLike }
  throw new Refusal('invalid', 'file-wrong-encoding', values)
}

const BUFFER_BYTES = 64 * 1024

/** A file that is written in few large pieces. */
function outputOf(path: string) {
  const file = openSync(path, 'w')
  const waiting: Uint8Array[] = []
  let size = 0
  const writeAll = (bytes: Uint8Array) => {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
  }
  const flush = () => {
    writeAll(Buffer.concat(waiting))
    waiting.length = 0
    size = 0
  }
  return {
    write: (bytes: Uint8Array) => {
      if (bytes.length >= BUFFER_BYTES && size === 0) {
        writeAll(bytes)
        return
      }
      waiting.push(new Uint8Array(bytes)) // a copy: the splitter reuses its own
      size += bytes.length
      if (size >= BUFFER_BYTES) flush()
    },
    [Symbol.dispose]: () => {
      flush()
      closeSync(file)
    },
  }
}
