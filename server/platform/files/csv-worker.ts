import assert from 'node:assert/strict'
import { parentPort, workerData } from 'node:worker_threads'
import type { RefusalCode, RefusalValues } from '#contract/refusals.ts'
import { Refusal } from '#platform/refusal.ts'
import { type CsvJob, type CsvResult, runCsvJob } from './csv-job.ts'

/** What a reading thread or process tells the one that started it. */
export type Told<Result> =
  | Readonly<{ kind: 'progress'; bytes: number; rows: number }>
  | Readonly<{ kind: 'done'; result: Result }>
  | Readonly<{ kind: 'refused'; code: RefusalCode; values: RefusalValues }>

/** Splits a file in a thread of its own, so that the server goes on answering. */
const port = parentPort
assert(port, 'runs as a worker thread')
const tell = (told: Told<CsvResult>) => port.postMessage(told)
let reported = 0
try {
  const result = await runCsvJob(workerData as CsvJob, (bytes, rows) => {
    if (bytes - reported < 8 * 1024 * 1024) return
    reported = bytes
    tell({ kind: 'progress', bytes, rows })
  })
  tell({ kind: 'done', result })
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  tell({ kind: 'refused', code: error.code, values: error.values })
}
