import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SESSION_COOKIE } from '#platform/http.ts'
import type { Person } from '../branch.ts'
import { aimsOf } from './crowd.ts'
import { OPERATIONS, type Operation, type Parameter, valuesOf } from './document.ts'
import { type Counts, countsOf } from './fuzz-runs.ts'
import { junkText, spoilt } from './junk.ts'
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
