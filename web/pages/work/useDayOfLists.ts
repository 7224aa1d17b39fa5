import { usePlace } from '../../place.ts'
import { dayOfLists } from '../plan/latest.ts'
import { useLatestPlans } from '../plan/useLatestPlans.ts'

/** The day of the address, else the day whose lists people want to see; undefined while unknown. */
export function useDayOfLists(asked: string | undefined): string | undefined {
  const { branchId, today } = usePlace()
  const plans = useLatestPlans(branchId)
  if (asked) return asked
  if (plans.error) return today
  return plans.data && dayOfLists(plans.data.rows, today)
}
