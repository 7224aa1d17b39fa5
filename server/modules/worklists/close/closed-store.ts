import { sql } from 'kysely'
import type { DropReason } from '#contract/close.ts'
import type { Day } from '#platform/day.ts'
import type { Mark, Order } from '#platform/page.ts'
import { along, beyond, countUpTo, keyOf } from '#platform/page-store.ts'
import type { Unit } from '#platform/unit.ts'
import type { TaskRow } from '../task.ts'
import type { Outcome } from './account-store.ts'

/** A task with how it was accounted for. */
export type ClosedRow = Pick<TaskRow, 'name' | 'address' | 'campaign' | 'wordsOf' | 'kind'> &
  Readonly<{
    taskId: string
    subscriberId: string
    assigneeUnitId: string
    staffId: string
    outcome: Outcome
    toStaff: string | null
    times: number | null
    reason: DropReason | null
    note: string | null
  }>

/** One more than `limit` of the tasks that closes of a day account for, of people posted in these units. */
export async function selectClosed(
  unit: Unit,
  of: Readonly<{
    branchId: string
    day: Day
    staffUnitIds: readonly string[]
    staffId: string | null
    outcome: Outcome | null
    limit: number
  }>,
  order: Order,
  mark: Mark | undefined,
): Promise<{ rows: (ClosedRow & { key: string })[]; total: number }> {
  const from = sql`worklists.day_close_task as closed
      join worklists.task
        on (task.branch_id, task.task_id) = (closed.branch_id, closed.task_id)
     where (closed.branch_id, closed.day) = (${of.branchId}, ${of.day})
       and closed.assignee_unit_id = any (${[...of.staffUnitIds]})
       and (${of.staffId}::text is null or closed.staff_id = ${of.staffId})
       and (${of.outcome}::text is null or closed.outcome = ${of.outcome})`
  const { rows } = await sql<ClosedRow & { key: string }>`
    select closed.task_id as "taskId", closed.subscriber_id as "subscriberId",
        closed.assignee_unit_id as "assigneeUnitId", closed.staff_id as "staffId", closed.outcome,
        closed.to_staff as "toStaff", closed.times, closed.reason, closed.note, task.name,
        task.address, task.campaign, task.words_of as "wordsOf", task.kind,
        (${keyOf(order)})::text as key
      from ${from} ${beyond(order, mark, sql`closed.task_id`)}
     order by ${along(order, sql`closed.task_id`)} limit ${of.limit + 1}
  `.execute(unit.db)
  return { rows, total: await countUpTo(unit, from) }
}
