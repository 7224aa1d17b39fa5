import { mayDoInBranch } from '#people'
import type { Unit } from '#platform/unit.ts'

/** The calendar of a branch is everybody’s to read there, and for few to change: never for a part. */
export function mayEdit(unit: Unit, branchId: string): Promise<void> {
  return mayDoInBranch(unit, branchId, 'calendar:write')
}
