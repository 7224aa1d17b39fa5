import { afterAll, beforeEach, expect, test } from 'vitest'
import { unwatched } from '#platform/works.ts'
import { makePlan, publishPlan } from '#worklists'
import type { Person } from '../../test/branch.ts'
import { openCounty } from '../../test/county.ts'

/** Saturday, ten in the morning: no channel is quiet. */
const MORNING = '2026-11-21T02:00:00Z'
const HALF_PAST = '2026-11-21T02:30:00.000Z'
const county = await openCounty(MORNING, { households: 160 })
afterAll(() => county.close())
beforeEach(() => county.clock.set(MORNING))
const { branchId, works } = county
const { planId } = await makePlan(works, { branchId, day: '2026-11-21' }, unwatched)
await publishPlan(works, { branchId, planId }, unwatched)

type Task = { taskId: string; staff: string; subscriber: string; household: string; unit: string }
const tasks = (await county.sql(`
    select task_id as "taskId", assignee_id as staff, subscriber_id as subscriber,
           household_id as household, unit_id as unit
      from worklists.task where touchpoint = 'door' order by purpose, task_id`)) as Task[]
function nextTask(): Task {
  const task = tasks.shift()
  if (!task) throw new Error('the county has visits enough')
  return task
}
const people = new Map<string, Promise<Person>>()
function person(staffId: string): Promise<Person> {
  const known = people.get(staffId) ?? county.signIn(staffId)
  people.set(staffId, known)
  return known
}
const at = `/branches/${branchId}`
const opening = ({ taskId }: Task) => `${at}/tasks/${taskId}/opening`
const open = async (task: Task, who?: Person) =>
  county.post(opening(task), who ?? (await person(task.staff)))
/** Gives a task at the same door to somebody else, as another day or channel would. */
async function twinOf(task: Task): Promise<Task & { who: Person }> {
  const who = await county.hire({ unit: '370686-Z1', roles: ['installer'] })
  const taskId = `${task.taskId}-twin`
  await county.sql(`
    insert into worklists.task
    select (jsonb_populate_record(task, jsonb_build_object('task_id', '${taskId}',
             'touchpoint', 'installer', 'assignee_id', '${who.id}', 'purpose', 'renewal'))).*
      from worklists.task where task_id = '${task.taskId}'`)
  return { ...task, taskId, who }
}
const holds = ({ household }: Task) =>
  county.sql(`select staff_id as who, until from contacts.hold where household_id = '${household}'`)
const record = async (task: Task, told: object, who?: Person) =>
  county.post(`${at}/subscribers/${task.subscriber}/touches`, who ?? (await person(task.staff)), {
    ...{ at: null, channel: 'door', purpose: 'renewal', result: 'promised', scope: null },
    ...{ offer: null, until: null, note: null, ...told },
  })

test('whoever opens a door first has it for half an hour, and the second is told who is there', async () => {
  const task = nextTask()
  const twin = await twinOf(task)
  expect(await open(task)).toMatchObject({
    status: 200,
    body: { taskId: task.taskId, may: true, against: [], heldUntil: HALF_PAST },
  })
  const { body } = await open(twin, twin.who)
  expect(body).toMatchObject({
    ...{ may: false, heldUntil: null, opens: HALF_PAST },
    against: [{ code: 'held', values: { until: '10:30' } }],
  })
  expect(JSON.stringify(body), 'the post, and not the person').not.toContain(task.staff)
  expect(await holds(task)).toEqual([{ who: task.staff, until: new Date(HALF_PAST) }])
})

