import { listPlans } from '#contract/plans.ts'
import { useAnswer } from '../../ask.ts'

/** The plans of a branch as pages ask for them, latest first. */
export function useLatestPlans(branchId: string) {
  return useAnswer(listPlans, { params: { branchId }, query: { limit: 40 } })
}
