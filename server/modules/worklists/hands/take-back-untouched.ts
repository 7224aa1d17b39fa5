import { branchesInScope, unitNames } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { addDays, dayOf } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { lockTasks, moveTasks, selectUntouched } from './hand-store.ts'
import { readTaskRules, TASK_RULES, type TaskRules } from './task-rules.ts'

/** So many tasks are taken back in one transaction. */
const AT_ONCE = 1_000

/**
 * Takes back, in every branch that wants it, what plans gave to people so many days ago and nobody has
 * touched; how many. Cut short, the next turn goes on.
 */
export async function takeBackUntouched({ run, system }: Works): Promise<number> {
  let taken = 0
  for (const branchId of await run(system, branchesInScope))
    for (let some = AT_ONCE; some === AT_ONCE; taken += some)
      some = await run(system, (unit) => takeBackSome(unit, branchId))
  return taken
}

async function takeBackSome(unit: Unit, branchId: string): Promise<number> {
  const { takeBack, takeBackDays } = await rulesOf(unit, branchId)
  if (!takeBack) return 0
  const day = addDays(dayOf(unit.now), 1 - takeBackDays)
  const taskIds = await selectUntouched(unit, { branchId, day, limit: AT_ONCE })
  const held = await lockTasks(unit, { branchId, taskIds })
  const steps = taskIds.map((taskId) => ({ taskId, to: null }))
  await moveTasks(unit, { branchId, why: 'untouched' }, steps)
  for (const [staffId, own] of Map.groupBy(held, ({ assigneeId }) => assigneeId))
    audit(unit, {
      ...{ branchId, action: 'task.taken-back', about: { kind: 'staff', id: staffId } },
      values: { tasks: own.length },
    })
  return taskIds.length
}

/** A branch that is closed has no rules, and keeps its tasks. */
async function rulesOf(unit: Unit, branchId: string): Promise<TaskRules> {
  const units = await unitNames(unit, branchId)
  return units.has(branchId) ? readTaskRules(unit, branchId) : TASK_RULES.usual
}
