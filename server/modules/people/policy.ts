import { ACTIONS as NAMED } from '#contract/permissions.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Actor, Unit } from '#platform/unit.ts'
import { ACTIONS, type Action } from './roles.ts'
import { selectUnitsInScope } from './store.ts'
import { readBranch } from './units.ts'

/** Refuses what none of the actor’s roles allows. The system, which runs jobs, may do everything. */
export function mayDo(actor: Actor, action: Action): void {
  if (actor.kind !== 'system' && !actor.can.has(action))
    throw new Refusal('forbidden', 'not-allowed', { action })
}

/**
 * For what concerns a whole branch and is done by the system then, such as imports and plans: the
 * action must be allowed, and the branch itself be in scope, not just a hall of it.
 * @throws Refusal `branch-unknown`, `not-allowed`.
 */
export async function mayDoInBranch(unit: Unit, branchId: string, action: Action): Promise<void> {
  mayDo(unit.actor, action)
  await readBranch(unit, branchId)
  if (!(await selectUnitsInScope(unit)).includes(branchId))
    throw new Refusal('forbidden', 'not-allowed', { action })
}

/** What the actor may do, for the `can` of a list: faces disable the rest, with the reason. */
export function abilities(actor: Actor): Action[] {
  return ACTIONS.filter((action) => actor.kind === 'system' || actor.can.has(action))
}

/**
 * What the actor may do in a branch: whoever works in a part of it keeps only what is done to rows
 * in scope, and not what `mayDoInBranch` asks of the whole. @throws Refusal `branch-unknown`.
 */
export async function abilitiesInBranch(unit: Unit, branchId: string): Promise<Action[]> {
  await readBranch(unit, branchId)
  const whole = (await selectUnitsInScope(unit)).includes(branchId)
  return abilities(unit.actor).filter((action) => whole || !NAMED[action].whole)
}
