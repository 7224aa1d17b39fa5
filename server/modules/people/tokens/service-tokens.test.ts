import { afterAll, expect, test } from 'vitest'
import { openBranch, type Person } from '../../../test/branch.ts'
import { allEndpoints, type ExampleCall, exampleCall } from '../../../test/example-call.ts'
import { addPost } from '../staff/posts.ts'
import { makeToken } from './service-tokens.ts'

const MORNING = '2026-11-20T00:00:00Z'
const branch = await openBranch(MORNING)
afterAll(() => branch.close())

type Made = { token: string; made: { tokenId: string; standing: string; usedAt: string | null } }
const WISH = { name: 'BSS 每日推送', actions: ['subscriber:read'], lastDay: '2027-05-31' }
const make = (by: Person, wish: object = {}) =>
  branch.post('/service-tokens', by, { unitId: '370686-H01', ...WISH, ...wish })
const administrator = (unit = '370686') => branch.hire({ unit, roles: ['administrator'] })

/** Another system, by a token made for `unit` with `actions`. */
async function integration(wish: object = {}): Promise<Person & { tokenId: string }> {
  const by = await administrator()
  const { body } = await make(by, wish)
  const { token, made } = body as Made
  return { ...by, bearer: token, tokenId: made.tokenId }
}

/** What the column `id` of a statement says on behalf of a ticket, as the serving role. */
async function asked(ticket: unknown, text: string): Promise<unknown[]> {
  const client = await branch.house.ledger.serving.connect()
  try {
    await client.query(
      `begin; set local role gridkeeper_app; set local app.ticket = '${ticket}';
       set local app.now = '${branch.clock.now().toISOString()}'`,
    )
    return (await client.query(text)).rows.map((row: { id: unknown }) => row.id)
  } finally {
    await client.query('rollback')
    client.release()
  }
}

const ticketOf = async (tokenId: string) =>
  (await branch.sql(`select ticket::text from people.ticket where token_id = '${tokenId}'`))[0]
    ?.ticket ?? '00000000-0000-4000-8000-000000000000'
const seenBy = async (tokenId: string, text: string) => asked(await ticketOf(tokenId), text)

test('a token is told once, and only its hash is kept', async () => {
  const by = await administrator()
  const { status, body } = await make(by)
  expect(status).toBe(200)
  const { token, made } = body as Made
  expect(token).toMatch(/^gk_[0-9a-z]{12}_[\w-]{43}$/)
  expect(token.startsWith(made.tokenId)).toBe(true)
  const listed = await branch.get('/service-tokens', by)
  expect(JSON.stringify(listed.body)).not.toContain(token)
  const kept = await branch.sql('select t::text from people.service_token t')
  expect(JSON.stringify(kept)).not.toContain(token.slice(16))
  const told = await branch.sql(`select body from platform.audit_entry`)
  expect(JSON.stringify(told)).not.toContain(token.slice(16))
})

test('it acts in its unit and below, and nowhere else', async () => {
  const system = await integration()
  await branch.hire({ unit: '370686-H01-G1' })
  await branch.hire({ unit: '370686-H02-G1' })
  const answer = await branch.get('/organisation/units', system)
  expect(answer.status).toBe(200)
  const { units } = answer.body as { units: { unitId: string; inScope: boolean }[] }
  expect(units.filter(({ inScope }) => inScope).map(({ unitId }) => unitId)).toEqual([
    '370686-H01',
    '370686-H01-G1',
  ])
  const staff = await branch.get('/organisation/staff', system)
  const { rows } = staff.body as { rows: { unitId: string }[] }
  expect(rows.length).toBeGreaterThan(0)
  for (const { unitId } of rows) expect(unitId).toMatch(/^370686-H01/)
  for (const table of ['unit', 'staff', 'place', 'service_token'])
    for (const id of await seenBy(system.tokenId, `select unit_id as id from people.${table}`))
      expect(id, table).toMatch(/^370686-H01/)
  for (const table of ['session', 'attempt', 'ticket'])
    expect(await seenBy(system.tokenId, `select 1 as id from people.${table}`), table).toEqual([])
})

test('it does what was given to it, and nothing else', async () => {
  const planner = await integration({ unitId: '370686', actions: ['plan:make'] })
  expect(await branch.get('/branches/370686/subscribers', planner)).toMatchObject({
    status: 403,
    body: { code: 'not-allowed' },
  })
  const reader = await integration({ unitId: '370686' })
  expect(await branch.get('/branches/370686/subscribers', reader)).toMatchObject({ status: 200 })
  expect(await branch.get('/branches/370685/subscribers', reader)).toMatchObject({ status: 404 })
})

