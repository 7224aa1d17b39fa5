import { appendFile, open, rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { type CsvJob, type CsvResult, expectEncoding, sumOf } from './csv-job.ts'
import { renumbered } from './reject-lines.ts'
import { textRelation } from './relation.ts'
import { type Run, runInThread } from './run.ts'
import { readAt } from './sample.ts'
import type { CsvShape } from './shape.ts'

/** One `CsvJob` for a whole file; `stagedPath` is where its first part goes. */
export type WholeFile = Omit<CsvJob, 'from' | 'to'>

export type SplitFile = Readonly<{
  goodRows: number
  rejectedRows: number
  rejectedBy: Readonly<Record<string, number>>
  parts: readonly string[]
  relation: string
}>

/** Files from this size on are split by two threads. */
const LARGE_BYTES = 32 * 1024 * 1024

/**
 * Splits a file into staged rows and rejects: a large one by two threads, each from its own half,
 * with the same answer as by one. The second half begins after a line end; if the first turns out
 * to end inside a quoted cell, that line end was part of a cell, and all is done again by one.
 */
export async function splitFile(
  file: WholeFile,
  secondPart: string,
  secondRejects: string,
  run: Run,
): Promise<SplitFile> {
  const { bytes } = file.shape
  const middle = isDivisible(file.shape) ? await lineStartAfter(file.path, bytes / 2) : null
  if (middle !== null) {
    const halves = await runHalves(file, middle, secondPart, secondRejects, run)
    if (halves) return halves
  }
  const result = await runInThread({ ...file, from: 0, to: bytes }, run)
  expectEncoding(file, result.goodRows, result.rejectedBy)
  const relation = textRelation(file.stagedPath, file.columns)
  return { ...countsOf([result]), parts: [file.stagedPath], relation }
}

/** In UTF-16 the byte of a line end may be half of another character. */
function isDivisible({ bytes, gzip, encoding }: CsvShape): boolean {
  const simple = !gzip && (encoding === 'utf-8' || encoding === 'gb18030')
  return simple && bytes >= LARGE_BYTES && availableParallelism() > 1
}

/** The first byte after the next line feed; `null` if there is none within a megabyte. */
async function lineStartAfter(path: string, place: number): Promise<number | null> {
  await using handle = await open(path)
  const from = Math.floor(place)
  const found = (await readAt(handle, from, 1024 * 1024)).indexOf(0x0a)
  return found < 0 ? null : from + found + 1
}

async function runHalves(
  file: WholeFile,
  middle: number,
  secondPart: string,
  secondRejects: string,
  run: Run,
): Promise<SplitFile | null> {
  const stop = new AbortController()
  const signal = AbortSignal.any([run.signal, stop.signal])
  const seen = [
    { bytes: 0, rows: 0 },
    { bytes: 0, rows: 0 },
  ] as const
  const half = (index: 0 | 1, job: CsvJob) =>
    runInThread(job, {
      signal,
      progress: (bytes, rows) => {
        Object.assign(seen[index], { bytes, rows })
        run.progress(seen[0].bytes + seen[1].bytes, seen[0].rows + seen[1].rows)
      },
    })
  const first: CsvJob = { ...file, from: 0, to: middle }
  const range = { from: middle, to: file.shape.bytes, headerRow: 0 }
  const second = { ...file, ...range, stagedPath: secondPart, rejectsPath: secondRejects }
  const both = [half(0, first), half(1, second)] as const
  const results = await Promise.all(both).catch(async (error: unknown) => {
    stop.abort(error)
    await Promise.allSettled(both)
    throw run.signal.aborted ? run.signal.reason : error
  })
  const [{ physicalRows, endsInQuote }] = results
  if (endsInQuote) {
    await Promise.all([secondPart, secondRejects].map((path) => rm(path)))
    return null
  }
  const counts = countsOf(results)
  expectEncoding(file, counts.goodRows, counts.rejectedBy)
  await appendRejects(file.rejectsPath, secondRejects, physicalRows)
  const parts = [file.stagedPath, secondPart]
  const [top, bottom] = parts.map((part) => textRelation(part, file.columns))
  const relation = `(select * from ${top} union all select * replace (row_no + ${physicalRows} as row_no) from ${bottom})`
  return { ...counts, parts, relation }
}

function countsOf(results: readonly CsvResult[]) {
  const rejectedBy: Record<string, number> = {}
  for (const result of results) {
    for (const [code, rows] of Object.entries(result.rejectedBy)) {
      rejectedBy[code] = (rejectedBy[code] ?? 0) + rows
    }
  }
  const goodRows = results.reduce((sum, result) => sum + result.goodRows, 0)
  return { goodRows, rejectedRows: sumOf(rejectedBy), rejectedBy }
}

/** Puts the rejects of the second half behind those of the first, with their true row numbers. */
async function appendRejects(path: string, second: string, offset: number): Promise<void> {
  const handle = await open(second)
  let lines = ''
  for await (const line of handle.readLines()) {
    lines += `${line}\n`
    if (lines.length < 1024 * 1024) continue
    await appendFile(path, renumbered(lines, offset))
    lines = ''
  }
  await appendFile(path, renumbered(lines, offset))
  await rm(second)
}
