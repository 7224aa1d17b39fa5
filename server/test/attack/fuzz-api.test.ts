import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Role } from '#contract/organisation.ts'
import { TOKEN_ACTIONS } from '#contract/tokens.ts'
import { SESSION_COOKIE } from '#platform/http.ts'
import type { Person } from '../branch.ts'
import { aimsOf } from './crowd.ts'
import { OPERATIONS, type Operation, type Parameter, valuesOf } from './document.ts'
import { type Counts, countsOf } from './fuzz-runs.ts'
import { junkCursor, junkText, spoilt } from './junk.ts'
import { type Known, knownAs } from './known.ts'
import { openWorld, type World } from './world.ts'

let world: World
let known: Known
let manager: Person
const ROLES = ['administrator', 'branch_manager', 'auditor'] as const
beforeAll(async () => {
  world = await openWorld()
  known = aimsOf(world, '370686').get('own') ?? {}
  manager = await world.hire({ roles: ROLES })
}, 120_000)
afterAll(() => world.close(), 120_000)

const counts: Counts = countsOf({ short: 60, full: 700 })

type Request = Readonly<{ url: string; payload: string | undefined }>

/** Requests to an endpoint: as the document allows, or with one thing in them that it does not. */
function requestsTo(operation: Operation): fc.Arbitrary<Request> {
  const parts = operation.parameters.filter(({ in: where }) => where !== 'header')
  const url = fc.tuple(...parts.map(valueFor)).map((values) => addressOf(operation, parts, values))
  const { body } = operation
  if (!body) return url.map((address) => ({ url: address, payload: undefined }))
  const named = (name: string) => knownAs(known, name)
  const allowed = fc.oneof(valuesOf(body, named), valuesOf(body))
  const content = fc.oneof(allowed, allowed.chain(spoilt))
  return fc.tuple(url, content).map(([address, value]) => ({
    url: address,
    payload: JSON.stringify(value) ?? 'undefined',
  }))
}

function valueFor({ name, schema, required, in: where }: Parameter): fc.Arbitrary<unknown> {
  const usual = knownAs(known, name)
  const values: fc.MaybeWeightedArbitrary<unknown>[] = [
    { weight: 2, arbitrary: valuesOf(schema) },
    { weight: 1, arbitrary: junkText },
  ]
  if (usual !== undefined) values.push({ weight: 6, arbitrary: fc.constant(usual) })
  if (!required && where === 'query') values.push({ weight: 4, arbitrary: fc.constant(undefined) })
  return fc.oneof(...values)
}

function addressOf(
  { path }: Operation,
  parts: readonly Parameter[],
  values: readonly unknown[],
): string {
  let address = path
  const query: string[] = []
  for (const [nth, { in: where, name }] of parts.entries()) {
    if (values[nth] === undefined) continue
    const text = encodeURIComponent(String(values[nth]).toWellFormed())
    if (where === 'path') address = address.replace(`{${name}}`, text)
    else query.push(`${name}=${text}`)
  }
  return query.length > 0 ? `${address}?${query.join('&')}` : address
}

const LISTS = OPERATIONS.filter(({ parameters }) =>
  parameters.some(({ name }) => name === 'cursor'),
)

/** Where a list is asked for as it is, with what it cannot do without. */
function plainly(operation: Operation): string {
  const parts = operation.parameters.filter(
    ({ required, in: where }) => required && where !== 'header',
  )
  const values = parts.map(
    ({ name, schema }) =>
      knownAs(known, name) ??
      schema.enum?.[0] ??
      fc.sample(valuesOf(schema), { numRuns: 1, seed: 1 })[0],
  )
  const address = addressOf(operation, parts, values)
  return address.includes('?') ? `${address}&` : `${address}?`
}

async function readList(who: Person, url: string) {
  const { cookie, bearer } = who
  const headers = bearer
    ? { authorization: `Bearer ${bearer}` }
    : { cookie: `${SESSION_COOKIE}=${cookie}` }
  const { statusCode: status, payload } = await world.fastify.inject({ url, headers })
  const body = JSON.parse(payload) as { code?: string; values?: { known?: string } }
  const said = status < 500 ? '' : world.log.at(-2)
  expect(status, `${url} ${payload.slice(0, 200)} ${said}`).toBeLessThan(500)
  return { status, body }
}

/** The columns that a list says it can be sorted by, along and against; nothing: it has one order. */
async function sortsOf(who: Person, url: string): Promise<string[]> {
  const { values } = (await readList(who, `${url}sort=%3F`)).body
  const columns = values?.known?.split(', ') ?? []
  return ['', ...columns.flatMap((column) => [`sort=${column}&`, `sort=-${column}&`])]
}

/** Somebody who may read every list, and another system with all that a token can do. */
async function readers(): Promise<Person[]> {
  const person = await world.hire({ roles: Role.options })
  const wish = { unitId: '370686', name: '翻页', actions: TOKEN_ACTIONS, lastDay: '2026-12-31' }
  const { status, body } = await world.post('/service-tokens', person, wish)
  expect(status, JSON.stringify(body)).toBe(200)
  return [person, { ...person, bearer: (body as { token: string }).token }]
}

// Before anything is deleted that has a list.
test.each(LISTS.map((each) => [each.id, each] as const))(
  '%s goes on from whatever mark, in whatever order, or says that it is none',
  async (_id, operation) => {
    const [person, system] = await readers()
    if (!person || !system) throw new Error('there are two readers')
    const url = plainly(operation)
    expect((await readList(person, url)).status, url).toBe(200)
    const sorts = await sortsOf(person, url)
    let refused = 0
    await fc.assert(
      fc.asyncProperty(junkCursor, async (cursor) => {
        const asked = sorts.map(
          (sort) => `${url}${sort}cursor=${encodeURIComponent(cursor.toWellFormed())}`,
        )
        const calls = asked.flatMap((each) => [readList(person, each), readList(system, each)])
        for (const { status, body } of await counts.tried(() => Promise.all(calls))) {
          expect([200, 400, 403, 414, 422], JSON.stringify(body)).toContain(status)
          if (body.code === 'cursor-unreadable') refused += 1
        }
      }),
      counts.of(0.7),
    )
    expect(refused).toBeGreaterThan(0)
  },
  counts.timeout,
)

/** Argon2 takes its time, and so do jobs: these are asked less often. */
const COSTLY = /password|session|makePlan|startImport|signIn|token/i

test.each(OPERATIONS.filter(({ takesFile }) => !takesFile).map((each) => [each.id, each] as const))(
  '%s answers whatever it is sent with less than 500, in time',
  async (id, operation) => {
    const isOwn = operation.path.includes('/session')
    const who = isOwn ? await world.hire({ roles: ROLES }) : manager // it comes to harm
    const isCostly = COSTLY.test(`${id} ${operation.path}`)
    await fc.assert(
      fc.asyncProperty(requestsTo(operation), async ({ url, payload }) => {
        const answer = await counts.tried(() =>
          world.fastify.inject({
            method: operation.method,
            url,
            headers: {
              cookie: `${SESSION_COOKIE}=${who.cookie}`,
              ...(payload !== undefined && { 'content-type': 'application/json' }),
            },
            ...(payload !== undefined && { payload }),
          }),
        )
        const said = answer.statusCode < 500 ? '' : world.log.at(-2)
        expect(answer.statusCode, `${answer.payload.slice(0, 200)} ${said}`).toBeLessThan(500)
      }),
      counts.of(isCostly ? 0.2 : 1),
    )
  },
  counts.timeout,
)

test('after all of it everybody is served as before', async () => {
  expect((await world.get('/organisation/units', manager)).status).toBe(200)
})
