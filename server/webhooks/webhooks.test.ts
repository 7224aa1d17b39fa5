import { afterAll, expect, test } from 'vitest'
import { WEBHOOK_EVENTS } from '#contract/webhooks.ts'
import { audit } from '#platform/audit/audit.ts'
import { openBranch, type Person } from '../test/branch.ts'

const branch = await openBranch('2026-11-20T00:00:00Z', {
  outside: {
    networks: [],
    resolve: async (host) => (host === 'hooks.example' ? ['93.184.216.34'] : []),
  },
})
afterAll(() => branch.close())

type Made = { secret: string; made: { webhookId: string; state: string; url: string } }
const WISH = {
  ...{ unitId: '370686', name: 'BSS 工单系统' },
  ...{ url: 'https://hooks.example/gridkeeper?key=hush', kinds: ['plan.published'] },
}
const administrator = (unit = '370686') => branch.hire({ unit, roles: ['administrator'] })
const make = (by: Person, wish: object = {}) => branch.post('/webhooks', by, { ...WISH, ...wish })
async function made(by: Person, wish: object = {}): Promise<Made> {
  const { status, body } = await make(by, wish)
  expect(status, JSON.stringify(body)).toBe(200)
  return body as Made
}
const listed = async (by: Person) =>
  ((await branch.get('/webhooks', by)).body as { webhooks: Made['made'][] }).webhooks

/** Acts in a branch; what the webhooks of all branches were to be told of it. */
async function told(branchId: string, action: 'plan.published' | 'plan.made' = 'plan.published') {
  const id = `2026-11-21-${crypto.randomUUID().slice(0, 8)}`
  await branch.unit(branch.system, async (unit) =>
    audit(unit, {
      ...{ branchId, action, about: { kind: 'plan', id } },
      values: { day: '2026-11-21', surplus: '13800001234' },
    }),
  )
  return branch.sql(`
    select webhook_id as id, event_id as event, kind, body from platform.webhook_delivery
     where body like '%${id}%'`)
}

test('the secret is told once, and kept sealed', async () => {
  const by = await administrator()
  const { secret, made: webhook } = await made(by)
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  expect(webhook).toMatchObject({ state: 'active', because: null, waiting: 0, deliveredAt: null })
  const everything = [
    await branch.get('/webhooks', by),
    await branch.sql('select w::text from platform.webhook w'),
    await branch.sql('select body from platform.audit_entry'),
    await branch.sql('select c::text from platform.command c'),
  ]
  expect(JSON.stringify(everything)).not.toContain(secret.slice(6))
})

test('an act is told to whoever wants it, in the branch and above, and to nobody else', async () => {
  const city = await administrator('3706')
  const above = await made(city, { unitId: '3706' })
  const own = await made(await administrator())
  const other = await made(await administrator('370685'), { unitId: '370685' })
  const uninterested = await made(await administrator(), { kinds: ['import.done'] })
  const messages = await told('370686')
  const ids = messages.map(({ id }) => id)
  expect(ids).toEqual(expect.arrayContaining([own.made.webhookId, above.made.webhookId]))
  expect(ids).not.toContain(other.made.webhookId)
  expect(ids).not.toContain(uninterested.made.webhookId)
  expect(new Set(messages.map(({ event }) => event)).size).toBe(1)
  expect(await told('370685', 'plan.made')).toEqual([])
})

test('a message carries what its event names, and nothing else that the trail knows', async () => {
  await made(await administrator())
  const [message] = await told('370686')
  expect(JSON.parse(String(message?.body))).toEqual({
    type: 'plan.published',
    timestamp: '2026-11-20T00:00:00.000Z',
    data: { branchId: '370686', planId: expect.stringMatching(/^2026-/), day: '2026-11-21' },
  })
})

