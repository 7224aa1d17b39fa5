import { cancelJob, readJob } from '#contract/jobs.ts'
import { readBranch } from '#people'
import type { Http } from '#platform/http.ts'
import type { Jobs } from '#platform/jobs.ts'

/** How far a piece of work is, and how to stop it; whatever module works on it. */
export function jobRoutes(http: Http, jobs: Jobs): void {
  http.serve(readJob, async (unit, { branchId, jobId }) => {
    await readBranch(unit, branchId)
    return jobs.read(unit, branchId, jobId)
  })
  http.serve(cancelJob, async (unit, { branchId, jobId }) => {
    await readBranch(unit, branchId)
    await jobs.cancel(unit, branchId, jobId)
    return { done: true as const }
  })
}
