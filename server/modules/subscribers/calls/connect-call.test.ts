import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { SESSION_COOKIE } from '#platform/http.ts'
import { readNetworks } from '#platform/outgoing/networks.ts'
import { newSecret } from '#platform/webhooks/sign.ts'
import { unwatched } from '#platform/works.ts'
import { makePlan, publishPlan } from '#worklists'
import { serveLogged } from '../../../test/attack/world.ts'
import type { Person } from '../../../test/branch.ts'
import { openCounty } from '../../../test/county.ts'
import { isSigned, openReceiver } from '../../../test/receiver.ts'
import { calledBy } from '../identity/identity.ts'

const MORNING = '2026-11-21T01:00:00Z'
const NIGHT = '2026-11-21T15:30:00Z' // half past eleven, by the branch
const secret = newSecret()
const platform = await openReceiver()
const county = await openCounty(MORNING, {
  outside: {
    networks: readNetworks('127.0.0.0/8').networks,
    resolve: async () => [],
    withinMs: 400,
  },
  settings: {
    GRIDKEEPER_CALL_GATEWAY_URL: platform.url,
    GRIDKEEPER_CALL_GATEWAY_SECRET: secret,
  },
})
const log: string[] = []
const fastify = await serveLogged(county.house, log)
afterAll(async () => {
  await fastify.close()
  await county.close()
  await platform[Symbol.asyncDispose]()
})
beforeEach(() => {
  county.clock.set(MORNING)
  platform.answer((_, reply) => reply.writeHead(202).end())
  platform.received.length = 0
})

const { branchId, works } = county
const DAY = '2026-11-21'
const { planId } = await makePlan(works, { branchId, day: DAY }, unwatched)
await publishPlan(works, { branchId, planId }, unwatched)
const rows = (text: string) => county.sql(text)
const [task] = await rows(
  `select task.subscriber_id as subscriber, task.assignee_id as assignee from worklists.task
     join subscribers.card using (branch_id, subscriber_id)
    where task.plan_id = '${planId}' and task.touchpoint = 'call_out'
      and card.number_index is not null
    order by task_id limit 1`,
)
const mine = String(task?.subscriber)
const others = (
  await rows(
    `select subscriber_id as id from subscribers.card
      where branch_id = '${branchId}' and number_index is not null
        and subscriber_id not in (select subscriber_id from worklists.task)
      order by 1 limit 9`,
  )
).map(({ id }) => String(id))
const [free = '', gone = '', mute = ''] = others
const numberOf = async (subscriberId: string) => {
  const [card] = await rows(
    `select identity from subscribers.card where subscriber_id = '${subscriberId}'`,
  )
  const identity = card?.identity as Uint8Array // as it was asked for
  return String(calledBy(works.keys, { branchId, subscriberId, identity }).phone)
}

type Asking = Readonly<{ purpose?: string; note?: string; key?: string }>
async function call(
  who: Person,
  subscriber: string,
  { purpose = 'complaint', note = '工单 12', key }: Asking = {},
  server = fastify,
) {
  const response = await server.inject({
    method: 'POST',
    url: `/api/v1/branches/${branchId}/subscribers/${subscriber}/calls`,
    headers: {
      ...(who.bearer
        ? { authorization: `Bearer ${who.bearer}` }
        : { cookie: `${SESSION_COOKIE}=${who.cookie}` }),
      ...(key && { 'idempotency-key': key }),
    },
    payload: { purpose, note },
  })
  return { status: response.statusCode, body: response.json(), text: response.body }
}
const clerk = (extension: string | undefined = '8012') =>
  county.hire({ roles: ['hall_clerk'], ...(extension && { extension }) })
/** What the trail says of the calls of somebody, oldest first, and all that it says. */
async function trailOf({ id }: Person) {
  const entries = await rows(
    `select action, body from platform.audit_entry
      where actor = '${id}' and action like 'call.%' order by seq`,
  )
  return {
    entries: entries.map(({ action, body }) => [action, JSON.parse(String(body)).values]),
    text: JSON.stringify(entries),
  }
}

