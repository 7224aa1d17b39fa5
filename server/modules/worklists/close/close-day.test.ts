import { randomUUID } from 'node:crypto'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { z } from 'zod'
import type { readClose } from '#contract/close.ts'
import { WORKLISTS_ERASER } from '#worklists'
import type { Person } from '../../../test/branch.ts'
import { openCounty } from '../../../test/county.ts'
import { openWorkOf, promised, RENEWED, told, type Visit } from '../../../test/task-results.ts'

/** Saturday, nine in the morning. */
const county = await openCounty('2026-11-21T01:00:00Z', { households: 260 })
afterAll(() => county.close())
const { branchId } = county
const DAY = '2026-11-21'
const { take, assignee, tell, taskOf } = await openWorkOf(county, DAY)
const manager = await county.hire()

type View = z.output<typeof readClose.response>
const NEXT = { outcome: 'next-day' }
const close = (body: object, who: Person = manager) =>
  county.post(`/branches/${branchId}/closes`, who, {
    date: DAY,
    decisions: [],
    rest: null,
    ...body,
  })
const read = async (unit: string, date = DAY, who: Person = manager) => {
  const { body } = await county.get(`/branches/${branchId}/closes?unit=${unit}&date=${date}`, who)
  return body as View
}
const accounts = async (unit: string, query: string, who: Person = manager) => {
  const url = `/branches/${branchId}/closes/tasks?date=${DAY}&unit=${unit}&${query}`
  return (await county.get(url, who)).body as { rows: object[]; total: number; next?: string }
}
const on = (taskId: string, what: object) => ({ decisions: [{ taskId, what }] })
const sellerIn = (unit: string) => county.hire({ unit, roles: ['micro_seller'] })
const listOf = async (who: Person, date: string) => {
  const url = `/branches/${branchId}/people/${who.id}/list?date=${date}`
  type Stops = { stops: { tasks: { taskId: string; reasons: { code: string }[] }[] }[] }
  const { body } = await county.get(url, who)
  return (body as Stops).stops.flatMap(({ tasks }) => tasks)
}
/** A grid of people that no other test closes, with some of its visits. */
const taken = new Set<string>()
function takeGrid(): { unit: string; visits: [Visit, Visit, ...Visit[]] } {
  const first = take((visit) => !taken.has(visit.assigneeUnitId))
  const unit = first.assigneeUnitId
  taken.add(unit)
  const visits = [first]
  for (;;)
    try {
      visits.push(take((visit) => visit.assigneeUnitId === unit))
    } catch {
      break
    }
  const [one, two, ...more] = visits
  if (!one || !two) return takeGrid()
  return { unit, visits: [one, two, ...more] }
}
const sumOf = ({ planned: _, orders: __, ...parts }: View['counts']) =>
  Object.values(parts).reduce((sum, count) => sum + count, 0)

test('a day is closed when each task has somewhere to go, and then tells what became of each', async () => {
  const { unit, visits } = takeGrid()
  const [done, dropped] = visits
  await tell(done.taskId, await assignee(done), told(RENEWED))
  const before = await read(unit)
  expect(before).toMatchObject({
    closed: null,
    below: [],
    late: [],
    counts: { done: 1, orders: 1 },
  })
  expect(before.tasks).toHaveLength(before.counts.left)
  const one = on(dropped.taskId, { outcome: 'dropped', reason: 'other', note: '门牌拆除' })
  expect(await close({ unit, ...one })).toMatchObject({
    status: 409,
    body: { code: 'tasks-left', detail: expect.stringContaining(String(before.counts.left - 1)) },
  })
  const closed = await close({ unit, ...one, rest: NEXT })
  expect(closed.status).toBe(200)
  const view = closed.body as View
  expect(view.closed).toMatchObject({
    unitId: unit,
    closedBy: manager.id,
    counts: { planned: before.counts.planned, done: 1, left: 0, dropped: 1, orders: 1 },
  })
  expect(view.closed?.counts.planned).toBe(sumOf(view.closed?.counts ?? before.counts))
  expect(view, 'nothing is left to be accounted for').toMatchObject({ counts: { planned: 0 } })
  expect(await close({ unit, rest: NEXT })).toMatchObject({
    ...{ status: 409, body: { code: 'day-closed-already' } },
  })
  expect(await taskOf(dropped.taskId)).toMatchObject({ state: 'withdrawn' })
  const { taskId, assigneeId: staffId } = dropped
  expect(await accounts(unit, 'account=dropped')).toMatchObject({
    ...{ total: 1, rows: [{ taskId, staffId, reason: 'other', note: '门牌拆除', times: null }] },
  })
  const about = { branchId, subscriberIds: [dropped.subscriberId], leftHomes: [] }
  await county.unit(county.system, (own) => WORKLISTS_ERASER.inLedger(own, about))
  expect(
    await county.sql(`select note, is_erased from worklists.day_close_task
      where task_id = '${dropped.taskId}'`),
    'an erasure empties what was noted',
  ).toEqual([{ note: null, is_erased: true }])
})

