import { afterAll, expect, test } from 'vitest'
import { settle } from '#people'
import { unwatched } from '#platform/works.ts'
import { isOnList, makePlan, PLAN_RULES, publishPlan, takeBackUntouched } from '#worklists'
import type { Person } from '../../../test/branch.ts'
import { openCounty } from '../../../test/county.ts'
import { openWorkOf, type Visit } from '../../../test/task-results.ts'
import { TASK_RULES } from './task-rules.ts'

/** Saturday, nine in the morning. */
const county = await openCounty('2026-11-21T01:00:00Z', { households: 200 })
afterAll(() => county.close())
const { branchId, works } = county
const DAY = '2026-11-21'
const TODAY = '2026-11-24'
const { take, taskOf } = await openWorkOf(county, DAY)
const manager = await county.hire()

const post = (what: string, body: object, who: Person = manager) =>
  county.post(`/branches/${branchId}/tasks/${what}`, who, body)
const reassign = (taskIds: string[], to: string, who: Person = manager) =>
  post('reassignments', { taskIds, to }, who)
const sellerBeside = ({ assigneeUnitId: unit }: Visit) =>
  county.hire({ unit, roles: ['micro_seller'] })
const onListOf = async (who: Person) => {
  const { body } = await county.get(`/branches/${branchId}/people/${who.id}/list`, who)
  type Stops = { stops: { tasks: { taskId: string }[] }[] }
  return (body as Stops).stops.flatMap(({ tasks }) => tasks.map(({ taskId }) => taskId))
}
const isListed = (who: Person, { subscriberId }: Visit, day: string) =>
  county.unit(who, (unit) => isOnList(unit, { branchId, staffId: who.id, subscriberId, day }))
const hoursOf = async (taskId: string) => {
  const [row] = await county.sql(`select visit_order as nth, origin,
      (window_start at time zone 'Asia/Shanghai')::text as start,
      (window_end at time zone 'Asia/Shanghai')::text as end
    from worklists.task where task_id = '${taskId}'`)
  return row as { nth: number; origin: string; start: string; end: string }
}
/** Publishes another plan of the day; its door task for the household of a visit. */
async function replan(visit: Visit): Promise<string> {
  await county.unit(county.system, (unit) =>
    settle(unit, branchId, PLAN_RULES, { mayOverflow: false }),
  )
  const { planId } = await makePlan(works, { branchId, day: DAY }, unwatched)
  await publishPlan(works, { branchId, planId }, unwatched)
  const [again] = await county.sql(`select task_id as id from worklists.task
    where (plan_id, household_id, touchpoint, state)
        = ('${planId}', '${visit.householdId}', 'door', 'open')`)
  return String(again?.id)
}

test('what another plan took the place of is given again where that plan sends nobody', async () => {
  const visit = take()
  await post('take-backs', { taskIds: [visit.taskId] })
  const again = await replan(visit)
  expect(again).not.toBe(visit.taskId)
  const next = await sellerBeside(visit)
  expect(await reassign([visit.taskId], next.id), 'the household is on a list').toMatchObject({
    status: 200,
    body: {
      taskIds: [],
      left: [{ taskId: visit.taskId, because: { code: 'household-on-list' } }],
    },
  })
  expect(await taskOf(visit.taskId)).toMatchObject({ state: 'taken_back' })

  await post('take-backs', { taskIds: [again] })
  const before = await hoursOf(visit.taskId)
  expect(await reassign([visit.taskId], next.id)).toMatchObject({
    ...{ status: 200, body: { taskIds: [visit.taskId], left: [] } },
  })
  expect(await taskOf(visit.taskId)).toMatchObject({ state: 'open', who: next.id, plan: null })
  expect(await hoursOf(visit.taskId)).toEqual({ ...before, nth: 0, origin: 'hand' })
  expect(await onListOf(next)).toEqual([visit.taskId])
  expect(await isListed(next, visit, DAY)).toBe(true)
})

test('what was taken back of a day that is over is on today’s list when it is given again', async () => {
  const [row] = await county.sql(`
    select task_id as "taskId", assignee_id as "assigneeId", subscriber_id as "subscriberId",
        assignee_unit_id as "assigneeUnitId", household_id as "householdId"
      from worklists.task join worklists.plan using (branch_id, plan_id)
     where plan.state = 'published' and task.state = 'open' and touchpoint = 'door'
     order by task_id limit 1`)
  const visit = row as Visit
  const rules = { attempts: 3, takeBack: true, takeBackDays: 3 }
  await county.unit(county.system, (unit) => settle(unit, branchId, TASK_RULES, rules))
  county.clock.set(`${TODAY}T01:00:00Z`)
  expect(await takeBackUntouched(works)).toBeGreaterThan(0)
  expect(await taskOf(visit.taskId)).toMatchObject({ state: 'taken_back' })

  const before = await hoursOf(visit.taskId)
  const next = await sellerBeside(visit)
  expect(await reassign([visit.taskId], next.id, await county.hire())).toMatchObject({
    ...{ status: 200, body: { taskIds: [visit.taskId], left: [] } },
  })
  expect(await onListOf(next)).toEqual([visit.taskId])
  expect(await isListed(next, visit, TODAY)).toBe(true)
  const onDay = (told: string) => told.replace(DAY, TODAY)
  expect(await hoursOf(visit.taskId), 'at the same hours').toEqual({
    ...{ nth: 0, origin: 'hand', start: onDay(before.start), end: onDay(before.end) },
  })
  expect(await takeBackUntouched(works)).toBe(0)
  expect(await taskOf(visit.taskId)).toMatchObject({ state: 'open', who: next.id })
})
