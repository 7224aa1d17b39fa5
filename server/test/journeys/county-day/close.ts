import type { ExpectedTask } from './expectation.ts'
import { countsOf } from './looks.ts'
import type { Day } from './morning.ts'
import { PLACE } from './script.ts'
import { DAY, type Grid, leaderOf, NEXT_DAY } from './world.ts'

/** What a close says of a zone, and what it should; how many may not be met tomorrow. */
export type Closed = Readonly<{ shown: unknown; wanted: unknown; unmet: number }>

/** Every leader closes the day of the own zone but the last one, who forgets. */
export async function closeZones(day: Day): Promise<readonly Closed[]> {
  const closed: Closed[] = []
  for (const grid of day.world.marked.slice(0, -1)) closed.push(await closeZone(day, grid))
  return closed
}

/**
 * Of the open tasks one is dropped, one given away, one taken back; of all others those go on tomorrow
 * whose household may be met then, and the rest are dropped.
 */
async function closeZone({ expected, office }: Day, grid: Grid): Promise<Closed> {
  const { zoneId, sellers } = grid
  const tasks = expected.ofDay().filter((task) => task.zoneId === zoneId)
  const open = tasks.filter(({ state }) => state === 'open')
  const [dropped, given, back] = open.filter(
    (one) => one.assigneeId === sellers[PLACE.offline] && !expected.mayNotBeMet(one),
  )
  const to = sellers[PLACE.borrows] ?? ''
  if (!dropped || !given || !back) throw new Error('who has no network has told nothing yet')
  const { closed } = await office.ask(leaderOf(grid), '/closes', {
    ...{ date: DAY, unit: zoneId, rest: { outcome: 'next-day' } },
    decisions: [
      { taskId: dropped.taskId, what: { outcome: 'dropped', reason: 'weather' } },
      { taskId: given.taskId, what: { outcome: 'given', to } },
      { taskId: back.taskId, what: { outcome: 'taken-back' } },
    ],
  })
  const others = open.filter((task) => ![dropped, given, back].includes(task))
  const carried = others.filter((task) => !expected.mayNotBeMet(task))
  const unmet = others.filter((task) => expected.mayNotBeMet(task))
  const takenBack = tasks.filter(({ state }) => state === 'taken_back').length + 1
  const wanted = {
    ...{ ...countsOf(tasks), planned: tasks.length, left: 0, carried: carried.length, given: 1 },
    ...{ takenBack, dropped: 1 + unmet.length, orders: expected.orders(tasks).size },
  }
  for (const { taskId } of tasks) expected.closed.add(taskId)
  for (const task of [dropped, ...unmet]) task.state = 'withdrawn'
  expected.hand([back.taskId], 'taken-back', null)
  const goesOn = (task: ExpectedTask, why: string, staffId: string) => {
    expected.hand([task.taskId], why, staffId)
    Object.assign(task, { day: NEXT_DAY, isPlanned: false })
  }
  goesOn(given, 'reassigned', to)
  for (const task of carried) goesOn(task, 'carried', task.assigneeId)
  expected.entry('day.closed')
  return { shown: (closed as { counts: object }).counts, wanted, unmet: unmet.length }
}
