import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import type { readBoard } from '#contract/board.ts'
import { unwatched } from '#platform/works.ts'
import { makePlan, publishPlan } from '#worklists'
import type { Person } from '../../../test/branch.ts'
import { openCounty } from '../../../test/county.ts'
import { askedSince, isQuiet, metNobody } from './stuck.ts'

type Board = z.infer<typeof readBoard.response>
type Task = Readonly<{ taskId: string; assigneeId: string; unitId: string }>

/** Saturday, half past eight in the morning. */
const county = await openCounty('2026-11-21T00:30:00Z', { households: 160 })
afterAll(() => county.close())
const { branchId, works } = county
const DAY = '2026-11-21'
const PARTS = ['done', 'promised', 'refused', 'notAtHome', 'otherwise', 'left'] as const
const LEVELS = ['zone', 'hall', 'grid', 'person'] as const

let manager: Person
let tasks: Task[]
beforeAll(async () => {
  const { planId } = await makePlan(works, { branchId, day: DAY }, unwatched)
  await publishPlan(works, { branchId, planId }, unwatched)
  manager = await county.hire()
  tasks = (await county.sql(`
    select task_id as "taskId", assignee_id as "assigneeId", unit_id as "unitId"
      from worklists.task where touchpoint = 'door' and purpose = 'renewal'
     order by assignee_id, task_id`)) as Task[]
})

const board = async (query: string, who = manager) => {
  const { status, body } = await county.get(`/branches/${branchId}/board?date=${DAY}${query}`, who)
  expect(status).toBe(200)
  return body as Board
}
const tasksBehind = async (query: string) => {
  const { body } = await county.get(
    `/branches/${branchId}/tasks?date=${DAY}&limit=1${query}`,
    manager,
  )
  return (body as { total: number }).total
}

const NOTHING = {
  ...{ at: null, done: null, promised: null, refused: null, notAtHome: null, moved: null },
  ...{ competitor: null, wrongData: null, handedOver: null, reason: null, note: null },
  ...{ startedAt: null, position: null, photos: [] },
}
const RENEWED = { product: null, amountFen: 36_000, receipt: 'XF-1', what: 'renewal' }
const WHAT = {
  done: { done: RENEWED },
  promised: { promised: { on: '2026-11-24' } },
  refused: { refused: { scope: 'offer', until: null } },
  not_at_home: { notAtHome: { tryAgain: '2026-11-23' } },
  moved: { moved: { field: 'address' } },
} as const
async function tell(task: Task, result: keyof typeof WHAT, staffId = task.assigneeId) {
  const told = { resultId: randomUUID(), ...NOTHING, result, ...WHAT[result] }
  const path = `/branches/${branchId}/tasks/${task.taskId}/results`
  const { status } = await county.post(path, await county.signIn(staffId), told)
  expect(status).toBe(200)
}
const taken = (): Task => {
  const task = tasks.shift()
  if (!task) throw new Error('the county has renewal visits enough')
  return task
}

test('each result moves its task from what is left to what came of it', async () => {
  const before = (await board('')).total
  for (const result of ['done', 'done', 'promised', 'refused', 'not_at_home', 'moved'] as const)
    await tell(taken(), result)
  expect((await board('')).total).toEqual({
    ...before,
    ...{ done: before.done + 2, promised: 1, refused: 1, notAtHome: 1, otherwise: 1 },
    ...{ orders: 2, left: before.planned - 6 },
  })
})

test('an order of a task that went to somebody else meanwhile is of whoever made it', async () => {
  const task = taken()
  const other = tasks.find(({ assigneeId }) => assigneeId !== task.assigneeId)?.assigneeId ?? ''
  await county.sql(`
    update worklists.task set assignee_id = '${other}' where task_id = '${task.taskId}';
    insert into worklists.handover (branch_id, task_id, step, unit_id, assignee_unit_id, from_staff,
        to_staff, why, handed_at, handed_by)
    select branch_id, task_id, 1, unit_id, assignee_unit_id, '${task.assigneeId}', '${other}',
        'reassigned', now(), 'system' from worklists.task where task_id = '${task.taskId}'`)
  const ordersOf = async (staffId: string) =>
    (await board('&by=person')).rows.find(({ key }) => key === staffId)?.orders ?? 0
  const [mine, theirs] = [await ordersOf(task.assigneeId), await ordersOf(other)]
  await tell(task, 'done', task.assigneeId)
  expect([await ordersOf(task.assigneeId), await ordersOf(other)]).toEqual([mine + 1, theirs])
  await tell(task, 'done', other)
  expect([await ordersOf(task.assigneeId), await ordersOf(other)]).toEqual([mine, theirs + 1])
})

