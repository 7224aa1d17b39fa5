import { afterAll, expect, test } from 'vitest'
import { SESSION_COOKIE } from '#platform/http.ts'
import { Refusal } from '#platform/refusal.ts'
import { readConfig } from '../../config.ts'
import { openWebServer } from '../../house.ts'
import { openHttpServer } from '../../http-server.ts'
import { openBranch, type Person } from '../branch.ts'

const branch = await openBranch('2026-11-20T01:00Z')
afterAll(() => branch.close())
const who = await branch.hire({ roles: ['administrator'] })
const as = (person: Person) => ({ cookie: `${SESSION_COOKIE}=${person.cookie}` })
const config = readConfig({ GRIDKEEPER_LOG_LEVEL: 'info' })

async function serve(limits = { account: 0, address: 0 }) {
  const log: string[] = []
  const logTo = { write: (line: string) => void log.push(line) }
  const server = await openWebServer(branch.house, config, '', { limits, logTo })
  return { server, log, [Symbol.asyncDispose]: () => server.close() }
}

test('of twelve who save a profile at once each is told that it is saved, or may be repeated', async () => {
  await using served = await serve()
  const yaml =
    'name: at-once\nkind: subscribers\nversion: 1\nabout: { zh: 同时, en: At once }\ncolumns: []\n'
  const save = () =>
    served.server.inject({
      ...{ method: 'PUT', url: '/api/v1/branches/370686/profiles/at-once' },
      headers: { ...as(who), 'content-type': 'application/json' },
      payload: JSON.stringify({ yaml }),
    })
  const answers = await Promise.all(Array.from({ length: 12 }, save))
  const lost = answers.filter(({ statusCode }) => statusCode !== 200)
  for (const { statusCode, headers, json } of lost) {
    expect({ statusCode, code: json().code }).toEqual({
      statusCode: 409,
      code: 'changed-meanwhile',
    })
    expect(headers['retry-after']).toBe('1')
  }
  const saved = await branch.sql(`select version from subscribers.profile where name = 'at-once'`)
  expect(saved).toHaveLength(12 - lost.length)
  const told = served.log.filter((line) => line.includes('changed-meanwhile'))
  expect(told).toHaveLength(lost.length)
  expect(told.join()).not.toMatch(/"stack"|Key \(/)
  expect((await save()).statusCode, 'repeated, it is saved').toBe(200)
})

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
test.each([
  { url: '/api/v1/sso/start', call: { method: 'GET' } },
  { url: '/api/v1/sso/callback?code=a&state=b', call: { method: 'GET' } },
  {
    url: '/api/v1/sso/back-channel-logout',
    call: { method: 'POST', headers: FORM, payload: 'logout_token=a.b.c' },
  },
] as const)('one address may call $url so often a minute', async ({ url, call }) => {
  await using served = await serve({ account: 9, address: 2 })
  const from = async (remoteAddress: string) =>
    (await served.server.inject({ ...call, url, remoteAddress })).statusCode
  const statuses = []
  for (let nth = 0; nth < 4; nth++) statuses.push(await from('10.0.0.1'))
  expect(statuses.map((status) => status === 429)).toEqual([false, false, true, true])
  expect(await from('10.0.0.2'), 'another address has its own count').not.toBe(429)
})

test('a call that is refused because others are away is told to the log in a line, without a stack', async () => {
  const log: string[] = []
  const server = await openHttpServer({
    ...{ logLevel: 'info', uploadLimitBytes: 1, trustedProxies: undefined, webRoot: '' },
    logTo: { write: (line) => void log.push(line) },
  })
  server.get('/away', async () => {
    const refusal = new Refusal('unavailable', 'provider-away')
    refusal.cause = new Error('no keys', { cause: new TypeError('fetch failed') })
    throw refusal
  })
  expect((await server.inject({ url: '/away' })).statusCode).toBe(503)
  await server.close()
  const [told = ''] = log.filter((line) => line.includes('provider-away'))
  expect(told).toContain('no keys: fetch failed')
  expect(log.join()).not.toMatch(/stack|\.ts:\d/)
})

test('the log tells where a request went, and not what it searched for', async () => {
  await using served = await serve()
  const search = '13800001234'
  for (const url of [
    `/api/v1/branches/370686/subscribers?search=${search}`,
    `/api/v1/organisation/staff?search=${search}`,
    `/api/v1/sso/callback?code=${search}`,
    `/nowhere?${search}`,
  ])
    await served.server.inject({ url, headers: as(who) })
  const log = served.log.join('')
  expect(log).toContain('/api/v1/branches/370686/subscribers')
  expect(log).toContain('/api/v1/sso/callback')
  expect(log).not.toContain(search)
})

test('a defect is told to the log without the values that PostgreSQL fell over', async () => {
  const log: string[] = []
  const logTo = { write: (line: string) => void log.push(line) }
  await using server = await openHttpServer({
    ...{ logLevel: 'info', uploadLimitBytes: 1, trustedProxies: undefined, webRoot: '', logTo },
  })
  server.get('/row', () => {
    throw Object.assign(new Error('duplicate key'), {
      detail: 'Key (name)=(王小明)',
      where: '王小明',
    })
  })
  expect((await server.inject('/row')).statusCode).toBe(500)
  expect(log.join()).toContain('duplicate key')
  expect(log.join()).not.toContain('王小明')
})
