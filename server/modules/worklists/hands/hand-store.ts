import { sql } from 'kysely'
import type { z } from 'zod'
import type { TaskRules as Shape } from '#contract/settings.ts'
import { type Day, dayOf } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'
import { versionsIn } from '#platform/versions-store.ts'
import type { TaskRow } from '../task.ts'
import { selectLapsed } from './again-store.ts'

/** What is asked of a task before it changes hands. */
export type Held = Pick<
  TaskRow,
  'taskId' | 'state' | 'assigneeId' | 'assigneeUnitId' | 'unitId' | 'closedBy'
>

/** The tasks of these ids in scope, held until the unit ends; in order of id, so that two wait in turn. */
export async function lockTasks(
  unit: Unit,
  of: Readonly<{ branchId: string; taskIds: readonly string[] }>,
): Promise<Held[]> {
  const { rows } = await sql<Held>`
    select task_id as "taskId", state, assignee_id as "assigneeId",
        assignee_unit_id as "assigneeUnitId", unit_id as "unitId", closed_by as "closedBy"
      from worklists.task
     where branch_id = ${of.branchId} and task_id = any (${[...of.taskIds]})
     order by task_id for update
  `.execute(unit.db)
  return rows
}

/** Into whose hands a task goes; null: nobody’s. */
export type Step = Readonly<{
  taskId: string
  to: Readonly<{ staffId: string; unitId: string }> | null
}>
type Why = 'reassigned' | 'taken-back' | 'untouched' | 'split' | 'carried'

/**
 * Moves tasks, each with an entry of whose it was. Who takes one over has it behind the own ones of
 * its plan; one that was taken back is open again. What is given and is of a day that is over, or of a
 * plan that another took the place of, leaves that plan: it is of today, or of its day to come, by
 * hand, before the route and at its hours. With a `day`, all that are given go onto that one.
 */
export async function moveTasks(
  unit: Unit,
  of: Readonly<{ branchId: string; why: Why; day?: Day }>,
  steps: readonly Step[],
): Promise<void> {
  const given = steps.flatMap(({ taskId, to }) => (to === null ? [] : [taskId]))
  const lapsed = await selectLapsed(unit, {
    ...{ branchId: of.branchId, taskIds: given, day: of.day },
  })
  const leaves = new Set(lapsed.map(({ taskId }) => taskId))
  const rows = steps.map(({ taskId, to }, nth) => ({
    ...{ taskId, nth: nth + 1, to: to?.staffId ?? null, unitId: to?.unitId ?? null },
    leaves: leaves.has(taskId),
  }))
  const step = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
    as step ("taskId" text, nth integer, "to" text, "unitId" text, leaves boolean)`
  const day = of.day ? sql`${of.day}::date` : sql`greatest(task.day, ${dayOf(unit.now)}::date)`
  const later = sql`case when step.leaves then make_interval(hours => 24 * (${day} - task.day))
    else interval '0' end`
  await sql`
    insert into worklists.handover (branch_id, task_id, step, unit_id, assignee_unit_id, from_staff,
        to_staff, why, handed_at, handed_by)
    select task.branch_id, task.task_id,
        1 + (select count(*) from worklists.handover as before
              where (before.branch_id, before.task_id) = (task.branch_id, task.task_id)),
        task.unit_id, coalesce(step."unitId", task.assignee_unit_id), task.assignee_id, step."to",
        ${of.why}, ${unit.now}, ${unit.actor.id}
      from ${step} join worklists.task
        on (task.branch_id, task.task_id) = (${of.branchId}, step."taskId")
  `.execute(unit.db)
  await sql`
    update worklists.task
       set state = case when step."to" is null then 'taken_back' else 'open' end,
           assignee_id = coalesce(step."to", task.assignee_id),
           assignee_unit_id = coalesce(step."unitId", task.assignee_unit_id),
           plan_id = case when step.leaves then null else task.plan_id end,
           origin = case when step.leaves and task.plan_id is not null then 'hand' else task.origin end,
           day = case when step.leaves then ${day} else task.day end,
           window_start = task.window_start + ${later},
           window_end = task.window_end + ${later},
           visit_order = case when step.leaves then 0
             when task.plan_id is null or step."to" is null then task.visit_order
             else step.nth + coalesce((select max(own.visit_order) from worklists.task as own
               where (own.branch_id, own.plan_id, own.assignee_id)
                   = (task.branch_id, task.plan_id, step."to")), 0) end
      from ${step}
     where (task.branch_id, task.task_id) = (${of.branchId}, step."taskId")
  `.execute(unit.db)
}

/** A task that somebody has on a day. */
export type WorkOn = Pick<
  TaskRow,
  'taskId' | 'assigneeId' | 'touchpoint' | 'townName' | 'placeName'
>

/** What the people of these units have to do on a day, done or not, of the published plan or beside it. */
export async function selectWorkOn(
  unit: Unit,
  of: Readonly<{ branchId: string; day: Day; unitIds: readonly string[] }>,
): Promise<WorkOn[]> {
  const { rows } = await sql<WorkOn>`
    select task_id as "taskId", assignee_id as "assigneeId", touchpoint, town_name as "townName",
        place_name as "placeName" from worklists.task
      left join worklists.plan on plan.branch_id = task.branch_id and plan.plan_id = task.plan_id
     where (task.branch_id, task.day) = (${of.branchId}, ${of.day})
       and task.assignee_unit_id = any (${[...of.unitIds]})
       and task.state not in ('taken_back', 'withdrawn')
       and (task.plan_id is null or plan.state = 'published' or task.closed_by is not null)
  `.execute(unit.db)
  return rows
}

/**
 * What plans gave to people before `day` and nobody has touched: no result was told of it. What
 * somebody promised is not among it. Held until the unit ends.
 */
export async function selectUntouched(
  unit: Unit,
  of: Readonly<{ branchId: string; day: Day; limit: number }>,
): Promise<string[]> {
  const { rows } = await sql<{ taskId: string }>`
    select task_id as "taskId" from worklists.task
      join worklists.plan on plan.branch_id = task.branch_id and plan.plan_id = task.plan_id
     where task.branch_id = ${of.branchId} and task.day < ${of.day}
       and (task.state, plan.state) = ('open', 'published')
       and not exists (select from worklists.result
            where (result.branch_id, result.task_id) = (task.branch_id, task.task_id))
     order by task.day, task_id limit ${of.limit}
       for update of task skip locked
  `.execute(unit.db)
  return rows.map(({ taskId }) => taskId)
}

export type TaskRules = Readonly<z.output<typeof Shape>>

export const TASK_RULES_VERSIONS = versionsIn<TaskRules>({
  table: 'worklists.task_rules',
  setting: sql`jsonb_build_object('attempts', attempts, 'takeBack', take_back,
    'takeBackDays', take_back_days)`,
  columns: ({ attempts, takeBack, takeBackDays }) => ({
    ...{ attempts, take_back: takeBack, take_back_days: takeBackDays },
  }),
})
