import { endHold, openDoor, readCardAnywhere } from '#contacts'
import { mayDo, readBranch } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { Refusal } from '#platform/refusal.ts'
import { onBehalfOf, type Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { mayReadTask, readerOf } from './policy.ts'
import { presentedBy, type TaskRow } from './task.ts'
import { selectTask } from './task-store.ts'

type OfTask = Readonly<{ branchId: string; taskId: string }>

/**
 * Asks, before the actor goes to a task of their own, whether its household may be met now, and keeps
 * it for them for half an hour where it may: whoever else opens it is told who is there. A household
 * that is closed is told with its reasons, and kept for nobody.
 * @throws Refusal `branch-unknown`, `task-unknown`, `task-not-yours`, `task-not-open`,
 * `subscriber-unknown`, `not-for-tokens`
 */
export async function openTask(unit: Unit, works: Works, of: OfTask) {
  const task = await readOwn(unit, works, of)
  if (task.state !== 'open') throw new Refusal('conflict', 'task-not-open', { task: of.taskId })
  const { touchpoint, purpose } = task
  const card = await readCardAnywhere(unit, works, task)
  const intent = { touchpoint, purpose, offer: presentedBy(task) }
  const opening = await openDoor(unit, works, { card, intent })
  audit(unit, {
    ...{ branchId: of.branchId, action: 'task.opened', about: { kind: 'task', id: of.taskId } },
    values: {
      ...{ touchpoint, purpose },
      against: opening.against.map(({ code }) => code).join(' '),
    },
  })
  return { taskId: of.taskId, at: unit.now.toISOString(), touchpoint, ...opening }
}

/** Lets others open the household of an own task, whatever became of it. @throws Refusal as `openTask` */
export async function leaveTask(unit: Unit, works: Works, of: OfTask): Promise<void> {
  const task = await readOwn(unit, works, of)
  const { branchId, householdId } = await readCardAnywhere(unit, works, task)
  await endHold(unit, { branchId, householdId, staffId: unit.actor.id, at: unit.now })
}

/** A task of the actor’s, who may fill in for others: its household may live outside their scope. */
async function readOwn(unit: Unit, works: Works, of: OfTask): Promise<TaskRow> {
  mayDo(unit.actor, 'task:work')
  await readBranch(unit, of.branchId)
  const seen = await selectTask(unit, of)
  const isShown = seen !== undefined && mayReadTask(await readerOf(unit), seen)
  const task = seen ?? (await onBehalfOf(unit, works.system, (own) => selectTask(own, of)))
  const isOwn = task?.assigneeId === unit.actor.id
  if (!task || !(isOwn || isShown))
    throw new Refusal('not-found', 'task-unknown', { task: of.taskId })
  if (!isOwn) throw new Refusal('forbidden', 'task-not-yours', { task: of.taskId })
  return task
}
