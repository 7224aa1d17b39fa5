import { ACTIONS as NAMED } from '#contract/permissions.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Actor, Unit } from '#platform/unit.ts'
import { selectUnitsInScope } from './organisation/unit-store.ts'
import { readBranch } from './organisation/units.ts'
import { ACTIONS, type Action, actionsOf, rolesThat } from './roles.ts'
import {
  selectRolesAt,
  selectRolesOfAt,
  selectUnitsOfRoles,
  selectUnitsOfRolesOf,
  selectUnitsOrganised,
} from './staff/post-store.ts'
import { SYSTEM_ID } from './system-store.ts'

/**
 * Refuses what none of the actor’s roles allows anywhere. The system, which runs jobs, may do
 * everything. Where somebody may hold several posts, ask for the place as well: `mayDoAt`.
 */
export function mayDo(actor: Actor, action: Action): void {
  if (actor.kind !== 'system' && !actor.can.has(action))
    throw new Refusal('forbidden', 'not-allowed', { action })
}

/** What the actor may do in a unit: what the posts in it and above allow; nothing out of scope. */
export async function actionsAt(unit: Unit, unitId: string): Promise<ReadonlySet<string>> {
  const { actor } = unit
  if (actor.kind === 'system') return new Set(ACTIONS)
  if (actor.kind === 'person') return actionsOf(await selectRolesAt(unit, unitId))
  return (await selectUnitsInScope(unit)).includes(unitId) ? actor.can : new Set()
}

/**
 * In whose name the system does something: a person’s, for a job that this person ordered; null
 * for timers and for the command line of whoever owns the data folder, and where a person acts.
 */
export function inWhoseName({ actor }: Unit): string | null {
  return actor.kind === 'system' && actor.id !== SYSTEM_ID ? actor.id : null
}

/** The command line and the timers of whoever owns the data folder: nobody is asked for rights. */
export const isOwnerOfHouse = (unit: Unit): boolean =>
  unit.actor.kind === 'system' && inWhoseName(unit) === null

/**
 * For a job that does to a branch what a person ordered: the person may do so still.
 * @throws Refusal `not-allowed`.
 */
export async function mayDoInName(unit: Unit, branchId: string, action: Action): Promise<void> {
  if (!(await actionsInNameAt(unit, branchId)).has(action))
    throw new Refusal('forbidden', 'not-allowed', { action })
}

/** As `actionsAt`; of a job, what the person in whose name it runs may do there today. */
export async function actionsInNameAt(unit: Unit, unitId: string): Promise<ReadonlySet<string>> {
  const starter = inWhoseName(unit)
  if (starter === null) return actionsAt(unit, unitId)
  return actionsOf(await selectRolesOfAt(unit, starter, unitId))
}

/** The units that the actor, or the person in whose name a job runs, organises. */
export async function unitsOrganised(unit: Unit): Promise<readonly string[]> {
  const starter = inWhoseName(unit)
  if (starter === null) return selectUnitsOrganised(unit)
  return selectUnitsOfRolesOf(unit, starter, rolesThat('organisation:write'))
}

/** The action must be allowed by a post in this unit or above. @throws Refusal `not-allowed`. */
export async function mayDoAt(unit: Unit, unitId: string, action: Action): Promise<void> {
  if (!(await actionsAt(unit, unitId)).has(action))
    throw new Refusal('forbidden', 'not-allowed', { action })
}

/** The units in which the actor may do something: those below the posts that allow it. */
export async function unitsWhere(unit: Unit, action: Action): Promise<readonly string[]> {
  const { actor } = unit
  if (actor.kind === 'token') return actor.can.has(action) ? selectUnitsInScope(unit) : []
  return selectUnitsOfRoles(unit, rolesThat(action))
}

/**
 * For what concerns a whole branch and is done by the system then, such as imports and plans: a post
 * in the branch or above must allow the action, not one in a hall of it.
 * @throws Refusal `branch-unknown`, `not-allowed`.
 */
export async function mayDoInBranch(unit: Unit, branchId: string, action: Action): Promise<void> {
  mayDo(unit.actor, action)
  await readBranch(unit, branchId)
  await mayDoAt(unit, branchId, action)
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
  const here = await actionsAt(unit, branchId)
  return abilities(unit.actor).filter((action) => here.has(action) || !NAMED[action].whole)
}