test('of many who open one door at once, one gets it', async () => {
  const task = nextTask()
  const others = [1, 2, 3].map(() => county.hire({ roles: ['installer'] }))
  const who = await Promise.all([person(task.staff), ...others])
  for (const [nth, each] of who.entries())
    await county.sql(`
      insert into worklists.task
      select (jsonb_populate_record(task, jsonb_build_object('task_id', 'many-${nth}',
               'plan_id', null, 'origin', 'hand', 'purpose', 'renewal',
               'assignee_id', '${each.id}'))).*
        from worklists.task where task_id = '${task.taskId}'`)
  const answers = await Promise.all(
    who.map((each, nth) => open({ ...task, taskId: `many-${nth}` }, each)),
  )
  const got = answers.map(({ body }) => (body as { may: boolean }).may)
  expect(got.filter(Boolean)).toHaveLength(1)
  expect(await holds(task)).toHaveLength(1)
})

test('it is free again after a touch, on leaving, and with time', async () => {
  for (const end of [
    (task: Task) => record(task, {}),
    async (task: Task) => county.delete(opening(task), await person(task.staff)),
    async () => county.clock.set(HALF_PAST),
  ]) {
    const task = nextTask()
    const twin = await twinOf(task)
    county.clock.set(MORNING)
    await open(task)
    expect(await open(twin, twin.who)).toMatchObject({ body: { may: false } })
    expect(await end(task)).not.toMatchObject({ status: 409 })
    const { body } = await open(twin, twin.who)
    expect(body).toMatchObject({ against: [], may: true })
  }
})

test('opening it again goes on with the own hold, and a touch of before leaves it', async () => {
  const task = nextTask()
  await open(task)
  county.clock.set('2026-11-21T02:20:00Z')
  expect(await open(task)).toMatchObject({ body: { heldUntil: '2026-11-21T02:50:00.000Z' } })
  await record(task, { at: '2026-11-21T01:00:00.000Z' })
  expect(await holds(task)).toHaveLength(1)
  await record(task, { at: '2026-11-21T02:10:00.000Z' })
  expect(await holds(task)).toEqual([])
})

test('what somebody else tells of a door that is held is kept, and says so', async () => {
  const task = nextTask()
  await open(task)
  const manager = await county.hire({ roles: ['community_manager'] })
  expect(await record(task, { channel: 'hall' }, manager)).toMatchObject({
    ...{ status: 200, body: { against: [{ code: 'held' }] } },
  })
  expect(await holds(task), 'whoever is there is there still').toHaveLength(1)
  expect(await record(task, { channel: 'hall', purpose: 'service' }, manager)).toMatchObject({
    body: { against: [] },
  })
})

test('a closed door is told with its reasons and the day it opens, and kept for nobody', async () => {
  const task = nextTask()
  await county.sql(
    `update worklists.task set purpose = 'marketing' where task_id = '${task.taskId}'`,
  )
  await record(task, { result: 'refused', purpose: 'marketing', channel: 'hall' })
  expect(await open(task)).toMatchObject({
    status: 200,
    body: { may: false, heldUntil: null, against: [{ code: 'refused' }] },
  })
  expect(await holds(task)).toEqual([])
  const told = await county.sql(`
    select body::jsonb -> 'values' ->> 'against' as against from platform.audit_entry
     where action = 'task.opened' and about_id = '${task.taskId}'`)
  expect(told).toEqual([{ against: 'refused' }])
})

test('nobody opens the task of another, nor one that is done', async () => {
  const task = nextTask()
  const beside = await county.hire({ unit: '370685', roles: ['community_manager'] })
  expect(await open(task, beside)).toMatchObject({ body: { code: 'branch-unknown' } })
  const stranger = await county.hire({ unit: task.unit, roles: ['micro_seller'] })
  expect(await open(task, stranger)).toMatchObject({ status: 404, body: { code: 'task-unknown' } })
  const zone = await county.hire({ roles: ['zone_manager'] })
  expect(await open(task, zone)).toMatchObject({ body: { code: 'task-not-yours' } })
  await county.sql(`
    update worklists.task set state = 'taken_back' where task_id = '${task.taskId}'`)
  expect(await open(task)).toMatchObject({ status: 409, body: { code: 'task-not-open' } })
  expect(await holds(task)).toEqual([])
})
