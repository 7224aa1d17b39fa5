import { afterAll, expect, test } from 'vitest'
import type { z } from 'zod'
import type { readBoard } from '#contract/board.ts'
import type { readClose } from '#contract/close.ts'
import type { readMyDay } from '#contract/tasks.ts'
import type { Person } from '../../../test/branch.ts'
import { openCounty } from '../../../test/county.ts'
import { openWorkOf, RENEWED, told } from '../../../test/task-results.ts'

/** Saturday, two in the afternoon. */
const county = await openCounty('2026-11-21T06:00:00Z', { households: 120 })
afterAll(() => county.close())
const { branchId } = county
const [SATURDAY, SUNDAY] = ['2026-11-21', '2026-11-22']
const { take, assignee, tell } = await openWorkOf(county, SATURDAY)
let manager = await county.hire()

const ask = async <T>(path: string, who: Person = manager) =>
  (await county.get(`/branches/${branchId}${path}`, who)).body as T
type MyDay = z.output<typeof readMyDay.response>
type Board = z.output<typeof readBoard.response>
type Close = z.output<typeof readClose.response>
const myDay = (id: string, date: string) => ask<MyDay>(`/people/${id}/day?date=${date}`)
const board = async (id: string, date: string) => {
  const { rows } = await ask<Board>(`/board?by=person&date=${date}`)
  return rows.find(({ key }) => key === id)
}
const close = async (date: string) => {
  const body = { date, unit: branchId, decisions: [], rest: { outcome: 'next-day' } }
  return (await county.post(`/branches/${branchId}/closes`, manager, body)).body as Close
}
const orders = ({ orders: by }: MyDay) => Object.values(by).reduce((sum, count) => sum + count, 0)

test('what was carried over and is told late counts on the list of the new day, its order on the day of the visit', async () => {
  const visit = take()
  const { assigneeId: id } = visit
  const before = await close(SATURDAY)
  const sunday = (await myDay(id, SUNDAY)).counts
  county.clock.set('2026-11-21T14:00:00Z')
  const seller = await assignee(visit)
  const at = '2026-11-21T07:30:00.000Z'
  expect(await tell(visit.taskId, seller, told({ ...RENEWED, at }))).toMatchObject({
    body: { taskState: 'done', conflicts: [{ code: 'day-closed' }] },
  })

  const [first, second] = [await myDay(id, SATURDAY), await myDay(id, SUNDAY)]
  expect([first.counts.planned, orders(first)]).toEqual([0, 1])
  expect([second.counts, orders(second)]).toEqual([
    { ...sunday, done: sunday.done + 1, left: sunday.left - 1 },
    0,
  ])
  expect(await board(id, SATURDAY)).toMatchObject({ planned: 0, done: 0, orders: 1 })
  expect(await board(id, SUNDAY)).toMatchObject({
    ...{ planned: second.counts.planned, done: 1, left: second.counts.left, orders: 0 },
  })

  const closed = await ask<Close>(`/closes?unit=${branchId}&date=${SATURDAY}`)
  expect(closed.closed?.counts, 'what was closed stays').toEqual(before.closed?.counts)
  expect(closed.late.map(({ taskId }) => taskId)).toEqual([visit.taskId])

  county.clock.set('2026-11-22T11:00:00Z')
  manager = await county.signIn(manager.id)
  const { done, orders: counted } = (await close(SUNDAY)).closed?.counts ?? {}
  expect([done, counted], 'done once, and an order of the day before').toEqual([1, 0])
})

test('who is off on the next day has what was carried over on the list of the day after, as overdue', async () => {
  const { assigneeId: id } = take()
  const monday = await myDay(id, '2026-11-23')
  expect(monday.counts.left).toBeGreaterThan(0)
  county.clock.set('2026-11-24T01:00:00Z')
  manager = await county.signIn(manager.id)
  const tuesday = await myDay(id, '2026-11-24')
  expect([tuesday.counts.left, tuesday.overdue]).toEqual([monday.counts.left, monday.counts.left])
})