test('the platform is told whom to ring, signed, and nobody else meets the number', async () => {
  const assignee = await county.signIn(String(task?.assignee))
  await rows(`update people.staff set extension = '6001' where staff_id = '${assignee.id}'`)
  const number = await numberOf(mine)
  const { status, body, text } = await call(assignee, mine, { purpose: 'own-task', note: '' })
  expect({ status, body }).toEqual({
    status: 200,
    body: { callId: expect.any(String), at: '2026-11-21T01:00:00.000Z' },
  })
  const [message, ...more] = platform.received
  if (!message) throw new Error('the platform was told nothing')
  expect(more).toEqual([])
  expect(await isSigned(message, secret)).toBe(true)
  expect(await isSigned({ ...message, body: `${message.body} ` }, secret)).toBe(false)
  expect(message.headers['webhook-id']).toBe(body.callId)
  expect(JSON.parse(message.body)).toEqual({
    ...{ callId: body.callId, branchId, from: '6001', to: number, at: body.at },
  })
  expect(number).toMatch(/^\d{7,}$/)
  const { entries, text: trail } = await trailOf(assignee)
  expect(entries).toEqual([
    ['call.connected', { purpose: 'own-task', touchPurpose: 'marketing', callId: body.callId }],
  ])
  expect(log.length).toBeGreaterThan(0)
  for (const told of [text, trail, log.join('\n')]) expect(told).not.toContain(number)
})

test('outside the own list it takes the permission, and the subscriber in scope', async () => {
  const seller = await county.hire({ roles: ['micro_seller'], extension: '8013' })
  expect(await call(seller, free)).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
  const stranger = await county.hire({ unit: '370685', extension: '8014' })
  expect(await call(stranger, free)).toMatchObject({ body: { code: 'branch-unknown' } })
  const [elsewhere] = await rows(
    `select unit_id as unit from people.unit
      where kind = 'grid' and unit_id like '${branchId}%' and unit_id <>
        (select unit_id from subscribers.card where subscriber_id = '${free}')
      order by 1 limit 1`,
  )
  const beside = await county.hire({
    ...{ unit: String(elsewhere?.unit), roles: ['hall_clerk'], extension: '8015' },
  })
  expect(await call(beside, free)).toMatchObject({ body: { code: 'subscriber-unknown' } })
  expect(platform.received).toEqual([])
  const ids = [seller, stranger, beside].map(({ id }) => `'${id}'`)
  expect(await rows(`select from subscribers.call where staff_id in (${ids})`)).toEqual([])
})

test('another system calls nobody', async () => {
  const administrator = await county.hire({ roles: ['administrator'] })
  const wish = { name: '报表', actions: ['subscriber:read'], lastDay: '2027-01-01' }
  const made = await county.post('/service-tokens', administrator, { unitId: branchId, ...wish })
  const { token } = made.body as { token: string }
  expect(await call({ ...administrator, bearer: token }, free)).toMatchObject({ status: 403 })
  expect(platform.received).toEqual([])
})

test.each([
  { asking: { purpose: 'own-task' }, code: 'unmask-not-yours', because: 'it is on nobody’s list' },
  { asking: { note: ' ' }, code: 'unmask-note-missing', because: 'a complaint has a number' },
  { asking: { purpose: 'curiosity' }, code: 'malformed-request', because: 'purposes are a list' },
])('$code: $because', async ({ asking, code }) => {
  expect((await call(await clerk(), free, asking)).body).toMatchObject({ code })
  expect(platform.received).toEqual([])
})

test('who has no extension is told whom to ask', async () => {
  const { status, body } = await call(await county.hire({ roles: ['hall_clerk'] }), free)
  expect({ status, body }).toMatchObject({ status: 409, body: { code: 'call-extension-missing' } })
  expect(body.detail).toContain('管理员')
})

test('nobody is called who has no number, or who had theirs erased', async () => {
  await rows(`update subscribers.card set identity = null where subscriber_id = '${mute}'`)
  expect((await call(await clerk(), mute)).body).toMatchObject({ code: 'call-number-missing' })
  await rows(
    `insert into subscribers.erased (branch_id, subscriber_id, erasure_id, erased_at)
     values ('${branchId}', '${gone}', gen_random_uuid(), now())`,
  )
  expect((await call(await clerk(), gone)).body).toMatchObject({ code: 'call-person-erased' })
  expect(platform.received).toEqual([])
})

test('in the quiet hours only those are called who turned to us, and the manager is told', async () => {
  county.clock.set(NIGHT)
  const alarms = ({ id }: Person) =>
    rows(`select reason, details from subscribers.alarm where staff_id = '${id}'`)
  const who = await clerk()
  const at = { purpose: 'correction', note: '核对姓名' }
  expect((await call(who, free, at)).body).toMatchObject({ code: 'call-quiet-hours' })
  expect(await alarms(who)).toEqual([])
  for (const purpose of ['customer-present', 'complaint'])
    expect(await call(who, free, { purpose })).toMatchObject({ status: 200 })
  expect(await alarms(who)).toEqual([{ reason: 'outside-hours', details: { count: 2 } }])
  county.clock.set(MORNING)
  const early = await clerk()
  expect(await call(early, free, at)).toMatchObject({ status: 200 })
  expect(await alarms(early)).toEqual([])
})

