import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import type { Job as JobSchema } from '#contract/jobs.ts'
import { sentencesOf } from '#contract/refusals.ts'
import { audit } from './audit/audit.ts'
import {
  askToCancel,
  finishJob,
  insertJob,
  type JobRow,
  requeueJob,
  selectFailed,
  selectJob,
  selectUnfinished,
  startJob,
} from './job-store.ts'
import { isLedgerAway } from './passing.ts'
import type { Queue, QueueLog, Taken } from './queue.ts'
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
 * and started again when the process died before they ended. The row of a job is what people see and
 * says whether it has ended; a message of the queue, sent with the row, has it worked on.
 */
export type Jobs = Readonly<{
  handle(kind: JobKind, work: JobWork): void
  /** The job is there when the unit commits, and begins then; when it is undone there is none. */
  start(unit: Unit, job: { branchId: string; kind: JobKind; input: JobInput }): Promise<JobView>
  read(unit: Unit, branchId: string, jobId: string): Promise<JobView>
  /** What was ordered, and by whom. @throws Refusal `job-unknown` */
  order(
    unit: Unit,
    branchId: string,
    jobId: string,
  ): Promise<Pick<JobRow, 'kind' | 'input' | 'startedBy'>>
  /** What came to nothing in a branch, the latest first. @throws Refusal `cursor-unreadable` */
  listFailed(
    unit: Unit,
    of: Readonly<{ branchId: string; cursor?: string | undefined; limit: number }>,
  ): ReturnType<typeof selectFailed>
  /**
   * Has a job that came to nothing done once more, as it was ordered and in the name of whoever did;
   * audited. @throws Refusal `job-unknown`, `job-not-failed`
   */
  tryAgain(unit: Unit, of: Readonly<{ branchId: string; jobId: string }>): Promise<JobView>
  /** Stops the job when the unit commits. One whose process dies first is not run again. */
  cancel(unit: Unit, branchId: string, jobId: string): Promise<void>
  /**
   * Sees to it that every unfinished job is in the queue, also after a restore, which brings back
   * rows and no messages. Called once, when everything is in place; answers with how many there are.
   */
  resume(): Promise<number>
}>

type Running = { progress: Progress; since: number; cancel: AbortController }

/** How long a job waits for a ledger that recovers before it is tried again. */
const TRY_AGAIN_MS = 250

const NAME = 'job'
const OfJob = z.object({ branchId: z.string(), jobId: z.string(), tries: z.int().default(1) })

/** The message that has this try of a job worked on; there is one of each. */
const messageOf = ({ branchId, jobId, tries }: JobRow) => ({
  message: { branchId, jobId, tries },
  key: tries === 1 ? jobId : `${jobId} ${tries}`,
})

/** A job ends with what its row says; its message is tried for as long as there is no end. */
const OPTIONS = {
  concurrency: 16,
  retryLimit: 1_000_000,
  retryDelaySeconds: 1,
  retryDelayMaxSeconds: 30,
  expireSeconds: 86_400,
  heartbeatSeconds: 30, // a plan may keep the process busy for long
  keepDays: 1,
}

const QUEUED: Progress = { phase: { zh: '等待开始', en: 'Waiting to start' }, done: 0, total: null }

