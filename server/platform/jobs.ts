import { randomUUID } from 'node:crypto'
import { setImmediate, setTimeout as wait } from 'node:timers/promises'
import type { z } from 'zod'
import type { Job as JobSchema } from '#contract/jobs.ts'
import { sentenceOf } from '#contract/refusals.ts'
import { atMost } from './at-most.ts'
import {
  askToCancel,
  finishJob,
  insertJob,
  type JobRow,
  selectJob,
  selectUnfinished,
  startJob,
} from './job-store.ts'
import { isLedgerAway } from './passing.ts'
import { Refusal } from './refusal.ts'
import { type Actor, afterCommit, type Unit } from './unit.ts'
import type { Progress, Watch, Works } from './works.ts'

export type JobView = z.infer<typeof JobSchema>
export type JobKind = JobView['kind']
export type JobInput = Readonly<Record<string, unknown>>

/** What a kind of job does. It must be idempotent: after a crash it runs again from its start. */
export type JobWork = (
  job: Readonly<{ branchId: string; input: JobInput; actor: Actor }>,
  watch: Watch,
) => Promise<Record<string, unknown>>

/**
 * Long pieces of work behind one face: started by somebody, followed by their progress, cancelled,
 * and started again when the process died before they ended.
 */
export type Jobs = Readonly<{
  handle(kind: JobKind, work: JobWork): void
  /** The job is there when the unit commits, and begins then; when it is undone there is none. */
  start(unit: Unit, job: { branchId: string; kind: JobKind; input: JobInput }): Promise<JobView>
  read(unit: Unit, branchId: string, jobId: string): Promise<JobView>
  /** Stops the job when the unit commits. One whose process dies first is not run again. */
  cancel(unit: Unit, branchId: string, jobId: string): Promise<void>
  /** Runs again what a dead process left unfinished; called once, when everything is in place. */
  resume(): Promise<number>
  /**
   * Stops what runs, which the next start resumes, and waits for it; for `STOP_WITHIN_MS` at most:
   * work that does not stop is as if the process had been killed. What is started from now on
   * waits for the next start.
   */
  close(): Promise<void>
}>

type Running = { progress: Progress; since: number; abort: AbortController; ended: Promise<void> }

/** Of the ten seconds in which a server stops. */
const STOP_WITHIN_MS = 6_000
/** How long a job waits for a ledger that recovers before it is tried again. */
const TRY_AGAIN_MS = 250

const QUEUED: Progress = { phase: { zh: '等待开始', en: 'Waiting to start' }, done: 0, total: null }

