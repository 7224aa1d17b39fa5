import { afterAll, expect, test } from 'vitest'
import type { Person } from '../../../test/branch.ts'
import { openCounty } from '../../../test/county.ts'
import { openWorkOf, told } from '../../../test/task-results.ts'

/** Saturday, nine in the morning. */
const county = await openCounty('2026-11-21T01:00:00Z', { households: 120 })
afterAll(() => county.close())
const { branchId } = county
const DAY = '2026-11-21'
const manager = await county.hire()
const admin = await county.hire({ roles: ['administrator'] })
const [grid] = await county.sql(`
  select unit_id as id from people.staff where 'micro_seller' = any (roles)
   group by 1 order by count(*) desc, 1 limit 1`)
const unit = String(grid?.id)
/** Somebody who looks on, and somebody who does as well but sells beside it; both before the plan. */
const analyst = await county.hire({ unit, roles: ['analyst'] })
const both = await county.hire({ unit, roles: ['analyst'] })
await county.post(`/organisation/staff/${both.id}/posts`, admin, {
  ...{ unitId: unit, roles: ['micro_seller'], validFrom: DAY, validTo: null },
})
const { take, assignee, tell, taskOf } = await openWorkOf(county, DAY)

const UNFIT = { status: 422, body: { code: 'staff-cannot-work-tasks' } }
const post = (path: string, body: object, who: Person = manager) =>
  county.post(`/branches/${branchId}${path}`, who, body)
const tasksOf = async ({ id }: Person) => {
  const [row] = await county.sql(`select count(*)::int as n from worklists.task
    where assignee_id = '${id}'`)
  return row?.n
}

test('a plan sends whoever may work on tasks by any post, and nobody else', async () => {
  expect(await tasksOf(analyst)).toBe(0)
  expect(await tasksOf(both)).toBeGreaterThan(0)
})

test.each([
  { way: 'reassigned', path: '/tasks/reassignments', body: { taskIds: [], to: analyst.id } },
  {
    way: 'given',
    path: '/tasks',
    body: { subscriberIds: ['S'], kind: 'upgrade', touchpoint: 'door', on: DAY, to: analyst.id },
  },
  {
    way: 'divided',
    path: '/tasks/splits',
    body: { from: null, unit, date: DAY, among: [analyst.id], dryRun: true },
  },
  {
    way: 'left at the close',
    path: '/closes',
    body: { date: DAY, unit, decisions: [], rest: { outcome: 'given', to: analyst.id } },
  },
])('what is $way goes to nobody who may not work on it', async ({ path, body }) => {
  const { taskId } = take()
  const asked = 'taskIds' in body ? { ...body, taskIds: [taskId] } : body
  const refused = await post(path, asked)
  expect(refused).toMatchObject(UNFIT)
  expect(refused.body).toMatchObject({ detail: expect.stringContaining(analyst.id) })
})

test('who works on tasks by a post beside the main one is given them', async () => {
  const { taskId } = take((visit) => visit.assigneeId !== both.id)
  expect(await post('/tasks/reassignments', { taskIds: [taskId], to: both.id })).toMatchObject({
    body: { taskIds: [taskId] },
  })
})

test('the work of a crew goes to those who may work on tasks, and they alone are offered', async () => {
  const asked = { from: null, unit, date: DAY, dryRun: true }
  const { body } = await post('/tasks/splits', asked)
  const { shares } = body as { shares: { staffId: string }[] }
  const ids = shares.map(({ staffId }) => staffId)
  expect(ids).toContain(both.id)
  expect(ids).not.toContain(analyst.id)
  const { body: page } = await county.get(
    `/organisation/staff?unit=${unit}&may=task:work&limit=100`,
    manager,
  )
  const offered = (page as { rows: { staffId: string }[] }).rows.map(({ staffId }) => staffId)
  expect(offered).toContain(both.id)
  expect(offered).not.toContain(analyst.id)
})

test('what is handed over to somebody who may not work on it stays, and the answer says why', async () => {
  const visit = take()
  const over = told({ result: 'handed_over', handedOver: { to: analyst.id } })
  const { body } = await tell(visit.taskId, await assignee(visit), over)
  expect(body).toMatchObject({ conflicts: [{ code: 'receiver-unfit' }] })
  const { followUp } = body as { followUp: { taskId: string } }
  expect(await taskOf(followUp.taskId)).toMatchObject({ who: visit.assigneeId })
})
