import { afterAll, expect, test } from 'vitest'
import { unwatched } from '#platform/works.ts'
import { makePlan, publishPlan } from '#worklists'
import type { Person } from '../../../test/branch.ts'
import { openCounty } from '../../../test/county.ts'
import { calledBy } from '../identity/identity.ts'
import { alarmsOf, median } from './unmask-alarms.ts'

const county = await openCounty('2026-11-21T01:00:00Z')
afterAll(() => county.close())
const { branchId, works } = county
const DAY = '2026-11-21'
const { planId } = await makePlan(works, { branchId, day: DAY }, unwatched)
await publishPlan(works, { branchId, planId }, unwatched)

const at = `/branches/${branchId}`
const rows = (text: string) => county.sql(text)
const [task] = await rows(
  `select task.subscriber_id as subscriber, task.assignee_id as assignee, task.unit_id as grid,
          card.identity
     from worklists.task join subscribers.card using (branch_id, subscriber_id)
    where task.plan_id = '${planId}' and task.touchpoint = 'call_out'
      and card.number_index is not null
    order by task_id limit 1`,
)
const mine = String(task?.subscriber)
const { name, phone } = calledBy(works.keys, {
  ...{ branchId, subscriberId: mine },
  identity: task?.identity as Uint8Array, // as it was asked for
})
const others = (
  await rows(
    `select subscriber_id as id from subscribers.card
      where branch_id = '${branchId}' and subscriber_id not in (select subscriber_id from worklists.task)
      order by 1 limit 60`,
  )
).map(({ id }) => String(id))
const [free = ''] = others

const ask = (who: Person, subscriber: string, why: object = {}) =>
  county.post(`${at}/subscribers/${subscriber}/unmask`, who, {
    ...{ purpose: 'customer-present', note: '', fields: ['phone'] },
    ...why,
  })
const clerk = () => county.hire({ roles: ['hall_clerk'] })

test('whoever has a subscriber on the list of today sees the number and needs nothing more', async () => {
  const assignee = await county.signIn(String(task?.assignee))
  const list = await county.get(`${at}/people/${assignee.id}/list?date=${DAY}`, assignee)
  expect(JSON.stringify(list.body)).not.toContain(String(phone))
  const seen = await ask(assignee, mine, { purpose: 'own-task', fields: ['phone', 'name'] })
  expect(seen).toMatchObject({
    status: 200,
    headers: { 'cache-control': 'no-store' },
    body: {
      values: { phone, name },
      ...{ shownForSeconds: 60, today: 0, limit: 30 },
    },
  })
  expect(await ask(assignee, free, { purpose: 'own-task' })).not.toMatchObject({ status: 200 })
})

test('what was seen is in the trail with its purpose, and without the values', async () => {
  const entries = await rows(
    `select body from platform.audit_entry where action = 'personal.unmasked' and about_id = '${mine}'`,
  )
  expect(entries).toHaveLength(1)
  expect(JSON.parse(String(entries[0]?.body))).toMatchObject({
    values: { purpose: 'own-task', fields: 'phone name', ownTask: true },
  })
  expect(JSON.stringify(entries)).not.toContain(String(phone))
})

test.each([
  { why: { purpose: 'own-task' }, code: 'unmask-not-yours', because: 'it is on nobody’s list' },
  {
    why: { purpose: 'complaint' },
    code: 'unmask-note-missing',
    because: 'a complaint has a number',
  },
  {
    why: { purpose: 'correction', note: ' ' },
    code: 'unmask-note-missing',
    because: 'a blank says nothing',
  },
  {
    why: { purpose: 'curiosity' },
    code: 'malformed-request',
    because: 'the list of purposes is closed',
  },
  { why: { fields: [] }, code: 'malformed-request', because: 'nothing was asked for' },
])('$why is refused as $code: $because', async ({ why, code }) => {
  expect((await ask(await clerk(), free, why)).body).toMatchObject({ code })
})

test('outside the own list it takes the permission, and being in scope', async () => {
  const seller = await county.hire({ roles: ['micro_seller'] })
  expect(await ask(seller, free)).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
  const stranger = await county.hire({ unit: '370685', roles: ['branch_manager'] })
  expect(await ask(stranger, free)).toMatchObject({ status: 404, body: { code: 'branch-unknown' } })
  const [card] = await rows(
    `select unit_id as unit from subscribers.card where subscriber_id = '${free}'`,
  )
  const [elsewhere] = await rows(
    `select unit_id as unit from people.unit where kind = 'grid' and unit_id like '${branchId}%'
        and unit_id <> '${card?.unit}' order by 1 limit 1`,
  )
  const beside = await county.hire({ unit: String(elsewhere?.unit), roles: ['hall_clerk'] })
  expect(await ask(beside, free)).toMatchObject({
    status: 404,
    body: { code: 'subscriber-unknown' },
  })
  const refused = [seller, stranger, beside].map(({ id }) => `'${id}'`)
  expect(await rows(`select from subscribers.unmasking where staff_id in (${refused})`)).toEqual([])
})

test('the number of an identity document is read in the extract, one subscriber at a time', async () => {
  const seen = await ask(await clerk(), free, { fields: ['idNumber', 'address'] })
  expect(seen.status).toBe(200)
  const { values } = seen.body as { values: Record<string, string | null> }
  expect(Object.keys(values).sort()).toEqual(['address', 'idNumber'])
  expect(values.address).not.toContain('*')
})

