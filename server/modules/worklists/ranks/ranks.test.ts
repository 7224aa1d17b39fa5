import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import type { readMyDay } from '#contract/tasks.ts'
import { unwatched } from '#platform/works.ts'
import { makePlan, publishPlan } from '#worklists'
import { openCounty } from '../../../test/county.ts'

/** Saturday, half past eight in the morning. */
const DAY = '2026-11-21'
const county = await openCounty('2026-11-21T00:30:00Z', { households: 400 })
afterAll(() => county.close())
const { branchId, works } = county
type Task = Readonly<{ taskId: string; assigneeId: string; crew: string; hall: string }>

let tasks: Task[]
/** A crew in which three people or more have tasks enough, and the hall above it, which has people of its own. */
let [crew, hall] = ['', '']
/** Those people of the crew. */
let people: string[]
beforeAll(async () => {
  const { planId } = await makePlan(works, { branchId, day: DAY }, unwatched)
  await publishPlan(works, { branchId, planId }, unwatched)
  tasks = (await county.sql(`
    select distinct task_id as "taskId", assignee_id as "assigneeId", assignee_unit_id as crew,
        parent_id as hall
      from worklists.task join people.unit on unit.unit_id = assignee_unit_id
     where task.state = 'open' and task.kind in ('renewal_visit', 'upgrade', 'lapsed_sweep')
     order by task_id`)) as Task[]
  const found = tasks.find(
    (task) => inCrew(task.crew).length >= 3 && inCrew(task.hall, 1).length > 0,
  )
  if (!found) throw new Error('a crew of the county has work enough, and so has its hall')
  ;[crew, hall] = [found.crew, found.hall]
  people = inCrew(crew)
})

const tasksOf = (staffId: string) => tasks.filter(({ assigneeId }) => assigneeId === staffId)
/** The people of a unit who have so many tasks left. */
const inCrew = (unitId: string, least = 3) =>
  [...new Set(tasks.filter((task) => task.crew === unitId).map(({ assigneeId }) => assigneeId))]
    .filter((staffId) => tasksOf(staffId).length >= least)
    .sort()

const NOTHING = {
  ...{ at: null, done: null, promised: null, refused: null, notAtHome: null, moved: null },
  ...{ competitor: null, wrongData: null, handedOver: null, reason: null, note: null },
  ...{ startedAt: null, position: null, photos: [] },
}
/** The person tells of the next own task that something was done: an order, or a payment, which is none. */
async function tell(staffId: string | undefined, what: 'renewal' | 'box' | 'payment') {
  const task = tasks.find(({ assigneeId }) => assigneeId === staffId)
  if (!task) throw new Error('somebody has tasks enough')
  tasks = tasks.filter((each) => each !== task)
  const done = { what, product: null, amountFen: 100, receipt: 'S-1' }
  const { status } = await county.post(
    `/branches/${branchId}/tasks/${task.taskId}/results`,
    await county.signIn(task.assigneeId),
    { resultId: randomUUID(), ...NOTHING, result: 'done', done },
  )
  expect(status).toBe(200)
}

const show = async (showRank: 'none' | 'crew' | 'hall') => {
  const admin = await county.hire({ roles: ['administrator'] })
  const path = `/organisation/units/${branchId}/settings/ranks`
  expect(await county.put(path, admin, { showRank })).toMatchObject({ status: 200 })
}
async function rankOf(staffId = '', as = staffId, date = DAY) {
  const path = `/branches/${branchId}/people/${staffId}/day?date=${date}`
  const { status, body } = await county.get(path, await county.signIn(as))
  expect(status).toBe(200)
  return (body as z.infer<typeof readMyDay.response>).rank
}
/** How many people have work on the day in the posts of these units. */
async function atWork(...units: string[]): Promise<number> {
  const [row] = await county.sql(`
    select count(distinct assignee_id)::integer as count from worklists.task
     where day = '${DAY}' and state not in ('withdrawn', 'taken_back')
       and assignee_unit_id in (${units.map((unitId) => `'${unitId}'`).join()})`)
  return Number(row?.count)
}

