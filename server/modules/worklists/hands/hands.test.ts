import { afterAll, expect, test } from 'vitest'
import { settle } from '#people'
import { takeBackUntouched } from '#worklists'
import type { Person } from '../../../test/branch.ts'
import { openCounty } from '../../../test/county.ts'
import { AWAY, openWorkOf, promised, RENEWED, told } from '../../../test/task-results.ts'
import { TASK_RULES } from './task-rules.ts'

/** Saturday, nine in the morning. */
const county = await openCounty('2026-11-21T01:00:00Z', { households: 240 })
afterAll(() => county.close())
const { branchId, works } = county
const DAY = '2026-11-21'
const { take, assignee, tell, taskOf } = await openWorkOf(county, DAY)
const manager = await county.hire()

const reassign = (taskIds: string[], to: string, who: Person = manager) =>
  county.post(`/branches/${branchId}/tasks/reassignments`, who, { taskIds, to })
const takeBack = (taskIds: string[], who: Person = manager) =>
  county.post(`/branches/${branchId}/tasks/take-backs`, who, { taskIds })
const split = (from: string, dryRun: boolean, who: Person = manager) =>
  county.post(`/branches/${branchId}/tasks/splits`, who, { from, date: DAY, dryRun })
const entries = (action: string) =>
  county.sql(`select about_id as who, body::jsonb -> 'values' as values
    from platform.audit_entry where action = '${action}' order by seq`)

test('a task that is given to somebody else is on their list, behind the own ones', async () => {
  const visit = take()
  const next = await county.hire({ unit: visit.assigneeUnitId, roles: ['micro_seller'] })
  expect(await reassign([visit.taskId], next.id)).toMatchObject({
    ...{ status: 200, body: { taskIds: [visit.taskId], left: [] } },
  })
  expect(await taskOf(visit.taskId)).toMatchObject({ state: 'open', who: next.id })
  const { body } = await county.get(`/branches/${branchId}/people/${next.id}/list`, next)
  expect(body).toMatchObject({ total: 1, stops: [{ tasks: [{ taskId: visit.taskId }] }] })
  expect((await entries('task.reassigned')).at(-1)).toEqual({ who: next.id, values: { tasks: 1 } })
})

test('what the former one told at the door is kept, and the task waits for its new owner', async () => {
  const visit = take()
  const former = await assignee(visit)
  const next = await county.hire({ unit: visit.assigneeUnitId, roles: ['micro_seller'] })
  await reassign([visit.taskId], next.id)
  expect(await tell(visit.taskId, former, told(RENEWED))).toMatchObject({
    status: 200,
    body: { standing: 'beside', taskState: 'open', conflicts: [{ code: 'task-reassigned' }] },
  })
  expect(await tell(visit.taskId, next, told(RENEWED))).toMatchObject({
    status: 200,
    body: { standing: 'first', taskState: 'done', conflicts: [{ code: 'renewed-meanwhile' }] },
  })
})

test('who was given a task in another hall tells of it from there', async () => {
  const visit = take()
  const former = await assignee(visit)
  const far = await county.sql(`select unit_id as id from people.unit
    where kind = 'hall' and unit_id <> '${visit.assigneeUnitId}' order by unit_id`)
  const away = String(far.at(-1)?.id)
  const next = await county.hire({ unit: away, roles: ['micro_seller'] })
  await reassign([visit.taskId], next.id)
  expect(await tell(visit.taskId, former, told(AWAY))).toMatchObject({
    body: { standing: 'beside', followUp: null },
  })
  expect(await tell(visit.taskId, next, told(RENEWED))).toMatchObject({
    body: { standing: 'first', taskState: 'done' },
  })
})

