import { readBranch, staffNames } from '#people'
import { type Day, dayOf } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { mayReadList, readerOf } from './policy.ts'
import { ownRank } from './ranks/own-rank.ts'
import { selectOrders } from './results/result-store.ts'
import { selectPublished } from './store.ts'
import type { TaskRow } from './task.ts'
import { selectList } from './task-store.ts'

/**
 * How the day of a person stands: what was on the list, what came of it, the orders of the day, and
 * the own place where the branch shows it.
 * The day is the one asked for, else today.
 * @throws Refusal `branch-unknown`, `staff-unknown`, `not-allowed`
 */
export async function readMyDay(
  unit: Unit,
  works: Pick<Works, 'system'>,
  of: Readonly<{ branchId: string; staffId: string; date?: Day | undefined }>,
) {
  const { branchId, staffId } = of
  await readBranch(unit, branchId)
  mayReadList(unit.actor, of)
  if (!(await staffNames(unit, branchId, [staffId])).has(staffId))
    throw new Refusal('not-found', 'staff-unknown', { staff: staffId })
  const today = dayOf(unit.now)
  const day = of.date ?? today
  const plan = await selectPublished(unit, { branchId, day })
  const list = { branchId, planId: plan?.planId ?? null, day, today }
  const tasks = await selectList(unit, {
    ...{ ...list, state: null },
    ...{ unitIds: null, assigneeId: staffId, reader: await readerOf(unit) },
    ...{ campaign: null, touchpoint: null },
  })
  const orders = await selectOrders(unit, { branchId, staffId, day })
  const [first] = tasks
  return {
    ...{ date: day, staffId, counts: countsOf(tasks), orders },
    overdue: tasks.filter((task) => task.state === 'open' && task.day < day).length,
    orderToday: Object.values(orders).some((count) => count > 0),
    rank: first
      ? await ownRank(unit, works, { ...list, staffId, unitId: first.assigneeUnitId })
      : null,
  }
}

function countsOf(tasks: readonly TaskRow[]) {
  const ended = (as: TaskRow['closedAs']) => tasks.filter(({ closedAs }) => closedAs === as).length
  const counts = {
    ...{ planned: tasks.length, done: ended('done'), promised: ended('promised') },
    ...{ refused: ended('refused'), notAtHome: ended('not_at_home'), left: ended(null) },
  }
  const { planned, done, promised, refused, notAtHome, left } = counts
  return { ...counts, otherwise: planned - done - promised - refused - notAtHome - left }
}