export function openJobs(works: Works, queue: Queue, log: QueueLog): Jobs {
  const kinds = new Map<JobKind, JobWork>()
  const running = new Map<string, Running>()

  queue.handle(
    NAME,
    OfJob,
    async ({ branchId, jobId, tries }, taken) => {
      const job = await works.run(works.system, (unit) => selectJob(unit, branchId, jobId))
      // The message comes again when a process dies between the end of the job and that of the message.
      if (job && !job.finishedAt && job.tries === tries) await run(job, taken)
    },
    OPTIONS,
  )

  async function run(job: JobRow, taken: Taken): Promise<void> {
    const cancel = new AbortController()
    if (job.cancelAskedAt) cancel.abort(new Error('cancelled'))
    const mine: Running = { progress: QUEUED, since: works.clock().getTime(), cancel }
    running.set(job.jobId, mine)
    const watch: Watch = {
      signal: AbortSignal.any([cancel.signal, taken.signal]),
      tell: (progress) => {
        if (mine.progress.phase.en !== progress.phase.en) mine.since = works.clock().getTime()
        mine.progress = progress
      },
    }
    try {
      const outcome = await whenLedgerIsBack(taken, () => attempt(job, watch, cancel))
      // What stops for another reason than its cancelling goes back to the queue, unfinished.
      if (outcome.state === 'cancelled' && !cancel.signal.aborted) taken.signal.throwIfAborted()
      await whenLedgerIsBack(taken, () => end(job, outcome))
    } finally {
      running.delete(job.jobId)
    }
  }

  /** An outcome that cannot be kept is kept as a failure: done again, it would be no other. */
  async function end(job: JobRow, outcome: Outcome): Promise<void> {
    const write = (as: Outcome) => works.run(works.system, (unit) => finishJob(unit, job, as))
    try {
      await write(outcome)
    } catch (error) {
      if (error instanceof Refusal) throw error // no ledger, or no room in it: that passes
      log.error({ err: error, job: job.jobId, kind: job.kind }, 'the outcome of a job was not kept')
      await write({ state: 'failed', fault: faultOf(error) })
    }
  }

  /** Work may be done again, so a ledger that goes away under it is waited for. */
  async function whenLedgerIsBack<T>({ signal }: Taken, work: () => Promise<T>): Promise<T> {
    for (;;)
      try {
        return await work()
      } catch (error) {
        if (signal.aborted || !isLedgerAway(error)) throw error
        await wait(TRY_AGAIN_MS)
      }
  }

  async function attempt(job: JobRow, watch: Watch, cancel: AbortController): Promise<Outcome> {
    const work = kinds.get(job.kind)
    try {
      if (!work) throw new Error(`no work for jobs of kind ${job.kind}`)
      watch.signal.throwIfAborted()
      // Somebody may have asked since the row was read, before there was anything to abort here.
      if (await works.run(works.system, (unit) => startJob(unit, job)))
        cancel.abort(new Error('cancelled'))
      watch.signal.throwIfAborted()
      const actor: Actor = { ...works.system, id: job.startedBy }
      const result = await works.room.within(watch, (within) => work({ ...job, actor }, within))
      return { state: 'done', result }
    } catch (error) {
      if (isLedgerAway(error)) throw error
      if (error instanceof Refusal)
        return { state: 'refused', refusal: { code: error.code, values: error.values } }
      if (watch.signal.aborted) return { state: 'cancelled' }
      log.error({ err: error, job: job.jobId, kind: job.kind }, 'a job failed')
      return { state: 'failed', fault: faultOf(error) }
    }
  }

  const send = (unit: Unit, job: JobRow) => queue.sendAll(unit, NAME, [messageOf(job)])
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
        tries: 1,
        fault: null,
      }
      await insertJob(unit, job)
      await send(unit, job)
      return viewOf(job)
    },
    read: async (unit, branchId, jobId) => viewOf(await found(unit, branchId, jobId)),
    order: found,
    listFailed: selectFailed,
    tryAgain: async (unit, of) => {
      const { tries } = await found(unit, of.branchId, of.jobId)
      const job = await requeueJob(unit, of)
      if (!job) throw new Refusal('conflict', 'job-not-failed')
      await send(unit, job)
      audit(unit, {
        ...{
          branchId: of.branchId,
          action: 'job.tried-again',
          about: { kind: 'job', id: of.jobId },
        },
        values: { job: job.kind, tries, orderedBy: job.startedBy },
      })
      return viewOf(job)
    },
    cancel: async (unit, branchId, jobId) => {
      const job = await found(unit, branchId, jobId)
      await askToCancel(unit, job)
      afterCommit(unit, () => running.get(jobId)?.cancel.abort(new Error('cancelled')))
    },
    resume: () =>
      works.run(works.system, async (unit) => {
        const left = await selectUnfinished(unit)
        if (left.length > 0) await queue.sendAll(unit, NAME, left.map(messageOf))
        return left.length
      }),
  }
}

export type Outcome =
  | Readonly<{ state: 'done'; result: Record<string, unknown> }>
  | Readonly<{ state: 'refused'; refusal: Pick<Refusal, 'code' | 'values'> }>
  | Readonly<{ state: 'failed'; fault: string }>
  | Readonly<{ state: 'cancelled' }>

async function found(unit: Unit, branchId: string, jobId: string): Promise<JobRow> {
  const row = await selectJob(unit, branchId, jobId)
  if (!row) throw new Refusal('not-found', 'job-unknown', { job: jobId })
  return row
}

/** What is kept of an error that nobody expected: never its text, which may cite what it was about. */
function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const { code } = error as NodeJS.ErrnoException
  return [code, error.name].find((word) => /^\w{1,40}$/.test(word ?? '')) ?? 'Error'
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
      text: sentencesOf(refusal.code, refusal.values),
    },
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  }
}
