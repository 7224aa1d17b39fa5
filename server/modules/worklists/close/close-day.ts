import type { z } from 'zod'
import type { CloseOutcome, closeDay } from '#contract/close.ts'
import { mayDoAt, type StaffOn, unitNames } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { addDays, type Day, dayOf } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { holdPlansOn } from '../hands/again-store.ts'
import { moveTasks } from '../hands/hand-store.ts'
import { readReceiver } from '../hands/reassign.ts'
import { type Account, insertAccounts, sayCarried, withdrawTasks } from './account-store.ts'
import { countOrders, insertClose, type ToClose, takeTurn } from './close-store.ts'
import { countsOf, outcomeOf, timesOf } from './counts.ts'
import { readCloses, readUnits, tasksToClose } from './read-close.ts'
import { unfitFor } from './unfit-for.ts'

type Asked = z.output<typeof closeDay.body>
type Receivers = ReadonlyMap<string, StaffOn>

/**
 * Closes the day of the people of a unit: each open task goes where it was decided, all of them in this
 * unit of work or none. Those of units below that closed before are theirs. Where the household of a
 * task that is to go onto the next day is on a list of it already, the task is dropped as `covered`;
 * where it may not be met then, as `may-not-be-met`.
 * @throws Refusal `branch-unknown`, `unit-unknown`, `not-allowed`, `day-not-begun`,
 * `day-closed-already`, `tasks-left`, `decision-twice`, `task-unknown`, `staff-unknown`,
 * `staff-cannot-work-tasks`
 */
export async function closeDayOf(
  unit: Unit,
  works: Works,
  { branchId }: Readonly<{ branchId: string }>,
  asked: Asked,
): Promise<void> {
  const of = { branchId, unitId: asked.unit, day: asked.date }
  const staffUnitIds = await readUnits(unit, of)
  await mayDoAt(unit, of.unitId, 'task:assign')
  const today = dayOf(unit.now)
  if (of.day > today) throw new Refusal('conflict', 'day-not-begun', { date: of.day })
  await takeTurn(unit, of)
  const { above } = await readCloses(unit, of)
  if (above) {
    const units = await unitNames(unit, branchId)
    const name = units.get(above.unitId)?.name ?? above.unitId
    throw new Refusal('conflict', 'day-closed-already', { date: of.day, unit: name })
  }
  const next = of.day === today ? addDays(today, 1) : today
  for (const day of [of.day, next]) await holdPlansOn(unit, { branchId, day })
  const tasks = await tasksToClose(unit, of, { staffUnitIds, isHeld: true })
  const decided = decisionsOn(tasks, asked)
  const receivers = await receiversOf(unit, { branchId, next }, decided)
  const accounts = await accountFor(unit, works, { branchId, next }, { tasks, decided })
  await carryOut(unit, { branchId, day: of.day, next }, { tasks, accounts, receivers })
  const orders = await countOrders(unit, { ...of, taskIds: tasks.map(({ taskId }) => taskId) })
  const counts = countsOf(
    accounts.map(({ outcome }) => outcome),
    orders,
  )
  await insertClose(unit, of, counts)
  await insertAccounts(unit, of, accounts)
  audit(unit, {
    ...{ branchId, action: 'day.closed', about: { kind: 'unit', id: of.unitId } },
    values: {
      ...{ day: of.day, tasks: counts.planned, carriedOver: counts.carried + counts.given },
      ...{ takenBack: counts.takenBack, dropped: counts.dropped },
    },
  })
}

/** What was decided on each open task. */
function decisionsOn(tasks: readonly ToClose[], { decisions, rest }: Asked) {
  const told = new Map<string, CloseOutcome>()
  for (const { taskId, what } of decisions) {
    if (told.has(taskId)) throw new Refusal('invalid', 'decision-twice', { task: taskId })
    told.set(taskId, what)
  }
  const known = new Set(tasks.map(({ taskId }) => taskId))
  const unknown = decisions.find(({ taskId }) => !known.has(taskId))
  if (unknown) throw new Refusal('not-found', 'task-unknown', { task: unknown.taskId })
  const decided = new Map<string, CloseOutcome>()
  const open = tasks.filter((task) => outcomeOf(task) === null)
  for (const { taskId } of open) {
    const what = told.get(taskId) ?? rest
    if (what) decided.set(taskId, what)
  }
  const count = open.length - decided.size
  if (count > 0) throw new Refusal('conflict', 'tasks-left', { count })
  return decided
}

