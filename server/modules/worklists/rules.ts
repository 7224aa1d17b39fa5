import { mayDoInBranch } from '#people'
import type { Unit } from '#platform/unit.ts'
import type { PlanRules } from './assignment.ts'
import { insertRules, selectRules } from './store.ts'

/** What holds for a branch that has said nothing else. */
const USUAL: PlanRules = { mayOverflow: true }

export async function readRules(unit: Unit, branchId: string): Promise<PlanRules> {
  return (await selectRules(unit, branchId)) ?? USUAL
}

/** Says how the branch wants its next plans made; plans that are made stay as they are. */
export async function setRules(unit: Unit, branchId: string, rules: PlanRules): Promise<void> {
  await mayDoInBranch(unit, branchId, 'settings:write')
  await insertRules(unit, branchId, rules)
}