test('calls do not count as numbers seen', async () => {
  const who = await clerk()
  for (const id of others.slice(3)) expect(await call(who, id)).toMatchObject({ status: 200 })
  const seen = await county.post(`/branches/${branchId}/subscribers/${free}/unmask`, who, {
    ...{ purpose: 'complaint', note: '工单 12', fields: ['phone'] },
  })
  expect(seen).toMatchObject({ status: 200, body: { today: 1 } })
})

test.each([
  { status: 500, because: 'it has a defect' },
  { status: 403, because: 'it knows us not' },
  { status: 307, because: 'nobody follows it elsewhere' },
])('a platform that answers $status connects nobody: $because', async ({ status }) => {
  platform.answer((_, reply) => reply.writeHead(status, { location: platform.url }).end())
  const who = await clerk()
  expect(await call(who, free)).toMatchObject({
    status: 503,
    body: { code: 'call-gateway-failed', values: { because: String(status) } },
  })
  expect(platform.received).toHaveLength(1)
  const { entries, text } = await trailOf(who)
  const callId = expect.any(String)
  expect(entries).toEqual([
    ['call.connected', { purpose: 'complaint', touchPurpose: 'service', callId }],
    ['call.failed', { callId, because: String(status) }],
  ])
  expect(text).not.toContain(await numberOf(free))
})

test('a platform that does not answer in time may have rung: the same wish does not ring it again', async () => {
  platform.answer(() => undefined)
  const [who, key] = [await clerk(), randomUUID()]
  expect(await call(who, free, { key })).toMatchObject({ body: { code: 'call-gateway-slow' } })
  platform.answer((_, reply) => reply.writeHead(202).end())
  expect(await call(who, free, { key })).toMatchObject({ body: { code: 'call-tried' } })
  expect(platform.received).toHaveLength(1)
  expect(await call(who, free)).toMatchObject({ status: 200 })
})

test('the same key rings once, at once and later, and gets the same answer', async () => {
  const [who, key] = [await clerk(), randomUUID()]
  const answers = await Promise.all([1, 2, 3].map(() => call(who, free, { key })))
  answers.push(await call(who, free, { key }))
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  expect(answers[0]).toMatchObject({ status: 200 })
  expect(platform.received).toHaveLength(1)
  expect((await call(await clerk(), free, { key })).body.callId).not.toBe(answers[0]?.body.callId)
})

test('a call whose answer was lost in a crash does not ring twice', async () => {
  const [who, key] = [await clerk(), randomUUID()]
  expect(await call(who, free, { key })).toMatchObject({ status: 200 })
  await rows(`update platform.command set answered = false, answer = null where key = '${key}'`)
  expect(await call(who, free, { key })).toMatchObject({ body: { code: 'call-tried' } })
  expect(platform.received).toHaveLength(1)
})

test('the log of failed calls holds no number', async () => {
  const numbers = await Promise.all([mine, ...others.slice(3)].map(numberOf))
  expect(log.join('\n')).toContain('call-gateway-failed')
  for (const number of numbers) expect(log.join('\n')).not.toContain(number)
})

test('an installation without a platform says so, and offers nothing', async () => {
  const none = await serveLogged({ ...county.house, gateway: null }, [])
  const who = await clerk()
  const canCall = async (server: typeof none, { cookie }: Person) =>
    (
      await server.inject({
        ...{ url: '/api/v1/session', headers: { cookie: `${SESSION_COOKIE}=${cookie}` } },
      })
    ).json().canCall
  expect((await call(who, free, {}, none)).body).toMatchObject({ code: 'call-off' })
  expect(await rows(`select from subscribers.call where staff_id = '${who.id}'`)).toEqual([])
  expect(await canCall(none, who)).toBe(false)
  expect(await canCall(fastify, who)).toBe(true)
  expect(await canCall(fastify, await county.hire())).toBe(false)
  await none.close()
})

test('who had somebody called is in the ledger for good, and changes nothing there', async () => {
  const who = await clerk()
  await call(who, free)
  const change = `update subscribers.call set purpose = 'own-task' where staff_id = '${who.id}'`
  await expect(rows(change)).rejects.toThrow('append-only')
  await expect(rows(`delete from subscribers.call where staff_id = '${who.id}'`)).rejects.toThrow(
    'append-only',
  )
})
