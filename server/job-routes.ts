import { Day } from '#contract/endpoint.ts'
import { cancelJob, type FailedJob, listFailedJobs, readJob, retryJob } from '#contract/jobs.ts'
import type { Sentence } from '#contract/language.ts'
import { sentencesOf } from '#contract/refusals.ts'
import { type Action, mayDoInBranch, namePeople, readBranch } from '#people'
import type { Http } from '#platform/http.ts'
import type { JobInput, JobKind, Jobs } from '#platform/jobs.ts'
import type { Unit } from '#platform/unit.ts'
import { importTakes } from '#subscribers'

/** How far a piece of work is, how to stop it, and what to do where it came to nothing. */
export function jobRoutes(http: Http, jobs: Jobs): void {
  http.serve(readJob, async (unit, { branchId, jobId }) => {
    await readBranch(unit, branchId)
    return jobs.read(unit, branchId, jobId)
  })
  http.serve(cancelJob, async (unit, { branchId, jobId }) => {
    await readBranch(unit, branchId)
    const { kind, startedBy, input } = await jobs.order(unit, branchId, jobId)
    if (startedBy !== unit.actor.id) await mayDoInBranch(unit, branchId, TAKES[kind](input))
    await jobs.cancel(unit, branchId, jobId)
    return { done: true as const }
  })
  http.serve(listFailedJobs, async (unit, of) => {
    await mayDoInBranch(unit, of.branchId, 'job:retry')
    const { rows, ...page } = await jobs.listFailed(unit, of)
    return { rows: await shownFailed(unit, rows), ...page }
  })
  http.serve(retryJob, async (unit, { branchId, jobId }) => {
    await mayDoInBranch(unit, branchId, 'job:retry')
    return jobs.tryAgain(unit, { branchId, jobId })
  })
}

/** What it takes to have a job of a kind done, and so to stop one that somebody else ordered. */
const TAKES: Readonly<Record<JobKind, (input: JobInput) => Action>> = {
  import: ({ kind }) => importTakes(String(kind)),
  withdraw: () => 'import:write',
  plan: () => 'plan:make',
  publish: () => 'plan:publish',
  export: () => 'export:approve',
  erase: () => 'subject:approve',
}

async function shownFailed(unit: Unit, rows: readonly FailedRow[]): Promise<FailedJob[]> {
  const whoIs = await namePeople(
    unit,
    rows.map(({ startedBy }) => startedBy),
  )
  return rows.map(({ jobId, kind, input, refusal, fault, ...row }) => ({
    ...{ jobId, kind, tries: row.tries },
    day: Day.safeParse(input.day ?? input.date).data ?? null,
    state: refusal ? 'refused' : 'failed',
    because: refusal ? sentencesOf(refusal.code, refusal.values) : ofFault(fault ?? 'unknown'),
    orderedBy: whoIs(row.startedBy),
    finishedAt: row.finishedAt.toISOString(),
  }))
}
type FailedRow = Awaited<ReturnType<Jobs['listFailed']>>['rows'][number]

const ofFault = (fault: string): Sentence => ({
  zh: `系统错误（${fault}），详情见服务日志`,
  en: `A fault of the program (${fault}); the log of the server says more`,
})
