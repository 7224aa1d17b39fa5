import { sql } from 'kysely'
import { type Day, instantOf } from '#platform/day.ts'
import type { Mark, Order } from '#platform/page.ts'
import { along, beyond, countUpTo, keyOf, type Part } from '#platform/page-store.ts'
import type { Unit } from '#platform/unit.ts'
import { ordersOf, PARTS } from './board/parts-store.ts'
import type { OfPlan } from './plan.ts'
import type { TaskRow, TasksAsked } from './task.ts'

/** What every task is written with, but for whose plan it is of; of a new one nothing has come yet. */
const TOLD = sql`day, "subscriberId", "householdId", "unitId", "assigneeId", "assigneeUnitId",
  campaign, touchpoint, "visitOrder", "windowStart", "windowEnd", "dueOn", offer, priority,
  "valueFen", name, phone, address, "townName", "placeName", reasons, 'open', kind, purpose`
const TOLD_TYPES = sql`"branchId" text, "taskId" text, day date, "subscriberId" text,
  "householdId" text, "unitId" text, "assigneeId" text, "assigneeUnitId" text, campaign text,
  touchpoint text, "visitOrder" integer, "windowStart" timestamptz, "windowEnd" timestamptz,
  "dueOn" date, offer text, priority numeric, "valueFen" bigint, name text, phone text,
  address text, "townName" text, "placeName" text, reasons jsonb, kind text, purpose text`

/** Writes the tasks of one person; those that were withdrawn are opened again as they were. */
export async function upsertTasks(
  unit: Unit,
  of: OfPlan,
  tasks: readonly TaskRow[],
): Promise<void> {
  // Two that publish the plan take turns: what the one writes is a conflict by number to the other
  // only once it stands; before, it is one by household and touchpoint, which nothing answers.
  await sql`
    select from worklists.plan
     where (branch_id, plan_id) = (${of.branchId}, ${of.planId}) for update
  `.execute(unit.db)
  await sql`
    insert into worklists.task (branch_id, task_id, plan_id, day, subscriber_id, household_id,
        unit_id, assignee_id, assignee_unit_id, campaign, touchpoint, visit_order, window_start,
        window_end, due_on, offer, priority, value_fen, name, phone, address, town_name,
        place_name, reasons, state, kind, purpose, words_of)
    select "branchId", "taskId", "planId", ${TOLD}, "planId"
      from jsonb_to_recordset(${JSON.stringify(tasks)}::jsonb) as task (${TOLD_TYPES}, "planId" text)
    on conflict (branch_id, task_id) do update set state = 'open'
     where task.state = 'withdrawn' and not exists (
       select from worklists.day_close_task as closed
        where (closed.branch_id, closed.task_id) = (task.branch_id, task.task_id))
  `.execute(unit.db)
}

/** Takes out of the tasks of these subscribers what identifies them, and the household with it. */
export async function eraseTasks(
  unit: Unit,
  of: Readonly<{ branchId: string; subscriberIds: readonly string[] }>,
): Promise<void> {
  const theirs = sql`branch_id = ${of.branchId}
    and subscriber_id = any (${[...of.subscriberIds]}::text[])`
  // In order of id, as everybody holds tasks, so that two wait in turn.
  await sql`select from worklists.task where ${theirs} order by task_id for update`.execute(unit.db)
  await sql`
    update worklists.task
       set name = null, phone = null, address = null, place_name = null,
           household_id = 's-' || subscriber_id
     where ${theirs}
  `.execute(unit.db)
}

