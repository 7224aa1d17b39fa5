import type { z } from 'zod'
import type { listClosed as contract } from '#contract/close.ts'
import { orderBy, pageOfRows, readCursor } from '#platform/page.ts'
import type { Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { maskAddress, withoutNumbers } from '#subscribers'
import { campaignNameOf, readTaskContext } from '../task-view.ts'
import { selectClosed } from './closed-store.ts'
import { ACCOUNT_OF, OUTCOME_OF } from './counts.ts'
import { namesAnywhere, readUnits } from './read-close.ts'

const SORTS = {
  staff: { sql: `closed.assignee_unit_id || ' ' || closed.staff_id`, type: 'text' },
  times: { sql: 'coalesce(closed.times, 0)', type: 'integer' },
} as const

type Asked = z.output<typeof contract.params> & z.output<typeof contract.query>

/**
 * How each task of the people of a unit, and of those below, was accounted for on a day, by whichever
 * close. Names and addresses are masked, numbers in notes hidden.
 * @throws Refusal `branch-unknown`, `unit-unknown`, `sort-unknown`, `cursor-unreadable`
 */
export async function listClosed(
  unit: Unit,
  works: Works,
  of: Asked,
): Promise<z.input<typeof contract.response>> {
  const { branchId, date: day, limit } = of
  const staffUnitIds = await readUnits(unit, { branchId, unitId: of.unit, day })
  const order = orderBy(of.sort, SORTS, 'staff')
  const mark = readCursor(of.cursor, order.column.type)
  const asked = {
    ...{ branchId, day, staffUnitIds, limit, staffId: of.staff ?? null },
    outcome: of.account ? OUTCOME_OF[of.account] : null,
  }
  const found = await selectClosed(unit, asked, order, mark)
  const page = pageOfRows(found.rows, limit, ({ key, taskId }) => ({ value: key, id: taskId }))
  const tasks = page.rows.map(({ staffId, ...task }) => ({ ...task, assigneeId: staffId }))
  const { plans, units, staff } = await readTaskContext(unit, branchId, { tasks })
  const takers = await namesAnywhere(
    unit,
    works,
    page.rows.map(({ toStaff }) => toStaff),
  )
  return {
    rows: page.rows.map((task) => ({
      ...{ taskId: task.taskId, subscriberId: task.subscriberId, name: task.name },
      ...{ address: maskAddress(task.address), campaignName: campaignNameOf(plans, task) },
      ...{ staffId: task.staffId, staffName: staff.get(task.staffId) ?? task.staffId },
      unitName: units.get(task.assigneeUnitId)?.name ?? task.assigneeUnitId,
      ...{ account: ACCOUNT_OF[task.outcome], toStaffId: task.toStaff },
      toStaffName: task.toStaff === null ? null : takers(task.toStaff),
      ...{ times: task.times, reason: task.reason, note: task.note && withoutNumbers(task.note) },
    })),
    ...{ next: page.next, total: found.total },
  }
}
