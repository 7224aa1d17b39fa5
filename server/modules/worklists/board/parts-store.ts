import { sql } from 'kysely'
import type { BoardPart } from '#contract/board.ts'
import type { Day } from '#platform/day.ts'
import type { Part } from '#platform/page-store.ts'

/** Which tasks of a day a number of the board counts; of the first six each task is in exactly one. */
export const PARTS: Readonly<Record<Exclude<BoardPart, 'order'>, Part>> = {
  done: sql`task.state = 'done'`,
  promised: sql`task.state = 'promised'`,
  refused: sql`task.state = 'refused'`,
  notAtHome: sql`(task.state = 'ended' and task.closed_as = 'not_at_home')`,
  otherwise: sql`(task.state = 'ended' and task.closed_as <> 'not_at_home')`,
  left: sql`task.state = 'open'`,
  takenBack: sql`task.state = 'taken_back'`,
}

/**
 * The tasks of which an order was told on a day (`task_id`), each once, with who told it (`staff_id`):
 * whoever closed the task by it, else who told it first. What was closed already is no order.
 */
export const ordersOf = (of: Readonly<{ branchId: string; day: Day }>): Part => sql`
  select distinct on (result.task_id) result.task_id, result.staff_id from worklists.result
   where (result.branch_id, result.day) = (${of.branchId}, ${of.day})
     and result.done_what in ('renewal', 'new', 'box', 'third_party')
     and not result.answer -> 'conflicts' @> '[{"code": "task-closed-already"}]'
   order by result.task_id, result.standing desc, result.recorded_at, result.result_id`