const TASK = sql`task.branch_id as "branchId", task.task_id as "taskId", task.plan_id as "planId",
  task.day, task.subscriber_id as "subscriberId", task.household_id as "householdId",
  task.unit_id as "unitId", task.assignee_id as "assigneeId",
  task.assignee_unit_id as "assigneeUnitId", task.campaign, task.touchpoint,
  task.visit_order as "visitOrder", task.window_start as "windowStart",
  task.window_end as "windowEnd", task.due_on as "dueOn", task.offer,
  task.priority::float8 as priority, task.value_fen as "valueFen", task.name, task.phone,
  task.address, task.town_name as "townName", task.place_name as "placeName", task.reasons,
  task.state, task.kind, task.purpose, task.origin, task.words_of as "wordsOf",
  task.from_task as "fromTask", task.errand, task.attempt, task.closed_by as "closedBy",
  task.closed_at as "closedAt", task.closed_as as "closedAs"`

const IN_LIST = (of: TasksAsked) => {
  if (of.part === 'order')
    return sql`task.branch_id = ${of.branchId} ${among(of)}
      and task.task_id in (select told.task_id from (${ordersOf(of)}) as told
        where true ${when(of.assigneeId, (id) => sql`and told.staff_id = ${id}`)})`
  const state = of.part === 'takenBack' ? 'taken_back' : of.state
  return sql`${onDay(of)} and ${ofState(state)} ${when(of.part ?? null, (part) => sql`and ${PARTS[part]}`)}
    ${when(of.assigneeId, (id) => sql`and assignee_id = ${id}`)}`
}

/** What is for a day, in whichever state, or was told of then. */
export const onDay = (of: TasksAsked): Part => sql`
  task.branch_id = ${of.branchId} and (plan_id = ${of.planId}
    or (plan_id is not null and day = ${of.day} and closed_by is not null)
    or (plan_id is null and (day = ${of.day} ${of.day === of.today ? overdue(of.today) : sql``})))
  ${among(of)}`

/** Which of them: by unit, reader, campaign and touchpoint. */
export const among = (of: TasksAsked): Part => sql`
  ${when(of.unitIds, (ids) => sql`and unit_id = any (${ids})`)}
  ${when(
    of.reader,
    ({ staffId, unitIds }) => sql`and (assignee_id = ${staffId} or unit_id = any (${unitIds})
      or assignee_unit_id = any (${unitIds}))`,
  )}
  ${when(of.campaign, (id) => sql`and campaign = ${id}`)}
  ${when(of.touchpoint, (touchpoint) => sql`and touchpoint = ${touchpoint}`)}`

const ofState = (state: TaskRow['state'] | null): Part =>
  state === null ? sql`task.state not in ('taken_back', 'withdrawn')` : sql`task.state = ${state}`

/** What was for an earlier day and is open still, or was until today. */
const overdue = (today: Day): Part => sql`
  or (task.day < ${today} and (task.state = 'open' or closed_at >= ${instantOf(today, '00:00')}))`

/** One more than `limit` tasks of the lists of a day, along `order` from `mark` on. */
export async function selectTasks(
  unit: Unit,
  of: TasksAsked & Readonly<{ limit: number }>,
  order: Order,
  mark: Mark | undefined,
): Promise<{ rows: (TaskRow & { key: string })[]; total: number }> {
  const { rows } = await sql<TaskRow & { key: string }>`
    select ${TASK}, (${keyOf(order)})::text as key from worklists.task
     where ${IN_LIST(of)} ${beyond(order, mark, sql`task_id`)}
     order by ${along(order, sql`task_id`)} limit ${of.limit + 1}
  `.execute(unit.db)
  return { rows, total: await countUpTo(unit, sql`worklists.task where ${IN_LIST(of)}`) }
}

/** All tasks of the lists of a day that were asked for, in order of assignee and visit. */
export async function selectList(unit: Unit, of: TasksAsked): Promise<TaskRow[]> {
  const { rows } = await sql<TaskRow>`
    select ${TASK} from worklists.task where ${IN_LIST(of)}
     order by assignee_id, visit_order, due_on, task_id
  `.execute(unit.db)
  return rows
}

/**
 * Whether a subscriber is on the list that a person has on a day: of the published plan, or to be met
 * again on that day or since.
 */
