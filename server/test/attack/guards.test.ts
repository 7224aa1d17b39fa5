import type { FastifyInstance, InjectOptions } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { GUARDS, type Guards } from '#platform/guards.ts'
import { SESSION_COOKIE } from '#platform/http.ts'
import type { RateLimits } from '#platform/rates.ts'
import { readConfig } from '../../config.ts'
import { openWebServer } from '../../house.ts'
import { type Branch, openBranch, type Person } from '../branch.ts'
import { dribble, holdTable, until } from './stalled.ts'

let branch: Branch
let who: Person
beforeAll(async () => {
  branch = await openBranch('2026-11-20T01:00Z')
  who = await branch.hire({ roles: ['administrator'] })
})
afterAll(() => branch.close())

const config = readConfig({
  GRIDKEEPER_LOG_LEVEL: 'silent',
  GRIDKEEPER_TRUSTED_PROXIES: '127.0.0.1',
})
type Setting = Readonly<{ guards?: Partial<Guards>; limits?: RateLimits }>

async function withServer<T>(
  { guards, limits }: Setting,
  work: (server: FastifyInstance) => Promise<T>,
): Promise<T> {
  const server = await openWebServer(branch.house, config, '', {
    guards: { ...GUARDS, ...guards },
    ...(limits && { limits }),
  })
  try {
    return await work(server)
  } finally {
    await server.close()
  }
}