test('it is nobody: it has no session, no password, no list of its own, and makes no tokens', async () => {
  const system = await integration({ unitId: '370686' })
  const refused = { status: 403, body: { code: 'not-for-tokens' } }
  expect(await branch.get('/session', system)).toMatchObject(refused)
  const change = { current: 'a', next: 'Another-2026!' }
  expect(await branch.put('/session/password', system, change)).toMatchObject(refused)
  const forbidden = { status: 403, body: { code: 'not-allowed' } }
  expect(await make(system)).toMatchObject(forbidden)
  expect(await branch.get('/service-tokens', system)).toMatchObject(forbidden)
  expect(await branch.delete(`/service-tokens/${system.tokenId}`, system)).toMatchObject(forbidden)
  expect(await seenBy(system.tokenId, 'select people.may_organise() as id')).toEqual([false])
  expect(await seenBy(system.tokenId, `select people.unlock('${system.id}') as id`)).toEqual([null])
  expect(
    await branch.get('/organisation/units', { ...system, bearer: `${system.cookie}` }),
  ).toMatchObject({
    status: 401,
    body: { code: 'token-not-valid' },
  })
})

test.each([
  ['subscriber:unmask'],
  ['organisation:write'],
  ['staff:passwords'],
  ['token:write'],
  ['audit:read'],
])('%s is for people and is given to no token', async (action) => {
  expect(await make(await administrator(), { actions: [action] })).toMatchObject({ status: 400 })
})

test('nobody gives what is not the own, nor for a unit that is not in scope', async () => {
  const head = await administrator('370686-H01')
  for (const unitId of ['370686', '370686-H02', '370685', 'nowhere'])
    expect(await make(head, { unitId }), unitId).toMatchObject({
      status: 404,
      body: { code: 'unit-unknown' },
    })
  const seller = await branch.hire({ roles: ['hall_manager'] })
  expect(await make(seller)).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
})

test.each([
  { lastDay: '2026-11-19', status: 422, because: 'it would have ended' },
  { lastDay: '2026-11-20', status: 200, because: 'a day is allowed' },
  { lastDay: '2027-11-19', status: 200, because: 'a year is the longest' },
  { lastDay: '2027-11-20', status: 422, because: 'that is longer' },
])('a token until $lastDay is answered $status: $because', async ({ lastDay, status }) => {
  expect((await make(await administrator(), { lastDay })).status).toBe(status)
})

test('it ends with its last day, and at once when it is revoked', async () => {
  const short = await integration({ lastDay: '2026-11-20' })
  const ask = (who: Person) => branch.get('/organisation/units', who)
  branch.clock.set('2026-11-20T15:59:59Z')
  expect((await ask(short)).status).toBe(200)
  branch.clock.set('2026-11-20T16:00:00Z')
  expect(await ask(short)).toMatchObject({ status: 401, body: { code: 'token-not-valid' } })
  expect(await seenBy(short.tokenId, 'select unit_id as id from people.unit')).toEqual([])
  branch.clock.set(MORNING)
  const system = await integration()
  const head = await administrator('370686-H01')
  const stranger = await administrator('370686-H02')
  const revoke = (by: Person) => branch.delete(`/service-tokens/${system.tokenId}`, by)
  expect(await revoke(stranger)).toMatchObject({ status: 404, body: { code: 'token-unknown' } })
  expect((await ask(system)).status).toBe(200)
  const ticket = await ticketOf(system.tokenId)
  expect(await revoke(head)).toMatchObject({ status: 200 })
  expect((await ask(system)).status).toBe(401)
  expect(await asked(ticket, 'select unit_id as id from people.unit')).toEqual([])
  expect(await revoke(head)).toMatchObject({ status: 404 })
  const { tokens } = (await branch.get('/service-tokens', head)).body as { tokens: Made['made'][] }
  expect(tokens.find(({ tokenId }) => tokenId === system.tokenId)?.standing).toBe('revoked')
})