test('rows of every level add up to what stands above, and each number opens its tasks', async () => {
  await county.sql(`
    update worklists.task set state = 'taken_back' where task_id = '${taken().taskId}'`)
  const { total } = await board('')
  expect(total).toMatchObject({ takenBack: 1 })
  const keys = [...PARTS, 'planned', 'takenBack', 'orders'] as const
  let opened = 0
  for (const by of LEVELS) {
    const { rows } = await board(`&by=${by}`)
    for (const key of keys)
      expect(
        rows.reduce((sum, row) => sum + row[key], 0),
        `${by} ${key}`,
      ).toBe(total[key])
    for (const row of rows)
      expect(PARTS.reduce((sum, part) => sum + row[part], 0)).toBe(row.planned)
    for (const row of rows.filter((each) => each.left < each.planned).slice(0, 2)) {
      const where = by === 'person' ? `&assignee=${row.key}` : `&unit=${row.key}`
      for (const key of keys.filter((each) => row[each] > 0)) {
        const part = key === 'planned' ? '' : `&part=${key === 'orders' ? 'order' : key}`
        expect(await tasksBehind(where + part), `${by} ${row.key} ${key}`).toBe(row[key])
        opened += 1
      }
    }
  }
  expect(opened).toBeGreaterThan(20)
  const [zone] = (await board('')).rows
  const halls = await board(`&by=hall&unit=${zone?.key}`)
  expect(halls.total).toMatchObject({ planned: zone?.planned, left: zone?.left })
})

test('who told nothing since ten, met nobody, or has no order yet is named', async () => {
  const open = (await county.sql(`
    select task_id as "taskId", assignee_id as "assigneeId", unit_id as "unitId"
      from worklists.task where state = 'open' and plan_id is not null order by task_id`)) as Task[]
  const doorsOf = Map.groupBy(open, ({ assigneeId }) => assigneeId)
  const told = (await board('&by=person')).rows.filter((row) => row.left < row.planned)
  const [quiet, knocking] = [...doorsOf]
    .filter(([staffId, own]) => own.length >= 3 && !told.some(({ key }) => key === staffId))
    .map(([staffId]) => staffId)
  const named = ({ quiet: { people } }: Board) => people.map(({ staffId }) => staffId)
  county.clock.set('2026-11-21T01:59:00Z')
  expect((await board('')).quiet).toEqual({ since: null, people: [] })
  county.clock.set('2026-11-21T03:00:00Z')
  expect(named(await board(''))).toEqual(expect.arrayContaining([quiet, knocking]))
  const doors = doorsOf.get(knocking ?? '')?.slice(0, 3) ?? []
  for (const task of doors) await tell(task, 'not_at_home')
  county.clock.set('2026-11-21T04:00:00Z')
  const now = await board('&by=person')
  const { onlyNotAtHome, withoutOrder } = now
  expect(named(now)).toContain(quiet)
  expect(named(now)).not.toContain(knocking)
  expect(onlyNotAtHome).toMatchObject([
    { staffId: knocking, told: 3, lastAt: '2026-11-21T03:00:00.000Z' },
  ])
  const none = now.rows.filter(({ planned, orders }) => planned > 0 && orders === 0)
  expect(withoutOrder.map(({ staffId }) => staffId).sort()).toEqual(
    none.map(({ key }) => key).sort(),
  )
  expect(withoutOrder.length).toBeLessThan(now.rows.length)
})

test('the board shows a hall what is the hall’s, and nobody who reads no list but the own', async () => {
  const hall = (await board('&by=hall')).rows.find(({ planned }) => planned > 0)
  const head = await county.hire({ unit: hall?.key ?? '', roles: ['hall_manager'] })
  const seen = await board('&by=hall', head)
  expect(seen.rows.find(({ key }) => key === hall?.key)).toMatchObject({ planned: hall?.planned })
  expect(seen.rows.length).toBeLessThan((await board('&by=hall')).rows.length)
  const seller = await county.hire({ unit: hall?.key ?? '', roles: ['installer'] })
  expect(await county.get(`/branches/${branchId}/board`, seller)).toMatchObject({ status: 403 })
})

test('a day without a plan, and one that has not come, have an empty board', async () => {
  const { body } = await county.get(`/branches/${branchId}/board?date=2027-01-05`, manager)
  expect(body).toMatchObject({
    ...{ date: '2027-01-05', rows: [], withoutOrder: [], quiet: { since: null, people: [] } },
    total: { planned: 0, left: 0 },
  })
})

test('people are asked from ten on, and are quiet only while work is left', () => {
  const at = (clock: string) => askedSince(DAY, new Date(`${DAY}T${clock}:00+08:00`))?.toISOString()
  expect(['09:59', '10:00', '11:59', '12:00', '23:00'].map(at)).toEqual([
    ...[undefined, '2026-11-20T16:00:00.000Z', '2026-11-20T16:00:00.000Z'],
    ...['2026-11-21T02:00:00.000Z', '2026-11-21T02:00:00.000Z'],
  ])
  expect(askedSince('2026-11-22', new Date('2026-11-21T20:00:00+08:00'))).toBeNull()
  const person = { staffId: 'a', left: 2, told: 2, notAtHome: 2, orders: 0, lastAt: null }
  const since = new Date('2026-11-21T02:00:00Z')
  expect(isQuiet(person, since)).toBe(true)
  expect(isQuiet({ ...person, lastAt: since }, since)).toBe(false)
  expect(isQuiet({ ...person, left: 0 }, since)).toBe(false)
  expect([metNobody(person), metNobody({ ...person, told: 3, notAtHome: 3 })]).toEqual([
    false,
    true,
  ])
  expect(metNobody({ ...person, told: 4, notAtHome: 3 })).toBe(false)
})
