import { sql } from 'kysely'
import type { Day } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'

export type Outcome =
  | ('done' | 'promised' | 'refused' | 'not_at_home' | 'otherwise')
  | ('carried' | 'given' | 'taken_back' | 'dropped')

/** How a close accounts for one task. */
export type Account = Readonly<{
  taskId: string
  subscriberId: string
  unitId: string
  assigneeUnitId: string
  staffId: string
  outcome: Outcome
  toStaff: string | null
  times: number | null
  reason: string | null
  note: string | null
}>

export async function insertAccounts(
  unit: Unit,
  of: Readonly<{ branchId: string; day: Day; unitId: string }>,
  accounts: readonly Account[],
): Promise<void> {
  await sql`
    insert into worklists.day_close_task (branch_id, day, task_id, close_unit_id, subscriber_id,
        unit_id, assignee_unit_id, staff_id, outcome, to_staff, times, reason, note)
    select ${of.branchId}, ${of.day}, "taskId", ${of.unitId}, "subscriberId", "unitId",
        "assigneeUnitId", "staffId", outcome, "toStaff", times, reason, note
      from jsonb_to_recordset(${JSON.stringify(accounts)}::jsonb) as account ("taskId" text,
          "subscriberId" text, "unitId" text, "assigneeUnitId" text, "staffId" text, outcome text,
          "toStaff" text, times integer, reason text, note text)
  `.execute(unit.db)
}

/** On which days a task was accounted for, and how. */
export async function selectAccounts(
  unit: Unit,
  of: Readonly<{ branchId: string; taskId: string }>,
): Promise<Readonly<{ day: Day; outcome: Outcome }>[]> {
  const { rows } = await sql<{ day: Day; outcome: Outcome }>`
    select day, outcome from worklists.day_close_task
     where (branch_id, task_id) = (${of.branchId}, ${of.taskId}) order by day
  `.execute(unit.db)
  return rows
}

/** How the tasks about a subscriber were accounted for, newest first. */
export async function selectAccountsEver(
  unit: Unit,
  of: Readonly<{ branchId: string; subscriberId: string }>,
): Promise<Record<string, unknown>[]> {
  const { rows } = await sql<{ account: Record<string, unknown> }>`
    select to_jsonb(told) - 'branch_id' as account from worklists.day_close_task as told
     where (branch_id, subscriber_id) = (${of.branchId}, ${of.subscriberId})
     order by day desc, task_id
  `.execute(unit.db)
  return rows.map(({ account }) => account)
}

/** Empties what was noted of these subscribers. */
export async function eraseAccounts(
  unit: Unit,
  of: Readonly<{ branchId: string; subscriberIds: readonly string[] }>,
): Promise<void> {
  await sql`
    update worklists.day_close_task set note = null, is_erased = true
     where branch_id = ${of.branchId} and subscriber_id = any (${[...of.subscriberIds]}::text[])
       and not is_erased
  `.execute(unit.db)
}

/** Takes tasks off the lists for good. */
export async function withdrawTasks(
  unit: Unit,
  of: Readonly<{ branchId: string; taskIds: readonly string[] }>,
): Promise<void> {
  await sql`
    update worklists.task set state = 'withdrawn'
     where branch_id = ${of.branchId} and task_id = any (${[...of.taskIds]}) and state = 'open'
  `.execute(unit.db)
}

/** Says on the card of each task that it was left open on `day`, and how often that happened. */
export async function sayCarried(
  unit: Unit,
  of: Readonly<{ branchId: string; day: Day }>,
  carried: readonly Readonly<{ taskId: string; times: number | null }>[],
): Promise<void> {
  await sql`
    update worklists.task
       set reasons = (select coalesce(jsonb_agg(each order by nth), '[]'::jsonb)
             from jsonb_array_elements(task.reasons) with ordinality as reason (each, nth)
            where each ->> 'code' <> 'carried-over')
         || jsonb_build_array(jsonb_build_object('code', 'carried-over',
              'values', jsonb_build_object('since', ${of.day}::text, 'times', carried.times)))
      from jsonb_to_recordset(${JSON.stringify(carried)}::jsonb)
        as carried ("taskId" text, times integer)
     where (task.branch_id, task.task_id) = (${of.branchId}, carried."taskId")
  `.execute(unit.db)
}
