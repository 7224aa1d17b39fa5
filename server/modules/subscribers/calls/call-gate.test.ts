import { afterAll, expect, test } from 'vitest'
import { againstOn, type Purpose } from '#contacts'
import { unwatched } from '#platform/works.ts'
import { makePlan, publishPlan } from '#worklists'
import type { Person } from '../../../test/branch.ts'
import { openCounty } from '../../../test/county.ts'

/** Saturday, ten in the morning: no channel is quiet. */
const county = await openCounty('2026-11-21T02:00:00Z', {
  ...{ households: 160, settings: { GRIDKEEPER_CALL_GATEWAY_URL: 'simulator' } },
})
afterAll(() => county.close())
const { branchId, works } = county
const { planId } = await makePlan(works, { branchId, day: '2026-11-21' }, unwatched)
await publishPlan(works, { branchId, planId }, unwatched)

type Task = Readonly<{ subscriber: string; staff: string }>
/** Whom somebody may ring about this, as far as is known before anything happens here. */
async function tasksFor(purpose: Purpose): Promise<Task[]> {
  const tasks = (await county.sql(`
    select task.subscriber_id as subscriber, task.assignee_id as staff
      from worklists.task join subscribers.card using (branch_id, subscriber_id)
     where task.purpose = '${purpose}' and card.number_index is not null
       and not exists (select from contacts.contact
         where contact.household_id = card.household_id and day > '2026-08-01')
     order by task_id`)) as Task[]
  const subscriberIds = tasks.map(({ subscriber }) => subscriber)
  const against = await county.unit(works.system, (unit) =>
    againstOn(unit, works, { branchId, day: '2026-11-21', subscriberIds }),
  )
  const intent = { touchpoint: 'call_out', purpose, offer: null } as const
  return tasks.filter(({ subscriber }) => !against(subscriber, intent))
}
const selling = await tasksFor('marketing')
const renewing = await tasksFor('renewal')
function take(from: Task[]): Task {
  const task = from.shift()
  if (!task) throw new Error('the county has tasks enough')
  return task
}
await county.sql(`update people.staff set extension = '8012'`)
const people = new Map<string, Promise<Person>>()
function person({ staff }: Task): Promise<Person> {
  const known = people.get(staff) ?? county.signIn(staff)
  people.set(staff, known)
  return known
}
const at = (subscriber: string, what: string) =>
  `/branches/${branchId}/subscribers/${subscriber}/${what}`
const call = (subscriber: string, who: Person, why: object = {}) =>
  county.post(at(subscriber, 'calls'), who, { purpose: 'own-task', note: '', ...why })
const seeNumber = (subscriber: string, who: Person, why: object = {}) =>
  county.post(at(subscriber, 'unmask'), who, {
    ...{ purpose: 'own-task', note: '', fields: ['phone'], ...why },
  })
const record = (subscriber: string, who: Person, told: object) =>
  county.post(at(subscriber, 'touches'), who, {
    ...{ at: null, channel: 'hall', purpose: 'marketing', result: 'promised', scope: null },
    ...{ offer: null, until: null, note: null, ...told },
  })
const callsOf = (subscriber: string) =>
  county.sql(`select from subscribers.call where subscriber_id = '${subscriber}'`)
const closed = (reasons: string) => ({
  ...{
    status: 409,
    body: { code: 'touch-closed', values: { reasons: expect.stringMatching(reasons) } },
  },
})

test('whoever refused is not called to sell them something, and the caller reads why and from when', async () => {
  const task = take(selling)
  const who = await person(task)
  await record(task.subscriber, who, { result: 'refused' })
  const { body } = await call(task.subscriber, who)
  expect(body).toMatchObject({
    ...{ code: 'touch-closed', values: { reasons: 'refused', opens: '2027-02-21T01:00:00.000Z' } },
    detail:
      '现在不能联系该家庭：该家庭已明确拒绝（11月21日），2027年2月21日 起方可再联系。2027年2月21日 09:00 起可以。',
  })
  expect(await callsOf(task.subscriber)).toEqual([])
  expect(await seeNumber(task.subscriber, who)).toMatchObject(closed('refused'))
  expect(await seeNumber(task.subscriber, who, { fields: ['name'] })).toMatchObject({ status: 200 })
})