test('a task that was taken back is on nobody’s list until it is given again', async () => {
  const visit = take()
  const former = await assignee(visit)
  expect(await takeBack([visit.taskId])).toMatchObject({ body: { taskIds: [visit.taskId] } })
  expect(await taskOf(visit.taskId)).toMatchObject({ state: 'taken_back' })
  const onList = async (query = '') => {
    const { body } = await county.get(
      `/branches/${branchId}/tasks?date=${DAY}&limit=200&assignee=${visit.assigneeId}${query}`,
      manager,
    )
    return (body as { rows: { taskId: string }[] }).rows.map(({ taskId }) => taskId)
  }
  expect(await onList()).not.toContain(visit.taskId)
  expect(await onList('&state=taken_back')).toContain(visit.taskId)
  expect(await tell(visit.taskId, former, told(promised('2026-11-24')))).toMatchObject({
    body: {
      ...{ standing: 'beside', taskState: 'taken_back' },
      ...{ conflicts: [{ code: 'task-taken-back' }], followUp: { dueOn: '2026-11-24' } },
    },
  })
  expect(await reassign([visit.taskId], former.id)).toMatchObject({
    body: { taskIds: [visit.taskId] },
  })
  expect(await taskOf(visit.taskId)).toMatchObject({ state: 'open', who: former.id })
})

test('what has a result stays where it is, and the answer says why', async () => {
  const visit = take()
  const former = await assignee(visit)
  await tell(visit.taskId, former, told(RENEWED))
  const left = [{ taskId: visit.taskId, because: { code: 'task-closed' } }]
  expect(await takeBack([visit.taskId])).toMatchObject({ body: { taskIds: [], left } })
  expect(await reassign([visit.taskId], manager.id)).toMatchObject({ body: { taskIds: [], left } })
})

test('of a result and a new owner at once both are kept, in one order or the other', async () => {
  const visit = take()
  const former = await assignee(visit)
  const next = await county.hire({ unit: visit.assigneeUnitId, roles: ['micro_seller'] })
  const [result, moved] = await Promise.all([
    tell(visit.taskId, former, told(RENEWED)),
    reassign([visit.taskId], next.id),
  ])
  expect([result.status, moved.status]).toEqual([200, 200])
  const { standing } = result.body as { standing: string }
  const isMoved = (moved.body as { taskIds: string[] }).taskIds.length === 1
  expect(standing).toBe(isMoved ? 'beside' : 'first')
  expect(await taskOf(visit.taskId)).toMatchObject(
    isMoved ? { state: 'open', who: next.id } : { state: 'done', who: former.id },
  )
})

test('nobody gives away what is out of their sight, nor to whom they do not lead', async () => {
  const visit = take()
  const hall = visit.assigneeUnitId.split('-G')[0] ?? ''
  const [other] = await county.sql(`
    select unit_id as id from people.unit where kind = 'hall'
      and unit_id <> '${hall}' and unit_id like '${branchId}%' order by unit_id desc limit 1`)
  const stranger = await county.hire({ unit: String(other?.id), roles: ['hall_manager'] })
  const theirs = await county.hire({ unit: String(other?.id), roles: ['micro_seller'] })
  expect(await takeBack([visit.taskId], stranger)).toMatchObject({
    ...{ status: 404, body: { code: 'task-unknown' } },
  })
  const leader = await county.hire({ unit: hall, roles: ['hall_manager'] })
  expect(await reassign([visit.taskId], theirs.id, leader)).toMatchObject({
    ...{ status: 404, body: { code: 'staff-unknown' } },
  })
  const seller = await assignee(visit)
  expect(await takeBack([visit.taskId], seller)).toMatchObject({
    ...{ status: 403, body: { code: 'not-allowed' } },
  })
  expect(await split(visit.assigneeId, true, stranger)).toMatchObject({ status: 404 })
  expect(await taskOf(visit.taskId)).toMatchObject({ state: 'open', who: visit.assigneeId })
})

