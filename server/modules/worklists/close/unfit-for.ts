import { againstOn } from '#contacts'
import type { Day } from '#platform/day.ts'
import { readAs, type Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { selectLapsed } from '../hands/again-store.ts'
import { presentedBy } from '../task.ts'
import type { ToClose } from './close-store.ts'

/** Why a task does not go onto another day, as the close finds it. */
export type Unfit = 'covered' | 'may-not-be-met'

/**
 * Which of these tasks do not go onto a day: their household is on a list of it already, or may not be
 * met then by what is known, wherever it lives. What a damaged extract leaves unknown stops nothing:
 * the household is asked about again when somebody opens the task.
 */
export async function unfitFor(
  unit: Unit,
  works: Works,
  { branchId, day, tasks }: Readonly<{ branchId: string; day: Day; tasks: readonly ToClose[] }>,
): Promise<ReadonlyMap<string, Unfit>> {
  const taskIds = tasks.map(({ taskId }) => taskId)
  const lapsed = await selectLapsed(unit, { branchId, taskIds, day })
  const covered = new Set(lapsed.filter(({ isTwice }) => isTwice).map(({ taskId }) => taskId))
  const subscriberIds = [...new Set(tasks.map(({ subscriberId }) => subscriberId))]
  const against = await readAs(unit, works.system, (house) =>
    againstOn(house, works, { branchId, day, subscriberIds }),
  )
  return new Map(
    tasks.flatMap((task): [string, Unfit][] => {
      const { taskId, subscriberId, touchpoint, purpose } = task
      if (covered.has(taskId)) return [[taskId, 'covered']]
      const closed = against(subscriberId, { touchpoint, purpose, offer: presentedBy(task) })
      return closed && closed.code !== 'extract-unknown' ? [[taskId, 'may-not-be-met']] : []
    }),
  )
}
