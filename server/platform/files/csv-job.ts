import { createHash, type Hash } from 'node:crypto'
import { closeSync, createReadStream, openSync, readSync, writeSync } from 'node:fs'
import { createGunzip } from 'node:zlib'
import type { RowCode } from '#contract/refusals/files.ts'
import { Refusal } from '#platform/refusal.ts'
import type { FileLimits } from './limits.ts'
import { MARK_ERROR, MARK_NO_VALUE, STAGED_DELIMITER } from './record.ts'
import { gzipRefusal } from './sample.ts'
import type { CsvShape } from './shape.ts'
import { type Rejection, type Splitter, splitter } from './split.ts'
import { type Transcoder, transcoderOf, withoutMark } from './transcode.ts'

/** What the thread that splits a file is told; nothing but data, so that it can be sent. */
export type CsvJob = Readonly<{
  path: string
  name: string
  shape: CsvShape
  headerRow: number
  columns: number
  /** The file is an unpacked workbook: short rows are padded, marks have their meaning. */
  workbook: boolean
  stagedPath: string
  rejectsPath: string
  limits: FileLimits
}>

export type CsvResult = Readonly<{
  sha256: string
  goodRows: number
  rejectedRows: number
  rejectedBy: Readonly<Record<string, number>>
}>

export type Progress = (bytes: number, rows: number) => void

const CHUNK_BYTES = 1024 * 1024
/** Broken rows are weighed against all of them when there are this many, and at the end. */
const ENOUGH_ROWS = 10_000

/**
 * Reads the whole file once: digest, characters, rows. Writes staged rows and rejects as it goes,
 * so memory does not depend on the size of the file.
 */
export async function runCsvJob(job: CsvJob, progress: Progress): Promise<CsvResult> {
  using staged = outputOf(job.stagedPath)
  using rejects = outputOf(job.rejectsPath)
  const tally = new Map<RowCode, number>()
  const split = splitter(
    {
      name: job.name,
      delimiter: job.shape.delimiter.charCodeAt(0),
      quote: job.shape.quote,
      gb18030: job.shape.encoding === 'gb18030',
      marks: job.workbook,
      headerRow: job.headerRow,
      columns: job.columns,
      pad: job.workbook,
      rowBytes: job.limits.rowBytes,
    },
    {
      rows: (bytes) => staged.write(bytes),
      reject: (rejection) => {
        tally.set(rejection.code, (tally.get(rejection.code) ?? 0) + 1)
        rejects.write(lineOf(rejection, job))
      },
    },
  )
  const hash = createHash('sha256')
  const { encoding } = job.shape
  const transcoder = encoding === 'gb18030' ? untouched : transcoderOf(encoding)
  let first = true
  let checked = false
  for await (const { chunk, bytes } of chunksOf(job, hash)) {
    const text = transcoder.feed(chunk)
    split.feed(first ? withoutMark(text) : text)
    first &&= text.length === 0
    const rows = split.good() + totalOf(tally)
    if (!checked && rows >= ENOUGH_ROWS) {
      expectEncoding(job, tally, split)
      checked = true
    }
    progress(bytes, rows)
  }
  split.feed(transcoder.end())
  split.end()
  expectEncoding(job, tally, split)
  return {
    sha256: hash.digest('hex'),
    goodRows: split.good(),
    rejectedRows: totalOf(tally),
    rejectedBy: Object.fromEntries([...tally].sort()),
  }
}

/** GB18030 goes to the splitter as it is. */
const untouched: Transcoder = { feed: (chunk) => chunk, end: () => new Uint8Array(0) }

function totalOf(tally: ReadonlyMap<RowCode, number>): number {
  return tally.values().reduce((sum, rows) => sum + rows, 0)
}

/** Refuses a file most of whose rows hold bytes that its encoding does not know. */
function expectEncoding(job: CsvJob, tally: ReadonlyMap<RowCode, number>, split: Splitter): void {
  const broken = tally.get('row-broken-bytes') ?? 0
  const rows = split.good() + totalOf(tally)
  if (broken * 2 <= rows) return
  const { encoding } = job.shape
  const looksLike = encoding === 'utf-8' ? 'gb18030' : 'utf-8'
  throw new Refusal('invalid', 'file-wrong-encoding', {
    file: job.name,
    encoding,
    broken,
    rows,
    looksLike,
  })
}

/** A line of the rejects; what separated the cells of a workbook is shown as a tab. */
function lineOf({ row, code, cells, raw }: Rejection, job: CsvJob): Uint8Array {
  const encoding = job.shape.encoding === 'gb18030' ? 'gb18030' : 'utf-8'
  const text = new TextDecoder(encoding).decode(raw).replace(/\r$/, '')
  const shown = job.workbook ? withoutMarks(text) : text
  return Buffer.from(`${JSON.stringify({ row, code, cells, raw: shown })}\n`)
}

function withoutMarks(text: string): string {
  const bare = text.replaceAll(String.fromCharCode(MARK_NO_VALUE), '')
  return bare
    .replaceAll(String.fromCharCode(MARK_ERROR), '')
    .replaceAll(String.fromCharCode(STAGED_DELIMITER), '\t')
}

/** The bytes of the file, unpacked, and how many of the delivered ones have been read. */
async function* chunksOf(job: CsvJob, hash: Hash) {
  if (!job.shape.gzip) {
    yield* plainChunks(job.path, hash)
    return
  }
  const source = createReadStream(job.path, { highWaterMark: CHUNK_BYTES })
  let bytes = 0
  const onChunk = (chunk: string | Buffer) => {
    hash.update(chunk)
    bytes += chunk.length
  }
  const unpacked = createGunzip({ chunkSize: CHUNK_BYTES })
  source.on('data', onChunk)
  source.on('error', (error) => unpacked.destroy(error))
  source.pipe(unpacked)
  let given = 0
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      given += chunk.length
      expectNoBomb(job, given, bytes)
      yield { chunk, bytes }
    }
  } catch (error) {
    throw gzipRefusal(error, job.name)
  } finally {
    source.destroy()
  }
}

/** Reads into one buffer again and again: the thread has nothing else to do meanwhile. */
function* plainChunks(path: string, hash: Hash) {
  const file = openSync(path, 'r')
  const buffer = Buffer.alloc(CHUNK_BYTES)
  let bytes = 0
  try {
    for (;;) {
      const read = readSync(file, buffer)
      if (read === 0) return
      const chunk = buffer.subarray(0, read)
      hash.update(chunk)
      bytes += read
      yield { chunk, bytes }
    }
  } finally {
    closeSync(file)
  }
}

const BOMB_BYTES = 64 * 1024 * 1024

function expectNoBomb({ name, limits }: CsvJob, given: number, bytes: number): void {
  if (given > limits.unpackedBytes) {
    const detail = `> ${Math.floor(limits.unpackedBytes / 1e6)} MB`
    throw new Refusal('invalid', 'file-bomb', { file: name, detail })
  }
  if (given > BOMB_BYTES && given > bytes * limits.ratio) {
    const detail = `1 : ${Math.round(given / bytes)}`
    throw new Refusal('invalid', 'file-bomb', { file: name, detail })
  }
}

function outputOf(path: string) {
  const file = openSync(path, 'w')
  return {
    write: (bytes: Uint8Array) => {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
    },
    [Symbol.dispose]: () => closeSync(file),
  }
}
