import { audit } from './audit/audit.ts'
import { deleteEnded } from './job-store.ts'
import type { Works } from './works.ts'

/** So many are removed in one unit. */
const BATCH = 1_000
const DAY_MS = 86_400_000

/**
 * Removes the jobs that ended more than `days` days ago; how many. The trail of their branch has how
 * many were removed, and has had for good what each of them did.
 */
export async function forgetJobs(
  { run, system, clock }: Works,
  days: number,
  batch = BATCH,
): Promise<number> {
  const before = new Date(clock().getTime() - days * DAY_MS)
  let removed = 0
  for (;;) {
    const branches = await run(system, async (unit) => {
      const deleted = await deleteEnded(unit, { before, limit: batch })
      for (const [branchId, jobs] of Map.groupBy(deleted, (of) => of))
        audit(unit, {
          ...{ branchId, action: 'job.forgotten' },
          values: { count: jobs.length, keptDays: days },
        })
      return deleted
    })
    removed += branches.length
    if (branches.length < batch) return removed
  }
}
