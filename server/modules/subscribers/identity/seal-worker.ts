import assert from 'node:assert/strict'
import { parentPort, workerData } from 'node:worker_threads'
import { type CellJob, openFile, sealFile } from './seal-file.ts'

/** Seals or opens the cells of one file in a thread of its own, so that the server goes on answering. */
assert(parentPort, 'runs as a worker thread')
const job = workerData as CellJob
await (job.task === 'seal' ? sealFile : openFile)(job)
