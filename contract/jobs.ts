import { z } from 'zod'
import { Count, Done, type Endpoint, InBranch, Instant, Named, Uuid } from './endpoint.ts'

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
