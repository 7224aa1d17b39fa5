import type { z } from 'zod'
import type { reassignTasks, takeBackTasks } from '#contract/tasks.ts'
import { actionsAt, mayDo, mayDoAt, readBranch, type StaffOn, staffOn } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { type Day, dayOf } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import { mayReadTask, readerOf } from '../policy.ts'
import { tell } from '../reasons.ts'
import { holdPlansOf, selectLapsed } from './again-store.ts'
import { type Held, lockTasks, moveTasks } from './hand-store.ts'
import { mustWorkTasks } from './takers.ts'

type InBranch = Readonly<{ branchId: string }>

/**
 * Gives open tasks, and those that were taken back, to somebody else of a unit that the actor leads.
 * What was closed meanwhile stays, and what is of a day or a plan that is over while the household is
 * on a list of the day already; the answer says so.
 * @throws Refusal `branch-unknown`, `task-unknown`, `staff-unknown`, `staff-cannot-work-tasks`,
 * `not-allowed`
 */
export async function reassignTasksTo(
  unit: Unit,
  { branchId }: InBranch,
  { taskIds, to }: z.output<typeof reassignTasks.body>,
) {
  await readBranch(unit, branchId)
  const { staffId, unitId } = await readReceiver(unit, branchId, to)
  await holdPlansOf(unit, { branchId, taskIds })
  const held = await lockLed(unit, branchId, taskIds)
  const known = await selectLapsed(unit, { branchId, taskIds })
  const lapsed = new Map(known.map((task) => [task.taskId, task]))
  const why = (task: Held) => whyNotOpen(task, ['open', 'taken_back']) ?? whyNotGiven(task)
  const whyNotGiven = ({ taskId, state, assigneeId }: Held) => {
    const again = lapsed.get(taskId)
    if (again) return again.isTwice ? 'household-on-list' : null
    return state === 'open' && assigneeId === staffId ? 'task-theirs' : null
  }
  const { going, answer } = partOf(unit, held, why)
  const steps = going.map(({ taskId }) => ({ taskId, to: { staffId, unitId } }))
  await moveTasks(unit, { branchId, why: 'reassigned' }, steps)
  if (going.length > 0)
    audit(unit, {
      ...{ branchId, action: 'task.reassigned', about: { kind: 'staff', id: staffId } },
      values: { tasks: going.length },
    })
  return answer
}

/**
 * Takes open tasks back: they are on nobody’s list until they are given to somebody.
 * @throws Refusal `branch-unknown`, `task-unknown`, `not-allowed`
 */
export async function takeTasksBack(
  unit: Unit,
  { branchId }: InBranch,
  { taskIds }: z.output<typeof takeBackTasks.body>,
) {
  await readBranch(unit, branchId)
  const held = await lockLed(unit, branchId, taskIds)
  const { going, answer } = partOf(unit, held, (task) => whyNotOpen(task, ['open']))
  const steps = going.map(({ taskId }) => ({ taskId, to: null }))
  await moveTasks(unit, { branchId, why: 'taken-back' }, steps)
  for (const [staffId, own] of Map.groupBy(going, ({ assigneeId }) => assigneeId))
    audit(unit, {
      ...{ branchId, action: 'task.taken-back', about: { kind: 'staff', id: staffId } },
      values: { tasks: own.length },
    })
  return answer
}

/**
 * Somebody of the branch on a day, by default today, in a unit that the actor leads.
 * @throws Refusal `staff-unknown`, `not-allowed`
 */
export async function readLed(
  unit: Unit,
  branchId: string,
  staffId: string,
  day: Day = dayOf(unit.now),
): Promise<StaffOn> {
  const people = await staffOn(unit, branchId, day)
  const person = people.find((each) => each.staffId === staffId)
  if (!person) throw new Refusal('not-found', 'staff-unknown', { staff: staffId })
  await mayDoAt(unit, person.unitId, 'task:assign')
  return person
}

/**
 * The same of somebody who is to be given tasks.
 * @throws Refusal `staff-unknown`, `not-allowed`, `staff-cannot-work-tasks`
 */
export const readReceiver = async (...of: Parameters<typeof readLed>): Promise<StaffOn> =>
  mustWorkTasks(await readLed(...of))

/** Tasks of which the actor leads the household’s unit or the assignee’s; all of them, or none. */
async function lockLed(unit: Unit, branchId: string, ids: readonly string[]): Promise<Held[]> {
  mayDo(unit.actor, 'task:assign')
  const taskIds = [...new Set(ids)]
  const held = await lockTasks(unit, { branchId, taskIds })
  const reader = await readerOf(unit)
  const seen = new Set(held.filter((task) => mayReadTask(reader, task)).map(({ taskId }) => taskId))
  const unknown = taskIds.find((taskId) => !seen.has(taskId))
  if (unknown !== undefined) throw new Refusal('not-found', 'task-unknown', { task: unknown })
  await mustLead(
    unit,
    held.map((task) => [task.unitId, task.assigneeUnitId]),
  )
  return held
}

/** Refuses unless the actor leads one unit of each of these groups. @throws Refusal `not-allowed` */
export async function mustLead(unit: Unit, groups: readonly (readonly string[])[]): Promise<void> {
  const units = new Map<string, boolean>()
  const leads = async (unitId: string) => {
    const known = units.get(unitId) ?? (await actionsAt(unit, unitId)).has('task:assign')
    units.set(unitId, known)
    return known
  }
  for (const group of groups) {
    let isLed = false
    for (const unitId of group) isLed ||= await leads(unitId)
    if (!isLed) throw new Refusal('forbidden', 'not-allowed', { action: 'task:assign' })
  }
}

type WhyNot = 'task-closed' | 'task-not-open' | 'task-theirs' | 'household-on-list'

function whyNotOpen({ state, closedBy }: Held, open: readonly Held['state'][]): WhyNot | null {
  if (closedBy !== null) return 'task-closed'
  return open.includes(state) ? null : 'task-not-open'
}

function partOf(unit: Unit, held: readonly Held[], whyNot: (task: Held) => WhyNot | null) {
  const told = held.map((task) => ({ task, code: whyNot(task) }))
  const going = told.filter(({ code }) => code === null).map(({ task }) => task)
  const left = told.flatMap(({ task, code }) =>
    code === null
      ? []
      : [{ taskId: task.taskId, because: tell({ code, values: {} }, dayOf(unit.now)) }],
  )
  return { going, answer: { taskIds: going.map(({ taskId }) => taskId), left } }
}
