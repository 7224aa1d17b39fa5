import { z } from 'zod'
import type { Jobs } from '#platform/jobs.ts'
import type { Works } from '#platform/works.ts'
import { makePlan } from './make-plan.ts'
import { publishPlan } from './publish-plan.ts'

const ToMake = z.object({ day: z.string() })
const ToPublish = z.object({ planId: z.string() })

/** Both kinds of work may be cut short at any moment and begun again: what is done is found done. */
export function handleJobs(works: Works, jobs: Jobs): void {
  jobs.handle('plan', async ({ branchId, input, actor }, watch) => {
    const { planId, counts } = await makePlan(
      works,
      { branchId, day: ToMake.parse(input).day, by: actor },
      watch,
    )
    const { candidates, assigned } = counts
    return { planId, candidates, assigned }
  })
  jobs.handle('publish', async ({ branchId, input, actor }, watch) => {
    const { planId } = ToPublish.parse(input)
    await publishPlan(works, { branchId, planId, by: actor }, watch)
    return { planId }
  })
}
