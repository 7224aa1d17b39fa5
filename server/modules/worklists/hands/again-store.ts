import { type RawBuilder, sql } from 'kysely'
import { type Day, dayOf } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'

type OfTasks = Readonly<{ branchId: string; taskIds: readonly string[] }>

/**
 * Holds the plans of these tasks until the unit ends, before the tasks themselves: who publishes
 * another plan of their days goes before, or waits.
 */
export async function holdPlansOf(unit: Unit, of: OfTasks): Promise<void> {
  await sql`
    select from worklists.plan
     where branch_id = ${of.branchId} and plan_id in (
       select plan_id from worklists.task
        where branch_id = ${of.branchId} and task_id = any (${[...of.taskIds]}))
     order by plan_id for share
  `.execute(unit.db)
}

/**
 * Whether somebody goes to the household of a row (household_id, touchpoint, day, task_id) on its day
 * already: the plan of the day, a result of that day, or a task that no plan made, by then.
 */
const seenTo = (
  branchId: string,
  row: RawBuilder<unknown>,
  but: RawBuilder<unknown> = sql``,
) => sql`(exists (
    select from worklists.plan join worklists.task as planned
        on (planned.branch_id, planned.plan_id) = (plan.branch_id, plan.plan_id)
     where (plan.branch_id, plan.day, plan.state) = (${branchId}, ${row}.day, 'published')
       and (planned.household_id, planned.touchpoint) = (${row}.household_id, ${row}.touchpoint)
       and planned.state not in ('taken_back', 'withdrawn')
       and planned.task_id is distinct from ${row}.task_id)
  or exists (
    select from worklists.task as closed
     where (closed.branch_id, closed.day) = (${branchId}, ${row}.day)
       and closed.closed_by is not null
       and (closed.household_id, closed.touchpoint) = (${row}.household_id, ${row}.touchpoint))
  or exists (
    select from worklists.task as beside
     where (beside.branch_id, beside.household_id, beside.state)
         = (${branchId}, ${row}.household_id, 'open')
       and beside.plan_id is null and beside.day <= ${row}.day
       and beside.touchpoint = ${row}.touchpoint ${but}))`

/** Those that go onto the day together are told of among themselves. */
const BUT_LAPSED = sql`and beside.task_id not in (select task_id from lapsed)`

/** Holds the plans of a day until the unit ends: who publishes one waits, and sees what was given. */
export async function holdPlansOn(
  unit: Unit,
  of: Readonly<{ branchId: string; day: Day }>,
): Promise<void> {
  await sql`
    select from worklists.plan where (branch_id, day) = (${of.branchId}, ${of.day})
     order by plan_id for share`.execute(unit.db)
}

/** Those of the households that somebody goes to on a day, or went to, through a touchpoint. */
export async function selectSeenTo(
  unit: Unit,
  of: Readonly<{
    branchId: string
    day: Day
    touchpoint: string
    householdIds: readonly string[]
  }>,
): Promise<string[]> {
  const { rows } = await sql<{ householdId: string }>`
    select household_id as "householdId"
      from (select home as household_id, ${of.touchpoint}::text as touchpoint,
                ${of.day}::date as day, null::text as task_id
              from unnest(${[...of.householdIds]}::text[]) as home) as wanted
     where ${seenTo(of.branchId, sql`wanted`)}`.execute(unit.db)
  return rows.map(({ householdId }) => householdId)
}

/** A task that is on no list as it stands; `isTwice`: its household has another for the day it would go to. */
export type Lapsed = Readonly<{ taskId: string; isTwice: boolean }>

/**
 * Those of the tasks whose plan is of a day that is over, or is not the published one of its day: given
 * to somebody they have to leave it. A household is met once through a touchpoint: where the plan of
 * the day, a result of that day or somebody’s promise sees to it already, `isTwice`, and of several of
 * one household all but the latest are. With a `day`: all that are open, as they are put onto it.
 */
export async function selectLapsed(
  unit: Unit,
  of: OfTasks & Readonly<{ day?: Day | undefined }>,
): Promise<Lapsed[]> {
  const onto = of.day ? sql`${of.day}::date` : sql`greatest(day, ${dayOf(unit.now)}::date)`
  const goes = of.day
    ? sql`state = 'open'`
    : sql`plan_id is not null and state in ('open', 'taken_back')
         and (day < ${dayOf(unit.now)}::date or not exists (select from worklists.plan
            where (plan.branch_id, plan.plan_id, plan.state)
                = (task.branch_id, task.plan_id, 'published')))`
  const { rows } = await sql<Lapsed>`
    with lapsed as (
      select task_id, household_id, touchpoint, ${onto} as day,
          row_number() over (partition by household_id, touchpoint order by day desc, task_id) as nth
        from worklists.task
       where branch_id = ${of.branchId} and task_id = any (${[...of.taskIds]})
         and ${goes})
    select task_id as "taskId", nth > 1 or ${seenTo(of.branchId, sql`lapsed`, BUT_LAPSED)} as "isTwice"
      from lapsed
  `.execute(unit.db)
  return rows
}