test('twenty at once never see more than the limit of the day', async () => {
  const administrator = await county.hire({ roles: ['administrator'] })
  const rule = `/organisation/units/${branchId}/settings/privacy`
  expect(await county.put(rule, administrator, { unmaskLimit: 5 })).toMatchObject({ status: 200 })
  const who = await clerk()
  const answers = await Promise.all(others.slice(0, 20).map((id) => ask(who, id)))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(5)
  const refused = answers.filter(({ status }) => status !== 200)
  for (const { status, body } of refused)
    expect({ status, body }).toMatchObject({ status: 429, body: { code: 'unmask-limit' } })
  expect(await county.put(rule, administrator, { unmaskLimit: 30 })).toMatchObject({
    body: { inForce: { unmaskLimit: 30 }, history: [{ version: 2 }, { version: 1 }] },
  })
  county.clock.set('2026-11-21T17:30:00Z') // half past one of the next day, by the branch
  const tomorrow = await ask(await county.signIn(who.id), free)
  expect(tomorrow, 'the next day begins anew').toMatchObject({ body: { today: 1 } })
  county.clock.set('2026-11-21T01:00:00Z')
})

test('a county may allow less than its city, never more', async () => {
  const city = await county.hire({ unit: '3706', roles: ['administrator'] })
  const administrator = await county.hire({ roles: ['administrator'] })
  const own = `/organisation/units/${branchId}/settings/privacy`
  const above = '/organisation/units/3706/settings/privacy'
  expect(await county.put(above, city, { unmaskLimit: 20 })).toMatchObject({ status: 200 })
  expect(await county.put(own, administrator, { unmaskLimit: 21 })).toMatchObject({
    ...{ status: 422, body: { code: 'unmask-rules-too-loose' } },
  })
  expect(await ask(await clerk(), free)).toMatchObject({ body: { limit: 20 } })
})

test('whoever answers for the unit is told what is unusual, and nobody else', async () => {
  const zone = `${branchId}-Z1`
  await rows(`update subscribers.card set unit_id = '${zone}' where subscriber_id = '${free}'`)
  county.clock.set('2026-11-21T15:30:00Z') // half past eleven in the evening
  const person = await county.hire({ unit: zone, roles: ['hall_clerk'] })
  expect(await ask(person, free)).toMatchObject({ status: 200 })
  county.clock.set('2026-11-21T01:00:00Z')
  const told = async (who: Person) => {
    const { status, body } = await county.get(`${at}/alarms?limit=200`, who)
    const alarms = (body as { rows?: { staffId: string; reason: { code: string } }[] }).rows ?? []
    const about = alarms.filter(({ staffId }) => staffId === person.id)
    return { status, codes: about.map(({ reason }) => reason.code).sort() }
  }
  const both = { status: 200, codes: ['outside-hours', 'outside-tasks'] }
  expect(await told(await county.hire({ roles: ['auditor'] }))).toEqual(both)
  expect(await told(await county.hire({ unit: zone, roles: ['zone_manager'] }))).toEqual(both)
  const beside = await county.hire({ unit: `${branchId}-Z2`, roles: ['zone_manager'] })
  expect(await told(beside)).toEqual({ status: 200, codes: [] })
  const again = await county.signIn(person.id)
  expect(await told(again)).toEqual({ status: 403, codes: [] })
  expect(await county.get(`${at}/alarms?cursor=WyJ4IiwieSJd`, beside)).toMatchObject({
    status: 422,
  })
})

const seen = { ownTask: false, quiet: false, all: 11, outside: 11, limit: 30, before: [2, 3, 3] }
test.each([
  {
    of: seen,
    reasons: ['unusual-count', 'outside-tasks'],
    because: '11 is over ten and three times 3',
  },
  { of: { ...seen, outside: 10 }, reasons: ['outside-tasks'], because: 'ten are never unusual' },
  {
    of: { ...seen, before: [4, 4] },
    reasons: ['outside-tasks'],
    because: '11 is not three times 4',
  },
  { of: { ...seen, ownTask: true }, reasons: [], because: 'the own list is what it is for' },
  {
    of: { ...seen, ownTask: true, quiet: true },
    reasons: ['outside-hours'],
    because: 'nobody is called at night',
  },
  {
    of: { ...seen, before: [9], outside: 30 },
    reasons: ['unusual-count', 'outside-tasks', 'limit-reached'],
    because: 'nothing is left of the day',
  },
])('$reasons: $because', ({ of, reasons }) => {
  expect(alarmsOf(of).map(({ reason }) => reason)).toEqual(reasons)
})

test('the usual day is the median of the days that had any', () => {
  expect([median([]), median([4]), median([1, 9]), median([1, 2, 9])]).toEqual([0, 4, 5, 2])
})

test('a value that lost its mask makes the answer fail instead of leaving with it', async () => {
  const manager = await county.hire()
  await rows(`update worklists.task set name = '王某三' where subscriber_id = '${mine}'`)
  const { status, body } = await county.get(
    `${at}/tasks?date=${DAY}&limit=200&assignee=${task?.assignee}`,
    manager,
  )
  expect(status).toBe(500)
  expect(JSON.stringify(body)).not.toContain('王某三')
})
