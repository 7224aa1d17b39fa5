import { afterAll, expect, test } from 'vitest'
import { readConfig } from '../../../config.ts'
import { openWebServer } from '../../../house.ts'
import { accountsOf, type Holder } from '../../../test/account.ts'
import { openBranch } from '../../../test/branch.ts'

const MORNING = Date.parse('2026-11-20T00:00:00Z')
const branch = await openBranch(new Date(MORNING).toISOString())
afterAll(() => branch.close())
const { hire, signIn, under, audited } = accountsOf(branch)

const later = (minutes: number) =>
  branch.clock.set(new Date(MORNING + minutes * 60_000).toISOString())
const alive = async (person: Holder) => (await branch.get('/session', person)).status === 200
const again = async (person: Holder) => under(person, await signIn(person.account))

test.each([
  { role: 'administrator', minutes: 30 },
  { role: 'auditor', minutes: 30 },
  { role: 'branch_manager', minutes: 720 },
] as const)(
  'the session of a $role ends after $minutes minutes without a call',
  async ({ role, minutes }) => {
    const person = await hire({ roles: [role] })
    const mine = await again(person)
    later(minutes - 1)
    expect(await alive(mine)).toBe(true)
    later(2 * minutes - 2)
    expect(await alive(mine), 'a call keeps it open').toBe(true)
    later(3 * minutes - 2)
    expect(await alive(mine)).toBe(false)
    later(0)
  },
)

test('a person sees the own sessions and nobody else’s, and ends one or all others', async () => {
  const [person, other] = [await hire(), await hire()]
  const [mine, second, third] = [await again(person), await again(person), await again(person)]
  const list = async (of: Holder) =>
    ((await branch.get('/session/account', of)).body as { sessions: Listed[] }).sessions
  type Listed = { sessionId: string; current: boolean; address: string; device: object }
  const sessions = await list(mine)
  expect(sessions).toHaveLength(4) // and the one of the first day
  expect(sessions.filter(({ current }) => current)).toHaveLength(1)
  expect(sessions[0]).toMatchObject({ device: { zh: '未知设备' } })
  const own = sessions.find(({ current }) => current)?.sessionId
  const end = (id: string | undefined, by: Holder) => branch.delete(`/session/others/${id}`, by)
  const unknown = { status: 404, body: { code: 'session-unknown' } }
  expect(await end(own, mine), 'the own one is left by signing out').toMatchObject(unknown)
  expect(await end(own, other), 'that of another').toMatchObject(unknown)
  const ofSecond = (await list(second)).find(({ current }) => current)?.sessionId
  expect(await end(ofSecond, mine)).toMatchObject({ status: 200 })
  expect(await alive(second)).toBe(false)
  expect(await alive(third)).toBe(true)
  expect(await branch.delete('/session/others', mine)).toMatchObject({ body: { ended: 2 } })
  expect([await alive(mine), await alive(third), await alive(other)]).toEqual([true, false, true])
  expect(await audited('session.ended', person.account)).toHaveLength(2)
  expect(
    await branch.sql(`select count(*)::integer as held from people.ticket
    where staff_id = '${person.id}'`),
  ).toEqual([{ held: 1 }])
})

test('a session ends at once when the roles change, or the unit does, or the post ends', async () => {
  for (const change of [
    `roles = '{hall_manager,analyst}'`,
    `unit_id = '370686-H02'`,
    `valid_to = '2026-11-20'`,
  ]) {
    const person = await again(await hire({ unit: '370686-H01', roles: ['hall_manager'] }))
    expect(await alive(person)).toBe(true)
    await branch.sql(`update people.staff set ${change} where staff_id = '${person.id}'`)
    expect(await alive(person), change).toBe(false)
  }
})

test('roles that begin tomorrow end the session at midnight in China, not before', async () => {
  const person = await again(await hire({ unit: '370686-H01', roles: ['hall_manager'] }))
  await branch.sql(`update people.staff set valid_to = '2026-11-21'
    where staff_id = '${person.id}'`)
  await branch.sql(`insert into people.staff select staff_id, '2026-11-21', null, unit_id, name, phone,
    '{hall_clerk}', skills, capacity_door, capacity_call, capacity_hall, capacity_install, days,
    agency, recorded_at, recorded_by from people.staff where staff_id = '${person.id}'`)
  later(8 * 60)
  expect(await alive(person)).toBe(true)
  later(16 * 60)
  expect(await alive(person)).toBe(false)
  later(0)
})

test('over TLS the cookie is one that no other host can set, and the plain one is not taken', async () => {
  const person = await hire()
  const config = readConfig({ GRIDKEEPER_TRUSTED_PROXIES: '127.0.0.1' })
  await using fastify = await openWebServer(branch.house, config, '')
  const sign = (headers: Record<string, string>) =>
    fastify.inject({
      method: 'POST',
      url: '/api/v1/session',
      headers,
      payload: { account: person.account, password: '秋天-Harvest-2026' },
    })
  const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '10.9.8.7' }
  const secure = String((await sign(forwarded)).headers['set-cookie'])
  expect(secure).toMatch(/^__Host-gridkeeper_session=/)
  for (const flag of [/; Secure/i, /; HttpOnly/i, /; SameSite=Lax/i, /; Path=\//i])
    expect(secure).toMatch(flag)
  expect(secure).not.toMatch(/Domain/i)
  const token = /=([^;]*)/.exec(secure)?.[1] ?? ''
  const who = (cookie: string) =>
    fastify.inject({ url: '/api/v1/session', headers: { ...forwarded, cookie } })
  expect((await who(`__Host-gridkeeper_session=${token}`)).statusCode).toBe(200)
  expect((await who(`gridkeeper_session=${token}`)).statusCode).toBe(401)
  const plain = String((await sign({})).headers['set-cookie'])
  expect(plain).toMatch(/^gridkeeper_session=/)
  expect(plain).not.toMatch(/Secure/i)
  expect(await audited('session.opened', person.account)).toMatchObject([
    { address: '10.9.8.7' },
    { address: '127.0.0.1' },
  ])
})
