import { sql } from 'kysely'
import type { CloseCounts } from '#contract/close.ts'
import type { ResultCode } from '#contract/tasks.ts'
import type { Day } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'
import { ordersOf } from '../board/parts-store.ts'
import type { TaskRow, TasksAsked } from '../task.ts'
import { onDay } from '../task-store.ts'

type OnDay = Readonly<{ branchId: string; day: Day }>

/** Two that close units of one day take turns: either may hold the people of the other. */
export async function takeTurn(unit: Unit, { branchId, day }: OnDay): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`close ${branchId} ${day}`}, 0))`.execute(
    unit.db,
  )
}

/** What a close asks of a task. */
export type ToClose = Pick<
  TaskRow,
  | ('taskId' | 'state' | 'closedAs' | 'assigneeId' | 'assigneeUnitId')
  | ('unitId' | 'subscriberId' | 'reasons' | 'touchpoint' | 'purpose' | 'offer' | 'campaign')
>

/**
 * The tasks of a day with the people of these units that no close accounts for yet; `isHeld`: until the
 * unit ends, in order of id.
 */
export async function selectToClose(
  unit: Unit,
  of: TasksAsked,
  { staffUnitIds, isHeld }: Readonly<{ staffUnitIds: readonly string[]; isHeld: boolean }>,
): Promise<ToClose[]> {
  const { rows } = await sql<ToClose>`
    select task_id as "taskId", state, closed_as as "closedAs", assignee_id as "assigneeId",
        assignee_unit_id as "assigneeUnitId", unit_id as "unitId",
        subscriber_id as "subscriberId", reasons, touchpoint, purpose, offer, campaign
      from worklists.task
     where ${onDay(of)} and task.state <> 'withdrawn'
       and task.assignee_unit_id = any (${[...staffUnitIds]})
       and not exists (select from worklists.day_close_task as closed
            where (closed.branch_id, closed.day, closed.task_id)
                = (${of.branchId}, ${of.day}, task.task_id))
     order by task_id ${isHeld ? sql`for update` : sql``}
  `.execute(unit.db)
  return rows
}

/** Of how many of these tasks an order was told on the day. */
export async function countOrders(
  unit: Unit,
  of: OnDay & Readonly<{ taskIds: readonly string[] }>,
): Promise<number> {
  const { rows } = await sql<{ orders: number }>`
    select count(*)::integer as orders from (${ordersOf(of)}) as told
     where told.task_id = any (${[...of.taskIds]})
  `.execute(unit.db)
  return rows[0]?.orders ?? 0
}

export type CloseRow = Readonly<{
  unitId: string
  closedAt: Date
  closedBy: string
  counts: CloseCounts
}>

export async function insertClose(
  unit: Unit,
  of: OnDay & Readonly<{ unitId: string }>,
  counts: CloseCounts,
): Promise<void> {
  await sql`
    insert into worklists.day_close (branch_id, day, unit_id, closed_at, closed_by, planned, done,
        promised, refused, not_at_home, otherwise, carried, given, taken_back, dropped, orders)
    values (${of.branchId}, ${of.day}, ${of.unitId}, ${unit.now}, ${unit.actor.id},
        ${counts.planned}, ${counts.done}, ${counts.promised}, ${counts.refused},
        ${counts.notAtHome}, ${counts.otherwise}, ${counts.carried}, ${counts.given},
        ${counts.takenBack}, ${counts.dropped}, ${counts.orders})
  `.execute(unit.db)
}

/** The closes of a day that the actor sees: in scope and above it. */
export async function selectCloses(unit: Unit, of: OnDay): Promise<CloseRow[]> {
  const { rows } = await sql<CloseRow>`
    select unit_id as "unitId", closed_at as "closedAt", closed_by as "closedBy",
        jsonb_build_object('planned', planned, 'done', done, 'promised', promised,
          'refused', refused, 'notAtHome', not_at_home, 'otherwise', otherwise, 'left', 0,
          'carried', carried, 'given', given, 'takenBack', taken_back, 'dropped', dropped,
          'orders', orders) as counts
      from worklists.day_close
     where (branch_id, day) = (${of.branchId}, ${of.day}) order by unit_id
  `.execute(unit.db)
  return rows
}

export type Late = Readonly<{
  taskId: string
  staffId: string
  result: ResultCode
  recordedAt: Date
}>

/** Results of a day that arrived after it was closed, of those who were posted in these units. */
export async function selectLate(
  unit: Unit,
  of: OnDay & Readonly<{ staffUnitIds: readonly string[] }>,
): Promise<Late[]> {
  const { rows } = await sql<Late>`
    select result.task_id as "taskId", result.staff_id as "staffId", result.result,
        result.recorded_at as "recordedAt"
      from worklists.result
      join worklists.day_close_task as closed
        on (closed.branch_id, closed.day, closed.task_id)
         = (result.branch_id, result.day, result.task_id)
     where (result.branch_id, result.day) = (${of.branchId}, ${of.day})
       and result.answer -> 'conflicts' @> '[{"code": "day-closed"}]'
       and closed.assignee_unit_id = any (${[...of.staffUnitIds]})
     order by result.recorded_at, result.result_id
  `.execute(unit.db)
  return rows
}
