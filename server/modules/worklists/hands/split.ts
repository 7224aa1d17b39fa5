import type { z } from 'zod'
import type { splitTasks } from '#contract/tasks.ts'
import { readBranch, type StaffOn } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { type Day, dayOf } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'
import { residentsOf } from '#subscribers'
import { HANDS_ON } from '../crews.ts'
import { divideAmong } from '../divide.ts'
import { stopsOf } from '../lists.ts'
import { selectPublished } from '../store.ts'
import type { TaskRow } from '../task.ts'
import { selectList } from '../task-store.ts'
import { selectLapsed } from './again-store.ts'
import { lockTasks, moveTasks, selectWorkOn, type WorkOn } from './hand-store.ts'
import { readLed } from './reassign.ts'
import { crewOn, roomOf, takerOf } from './takers.ts'

/**
 * Divides what somebody who is away has open on a day among the crew of the same unit who work then,
 * evenly by what each can do, within what each has room for, villages whole as far as they can be.
 * @throws Refusal `branch-unknown`, `staff-unknown`, `not-allowed`
 */
export async function splitTasksOf(
  unit: Unit,
  { branchId }: Readonly<{ branchId: string }>,
  { from, date, dryRun }: z.output<typeof splitTasks.body>,
) {
  await readBranch(unit, branchId)
  const away = await readLed(unit, branchId, from)
  const all = await crewOn(unit, { branchId, unitId: away.unitId, day: date })
  const crew = all.filter(({ staffId }) => staffId !== from)
  const tasks = await openTasksOf(unit, { branchId, staffId: from, day: date })
  const unitIds = [...new Set(crew.map(({ unitId }) => unitId))]
  const work = await selectWorkOn(unit, { branchId, day: date, unitIds })
  const takes = divided(tasks, crew, work)
  const shares = crew.map((person) => ({
    person,
    tasks: tasks.filter(({ taskId }) => takes.get(taskId) === person.staffId),
  }))
  if (!dryRun) await hand(unit, { branchId, from, day: date }, shares)
  const residents = await residentsIn(unit, branchId, tasks)
  return {
    shares: shares.map(({ person, tasks: own }) => ({
      ...{ staffId: person.staffId, staffName: person.name, tasks: own.length },
      room: HANDS_ON.reduce((sum, how) => sum + roomOf(person, how, work), 0),
      subscribers: own.reduce((sum, task) => sum + (residents.get(task.householdId) ?? 1), 0),
      places: placesOf(own),
    })),
    ...{ moved: takes.size, left: tasks.length - takes.size },
  }
}

type Share = Readonly<{ person: StaffOn; tasks: readonly TaskRow[] }>

/** Who takes each task, touchpoint by touchpoint: what somebody can do is told by touchpoint. */
function divided(
  tasks: readonly TaskRow[],
  crew: readonly StaffOn[],
  work: readonly WorkOn[],
): ReadonlyMap<string, string> {
  const parts = HANDS_ON.map((touchpoint) =>
    divideAmong(
      tasks
        .filter((task) => task.touchpoint === touchpoint)
        .map(({ taskId, townName, placeName, priority, visitOrder }) => ({
          ...{ taskId, town: townName, place: placeName, priority, route: visitOrder },
        })),
      crew.map((person) => takerOf(person, touchpoint, work)),
    ),
  )
  return new Map(parts.flatMap((part) => [...part]))
}

async function hand(
  unit: Unit,
  { branchId, from, day }: Readonly<{ branchId: string; from: string; day: Day }>,
  shares: readonly Share[],
): Promise<void> {
  const steps = shares.flatMap(({ person: { staffId, unitId }, tasks }) =>
    tasks.map(({ taskId }) => ({ taskId, to: { staffId, unitId } })),
  )
  await moveTasks(unit, { branchId, why: 'split' }, steps)
  for (const { person, tasks } of shares.filter((share) => share.tasks.length > 0))
    audit(unit, {
      ...{ branchId, action: 'task.reassigned', about: { kind: 'staff', id: person.staffId } },
      values: { tasks: tasks.length, person: from, day },
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
  { branchId, staffId, day }: Readonly<{ branchId: string; staffId: string; day: Day }>,
): Promise<TaskRow[]> {
  const plan = await selectPublished(unit, { branchId, day })
  const tasks = await selectList(unit, {
    ...{ branchId, planId: plan?.planId ?? null, day, today: dayOf(unit.now), state: 'open' },
    ...{ unitIds: null, assigneeId: staffId, reader: null, campaign: null, touchpoint: null },
  })
  const taskIds = tasks.map(({ taskId }) => taskId)
  const held = await lockTasks(unit, { branchId, taskIds })
  // Of a day that is over only what nobody sees to already goes on.
  const lapsed = await selectLapsed(unit, { branchId, taskIds })
  const twice = new Set(lapsed.flatMap(({ taskId, isTwice }) => (isTwice ? [taskId] : [])))
  const open = new Set(
    held.flatMap(({ taskId, state, assigneeId }) =>
      state === 'open' && assigneeId === staffId && !twice.has(taskId) ? [taskId] : [],
    ),
  )
  return tasks.filter(({ taskId }) => open.has(taskId))
}