export function openJobs(works: Works, log: { error(fields: object, text: string): void }): Jobs {
  const kinds = new Map<JobKind, JobWork>()
  const running = new Map<string, Running>()
  let closing = false

  async function run(job: JobRow, abort: AbortController): Promise<void> {
    const mine = running.get(job.jobId)
    const watch: Watch = {
      signal: abort.signal,
      tell: (progress) => {
        if (!mine) return
        if (mine.progress.phase.en !== progress.phase.en) mine.since = works.clock().getTime()
        mine.progress = progress
      },
    }
    const outcome = await whenLedgerIsBack(() => attempt(job, watch))
    // A closing server leaves the job unfinished on purpose: the next start runs it again.
    if (!(closing && outcome.state === 'cancelled'))
      await whenLedgerIsBack(() => works.run(works.system, (unit) => finishJob(unit, job, outcome)))
  }

  /** Work may be done again, so a ledger that goes away under it is waited for. */
  async function whenLedgerIsBack<T>(work: () => Promise<T>): Promise<T> {
    for (;;)
      try {
        return await work()
      } catch (error) {
        if (closing || !isLedgerAway(error)) throw error
        await wait(TRY_AGAIN_MS)
      }
  }

  async function attempt(job: JobRow, watch: Watch): Promise<Outcome> {
    const work = kinds.get(job.kind)
    try {
      if (!work) throw new Error(`no work for jobs of kind ${job.kind}`)
      watch.signal.throwIfAborted()
      await works.run(works.system, (unit) => startJob(unit, job))
      const actor: Actor = { ...works.system, id: job.startedBy }
      const result = await works.room.within(watch, (within) => work({ ...job, actor }, within))
      return { state: 'done', result }
    } catch (error) {
      if (isLedgerAway(error)) throw error
      if (error instanceof Refusal)
        return { state: 'refused', refusal: { code: error.code, values: error.values } }
      if (watch.signal.aborted) return { state: 'cancelled' }
      log.error({ err: error, job: job.jobId, kind: job.kind }, 'a job failed')
      return { state: 'failed' }
    }
  }

  function launch(job: JobRow): void {
    if (closing) return
    const abort = new AbortController()
    const entry: Running = {
      progress: QUEUED,
      since: works.clock().getTime(),
      abort,
      ended: Promise.resolve(),
    }
    if (job.cancelAskedAt) abort.abort(new Error('cancelled'))
    running.set(job.jobId, entry)
    entry.ended = setImmediate()
      .then(() => run(job, abort))
      .catch((error: unknown) => log.error({ err: error, job: job.jobId }, 'a job was not closed'))
      .finally(() => running.delete(job.jobId))
  }

  const viewOf = (row: JobRow) => view(row, running.get(row.jobId), works.clock().getTime())

  return {
    handle: (kind, work) => void kinds.set(kind, work),
    start: async (unit, { branchId, kind, input }) => {
      const job: JobRow = {
        branchId,
        jobId: randomUUID(),
        kind,
        input,
        state: 'queued',
        result: null,
        refusal: null,
        startedBy: unit.actor.id,
        createdAt: unit.now,
        finishedAt: null,
        cancelAskedAt: null,
      }
      await insertJob(unit, job)
      afterCommit(unit, () => launch(job))
      return viewOf(job)
    },
    read: async (unit, branchId, jobId) => viewOf(await found(unit, branchId, jobId)),
    cancel: async (unit, branchId, jobId) => {
      const job = await found(unit, branchId, jobId)
      await askToCancel(unit, job)
      afterCommit(unit, () => running.get(jobId)?.abort.abort(new Error('cancelled')))
    },
    resume: async () => {
      const left = await works.run(works.system, selectUnfinished)
      for (const job of left) launch(job)
      return left.length
    },
    close: async () => {
      closing = true
      const entries = [...running.values()]
      for (const entry of entries) entry.abort.abort(new Error('the server stops'))
      await atMost(STOP_WITHIN_MS, Promise.all(entries.map((entry) => entry.ended)))
    },
  }
}

export type Outcome =
  | Readonly<{ state: 'done'; result: Record<string, unknown> }>
  | Readonly<{ state: 'refused'; refusal: Pick<Refusal, 'code' | 'values'> }>
  | Readonly<{ state: 'failed' | 'cancelled' }>

async function found(unit: Unit, branchId: string, jobId: string): Promise<JobRow> {
  const row = await selectJob(unit, branchId, jobId)
  if (!row) throw new Refusal('not-found', 'job-unknown', { job: jobId })
  return row
}

function view(row: JobRow, live: Running | undefined, now: number): JobView {
  const { phase, done, total } = live?.progress ?? QUEUED
  const seconds = live ? (now - live.since) / 1000 : 0
  const perSecond = seconds > 0.2 && done > 0 ? done / seconds : null
  const secondsLeft = perSecond && total !== null ? Math.max(0, (total - done) / perSecond) : null
  const { refusal } = row
  return {
    jobId: row.jobId,
    kind: row.kind,
    state: row.state,
    progress: { phase: { ...phase }, done, total, perSecond, secondsLeft },
    result: row.result,
    refusal: refusal && {
      code: refusal.code,
      text: {
        zh: sentenceOf(refusal.code, refusal.values, 'zh'),
        en: sentenceOf(refusal.code, refusal.values, 'en'),
      },
    },
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  }
}