test('the day of somebody who is away is divided among the crew, first on paper', async () => {
  const [busy] = await county.sql(`
    select assignee_id as id, assignee_unit_id as unit, count(*)::int as tasks from worklists.task
     where state = 'open' and day = '${DAY}' group by 1, 2 order by 3 desc, 1 limit 1`)
  const from = String(busy?.id)
  const helpers = [1, 2].map(() =>
    county.hire({ unit: String(busy?.unit), roles: ['micro_seller'] }),
  )
  const crew = (await Promise.all(helpers)).map(({ id }) => id)
  const paper = await split(from, true)
  type Split = { moved: number; left: number; shares: { staffId: string; tasks: number }[] }
  const { moved, left, shares } = paper.body as Split
  expect(moved + left).toBe(busy?.tasks)
  expect(shares.map(({ staffId }) => staffId)).toEqual(expect.arrayContaining(crew))
  const openOf = async () => {
    const [row] = await county.sql(`select count(*)::int as n from worklists.task
      where assignee_id = '${from}' and state = 'open' and day = '${DAY}'`)
    return row?.n
  }
  expect(await openOf()).toBe(busy?.tasks)
  expect((await split(from, false)).body).toEqual(paper.body)
  expect(await openOf()).toBe(left)
  const [why] = await county.sql(`select count(*)::int as n from worklists.handover
    where why = 'split' and from_staff = '${from}'`)
  expect(why?.n).toBe(moved)
})

test('the work of a crew is divided by the number of subscribers among the people who are named', async () => {
  const visit = take()
  const unit = visit.assigneeUnitId
  const people = await Promise.all(
    [1, 2, 3].map(() => county.hire({ unit, roles: ['micro_seller'] })),
  )
  const among = people.map(({ id }) => id)
  const part = (more: object) =>
    county.post(`/branches/${branchId}/tasks/splits`, manager, {
      ...{ from: null, unit, date: DAY, among, by: 'subscribers', dryRun: false, ...more },
    })
  const doors = await county.sql(`select count(*)::int as n from worklists.task join worklists.plan
    using (branch_id, plan_id) where (assignee_unit_id, task.state, plan.state, touchpoint)
      = ('${unit}', 'open', 'published', 'door')`)
  const { status, body } = await part({})
  expect(status).toBe(200)
  type Shares = { moved: number; shares: { staffId: string; tasks: number; subscribers: number }[] }
  const { shares, moved } = body as Shares
  expect(shares.map(({ staffId }) => staffId).sort()).toEqual(among.toSorted())
  expect(moved).toBeGreaterThanOrEqual(Math.min(Number(doors[0]?.n), 3))
  const loads = shares.map(({ subscribers }) => subscribers)
  expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(8)
  const again = (await part({})).body as Shares
  expect(again.shares, 'divided again it is the same').toEqual(shares)
  expect(await part({ from: visit.assigneeId })).toMatchObject({
    body: { code: 'split-of-one' },
  })
  expect(await part({ unit: '370685-H01-G1' })).toMatchObject({ body: { code: 'unit-unknown' } })
  expect(await part({ among: ['NOBODY'] })).toMatchObject({ body: { code: 'staff-unknown' } })
})

test('untouched work is taken back where the branch wants it, after its days', async () => {
  const touched = take()
  const seller = await assignee(touched)
  await tell(touched.taskId, seller, told(promised('2026-11-22')))
  const openPlanned = async () => {
    const [row] = await county.sql(`select count(*)::int as n from worklists.task
      where state = 'open' and plan_id is not null`)
    return Number(row?.n)
  }
  const before = await openPlanned()
  county.clock.set('2026-11-23T01:00:00Z')
  expect(await takeBackUntouched(works), 'by default never').toBe(0)
  const rules = { attempts: 3, takeBack: true, takeBackDays: 3 }
  await county.unit(county.system, (unit) => settle(unit, branchId, TASK_RULES, rules))
  expect(await takeBackUntouched(works), 'two days are over').toBe(0)
  county.clock.set('2026-11-24T01:00:00Z')
  const promises = await county.sql(`select from worklists.task
    where state = 'open' and plan_id is null`)
  const met = await county.sql(`select distinct task_id from worklists.result join worklists.task
    using (branch_id, task_id) where task.state = 'open' and task.plan_id is not null`)
  expect(await takeBackUntouched(works)).toBe(before - met.length)
  expect(await openPlanned(), 'somebody was at these doors').toBe(met.length)
  expect(
    await county.sql(`select from worklists.task where state = 'open' and plan_id is null`),
  ).toHaveLength(promises.length)
  expect(await takeBackUntouched(works)).toBe(0)
})