test('for service they are called all the same, and the trail says for what', async () => {
  const task = take(selling)
  const who = await person(task)
  await record(task.subscriber, who, { result: 'refused' })
  expect(await call(task.subscriber, who, { touchPurpose: 'service' })).toMatchObject({
    status: 200,
  })
  expect(await seeNumber(task.subscriber, who, { touchPurpose: 'service' })).toMatchObject({
    status: 200,
  })
  const clerk = await county.hire({ roles: ['hall_clerk'], extension: '8013' })
  const complaint = { purpose: 'complaint', note: '工单 12' }
  expect(await call(task.subscriber, clerk, complaint)).toMatchObject({ status: 200 })
  expect(
    await call(task.subscriber, clerk, { ...complaint, touchPurpose: 'marketing' }),
  ).toMatchObject(closed('refused'))
  const told = await county.sql(`
    select body::jsonb -> 'values' ->> 'touchPurpose' as purpose from platform.audit_entry
     where action = 'call.connected' and about_id = '${task.subscriber}' order by seq`)
  expect(told).toEqual([{ purpose: 'service' }, { purpose: 'service' }])
})

test('a task that renews is closed by a port-out, and not by a refusal', async () => {
  const task = take(renewing)
  const who = await person(task)
  await record(task.subscriber, who, { result: 'refused' })
  expect(await call(task.subscriber, who)).toMatchObject({ status: 200 })
  await county.post(at(task.subscriber, 'consents'), who, {
    ...{ subject: 'port-out', channel: null, answer: 'yes', toldAt: null, via: 'hall' },
    ...{ proof: null, note: null },
  })
  expect(await call(task.subscriber, who)).toMatchObject(closed('port-out-request'))
})

test('a consent that is withdrawn over a channel closes calls at once', async () => {
  const task = take(selling)
  const who = await person(task)
  const word = (answer: string) =>
    county.post(at(task.subscriber, 'consents'), who, {
      ...{ subject: 'marketing', channel: 'call', answer, toldAt: null, via: 'sms' },
      ...{ proof: { kind: 'message', ref: 'TD 17' }, note: null },
    })
  expect(await call(task.subscriber, who)).toMatchObject({ status: 200 })
  county.clock.set('2026-11-21T02:01:00Z')
  await word('no')
  expect(await call(task.subscriber, who)).toMatchObject(closed('opted-out'))
  county.clock.set('2026-11-21T02:02:00Z')
  await word('yes')
  expect(await call(task.subscriber, who)).toMatchObject({ status: 200 })
})

test('a call that was ordered keeps the household, and is a touch only once somebody tells it', async () => {
  const task = take(selling)
  const who = await person(task)
  expect(await call(task.subscriber, who)).toMatchObject({ status: 200 })
  const clerk = await county.hire({ roles: ['hall_clerk'], extension: '8013' })
  const sell = { purpose: 'customer-present', touchPurpose: 'marketing' }
  expect(await call(task.subscriber, clerk, sell)).toMatchObject(closed('held'))
  expect(await call(task.subscriber, who), 'not yet a touch').toMatchObject({ status: 200 })
  await record(task.subscriber, who, { channel: 'call_out' })
  expect(await call(task.subscriber, clerk, sell)).toMatchObject(closed('capped'))
})

test('of two who ring one household at once, one does', async () => {
  const task = take(selling)
  const clerks = await Promise.all(
    [1, 2, 3].map((n) => county.hire({ roles: ['hall_clerk'], extension: `801${n}` })),
  )
  const sell = { purpose: 'customer-present', touchPurpose: 'marketing' }
  const answers = await Promise.all(clerks.map((each) => call(task.subscriber, each, sell)))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
})