type Decided = ReadonlyMap<string, CloseOutcome>

async function receiversOf(
  unit: Unit,
  { branchId, next }: Readonly<{ branchId: string; next: Day }>,
  decided: Decided,
): Promise<Receivers> {
  const receivers = new Map<string, StaffOn>()
  for (const what of decided.values())
    if (what.outcome === 'given' && !receivers.has(what.to))
      receivers.set(what.to, await readReceiver(unit, branchId, what.to, next))
  return receivers
}

async function accountFor(
  unit: Unit,
  works: Works,
  { branchId, next }: Readonly<{ branchId: string; next: Day }>,
  { tasks, decided }: Readonly<{ tasks: readonly ToClose[]; decided: Decided }>,
): Promise<Account[]> {
  const going = tasks.filter(({ taskId }) => {
    const outcome = decided.get(taskId)?.outcome
    return outcome === 'next-day' || outcome === 'given'
  })
  const unfit = await unfitFor(unit, works, { branchId, day: next, tasks: going })
  return tasks.map((task) => {
    const { taskId, subscriberId, unitId, assigneeUnitId, assigneeId: staffId } = task
    const nothing = { toStaff: null, times: null, reason: null, note: null }
    const same = { taskId, subscriberId, unitId, assigneeUnitId, staffId, ...nothing }
    const what = decided.get(taskId)
    if (!what) return { ...same, outcome: outcomeOf(task) ?? 'taken_back' }
    if (what.outcome === 'taken-back') return { ...same, outcome: 'taken_back' }
    if (what.outcome === 'dropped') {
      const note = what.reason === 'other' ? what.note : null
      return { ...same, outcome: 'dropped', reason: what.reason, note }
    }
    const found = unfit.get(taskId)
    if (found) return { ...same, outcome: 'dropped', reason: found }
    const times = timesOf(task) + 1
    if (what.outcome === 'next-day' || what.to === staffId)
      return { ...same, outcome: 'carried', times }
    return { ...same, outcome: 'given', times, toStaff: what.to }
  })
}

/** Puts each task that was open where its account says. */
async function carryOut(
  unit: Unit,
  { branchId, day, next }: Readonly<{ branchId: string; day: Day; next: Day }>,
  {
    tasks,
    accounts,
    receivers,
  }: Readonly<{ tasks: readonly ToClose[]; accounts: readonly Account[]; receivers: Receivers }>,
): Promise<void> {
  const open = new Set(tasks.flatMap((task) => (outcomeOf(task) ? [] : [task.taskId])))
  const those = (outcome: Account['outcome']) =>
    accounts.filter((account) => open.has(account.taskId) && account.outcome === outcome)
  const [carried, given] = [those('carried'), those('given')]
  const kept = carried.map(({ taskId, staffId, assigneeUnitId }) => ({
    ...{ taskId, to: { staffId, unitId: assigneeUnitId } },
  }))
  const handed = given.map(({ taskId, toStaff }) => {
    const receiver = receivers.get(toStaff ?? '')
    return { taskId, to: receiver ? { staffId: receiver.staffId, unitId: receiver.unitId } : null }
  })
  await moveTasks(unit, { branchId, why: 'carried', day: next }, kept)
  await moveTasks(unit, { branchId, why: 'reassigned', day: next }, handed)
  const back = those('taken_back').map(({ taskId }) => ({ taskId, to: null }))
  await moveTasks(unit, { branchId, why: 'taken-back' }, back)
  await withdrawTasks(unit, { branchId, taskIds: those('dropped').map(({ taskId }) => taskId) })
  await sayCarried(unit, { branchId, day }, [...carried, ...given])
}
