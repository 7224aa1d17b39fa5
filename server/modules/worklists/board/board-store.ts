import { sql } from 'kysely'
import type { Day } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'
import type { TasksAsked } from '../task.ts'
import { among, onDay } from '../task-store.ts'
import { ordersOf, PARTS } from './parts-store.ts'

/** Sums of a grid and a person; `unitId` is where the households live, `staffUnitId` the post. */
export type BoardSum = Readonly<{
  unitId: string
  staffId: string
  staffUnitId: string
  planned: number
  done: number
  promised: number
  refused: number
  notAtHome: number
  otherwise: number
  left: number
  takenBack: number
  orders: number
}>

/** How the tasks of a day stand, by grid and person; a task that was taken back, by whom from. */
export async function selectBoardSums(unit: Unit, of: TasksAsked): Promise<BoardSum[]> {
  const { rows } = await sql<BoardSum>`
    select unit_id as "unitId", assignee_id as "staffId", assignee_unit_id as "staffUnitId",
        count(*) filter (where not ${PARTS.takenBack})::integer as planned,
        count(*) filter (where ${PARTS.done})::integer as done,
        count(*) filter (where ${PARTS.promised})::integer as promised,
        count(*) filter (where ${PARTS.refused})::integer as refused,
        count(*) filter (where ${PARTS.notAtHome})::integer as "notAtHome",
        count(*) filter (where ${PARTS.otherwise})::integer as otherwise,
        count(*) filter (where ${PARTS.left})::integer as left,
        count(*) filter (where ${PARTS.takenBack})::integer as "takenBack", 0 as orders
      from worklists.task where ${onDay(of)} and task.state <> 'withdrawn'
     group by unit_id, assignee_id, assignee_unit_id
     order by unit_id, assignee_id, assignee_unit_id
  `.execute(unit.db)
  return rows
}

export type OrderSum = Pick<BoardSum, 'unitId' | 'staffId' | 'staffUnitId' | 'orders'>

/** How many orders of a day there are, by grid and who told them. */
export async function selectOrderSums(unit: Unit, of: TasksAsked): Promise<OrderSum[]> {
  const { rows } = await sql<OrderSum>`
    select unit_id as "unitId", staff_id as "staffId", min(assignee_unit_id) as "staffUnitId",
        count(*)::integer as orders
      from (${ordersOf(of)}) as told
      join worklists.task on task.branch_id = ${of.branchId} and task.task_id = told.task_id
     where true ${among(of)}
     group by unit_id, staff_id
     order by unit_id, staff_id
  `.execute(unit.db)
  return rows
}

/** What a person told on a day, wherever it was. */
export type Told = Readonly<{
  staffId: string
  told: number
  notAtHome: number
  lastAt: Date
  orders: number
}>

export async function selectTold(
  unit: Unit,
  of: Readonly<{ branchId: string; day: Day }>,
): Promise<Told[]> {
  const { rows } = await sql<Told>`
    select result.staff_id as "staffId", count(*)::integer as told,
        count(*) filter (where result.result = 'not_at_home')::integer as "notAtHome",
        max(result.happened_at) as "lastAt",
        count(distinct orders.task_id)::integer as orders
      from worklists.result
      left join (${ordersOf(of)}) as orders
        on orders.task_id = result.task_id and orders.staff_id = result.staff_id
     where (result.branch_id, result.day) = (${of.branchId}, ${of.day})
     group by result.staff_id
  `.execute(unit.db)
  return rows
}
