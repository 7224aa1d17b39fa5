import assert from 'node:assert/strict'
import type { Unit } from '#platform/unit.ts'
import { insertDormantDays } from './store.ts'

/** Sets after how many days without use a subscriber of the branch counts as dormant. */
export async function saveDormantDays(unit: Unit, branchId: string, days: number): Promise<void> {
  assert(Number.isInteger(days) && days >= 1 && days <= 1000, `days: ${days}`)
  await insertDormantDays(unit, branchId, days)
}