test('what is carried over is on the list of the next day with the reason why', async () => {
  const { unit, visits } = takeGrid()
  const [visit, other] = visits
  const next = await sellerIn(unit)
  const { body } = await close({
    unit,
    ...on(other.taskId, { outcome: 'given', to: next.id }),
    rest: NEXT,
  })
  const { counts } = (body as View).closed ?? { counts: undefined }
  expect(counts).toMatchObject({ given: 1, left: 0 })
  expect(await accounts(unit, 'account=given')).toMatchObject({
    ...{ total: 1, rows: [{ taskId: other.taskId, toStaffId: next.id, times: 1, note: null }] },
  })
  const all = await accounts(unit, 'limit=200')
  expect(all).toMatchObject({ total: counts?.planned, next: null })
  const first = await accounts(unit, 'limit=1')
  const second = await accounts(unit, `limit=1&cursor=${first.next}`)
  expect([...first.rows, ...second.rows]).toEqual(all.rows.slice(0, 2))
  const elsewhere = await county.hire({ unit: [...taken][0] ?? '' })
  expect(await accounts(unit, '', elsewhere), 'nobody of another grid').not.toHaveProperty('rows')
  expect(await taskOf(visit.taskId)).toMatchObject({ state: 'open', plan: null, day: '2026-11-22' })
  expect(await taskOf(other.taskId)).toMatchObject({ state: 'open', who: next.id })
  const listed = await listOf(await assignee(visit), '2026-11-22')
  const reasons = listed.find(({ taskId }) => taskId === visit.taskId)?.reasons ?? []
  expect(reasons).toContainEqual(
    expect.objectContaining({ code: 'carried-over', values: { since: DAY, times: 1 } }),
  )
})

test('whose household refused meanwhile is not carried over, and the account says why', async () => {
  const [visit] = (await county.sql(`
    select task_id as "taskId", subscriber_id as "subscriberId", assignee_unit_id as unit
      from worklists.task where purpose = 'marketing' and touchpoint = 'door' and state = 'open'
       and day = '${DAY}' and assignee_unit_id <> all ('{${[...taken].join()}}')
     order by task_id limit 1`)) as { taskId: string; subscriberId: string; unit: string }[]
  if (!visit) throw new Error('the county has visits that sell')
  taken.add(visit.unit)
  const url = `/branches/${branchId}/subscribers/${visit.subscriberId}/touches`
  const refused = await county.post(url, manager, {
    ...{ touchId: randomUUID(), at: null, channel: 'call_in', purpose: 'marketing' },
    ...{ result: 'refused', scope: 'all', offer: null, until: null, note: null },
  })
  expect(refused).toMatchObject({ status: 200 })
  const next = await sellerIn(visit.unit)
  const given = on(visit.taskId, { outcome: 'given', to: next.id })
  const { body } = await close({ unit: visit.unit, ...given, rest: NEXT })
  const dropped = await county.sql(`select task_id as "taskId", reason from worklists.day_close_task
    where close_unit_id = '${visit.unit}' and outcome = 'dropped'`)
  expect(dropped).toContainEqual({ taskId: visit.taskId, reason: 'may-not-be-met' })
  expect((body as View).closed?.counts).toMatchObject({ given: 0, dropped: dropped.length })
  expect(await taskOf(visit.taskId)).toMatchObject({ state: 'withdrawn', day: DAY })
})

test('a damaged extract drops nothing: what it leaves unknown is asked about at the door', async () => {
  const { unit, visits } = takeGrid()
  const [snapshot] = await county.sql('select file from subscribers.snapshot limit 1')
  const file = join(county.works.lake.folder, String(snapshot?.file))
  await rename(file, `${file}.away`)
  await close({ unit, rest: NEXT })
  await rename(`${file}.away`, file)
  expect(await taskOf(visits[0].taskId)).toMatchObject({ state: 'open', day: '2026-11-22' })
})