export async function selectOnList(
  unit: Unit,
  of: Readonly<{ branchId: string; staffId: string; subscriberId: string; day: string }>,
): Promise<boolean> {
  const { rows } = await sql`
    select from worklists.task
      left join worklists.plan on plan.branch_id = task.branch_id and plan.plan_id = task.plan_id
     where (task.branch_id, task.subscriber_id) = (${of.branchId}, ${of.subscriberId})
       and task.assignee_id = ${of.staffId} and ${ofState(null)}
       and (task.day = ${of.day} and (plan.state = 'published' or task.closed_by is not null)
         or task.plan_id is null and (task.day = ${of.day} ${overdue(of.day)}))
     limit 1
  `.execute(unit.db)
  return rows.length > 0
}

/** What the task is for that a person has today with a subscriber; one that sells, if there are several. */
export async function selectTaskFor(
  unit: Unit,
  of: Readonly<{ branchId: string; staffId: string; subscriberId: string; day: string }>,
): Promise<Pick<TaskRow, 'purpose' | 'offer'> | undefined> {
  const { rows } = await sql<Pick<TaskRow, 'purpose' | 'offer'>>`
    select purpose, coalesce(nullif(offer, ''), campaign) as offer from worklists.task
      left join worklists.plan on plan.branch_id = task.branch_id and plan.plan_id = task.plan_id
     where (task.branch_id, task.subscriber_id, task.day) = (${of.branchId}, ${of.subscriberId}, ${of.day})
       and (task.assignee_id, task.state) = (${of.staffId}, 'open')
       and (task.plan_id is null or plan.state = 'published')
     order by (purpose = 'marketing') desc, task_id limit 1
  `.execute(unit.db)
  return rows[0]
}

export type TaskSum = Readonly<
  Pick<
    TaskRow,
    'unitId' | 'assigneeId' | 'assigneeUnitId' | 'campaign' | 'touchpoint' | 'wordsOf' | 'kind'
  > & {
    tasks: number
    valueFen: number
  }
>

/** How many tasks the lists of a day have by grid, person, campaign and touchpoint. */
export async function selectTaskSums(unit: Unit, of: TasksAsked): Promise<TaskSum[]> {
  const { rows } = await sql<TaskSum>`
    select unit_id as "unitId", assignee_id as "assigneeId", assignee_unit_id as "assigneeUnitId",
        campaign, touchpoint, max(words_of) as "wordsOf", min(kind) as kind,
        count(*)::integer as tasks, sum(value_fen)::bigint as "valueFen"
      from worklists.task where ${IN_LIST(of)}
     group by unit_id, assignee_id, assignee_unit_id, campaign, touchpoint
     order by unit_id, assignee_id, campaign, touchpoint
  `.execute(unit.db)
  return rows
}

/** The tasks about one subscriber in one plan that are on lists. */
export async function selectTasksAbout(
  unit: Unit,
  of: OfPlan & Readonly<{ subscriberId: string }>,
): Promise<TaskRow[]> {
  const { rows } = await sql<TaskRow>`
    select ${TASK} from worklists.task
     where (branch_id, plan_id, subscriber_id) = (${of.branchId}, ${of.planId}, ${of.subscriberId})
       and ${ofState(null)}
     order by task_id
  `.execute(unit.db)
  return rows
}

/** The tasks about one subscriber in every plan, the latest first, whatever became of them. */
export async function selectTasksEver(
  unit: Unit,
  of: Readonly<{ branchId: string; subscriberId: string }>,
): Promise<TaskRow[]> {
  const { rows } = await sql<TaskRow>`
    select ${TASK} from worklists.task
     where (branch_id, subscriber_id) = (${of.branchId}, ${of.subscriberId})
     order by day desc, task_id
  `.execute(unit.db)
  return rows
}

const when = <Value>(value: Value | null, part: (value: Value) => Part): Part =>
  value === null ? sql`` : part(value)

