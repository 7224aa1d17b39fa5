import type { FastifyInstance, InjectOptions } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SESSION_COOKIE } from '#platform/http.ts'
import { readConfig } from '../../config.ts'
import { openWebServer } from '../../house.ts'
import { type Branch, openBranch, type Person } from '../branch.ts'

const branch: Branch = await openBranch('2026-11-20T01:00Z')
afterAll(() => branch.close())
const config = readConfig({ GRIDKEEPER_LOG_LEVEL: 'fatal' })
let fastify: FastifyInstance
let who: Person
beforeAll(async () => {
  fastify = await openWebServer(branch.house, config, '')
  who = await branch.hire({ roles: ['administrator'] })
})
afterAll(() => fastify.close())

const as = (person: Person) => ({ cookie: `${SESSION_COOKIE}=${person.cookie}` })
async function ask(options: InjectOptions, server = fastify) {
  const answer = await server.inject(options)
  const isJson = String(answer.headers['content-type']).includes('json')
  return { status: answer.statusCode, headers: answer.headers, body: isJson ? answer.json() : null }
}
const dormancy = `/api/v1/organisation/units/370686/settings/dormancy`
const command = (headers: Record<string, string>): InjectOptions => ({
  method: 'PUT',
  url: dormancy,
  headers: { ...as(who), 'content-type': 'application/json', host: 'grid.example', ...headers },
  payload: JSON.stringify({ dormantDays: 40 }),
})

test.each([
  { headers: { 'sec-fetch-site': 'cross-site' }, because: 'a page of another site sends it' },
  { headers: { 'sec-fetch-site': 'same-site' }, because: 'a neighbour under one domain sends it' },
  { headers: { origin: 'https://evil.example' }, because: 'an old browser names another origin' },
  { headers: { origin: 'null' }, because: 'a page without an origin sends it' },
  {
    headers: { 'sec-fetch-site': 'cross-site', origin: 'http://grid.example' },
    because: 'an origin can be made up, what the browser says of it cannot',
  },
])('a command is refused where $because', async ({ headers }) => {
  expect(await ask(command(headers))).toMatchObject({ status: 403, body: { code: 'cross-site' } })
})

test.each([
  { headers: {}, because: 'no browser sends it' },
  { headers: { 'sec-fetch-site': 'same-origin' }, because: 'a page of ours sends it' },
  { headers: { 'sec-fetch-site': 'none' }, because: 'a person does' },
  { headers: { origin: 'http://grid.example' }, because: 'an old browser names our origin' },
])('a command is carried out where $because', async ({ headers }) => {
  expect((await ask(command(headers))).status).toBe(200)
})

test('a link from elsewhere opens a page as ever', async () => {
  const headers = { ...as(who), 'sec-fetch-site': 'cross-site' }
  expect((await ask({ method: 'GET', url: dormancy, headers })).status).toBe(200)
})

test('an account may call so often a minute, and is told when to come back', async () => {
  const server = await openWebServer(branch.house, config, '', {
    limits: { account: 3, address: 2 },
  })
  const other = await branch.hire()
  const call = (person: Person) =>
    ask({ method: 'GET', url: '/api/v1/organisation/units', headers: as(person) }, server)
  for (let nth = 0; nth < 3; nth++) expect((await call(who)).status).toBe(200)
  const refused = await call(who)
  expect(refused).toMatchObject({ status: 429, body: { code: 'too-many-requests' } })
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60)
  expect((await call(other)).status, 'another account has its own count').toBe(200)
  await server.close()
})

test('strangers of one address may call so often a minute, signed in people of it go on', async () => {
  const server = await openWebServer(branch.house, config, '', {
    limits: { account: 9, address: 2 },
  })
  const signIn = (remoteAddress: string) =>
    ask(
      {
        ...{ method: 'POST', url: '/api/v1/session', remoteAddress },
        ...{ headers: { 'content-type': 'application/json' } },
        payload: JSON.stringify({ account: 'nobody', password: 'whatever it is' }),
      },
      server,
    )
  const statuses = []
  for (let nth = 0; nth < 3; nth++) statuses.push((await signIn('10.0.0.1')).status)
  expect(statuses).toEqual([401, 401, 429])
  expect((await signIn('10.0.0.2')).status, 'another address has its own count').toBe(401)
  const read = {
    method: 'GET',
    url: '/api/v1/organisation/units',
    remoteAddress: '10.0.0.1',
  } as const
  expect((await ask({ ...read, headers: as(who) }, server)).status).toBe(200)
  expect((await ask({ ...read, headers: as({ ...who, cookie: 'made-up' }) }, server)).status).toBe(
    429,
  )
  await server.close()
})

