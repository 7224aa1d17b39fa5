import type { z } from 'zod'
import type { splitTasks } from '#contract/tasks.ts'
import { mayDoAt, readBranch, type StaffOn, unitNames } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { type Day, dayOf } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import { residentsOf } from '#subscribers'
import { HANDS_ON } from '../crews.ts'
import { divideAmong } from '../divide.ts'
import { divideBySubscribers } from '../divide-subscribers.ts'
import { stopsOf } from '../lists.ts'
import { selectPublished } from '../store.ts'
import type { TaskRow } from '../task.ts'
import { selectList } from '../task-store.ts'
import { selectLapsed } from './again-store.ts'
import { lockTasks, moveTasks, selectWorkOn, type WorkOn } from './hand-store.ts'
import { readLed, readReceiver } from './reassign.ts'
import { crewOn, roomOf, takerOf } from './takers.ts'

type Asked = z.output<typeof splitTasks.body>

/**
 * Divides what a person, or the crew of a unit, has open on a day among people whom the actor leads, by
 * default those of the unit who work then: evenly by what each can do, or by the number of subscribers;
 * within what each has room for, villages whole as far as they can be.
 * @throws Refusal `branch-unknown`, `split-of-one`, `staff-unknown`, `staff-cannot-work-tasks`,
 * `unit-unknown`, `not-allowed`
 */
export async function splitTasksOf(
  unit: Unit,
  { branchId }: Readonly<{ branchId: string }>,
  asked: Asked,
) {
  const { from, date, by, dryRun } = asked
  await readBranch(unit, branchId)
  const unitId = await unitOf(unit, branchId, asked)
  const crew = await takersOf(unit, branchId, { ...asked, unitId })
  const tasks = await openTasksOf(unit, { branchId, day: date, from, unitId })
  const unitIds = [...new Set(crew.map((person) => person.unitId))]
  const parted = new Set(tasks.map(({ taskId }) => taskId))
  const all = await selectWorkOn(unit, { branchId, day: date, unitIds })
  const work = all.filter(({ taskId }) => !parted.has(taskId))
  const residents = await residentsIn(unit, branchId, tasks)
  const subscribersOf = ({ householdId }: TaskRow) => residents.get(householdId) ?? 1
  const takes = divided(tasks, crew, { work, by, subscribersOf })
  const shares = crew.map((person) => ({
    person,
    tasks: tasks.filter(({ taskId }) => takes.get(taskId) === person.staffId),
  }))
  if (!dryRun) await hand(unit, { branchId, from, unitId, day: date }, shares)
  return {
    shares: shares.map(({ person, tasks: own }) => ({
      ...{ staffId: person.staffId, staffName: person.name, tasks: own.length },
      room: HANDS_ON.reduce((sum, how) => sum + roomOf(person, how, work), 0),
      subscribers: own.reduce((sum, task) => sum + subscribersOf(task), 0),
      places: placesOf(own),
    })),
    ...{ moved: takes.size, left: tasks.length - takes.size },
  }
}

type Share = Readonly<{ person: StaffOn; tasks: readonly TaskRow[] }>

/** The unit whose work is divided, or that of the person, which the actor leads. */
async function unitOf(unit: Unit, branchId: string, { from, unit: unitId }: Asked) {
  if (from !== null && unitId === null) return (await readLed(unit, branchId, from)).unitId
  if (from !== null || unitId === null) throw new Refusal('invalid', 'split-of-one')
  if (!(await unitNames(unit, branchId)).has(unitId))
    throw new Refusal('not-found', 'unit-unknown', { unit: unitId })
  await mayDoAt(unit, unitId, 'task:assign')
  return unitId
}

/** Among whom: those named, each of whom the actor leads, or who of the unit works on the day. */
async function takersOf(
  unit: Unit,
  branchId: string,
  { among, from, date: day, unitId }: Asked & Readonly<{ unitId: string }>,
): Promise<StaffOn[]> {
  if (among === null) {
    const all = await crewOn(unit, { branchId, unitId, day })
    return all.filter(({ staffId }) => staffId !== from)
  }
  const people: StaffOn[] = []
  for (const staffId of new Set(among))
    people.push(await readReceiver(unit, branchId, staffId, day))
  return people
}