test('a result that arrives after the close is kept and told beside counts that stay', async () => {
  const { unit, visits } = takeGrid()
  const [carried, dropped] = visits
  const weather = { outcome: 'dropped', reason: 'weather' }
  const closed = (await close({ unit, ...on(dropped.taskId, weather), rest: NEXT })).body as View
  const who = await assignee(carried)
  expect(await tell(carried.taskId, who, told(RENEWED))).toMatchObject({
    ...{ status: 200 },
    body: { standing: 'first', taskState: 'done', conflicts: [{ code: 'day-closed' }] },
  })
  expect(
    await tell(dropped.taskId, await assignee(dropped), told(promised('2026-11-25'))),
  ).toMatchObject({
    status: 200,
    body: { standing: 'beside', conflicts: [{ code: 'task-dropped' }, { code: 'day-closed' }] },
  })
  const view = await read(unit)
  expect(view.closed?.counts).toEqual(closed.closed?.counts)
  const late = view.late.map(({ taskId, result }) => [taskId, result])
  expect(late).toContainEqual([carried.taskId, 'done'])
  expect(late).toContainEqual([dropped.taskId, 'promised'])
})

test('of two who close a day at once one does, and the other is told', async () => {
  const { unit } = takeGrid()
  const second = await county.hire()
  const answers = await Promise.all([
    close({ unit, rest: NEXT }),
    close({ unit, rest: { outcome: 'taken-back' } }, second),
  ])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  expect(answers.map(({ body }) => (body as { code?: string }).code)).toContain(
    'day-closed-already',
  )
})

test('what cannot be closed, or not by this person, is refused with its reason', async () => {
  const { unit, visits } = takeGrid()
  const [visit] = visits
  const twice = { taskId: visit.taskId, what: NEXT }
  const clerk = await county.hire({ unit, roles: ['hall_clerk'] })
  const elsewhere = await county.hire({ unit: '370685' })
  const ghost = { outcome: 'given', to: 'nobody' }
  const cases: [object, number, string, Person?][] = [
    [{ unit, date: '2026-11-22', rest: NEXT }, 409, 'day-not-begun'],
    [{ unit: '370686-Z99', rest: NEXT }, 404, 'unit-unknown'],
    [{ unit: '370685', rest: NEXT }, 404, 'unit-unknown'],
    [{ unit }, 409, 'tasks-left'],
    [{ unit, decisions: [twice, twice] }, 422, 'decision-twice'],
    [{ unit, ...on('nobodys-task', NEXT), rest: NEXT }, 404, 'task-unknown'],
    [{ unit, rest: ghost }, 404, 'staff-unknown'],
    [{ unit, rest: { outcome: 'dropped', reason: 'other' } }, 400, 'malformed-request'],
    [{ unit, rest: { outcome: 'dropped', reason: 'covered' } }, 400, 'malformed-request'],
    [{ unit, rest: { outcome: 'dropped', reason: 'may-not-be-met' } }, 400, 'malformed-request'],
    [{ unit, rest: NEXT }, 403, 'not-allowed', clerk],
    [{ unit, rest: NEXT }, 404, 'branch-unknown', elsewhere],
  ]
  for (const [body, status, code, who] of cases)
    expect(await close(body, who), code).toMatchObject({ status, body: { code } })
  expect((await read(unit)).closed).toBeNull()
})

test('a unit closes what units below it have not, and they cannot close after it', async () => {
  const { unit } = takeGrid()
  await close({ unit, rest: NEXT })
  const before = await read(branchId)
  expect(before.below.map(({ unitId }) => unitId)).toContain(unit)
  const { body } = await close({ unit: branchId, rest: NEXT })
  expect((body as View).closed?.counts.planned).toBe(before.counts.planned)
  const rows =
    await county.sql(`select count(*)::integer as n, count(distinct task_id)::integer as d
    from worklists.day_close_task where day = '${DAY}'`)
  const closes = (body as View).below.reduce((sum, each) => sum + each.counts.planned, 0)
  expect(rows).toEqual([{ n: closes + before.counts.planned, d: closes + before.counts.planned }])
  expect(await close({ unit, rest: NEXT })).toMatchObject({ body: { code: 'day-closed-already' } })
})

test('each further close counts how often a task was carried over', async () => {
  county.clock.set('2026-11-22T11:00:00Z')
  const later = await county.signIn(manager.id)
  const again = await read(branchId, '2026-11-22', later)
  const [task] = again.tasks.filter(({ times }) => times === 1)
  expect(again.tasks.length).toBeGreaterThan(1)
  await close({ unit: branchId, date: '2026-11-22', rest: NEXT }, later)
  const third = await read(branchId, '2026-11-23', later)
  expect(third.tasks).toContainEqual({ ...task, times: 2 })
})
