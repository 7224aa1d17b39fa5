import { staffNames } from '#people'
import type { Unit } from '#platform/unit.ts'
import { residentsOf } from '#subscribers'
import { selectFollowUp } from './follow-up-store.ts'

/**
 * The day on which somebody said they would meet a household again, and who; null where nobody did,
 * or where the household was met since. Who works outside the scope is known by number alone.
 */
export async function followUpOf(
  unit: Unit,
  { branchId, householdId }: Readonly<{ branchId: string; householdId: string }>,
) {
  const residents = await residentsOf(unit, branchId, [householdId])
  const subscriberIds = residents.map((each) => each.subscriberId)
  const found = await selectFollowUp(unit, { branchId, householdId, subscriberIds })
  if (!found) return null
  const { on, staffId } = found
  if (staffId === null) return { on, staffName: null }
  return { on, staffName: (await staffNames(unit, branchId, [staffId])).get(staffId) ?? staffId }
}