/** How many open tasks, not due before `day`, lie in each unit of a branch, of those in scope. */
export async function selectOpenByUnit(
  unit: Unit,
  branchId: string,
  day: string,
): Promise<Readonly<{ unitId: string; openTasks: number }>[]> {
  const { rows } = await sql<{ unitId: string; openTasks: number }>`
    select unit_id as "unitId", count(*)::integer as "openTasks" from worklists.task
     where branch_id = ${branchId} and state = 'open' and due_on >= ${day}::date
     group by unit_id
  `.execute(unit.db)
  return rows
}

type OfTask = Readonly<{ branchId: string; taskId: string }>

/** A task, held until the unit ends: who changes it meanwhile waits. */
export async function lockTask(unit: Unit, of: OfTask): Promise<TaskRow | undefined> {
  const { rows } = await sql<TaskRow>`
    select ${TASK} from worklists.task
     where (branch_id, task_id) = (${of.branchId}, ${of.taskId}) for update
  `.execute(unit.db)
  return rows[0]
}

export async function selectTask(unit: Unit, of: OfTask): Promise<TaskRow | undefined> {
  const { rows } = await sql<TaskRow>`
    select ${TASK} from worklists.task
     where (branch_id, task_id) = (${of.branchId}, ${of.taskId})
  `.execute(unit.db)
  return rows[0]
}

/** Closes an open task by a result. */
export async function closeTask(
  unit: Unit,
  of: OfTask,
  by: Readonly<{ state: TaskRow['state']; resultId: string; result: string }>,
): Promise<void> {
  await sql`
    update worklists.task
       set state = ${by.state}, closed_by = ${by.resultId}, closed_at = ${unit.now},
           closed_as = ${by.result}
     where (branch_id, task_id, state) = (${of.branchId}, ${of.taskId}, 'open')
  `.execute(unit.db)
}

/** Writes tasks that no plan made. */
export async function insertTasks(unit: Unit, tasks: readonly TaskRow[]): Promise<void> {
  await sql`
    insert into worklists.task (branch_id, task_id, plan_id, day, subscriber_id, household_id,
        unit_id, assignee_id, assignee_unit_id, campaign, touchpoint, visit_order, window_start,
        window_end, due_on, offer, priority, value_fen, name, phone, address, town_name,
        place_name, reasons, state, kind, purpose, origin, words_of, from_task, errand, attempt)
    select "branchId", "taskId", null, ${TOLD}, origin, "wordsOf", "fromTask", errand, attempt
      from jsonb_to_recordset(${JSON.stringify(tasks)}::jsonb)
        as task (${TOLD_TYPES}, origin text, "wordsOf" text, "fromTask" text, errand uuid,
            attempt integer)
  `.execute(unit.db)
}

/** Whether a task was somebody’s before it went to others. */
export async function selectWasTheirs(
  unit: Unit,
  of: OfTask & Readonly<{ staffId: string }>,
): Promise<boolean> {
  const { rows } = await sql`
    select from worklists.handover
     where (branch_id, task_id, from_staff) = (${of.branchId}, ${of.taskId}, ${of.staffId})
     limit 1
  `.execute(unit.db)
  return rows.length > 0
}

/** Whether a task that follows from this one is open. */
export async function selectIsFollowed(unit: Unit, of: OfTask): Promise<boolean> {
  const { rows } = await sql`
    select from worklists.task
     where (branch_id, from_task, state) = (${of.branchId}, ${of.taskId}, 'open') limit 1
  `.execute(unit.db)
  return rows.length > 0
}

/** The households that somebody is to meet again by a day, as a result before it led to, and when. */
export async function selectHeld(
  unit: Unit,
  of: Readonly<{ branchId: string; day: Day }>,
): Promise<Readonly<{ householdId: string; on: Day }>[]> {
  const { rows } = await sql<{ householdId: string; on: Day }>`
    select household_id as "householdId", min(day) as "on" from worklists.task
     where branch_id = ${of.branchId} and plan_id is null and state = 'open' and day <= ${of.day}
     group by household_id order by household_id
  `.execute(unit.db)
  return rows
}