test('nobody sees a place unless the branch shows it, and none while nobody has done anything', async () => {
  const [first] = people
  expect(await rankOf(first)).toBeNull()
  await show('crew')
  expect(await rankOf(first)).toBeNull()
})

test('orders come before whatever else was done, who is even shares a place, and the next is left out', async () => {
  const [first, second, third, ...others] = people
  const of = await atWork(crew)
  expect(of).toBeGreaterThanOrEqual(3)
  const places = async () => {
    const ranks = [await rankOf(first), await rankOf(second), await rankOf(third)]
    for (const rank of ranks) expect(rank).toMatchObject({ of, within: 'crew' })
    return ranks.map((rank) => rank?.place)
  }
  await tell(first, 'payment')
  expect(await places(), 'who has nothing comes behind, and they share it').toEqual([1, 2, 2])
  await tell(second, 'renewal')
  expect(await places(), 'an order counts for more than a payment').toEqual([2, 1, 3])
  await tell(third, 'box')
  expect(await places(), 'the kind of the order makes no difference').toEqual([3, 1, 1])
  await tell(first, 'renewal')
  expect(await places(), 'among equal orders, more that was done').toEqual([1, 2, 2])
  for (const staffId of others) expect((await rankOf(staffId))?.place).toBe(4)
})

test('within the hall the people beside the crew are counted as well, though nobody of the crew sees their work', async () => {
  const [first] = people
  const before = await rankOf(first)
  await show('hall')
  const of = await atWork(crew, hall)
  expect(of).toBeGreaterThan(before?.of ?? 0)
  expect(await rankOf(first)).toEqual({ place: 1, of, within: 'hall' })
  const [neighbour] = inCrew(hall, 1)
  expect(await rankOf(neighbour)).toMatchObject({ within: 'hall', of })
  await show('crew')
  expect(await rankOf(first), 'the crew alone again').toEqual(before)
})

test('a place is told to its owner alone, of a day with work', async () => {
  const [first] = people
  const manager = await county.hire()
  expect(await rankOf(first, manager.id)).toBeNull()
  const guest = await county.hire({ unit: crew, roles: ['micro_seller'] })
  expect(await rankOf(guest.id), 'who has no work has no place').toBeNull()
  expect(await rankOf(first, first, '2026-11-20'), 'nothing was done on the day before').toBeNull()
})

test('what was taken from somebody is no work of theirs, and an order stays with whoever told it', async () => {
  const [first, second] = people
  const before = await rankOf(first)
  await county.sql(`
    update worklists.task set state = 'taken_back'
     where assignee_id = '${second}' and state = 'open'`)
  expect((await rankOf(first))?.of, 'what they have done is still theirs').toBe(before?.of)
  await county.sql(`
    update worklists.task set assignee_id = '${first}' where assignee_id = '${second}'`)
  expect(await rankOf(second)).toBeNull()
  expect((await rankOf(first))?.of).toBe((before?.of ?? 0) - 1)
})

test('a city says how far places may be shown, and what was shown beyond that is so no longer', async () => {
  const admin = await county.hire({ roles: ['administrator'] })
  const city = await county.hire({ unit: '3706', roles: ['administrator'] })
  const at = (unitId: string) => `/organisation/units/${unitId}/settings/ranks`
  await show('hall')
  await county.put(at('3706'), city, { showRank: 'crew' })
  expect((await county.get(at(branchId), admin)).body).toMatchObject({
    inForce: { showRank: 'crew' },
    limits: [{ setting: 'hall', limit: false, by: { zh: '烟台分公司' } }],
  })
  expect(await county.put(at(branchId), admin, { showRank: 'hall' })).toMatchObject({
    status: 422,
    body: { code: 'rank-rules-too-loose', values: { level: '烟台分公司' } },
  })
  expect(await county.put(at(branchId), admin, { showRank: 'crew' })).toMatchObject({ status: 200 })
  await county.put(at('3706'), city, { showRank: 'none' })
  const [first] = people
  expect(await rankOf(first)).toBeNull()
  expect((await county.get(at(branchId), admin)).body).toMatchObject({
    inForce: { showRank: 'none' },
    limits: [{ setting: 'crew' }, { setting: 'hall' }],
  })
})