test('its latest use is noted, once a minute', async () => {
  const system = await integration()
  const usedAt = async () =>
    (
      await branch.sql(
        `select used_at from people.service_token where token_id = '${system.tokenId}'`,
      )
    )[0]?.used_at
  expect(await usedAt()).toBe(null)
  const usedOnceAt = async (instant: string) => {
    branch.clock.set(instant)
    await branch.get('/organisation/units', system)
    return usedAt()
  }
  expect(await usedOnceAt('2026-11-20T01:00:00Z')).toEqual(new Date('2026-11-20T01:00:00Z'))
  expect(await usedOnceAt('2026-11-20T01:00:59Z')).toEqual(new Date('2026-11-20T01:00:00Z'))
  expect(await usedOnceAt('2026-11-20T01:01:00Z')).toEqual(new Date('2026-11-20T01:01:00Z'))
  branch.clock.set(MORNING)
})

test('every call that concerns the caller alone is refused to a token', async () => {
  const system = await integration({ unitId: '370686' })
  const own = (await allEndpoints()).filter(({ needs }) => needs === 'own')
  expect(own.length).toBeGreaterThan(5)
  for (const endpoint of own) {
    const known = { branchId: '370686', unitId: '370686' }
    expect(await sendAs(system, exampleCall(endpoint, known)), endpoint.operationId).toMatchObject({
      ...{ status: 403, body: { code: 'not-for-tokens' } },
    })
  }
})

function sendAs(who: Person, { method, url, body }: ExampleCall) {
  if (method === 'GET') return branch.get(url, who)
  if (method === 'DELETE') return branch.delete(url, who)
  return method === 'PUT' ? branch.put(url, who, body) : branch.post(url, who, body)
}

test('whoever makes a token gives no more than the own', async () => {
  const { tokenId } = await integration()
  const can = new Set(['token:write', 'subscriber:read'])
  const maker = {
    kind: 'token',
    id: tokenId,
    ticket: String(await ticketOf(tokenId)),
    can,
  } as const
  const making = branch.unit(maker, (unit) =>
    makeToken(unit, { ...WISH, unitId: '370686-H01', actions: ['subscriber:read', 'plan:make'] }),
  )
  await expect(making).rejects.toMatchObject({
    ...{ code: 'token-action-not-given', values: { action: 'plan:make' } },
  })
})

test('who administers one hall gives nothing there that is the own in another', async () => {
  const head = await branch.hire({ unit: '370686-H01', roles: ['administrator'] })
  await branch.unit(branch.system, (unit) =>
    addPost(unit, head.id, {
      ...{ unitId: '370686-H02', roles: ['hall_manager'] },
      ...{ validFrom: '2026-11-20', validTo: null },
    }),
  )
  const by = await branch.signIn(head.id)
  expect(await make(by)).toMatchObject({ status: 200 })
  expect(await make(by, { unitId: '370686-H02' })).toMatchObject({
    ...{ status: 403, body: { code: 'not-allowed' } },
  })
})

test('what it does is told under its own name, and done once under one key', async () => {
  const system = await integration({ unitId: '370686', actions: ['settings:write'] })
  const who = await branch.hire({ roles: ['auditor'] })
  const dormancy = '/organisation/units/370686/settings/dormancy'
  const saved = await branch.put(dormancy, system, { dormantDays: 45 })
  expect(saved.status, JSON.stringify(saved.body)).toBe(200)
  const trail = await branch.get(`/branches/370686/audit?actor=${system.tokenId}`, who)
  expect((trail.body as { rows: unknown[] }).rows).toMatchObject([
    {
      action: 'settings.changed',
      actor: { id: system.tokenId, name: { zh: '令牌：BSS 每日推送' } },
    },
  ])
  const made = await branch.get(`/branches/370686/audit?about=${system.tokenId}`, who)
  expect((made.body as { rows: unknown[] }).rows).toMatchObject([{ action: 'token.made' }])
})

test('the database itself makes and revokes no token for who may not', async () => {
  const clerk = await branch.hire({ unit: '370686-H01', roles: ['branch_manager'] })
  const system = await integration()
  expect(
    await asked(
      clerk.actor.ticket,
      `select people.make_token('gk_aaaaaaaaaaaa', '${'0'.repeat(64)}',
      gen_random_uuid(), '370686-H01', 'x', '{plan:make}', now(), 'x', now() + interval '1 day') as id`,
    ),
  ).toEqual([false])
  expect(
    await asked(
      clerk.actor.ticket,
      `select people.revoke_token('${system.tokenId}', now(), 'x') as id`,
    ),
  ).toEqual([false])
  await expect(
    asked(clerk.actor.ticket, 'select secret_sha256 as id from people.service_token'),
  ).rejects.toThrow('permission denied')
})
