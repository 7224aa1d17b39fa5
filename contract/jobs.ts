import { z } from 'zod'
import {
  Count,
  Day,
  Done,
  type Endpoint,
  InBranch,
  Instant,
  Named,
  PageQuery,
  pageOf,
  Uuid,
} from './endpoint.ts'

/** A long piece of work, as whoever waits for it sees it. */
export const Job = z
  .object({
    jobId: Uuid,
    kind: z.enum(['import', 'withdraw', 'plan', 'publish', 'export', 'erase']),
    state: z.enum(['queued', 'running', 'done', 'refused', 'failed', 'cancelled']),
    /** What is being done, how far it is, how fast (units a second), and about how long it takes. */
    progress: z.object({
      phase: Named,
      done: Count,
      total: Count.nullable(),
      perSecond: z.number().nullable(),
      secondsLeft: z.number().nullable(),
    }),
    /** Set when done: ids of what was made, such as `importId` or `planId`, and counts. */
    result: z.record(z.string(), z.unknown()).nullable(),
    /** Set when refused: the code and the sentences. */
    refusal: z.object({ code: z.string(), text: Named }).nullable(),
    createdAt: Instant,
    finishedAt: Instant.nullable(),
  })
  .meta({ id: 'Job' })
export type Job = z.infer<typeof Job>

const OfJob = InBranch.extend({ jobId: Uuid })

export const readJob = {
  operationId: 'readJob',
  method: 'GET',
  path: '/branches/:branchId/jobs/:jobId',
  needs: 'anyone',
  summary: { zh: '任务进度', en: 'How far a job is' },
  params: OfJob,
  response: Job,
  refusals: ['branch-unknown', 'job-unknown'],
} as const satisfies Endpoint

export const cancelJob = {
  operationId: 'cancelJob',
  method: 'POST',
  path: '/branches/:branchId/jobs/:jobId/cancel',
  needs: 'anyone',
  summary: { zh: '取消任务', en: 'Cancel a job' },
  params: OfJob,
  response: Done,
  refusals: ['branch-unknown', 'job-unknown'],
} as const satisfies Endpoint

/** A job that came to nothing: it was refused, or it failed by a fault of the program. */
export const FailedJob = z
  .object({
    jobId: Uuid,
    kind: Job.shape.kind,
    /** The day that it was about, where it was about one. */
    day: Day.nullable(),
    state: Job.shape.state.extract(['refused', 'failed']),
    because: Named,
    orderedBy: Named,
    finishedAt: Instant,
    /** How often it was done. */
    tries: Count,
  })
  .meta({ id: 'FailedJob' })

export type FailedJob = z.infer<typeof FailedJob>

export const listFailedJobs = {
  operationId: 'listFailedJobs',
  method: 'GET',
  path: '/branches/:branchId/failed-jobs',
  needs: 'job:retry',
  summary: { zh: '未完成的后台任务', en: 'Jobs that came to nothing' },
  params: InBranch,
  query: PageQuery.omit({ sort: true }),
  response: pageOf(FailedJob),
  refusals: ['branch-unknown', 'cursor-unreadable'],
} as const satisfies Endpoint

export const retryJob = {
  operationId: 'retryJob',
  method: 'POST',
  path: '/branches/:branchId/jobs/:jobId/retry',
  needs: 'job:retry',
  summary: { zh: '重试未完成的后台任务', en: 'Try a job again that came to nothing' },
  params: OfJob,
  response: Job,
  refusals: ['branch-unknown', 'job-unknown', 'job-not-failed'],
} as const satisfies Endpoint
