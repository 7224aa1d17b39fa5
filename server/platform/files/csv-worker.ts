import assert from 'node:assert/strict'
import { parentPort, workerData } from 'node:worker_threads'
import { type CsvJob, type CsvResult, runCsvJob } from './csv-job.ts'
import { type Told, tellEnd } from './told.ts'

/** Splits a file in a thread of its own, so that the server goes on answering. */
const port = parentPort
assert(port, 'runs as a worker thread')
const tell = (told: Told<CsvResult>) => port.postMessage(told)

const REPORT_BYTES = 8 * 1024 * 1024
let reported = 0
await tellEnd(tell, () =>
  runCsvJob(workerData as CsvJob, (bytes, rows) => {
    if (bytes - reported < REPORT_BYTES) return
    reported = bytes
    tell({ kind: 'progress', bytes, rows })
  }),
)
