import { usePlace } from '../../place.ts'
import { dayOfLists, useLatestPlans } from '../plan/latest.ts'

/** The day of the address, else the day whose lists people want to see; undefined while unknown. */
export function useDayOfLists(asked: string | undefined): string | undefined {
  const { branchId, today } = usePlace()
  const plans = useLatestPlans(branchId)
  if (asked) return asked
  if (plans.error) return today
  return plans.data && dayOfLists(plans.data.rows, today)
}
