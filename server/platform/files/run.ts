import { fork } from 'node:child_process'
import { Worker } from 'node:worker_threads'
import { Refusal } from '#platform/refusal.ts'
import type { CsvJob, CsvResult } from './csv-job.ts'
import type { ProcessJob, ProcessResult } from './reading-process.ts'
import type { Told } from './told.ts'

export type Run = Readonly<{
  signal: AbortSignal
  progress: (bytes: number, rows: number) => void
}>

/** Splits a file in a worker thread; aborted, the thread ends at once. */
export function runInThread(job: CsvJob, { signal, progress }: Run): Promise<CsvResult> {
  const { promise, resolve, reject } = Promise.withResolvers<CsvResult>()
  const worker = new Worker(new URL('./csv-worker.ts', import.meta.url), { workerData: job })
  const abort = () => void worker.terminate()
  signal.addEventListener('abort', abort, { once: true })
  let answer: Told<CsvResult> | undefined
  worker.on('message', (told: Told<CsvResult>) => {
    if (told.kind === 'progress') progress(told.bytes, told.rows)
    else answer = told
  })
  worker.on('error', reject)
  worker.on('exit', () => {
    signal.removeEventListener('abort', abort)
    if (signal.aborted) reject(signal.reason)
    else if (answer?.kind === 'done') resolve(answer.result)
    else if (answer?.kind === 'refused') reject(new Refusal('invalid', answer.code, answer.values))
    else reject(new Error('the reading thread ended without an answer'))
  })
  return promise
}

/** How native code ends over a file that it cannot cope with. */
const CRASHES: ReadonlySet<string> = new Set(['SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGABRT'])

/** Node itself does not start with less. */
const LEAST_MEGABYTES = 64

/**
 * Reads a workbook or Parquet file in a child process: killed when aborted or over its time
 * (`file-too-slow`), and dead by itself when over its memory (`file-bomb`).
 */
export function runInProcess<Job extends ProcessJob, Result extends ProcessResult>(
  job: Job,
  { signal, progress }: Run,
): Promise<Result> {
  const { promise, resolve, reject } = Promise.withResolvers<Result>()
  const { megabytes, seconds } = job.limits
  const child = fork(new URL('./reading-process.ts', import.meta.url), {
    execArgv: [`--max-old-space-size=${Math.max(megabytes, LEAST_MEGABYTES)}`],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: {},
  })
  let answer: Told<Result> | undefined
  let late = false
  let said = ''
  const kill = () => void child.kill('SIGKILL')
  const timer = setTimeout(() => {
    late = true
    kill()
  }, seconds * 1000)
  signal.addEventListener('abort', kill, { once: true })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000)
  })
  child.on('message', (told: Told<Result>) => {
    if (told.kind === 'progress') progress(told.bytes, told.rows)
    else answer = told
  })
  child.on('error', reject)
  child.on('close', (code, killed) => {
    clearTimeout(timer)
    signal.removeEventListener('abort', kill)
    const refused = (refusal: Refusal['code'], values: Refusal['values']) =>
      reject(new Refusal('invalid', refusal, values))
    if (signal.aborted) reject(signal.reason)
    else if (answer?.kind === 'done') resolve(answer.result)
    else if (answer?.kind === 'refused') refused(answer.code, answer.values)
    else if (late) refused('file-too-slow', { file: job.name, seconds })
    else if (/heap (limit|out of memory)/.test(said)) {
      refused('file-bomb', { file: job.name, detail: `> ${megabytes} MB` })
    } else if (killed && CRASHES.has(killed)) {
      refused('file-damaged', { file: job.name, detail: killed })
    } else reject(new Error(`the reading process ended with ${code ?? killed}: ${said}`))
  })
  child.send(job)
  return promise
}
