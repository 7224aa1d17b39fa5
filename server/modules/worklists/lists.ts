import type { BoardPart } from '#contract/board.ts'
import type { TaskState } from '#contract/tasks.ts'
import { readBranch, staffNames, staffOn, subtreeOf, unitNames, unitsWhere } from '#people'
import { type Day, dayOf } from '#platform/day.ts'
import { orderBy, pageOfRows, readCursor } from '#platform/page.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import { HANDS_ON } from './crews.ts'
import { inOrderOfDay } from './order-of-day.ts'
import { mayReadList, mayReadWhole, readerOf } from './policy.ts'
import type { Page } from './read-plan.ts'
import { selectPublished } from './store.ts'
import type { TaskRow, TasksAsked } from './task.ts'
import { selectList, selectTasks } from './task-store.ts'
import { readTaskContext, taskView, visitView } from './task-view.ts'

const TASK_SORTS = {
  assignee: { sql: `assignee_id || to_char(visit_order, 'FM00000')`, type: 'text' },
  priority: { sql: 'priority', type: 'numeric' },
  dueOn: { sql: 'due_on', type: 'date' },
  unit: { sql: 'unit_id', type: 'text' },
  campaign: { sql: 'campaign', type: 'text' },
} as const

type TasksOf = Readonly<{
  branchId: string
  date: string
  unit?: string | undefined
  assignee?: string | undefined
  campaign?: string | undefined
  touchpoint?: string | undefined
  state?: TaskState | undefined
  part?: BoardPart | undefined
}>

/** The tasks people have on a day, in the actor’s scope. @throws Refusal `branch-unknown`, `sort-unknown`. */
export async function listTasks(unit: Unit, of: TasksOf & Page) {
  await readBranch(unit, of.branchId)
  const order = orderBy(of.sort, TASK_SORTS, 'assignee')
  const mark = readCursor(of.cursor, order.column.type)
  const plan = await selectPublished(unit, { branchId: of.branchId, day: of.date })
  const asked = await askedOf(unit, { ...of, planId: plan?.planId ?? null })
  if (!asked) return { rows: [], next: null, total: 0 }
  const found = await selectTasks(unit, { ...asked, limit: of.limit }, order, mark)
  const page = pageOfRows(found.rows, of.limit, ({ key, taskId }) => ({ value: key, id: taskId }))
  const context = await readTaskContext(unit, of.branchId, {
    ...{ tasks: page.rows, known: plan ? [plan] : [] },
  })
  return {
    rows: page.rows.map((task) => taskView(task, context)),
    next: page.next,
    total: found.total,
  }
}

/** What the store is asked for; undefined where it can be nothing: only messages. */
export async function askedOf(
  unit: Unit,
  of: TasksOf & Readonly<{ planId: string | null }>,
): Promise<TasksAsked | undefined> {
  const touchpoint = HANDS_ON.find((known) => known === of.touchpoint) ?? null
  if (of.touchpoint !== undefined && touchpoint === null) return undefined
  return {
    branchId: of.branchId,
    ...{ planId: of.planId, day: of.date, today: dayOf(unit.now), state: of.state ?? null },
    part: of.part,
    unitIds: of.unit === undefined ? null : await subtreeOf(unit, of.unit),
    assigneeId: of.assignee ?? null,
    reader: await readerOf(unit),
    campaign: of.campaign ?? null,
    touchpoint,
  }
}

/**
 * The list a person holds in the hand: stops in order of visits, a village as the heading of what
 * follows each other there. The day is the one asked for, else today.
 * @throws Refusal `branch-unknown`, `staff-unknown`, `not-allowed`.
 */
export async function readPersonList(
  unit: Unit,
  of: Readonly<{ branchId: string; staffId: string; date?: string | undefined }>,
) {
  await readBranch(unit, of.branchId)
  mayReadList(unit.actor, of)
  const day = of.date ?? dayOf(unit.now)
  const names = await staffNames(unit, of.branchId, [of.staffId])
  const name = names.get(of.staffId)
  if (name === undefined) throw new Refusal('not-found', 'staff-unknown', { staff: of.staffId })
  const plan = await selectPublished(unit, { branchId: of.branchId, day })
  const person = { staffId: of.staffId, name, unitName: await postOf(unit, of, day) }
  const today = dayOf(unit.now)
  const tasks = await selectList(unit, {
    ...{ branchId: of.branchId, planId: plan?.planId ?? null, day, today, state: null },
    ...{ unitIds: null, assigneeId: of.staffId, reader: await readerOf(unit) },
    ...{ campaign: null, touchpoint: null },
  })
  const context = await readTaskContext(unit, of.branchId, { tasks, known: plan ? [plan] : [] })
  const seen = { today, units: new Set(await unitsWhere(unit, 'export:lists')) }
  return {
    date: day,
    person,
    planId: plan?.planId ?? null,
    publishedAt: plan?.publishedAt?.toISOString() ?? null,
    stops: stopsOf(tasks).map(({ town, place, tasks: here }) => ({
      town,
      place,
      tasks: here.map((task) =>
        visitView(task, context, mayReadWhole(unit.actor, asOf(task, day), seen)),
      ),
    })),
    total: tasks.length,
  }
}

/** What is overdue is on the list of today. */
const asOf = (task: TaskRow, day: Day) => (task.planId === null ? { ...task, day } : task)

/** What the unit is called where a person is posted on a day; empty for who has left. */
async function postOf(
  unit: Unit,
  of: Readonly<{ branchId: string; staffId: string }>,
  day: string,
): Promise<string> {
  const staff = await staffOn(unit, of.branchId, day, { staffIds: [of.staffId] })
  const post = staff.find(({ staffId }) => staffId === of.staffId)
  return (post && (await unitNames(unit, of.branchId)).get(post.unitId)?.name) ?? ''
}

type Stop = { town: string | null; place: string | null; tasks: TaskRow[] }

/**
 * One person’s day in its order: neighbouring tasks of one village and one way of meeting stand
 * under one heading.
 */
export function stopsOf(tasks: readonly TaskRow[]): Stop[] {
  const stops: Stop[] = []
  for (const task of inOrderOfDay(tasks)) {
    const last = stops.at(-1)
    const isSame =
      last?.town === task.townName &&
      last.place === task.placeName &&
      last.tasks.at(-1)?.touchpoint === task.touchpoint
    if (isSame) last.tasks.push(task)
    else stops.push({ town: task.townName, place: task.placeName, tasks: [task] })
  }
  return stops
}