const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`
test.each([
  { payload: nested(32), code: 'malformed-request', because: '32 levels are read' },
  { payload: nested(33), code: 'json-too-deep', because: '33 are not' },
  { payload: nested(400_000), code: 'json-too-deep', because: 'nor are 400,000' },
  {
    payload: `"${'['.repeat(99)}\\"${'['.repeat(99)}"`,
    code: 'malformed-request',
    because: 'what is quoted is no level',
  },
  {
    payload: '{"__proto__":{"a":1}}',
    code: 'malformed-request',
    because: 'nobody renames the prototype',
  },
  {
    payload: '{"constructor":{"prototype":{}}}',
    code: 'malformed-request',
    because: 'nor the constructor',
  },
  { payload: '', code: 'malformed-request', because: 'nothing is no JSON' },
  { payload: '{"dormantDays":', code: 'malformed-request', because: 'half of it is none either' },
  {
    payload: `"${'a'.repeat(1024 * 1024)}"`,
    code: 'body-too-large',
    because: 'a megabyte is the limit',
  },
])('a body is refused with $code: $because', async ({ payload, code }) => {
  const answer = await ask({ ...command({}), payload })
  expect(answer.body).toMatchObject({ code })
  expect(answer.status).toBeLessThan(500)
})

test('an address of over four thousand characters is refused', async () => {
  const url = `/api/v1/organisation/staff?search=${'a'.repeat(5000)}`
  expect((await ask({ method: 'GET', url, headers: as(who) })).status).toBe(414)
})

test('every answer carries the headers that keep a page to itself', async () => {
  for (const url of ['/api/v1/organisation/units', '/api/v1/nowhere', '/']) {
    const { headers } = await ask({ method: 'GET', url, headers: as(who) })
    expect(headers, url).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'permissions-policy': expect.stringContaining('camera=()'),
    })
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("object-src 'none'")
    expect(policy.match(/script-src[^;]*/g)?.join(), 'no inline script').not.toContain('unsafe')
    if (url.startsWith('/api/')) expect(headers['cache-control']).toBe('no-store')
  }
})

test('a defect is told without a word of what is inside', async () => {
  await branch.sql('alter table calendar.day rename column kind to broken')
  const url = `/api/v1/branches/370686/calendar/2026`
  const { status, body } = await ask({ method: 'GET', url, headers: as(who) })
  await branch.sql('alter table calendar.day rename column broken to kind')
  expect({ status, body }).toEqual({
    status: 500,
    body: {
      ...{ type: 'urn:gridkeeper:problem:defect', title: 'defect', status: 500, code: 'defect' },
      detail: '服务器内部错误，已记录。',
    },
  })
})

const yaml = (text: string) => JSON.stringify({ yaml: text })
test.each([
  { of: 'profiles/own', text: 'a: *b', because: 'an alias leads nowhere' },
  { of: 'profiles/own', text: '*!', because: 'an alias has no name' },
  { of: 'campaigns/own', text: 'a: *b', because: 'an alias leads nowhere' },
  { of: 'campaigns/own', text: `a: &a [x]\n${'b: [*a]\n'.repeat(3)}`, because: 'names come twice' },
  { of: 'campaigns/own', text: '['.repeat(20_000), because: 'it is nested without end' },
  { of: 'profiles/own', text: '['.repeat(20_000), because: 'it is nested without end' },
  { of: 'profiles/own', text: 'a\0b', because: 'no text holds the letter 0' },
  { of: 'campaigns/%00', text: 'id: a', because: 'no name holds it either' },
])('what is saved under $of is refused where $because', async ({ of, text }) => {
  const url = `/api/v1/branches/370686/${of}`
  const answer = await ask({ ...command({}), url, payload: yaml(text) })
  expect(answer.status, JSON.stringify(answer.body)).toBe(422)
})

test.each(['?on=', '?on=2026-02-30', '?on=%00', '?on=2026-13-45'])(
  'a day that no calendar has is refused: %s',
  async (query) => {
    const url = `/api/v1/organisation/units${query}`
    const { status, body } = await ask({ method: 'GET', url, headers: as(who) })
    expect(body).toMatchObject({ code: 'malformed-request' })
    expect(status).toBeLessThan(500)
  },
)