async function ask(server: FastifyInstance, options: InjectOptions) {
  const answer = await server.inject({ remoteAddress: '127.0.0.1', ...options })
  const isJson = String(answer.headers['content-type']).includes('json')
  return { status: answer.statusCode, headers: answer.headers, body: isJson ? answer.json() : null }
}
const cookie = () => `${SESSION_COOKIE}=${who.cookie}`
const units = (): InjectOptions => ({
  url: '/api/v1/organisation/units',
  headers: { cookie: cookie() },
})
const command = (payload: string, headers = {}): InjectOptions => ({
  method: 'PUT',
  url: '/api/v1/organisation/units/370686/settings/dormancy',
  headers: { cookie: cookie(), 'content-type': 'application/json', ...headers },
  payload,
})
const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`

type Check = (server: FastifyInstance) => Promise<void>

async function refusedFromElsewhere(server: FastifyInstance): Promise<void> {
  const headers = { 'sec-fetch-site': 'cross-site' }
  const { status, body } = await ask(server, command('{"dormantDays":40}', headers))
  expect({ status, code: body.code }).toEqual({ status: 403, code: 'cross-site' })
}

const refusedAs =
  (status: number, code: string, payload: string): Check =>
  async (server) => {
    const answer = await ask(server, command(payload))
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code })
  }

async function unknownRefused(server: FastifyInstance): Promise<void> {
  const url = '/api/v1/organisation/units?nobodyKnows=1'
  const { status, body } = await ask(server, { ...units(), url })
  expect({ status, code: body.code }).toEqual({ status: 400, code: 'unknown-field' })
}

/** Of four calls the last one is refused: of an account, or of a stranger. */
const fourthRefused =
  (headers: () => Record<string, string>): Check =>
  async (server) => {
    const statuses: number[] = []
    for (let nth = 0; nth < 4; nth++)
      statuses.push((await ask(server, { ...units(), headers: headers() })).status)
    expect(statuses.map((status) => status === 429)).toEqual([false, false, false, true])
  }

const answersWith =
  (name: string, what: RegExp): Check =>
  async (server) => {
    for (const url of ['/api/v1/organisation/units', '/api/v1/nowhere'])
      expect(String((await ask(server, { ...units(), url })).headers[name]), url).toMatch(what)
  }

async function notFramed(server: FastifyInstance): Promise<void> {
  const { headers } = await ask(server, units())
  expect(headers['x-frame-options']).toBe('DENY')
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
}

async function cookiesClosed(server: FastifyInstance): Promise<void> {
  const sent = { method: 'DELETE', url: '/api/v1/session' } as const
  const overTls = await ask(server, { ...sent, headers: { 'x-forwarded-proto': 'https' } })
  for (const flag of [/^__Host-/, /; HttpOnly/, /; SameSite=Lax/, /; Secure/, /; Path=\/(;|$)/])
    expect(String(overTls.headers['set-cookie'])).toMatch(flag)
  const plain = await ask(server, sent)
  for (const flag of [/; HttpOnly/, /; SameSite=Lax/])
    expect(String(plain.headers['set-cookie'])).toMatch(flag)
}

async function defectToldInOneSentence(server: FastifyInstance): Promise<void> {
  await branch.sql('alter table calendar.day rename column kind to broken')
  const url = '/api/v1/branches/370686/calendar/2026'
  const { status, body } = await ask(server, { ...units(), url }).finally(() =>
    branch.sql('alter table calendar.day rename column broken to kind'),
  )
  expect(status).toBe(500)
  expect(JSON.stringify(body)).not.toMatch(/column|calendar\.|kind|select|\.ts|at /)
}

async function longAddressRefused(server: FastifyInstance): Promise<void> {
  const url = `/api/v1/organisation/units?${'a'.repeat(5000)}`
  expect((await ask(server, { ...units(), url })).status).toBe(414)
}

/** Whoever sends half a request is cut off before the second of two others, who are cut off. */
async function slowHeadCutOff(server: FastifyInstance): Promise<void> {
  await withServer({ guards: { headMs: 60 } }, async (beside) => {
    using slow = await dribble(server)
    for (let nth = 0; nth < 2; nth++) {
      using other = await dribble(beside)
      await other.closed
    }
    expect(slow.isClosed()).toBe(true)
  })
}

const HALF_A_COMMAND = [
  ...['POST /api/v1/session HTTP/1.1', 'host: a', 'content-type: application/json'],
  ...['content-length: 90', '', '{"account":'],
]

/** Whoever sends half a command is told before the second of two others, who are told. */
async function slowContentCutOff(server: FastifyInstance): Promise<void> {
  await withServer({ guards: { slowCallMs: 60 } }, async (beside) => {
    using slow = await dribble(server, HALF_A_COMMAND)
    for (let nth = 0; nth < 2; nth++) {
      using other = await dribble(beside, HALF_A_COMMAND)
      await until(async () => other.heard().includes('maybe-done'))
    }
    expect(slow.heard()).toMatch(/^HTTP\/1\.1 503 /)
  })
}

/** A call that waits for another is told so before two others with so little time, and nothing of it is done. */
async function longCallToldAndUndone(server: FastifyInstance): Promise<void> {
  const held = await holdTable(branch, 'calendar.day')
  const put = {
    method: 'PUT',
    url: '/api/v1/branches/370686/calendar/days/2026-12-01',
    headers: { cookie: cookie(), 'content-type': 'application/json' },
    payload: '{"kind":"holiday","name":null}',
  } as const
  let answer: Awaited<ReturnType<typeof ask>> | undefined
  const told = ask(server, put).then((each) => {
    answer = each
  })
  try {
    await withServer({ guards: { callMs: 100 } }, async (beside) => {
      for (let nth = 0; nth < 2; nth++)
        expect((await ask(beside, put)).body).toMatchObject({ code: 'call-undone' })
    })
    expect(answer).toMatchObject({ status: 503, body: { code: 'call-undone' } })
  } finally {
    await held.release()
    await told
    await until(async () => (await held.waiting()) === 0)
  }
  expect(await branch.sql(`select 1 from calendar.day where day = '2026-12-01'`)).toEqual([])
}

const OTHER_ERRORS: Guards['tellError'] = (error, _, reply) => void reply.send(error)

/** Each guard, what shows that it stands, and how it is taken away. */
const TABLE: readonly Readonly<{
  guard: string
  check: Check
  on?: Setting
  off: Setting
}>[] = [
  {
    guard: 'commands come from own pages',
    check: refusedFromElsewhere,
    off: { guards: { ownPagesOnly: false } },
  },
  {
    guard: 'calls of an account are counted',
    check: fourthRefused(() => ({ cookie: cookie() })),
    on: { limits: { account: 3, address: 0 } },
    off: { limits: { account: 0, address: 0 } },
  },
  {
    guard: 'calls of strangers are counted',
    check: fourthRefused(() => ({})),
    on: { limits: { account: 0, address: 3 } },
    off: { limits: { account: 0, address: 0 } },
  },
  {
    guard: 'a body has a size',
    check: refusedAs(413, 'body-too-large', `"${'a'.repeat(1024 * 1024)}"`),
    off: { guards: { bodyBytes: 64 * 1024 * 1024 } },
  },
  {
    guard: 'JSON has a depth',
    check: refusedAs(422, 'json-too-deep', nested(33)),
    off: { guards: { jsonLevels: Number.POSITIVE_INFINITY } },
  },
  {
    guard: 'fields have to be known',
    check: unknownRefused,
    off: { guards: { knownFieldsOnly: false } },
  },
  {
    guard: 'an address has a length',
    check: longAddressRefused,
    off: { guards: { addressLetters: Number.POSITIVE_INFINITY } },
  },
  {
    guard: 'the head of a request has its time',
    check: slowHeadCutOff,
    on: { guards: { headMs: 60 } },
    off: { guards: { headMs: 300_000 } },
  },
  {
    guard: 'a call has its time',
    check: longCallToldAndUndone,
    on: { guards: { callMs: 100 } },
    off: { guards: { callMs: 600_000 } },
  },
  {
    guard: 'a call that is sent slowly has its time',
    check: slowContentCutOff,
    on: { guards: { slowCallMs: 60 } },
    off: { guards: { slowCallMs: 600_000 } },
  },
  {
    guard: 'pages load from here alone',
    check: answersWith(
      'content-security-policy',
      /default-src 'self';.*object-src 'none';script-src 'self';/,
    ),
    off: { guards: { contentPolicy: false } },
  },
  {
    guard: 'no page of ours is framed',
    check: notFramed,
    off: { guards: { noFrames: false } },
  },
  {
    guard: 'nothing is taken for another type',
    check: answersWith('x-content-type-options', /^nosniff$/),
    off: { guards: { noSniffing: false } },
  },
  {
    guard: 'no cache keeps an answer',
    check: answersWith('cache-control', /^no-store$/),
    off: { guards: { noStore: false } },
  },
  {
    guard: 'cookies are closed',
    check: cookiesClosed,
    off: { guards: { closedCookies: false } },
  },
  {
    guard: 'a defect tells nothing of what is inside',
    check: defectToldInOneSentence,
    off: { guards: { tellError: OTHER_ERRORS } },
  },
]

test.each(TABLE)('$guard, and this is noticed when it is off', async ({ check, on = {}, off }) => {
  await withServer(on, check)
  const failure = await withServer(off, check).then(
    () => undefined,
    (error: Error) => error,
  )
  expect(failure?.name, `what is checked: ${failure?.message}`).toBe('AssertionError')
})

test('every guard has its line in the table', () => {
  const taken = TABLE.flatMap(({ off }) => Object.keys(off.guards ?? {}))
  expect(taken.sort()).toEqual(Object.keys(GUARDS).sort())
})
