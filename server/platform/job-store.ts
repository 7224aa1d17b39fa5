import { type JSONColumnType, sql } from 'kysely'
import type { JobInput, JobKind, JobView, Outcome } from './jobs.ts'
import { selectLatestPage } from './page-store.ts'
import type { Refusal } from './refusal.ts'
import type { Unit } from './unit.ts'

type Tables = {
  'platform.job': {
    branch_id: string
    job_id: string
    kind: JobKind
    input: JSONColumnType<JobInput>
    state: JobView['state']
    result: JSONColumnType<Record<string, unknown>> | null
    refusal: JSONColumnType<Pick<Refusal, 'code' | 'values'>> | null
    started_by: string
    created_at: Date
    finished_at: Date | null
    cancel_asked_at: Date | null
    tries: number
  }
}

export type JobRow = Readonly<{
  branchId: string
  jobId: string
  kind: JobKind
  input: JobInput
  state: JobView['state']
  result: Record<string, unknown> | null
  refusal: Pick<Refusal, 'code' | 'values'> | null
  startedBy: string
  createdAt: Date
  finishedAt: Date | null
  cancelAskedAt: Date | null
  /** How often somebody had it done, with the first time. */
  tries: number
  /** Why it failed: the code or the name of the error. */
  fault: string | null
}>

const COLUMNS = sql`branch_id as "branchId", job_id as "jobId", kind, input, state, result, refusal,
  started_by as "startedBy", created_at as "createdAt", finished_at as "finishedAt",
  cancel_asked_at as "cancelAskedAt", tries, fault`

export async function insertJob(unit: Unit, job: JobRow): Promise<void> {
  await unit.db
    .$extendTables<Tables>()
    .insertInto('platform.job')
    .values({
      branch_id: job.branchId,
      job_id: job.jobId,
      kind: job.kind,
      input: JSON.stringify(job.input),
      state: job.state,
      started_by: job.startedBy,
      created_at: job.createdAt,
    } as never)
    .execute()
}

/** This try of the job, as long as it has not ended. */
const isUnfinished = ({ branchId, jobId, tries }: JobRow) =>
  sql`(branch_id, job_id, tries) = (${branchId}, ${jobId}, ${tries}) and finished_at is null`

/** Answers with when it was asked to cancel the job, as far as that is committed by now. */
export async function startJob(unit: Unit, job: JobRow): Promise<Date | null> {
  const { rows } = await sql<{ askedAt: Date | null }>`
    update platform.job set state = 'running'
     where ${isUnfinished(job)}
    returning cancel_asked_at as "askedAt"
  `.execute(unit.db)
  return rows[0]?.askedAt ?? null
}

/** A job that has ended is left as it is. */
export async function askToCancel(unit: Unit, job: JobRow): Promise<void> {
  await sql`update platform.job set cancel_asked_at = coalesce(cancel_asked_at, ${unit.now})
    where (branch_id, job_id) = (${job.branchId}, ${job.jobId}) and finished_at is null
  `.execute(unit.db)
}

export async function finishJob(unit: Unit, job: JobRow, outcome: Outcome): Promise<void> {
  const result = outcome.state === 'done' ? storable(outcome.result) : null
  const refusal = outcome.state === 'refused' ? storable(outcome.refusal) : null
  const fault = outcome.state === 'failed' ? outcome.fault : null
  await sql`update platform.job
    set state = ${outcome.state}, result = ${result}, refusal = ${refusal}, fault = ${fault},
        finished_at = ${unit.now}
    where ${isUnfinished(job)}
  `.execute(unit.db)
}

/** JSON as jsonb takes it: without the sign NUL, and without halves of signs. */
function storable(value: object): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'string' ? part.toWellFormed().replaceAll('\0', '') : part,
  )
}

export async function selectJob(
  unit: Unit,
  branchId: string,
  jobId: string,
): Promise<JobRow | undefined> {
  const { rows } = await sql<JobRow>`select ${COLUMNS} from platform.job
    where (branch_id, job_id) = (${branchId}, ${jobId})`.execute(unit.db)
  return rows[0]
}

export async function selectUnfinished(unit: Unit): Promise<JobRow[]> {
  const { rows } = await sql<JobRow>`select ${COLUMNS} from platform.job
    where finished_at is null order by created_at, job_id`.execute(unit.db)
  return rows
}

/** What came to nothing in a branch, the latest first. */
export const selectFailed = (
  unit: Unit,
  of: Readonly<{ branchId: string; cursor?: string | undefined; limit: number }>,
) =>
  selectLatestPage<JobRow & { finishedAt: Date }>(unit, {
    columns: COLUMNS,
    from: sql`platform.job`,
    where: sql`branch_id = ${of.branchId} and state in ('failed', 'refused')`,
    ...{ at: sql`finished_at`, id: sql`job_id::text` },
    markOf: ({ finishedAt, jobId }) => ({ at: finishedAt, id: jobId }),
    ...{ cursor: of.cursor, limit: of.limit },
  })

/** Lets a job that came to nothing wait for its turn again; undefined where it did not. */
export async function requeueJob(
  unit: Unit,
  { branchId, jobId }: Readonly<{ branchId: string; jobId: string }>,
): Promise<JobRow | undefined> {
  const { rows } = await sql<JobRow>`
    update platform.job
       set state = 'queued', tries = tries + 1, refusal = null, fault = null, finished_at = null,
           cancel_asked_at = null
     where (branch_id, job_id) = (${branchId}, ${jobId}) and state in ('failed', 'refused')
    returning ${COLUMNS}
  `.execute(unit.db)
  return rows[0]
}

/** Removes up to `limit` of the jobs that ended before an instant; of which branches they were. */
export async function deleteEnded(
  unit: Unit,
  { before, limit }: Readonly<{ before: Date; limit: number }>,
): Promise<string[]> {
  const { rows } = await sql<{ branchId: string }>`
    delete from platform.job
     where (branch_id, job_id) in (
             select branch_id, job_id from platform.job where finished_at < ${before}
              order by finished_at limit ${limit})
       and finished_at < ${before}
    returning branch_id as "branchId"
  `.execute(unit.db)
  return rows.map(({ branchId }) => branchId)
}