type How = Readonly<{
  work: readonly WorkOn[]
  by: Asked['by']
  subscribersOf: (task: TaskRow) => number
}>

/** Who takes each task, touchpoint by touchpoint: what somebody can do is told by touchpoint. */
function divided(
  tasks: readonly TaskRow[],
  crew: readonly StaffOn[],
  { work, by, subscribersOf }: How,
): ReadonlyMap<string, string> {
  const divide = by === 'subscribers' ? divideBySubscribers : divideAmong
  const parts = HANDS_ON.map((touchpoint) =>
    divide(
      tasks
        .filter((task) => task.touchpoint === touchpoint)
        .map((task) => ({
          ...{ taskId: task.taskId, town: task.townName, place: task.placeName },
          ...{ priority: task.priority, route: task.visitOrder, subscribers: subscribersOf(task) },
        })),
      crew.map((person) => takerOf(person, touchpoint, work)),
    ),
  )
  return new Map(parts.flatMap((part) => [...part]))
}

/** Of a day: the open work of a person, or where that is null of everybody of the unit. */
type OfWork = Readonly<{ branchId: string; from: string | null; unitId: string; day: Day }>

async function hand(
  unit: Unit,
  { branchId, from, unitId, day }: OfWork,
  shares: readonly Share[],
): Promise<void> {
  // What is theirs already stays where it is.
  const others = shares.map(({ person, tasks }) => ({
    ...{ person, tasks: tasks.filter(({ assigneeId }) => assigneeId !== person.staffId) },
  }))
  const steps = others.flatMap(({ person: { staffId, unitId }, tasks }) =>
    tasks.map(({ taskId }) => ({ taskId, to: { staffId, unitId } })),
  )
  await moveTasks(unit, { branchId, why: 'split' }, steps)
  for (const { person, tasks } of others.filter((share) => share.tasks.length > 0))
    audit(unit, {
      ...{ branchId, action: 'task.reassigned', about: { kind: 'staff', id: person.staffId } },
      values: { tasks: tasks.length, ...(from ? { person: from } : { unit: unitId }), day },
    })
}

/** Each village once, in order of the first visit. */
function placesOf(tasks: readonly TaskRow[]) {
  const stops = stopsOf(tasks).map(({ town, place }) => ({ town, place }))
  return [...new Map(stops.map((stop) => [`${stop.town}\n${stop.place}`, stop])).values()]
}

/** How many subscribers live in each household of these tasks. */
async function residentsIn(unit: Unit, branchId: string, tasks: readonly TaskRow[]) {
  const homes = [...new Set(tasks.map(({ householdId }) => householdId))]
  const residents = await residentsOf(unit, branchId, homes)
  const byHome = Map.groupBy(residents, ({ householdId }) => householdId)
  return new Map([...byHome].map(([householdId, own]) => [householdId, own.length]))
}

/** Held until the unit ends: what was closed a moment ago is not among them. */
async function openTasksOf(
  unit: Unit,
  { branchId, from: staffId, unitId, day }: OfWork,
): Promise<TaskRow[]> {
  const plan = await selectPublished(unit, { branchId, day })
  const listed = await selectList(unit, {
    ...{ branchId, planId: plan?.planId ?? null, day, today: dayOf(unit.now), state: 'open' },
    ...{ unitIds: null, assigneeId: staffId, reader: null, campaign: null, touchpoint: null },
  })
  const tasks = listed.filter((task) => staffId !== null || task.assigneeUnitId === unitId)
  const taskIds = tasks.map(({ taskId }) => taskId)
  const held = await lockTasks(unit, { branchId, taskIds })
  // Of a day that is over only what nobody sees to already goes on.
  const lapsed = await selectLapsed(unit, { branchId, taskIds })
  const twice = new Set(lapsed.flatMap(({ taskId, isTwice }) => (isTwice ? [taskId] : [])))
  const open = new Set(
    held.flatMap(({ taskId, state, assigneeId, assigneeUnitId }) => {
      const isOf = staffId === null ? assigneeUnitId === unitId : assigneeId === staffId
      return state === 'open' && isOf && !twice.has(taskId) ? [taskId] : []
    }),
  )
  return tasks.filter(({ taskId }) => open.has(taskId))
}
