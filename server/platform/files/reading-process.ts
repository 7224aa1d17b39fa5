import assert from 'node:assert/strict'
import { copyParquet, type ParquetJob, type ParquetResult } from './parquet.ts'
import { type Told, tellEnd } from './told.ts'
import { type Unpacked, type UnpackJob, unpackWorkbook } from './xlsx/unpack.ts'

export type ProcessJob = UnpackJob | ParquetJob
export type ProcessResult = Unpacked | ParquetResult

/**
 * Reads one file of a format that only large libraries or long parsers understand, in a process
 * with little memory and nothing to lose. Takes one job, tells its end, and ends; also when the
 * process that started it is gone.
 */
assert(process.send, 'runs as a child process')
const tell = (told: Told<ProcessResult>) => process.send?.(told)
process.once('disconnect', () => process.exit(1)) // its starter is dead, nobody waits for the rest
process.once('message', (job: ProcessJob) => {
  void tellEnd(tell, () =>
    job.kind === 'parquet'
      ? copyParquet(job)
      : unpackWorkbook(job, (bytes, rows) => tell({ kind: 'progress', bytes, rows })),
  ).then(() => process.removeAllListeners('disconnect').disconnect())
})