test('an act that is undone tells nobody', async () => {
  await made(await administrator())
  const count = async () => (await branch.sql('select from platform.webhook_delivery')).length
  const before = await count()
  const undone = branch.unit(branch.system, async (unit) => {
    audit(unit, {
      ...{ branchId: '370686', action: 'plan.published', values: { day: '2026-11-21' } },
      about: { kind: 'plan', id: '2026-11-21-undone' },
    })
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  expect(await count()).toBe(before)
})

test('webhooks are kept by the administrators of their unit and of what is above', async () => {
  const { made: webhook } = await made(await administrator())
  const at = `/webhooks/${webhook.webhookId}`
  const ids = async (by: Person) => (await listed(by)).map(({ webhookId }) => webhookId)
  expect(await ids(await administrator())).toContain(webhook.webhookId)
  expect(await ids(await administrator('3706'))).toContain(webhook.webhookId)
  for (const stranger of [await administrator('370685'), await administrator('370686-H01')]) {
    expect(await ids(stranger)).not.toContain(webhook.webhookId)
    const missing = { status: 404, body: { code: 'webhook-unknown' } }
    expect(await branch.get(`${at}/deliveries`, stranger)).toMatchObject(missing)
    for (const what of ['pause', 'resume', 'test'])
      expect(await branch.post(`${at}/${what}`, stranger), what).toMatchObject(missing)
    const { unitId: _, ...change } = WISH
    expect(await branch.put(at, stranger, change)).toMatchObject(missing)
    expect(await branch.delete(at, stranger)).toMatchObject(missing)
  }
  const manager = await branch.hire({ roles: ['branch_manager'] })
  expect(await branch.get('/webhooks', manager)).toMatchObject({
    ...{ status: 403, body: { code: 'not-allowed' } },
  })
})

test.each([
  { unitId: '370685', code: 'unit-unknown', because: 'it is another’s' },
  { unitId: 'nowhere', code: 'unit-unknown', because: 'it is nowhere' },
  { unitId: '370686-H01', code: 'webhook-below-branch', because: 'events are those of a branch' },
  { unitId: '3706', code: 'unit-unknown', because: 'it is above the post' },
])('a webhook of $unitId is refused with $code: $because', async ({ unitId, code }) => {
  expect(await make(await administrator(), { unitId })).toMatchObject({ body: { code } })
})

test.each([
  ['https://127.0.0.1/', 'address-inside'],
  ['https://[::1]/', 'address-inside'],
  ['https://169.254.169.254/', 'address-inside'],
  ['http://hooks.example/', 'address-not-https'],
  ['https://me@hooks.example/', 'address-with-password'],
  ['https://hooks.example:22/', 'address-port'],
  ['https://nobody.example/', 'address-host-unknown'],
  ['https://hooks.example:99999/', 'address-malformed'],
])('%s is not saved: %s', async (url, code) => {
  const by = await administrator()
  expect(await make(by, { url })).toMatchObject({ status: 422, body: { code } })
  const { made: webhook } = await made(by)
  const { unitId: _, ...wish } = WISH
  const changed = await branch.put(`/webhooks/${webhook.webhookId}`, by, { ...wish, url })
  expect(changed).toMatchObject({ status: 422, body: { code } })
})

test('every change is in the trail, with the host alone of the address', async () => {
  const by = await administrator()
  const { made: webhook } = await made(by)
  const at = `/webhooks/${webhook.webhookId}`
  const { unitId: _, ...wish } = WISH
  await branch.put(at, by, { ...wish, name: '短信平台' })
  for (const what of ['pause', 'resume']) await branch.post(`${at}/${what}`, by)
  await branch.delete(at, by)
  const trail = await branch.sql(
    `select action, body from platform.audit_entry where about_id = '${webhook.webhookId}' order by seq`,
  )
  expect(trail.map(({ action }) => action)).toEqual([
    ...['webhook.made', 'webhook.changed', 'webhook.paused', 'webhook.resumed', 'webhook.deleted'],
  ])
  expect(JSON.stringify(trail)).toContain('hooks.example')
  expect(JSON.stringify(trail)).not.toContain('hush')
})

test('the database itself keeps webhooks from who does not administer them', async () => {
  const { made: webhook } = await made(await administrator())
  await told('370686')
  const clerk = await branch.hire({ roles: ['hall_clerk'] })
  const client = await branch.house.ledger.serving.connect()
  try {
    await client.query(`begin; set local role gridkeeper_app;
      set local app.ticket = '${clerk.actor.ticket}';
      set local app.now = '2026-11-20T00:00:00Z'`)
    for (const table of ['webhook', 'webhook_delivery']) {
      const { rows } = await client.query(`select webhook_id from platform.${table}`)
      expect(rows, table).toEqual([])
    }
    const { rowCount } = await client.query(`update platform.webhook set url = 'https://evil'`)
    expect(rowCount).toBe(0)
    await expect(
      client.query(`insert into platform.webhook
        select 'wh_aaaaaaaaaaaa', '370686', 'x', 'https://evil', '{plan.made}', 's', 'active', null, now(), 'x'`),
    ).rejects.toThrow('row-level security')
  } finally {
    await client.query('rollback')
    client.release()
  }
  expect(await listed(await administrator())).toContainEqual(
    expect.objectContaining({ webhookId: webhook.webhookId, url: WISH.url }),
  )
})

test('nobody tells events of a branch that is not in scope', async () => {
  const stranger = await branch.hire({ unit: '370685', roles: ['branch_manager'] })
  const telling = branch.unit(stranger, async (unit) =>
    audit(unit, {
      ...{ branchId: '370686', action: 'plan.published', values: { day: '2026-11-21' } },
      about: { kind: 'plan', id: '2026-11-21-foreign' },
    }),
  )
  await expect(telling).rejects.toThrow('foreign branch')
})

test('no event names a person, a number or an address', () => {
  const members = Object.values(WEBHOOK_EVENTS).flatMap(({ data }) => Object.keys(data.shape))
  expect([...new Set(members)].sort()).toEqual([
    ...['accepted', 'because', 'branchId', 'date', 'day', 'duplicates', 'exportId', 'importId'],
    ...['kind', 'planId', 'reason', 'rejected', 'replacedBy', 'rows', 'unitId', 'what'],
  ])
})

test('a unit has fifty webhooks at most', async () => {
  const by = await administrator('370685')
  const count = async () => {
    const [row] = await branch.sql(
      `select count(*)::integer as n from platform.webhook where unit_id = '370685'`,
    )
    return Number(row?.n)
  }
  while ((await count()) < 50) await made(by, { unitId: '370685' })
  expect(await make(by, { unitId: '370685' })).toMatchObject({
    ...{ status: 409, body: { code: 'webhook-too-many' } },
  })
  const [{ webhookId } = { webhookId: '' }] = await listed(by)
  await branch.delete(`/webhooks/${webhookId}`, by)
  await made(by, { unitId: '370685' })
})
