import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Answered, type Branch, openBranch } from '../branch.ts'
import { allEndpoints, exampleCall } from '../example-call.ts'
import { OPERATIONS, objectsIn } from './document.ts'

let branch: Branch
beforeAll(async () => {
  branch = await openBranch('2026-11-20T01:00Z')
})
afterAll(() => branch.close())

const KNOWN = { branchId: '370686', unitId: '370686', year: '2026', lang: 'en' }
const SERVED = new Set(OPERATIONS.map(({ id }) => id))
/** What servers of others send may hold what the standards of sign-on let them add. */
const OURS = (await allEndpoints()).filter(
  ({ kind, operationId }) => kind !== 'redirect' && kind !== 'form' && SERVED.has(operationId),
)

function send(method: string, url: string, body?: unknown): Promise<Answered> {
  if (method === 'GET') return branch.get(url, undefined, 'en')
  if (method === 'DELETE') return branch.delete(url, undefined)
  return method === 'PUT'
    ? branch.put(url, undefined, body, 'en')
    : branch.post(url, undefined, body, 'en')
}

test.each(OURS.map((endpoint) => [endpoint.operationId, endpoint] as const))(
  '%s refuses a question that it does not know',
  async (_, endpoint) => {
    const { method, url, body } = exampleCall(endpoint, KNOWN)
    const asked = `${url}${url.includes('?') ? '&' : '?'}nobodyKnows=1`
    expect(await send(method, asked, body)).toMatchObject({
      status: 400,
      body: { code: 'unknown-field', values: { field: 'nobodyKnows' } },
    })
  },
)

test('every body refuses a field that it does not know, however deep', async () => {
  let tried = 0
  for (const endpoint of OURS) {
    const { method, url, body } = exampleCall(endpoint, KNOWN)
    if (method === 'GET' || method === 'DELETE' || endpoint.kind) continue
    for (const { path, spoilt } of everyObject(body ?? {})) {
      tried += 1
      const field = [...path, 'nobodyKnows'].join('.')
      expect(await send(method, url, spoilt), `${endpoint.operationId} ${field}`).toMatchObject({
        status: 400,
        body: { code: 'unknown-field', values: { field } },
      })
    }
  }
  console.log(`${tried} objects in the bodies of ${OURS.length} calls`)
  expect(tried).toBeGreaterThan(50)
})

test('the document says of every object that is sent that nothing else may be in it', () => {
  const open: string[] = []
  let found = 0
  for (const { id, body, parameters } of OPERATIONS) {
    if (id === 'backChannelLogout') continue
    for (const schema of [body, ...parameters.map((each) => each.schema)]) {
      const objects = schema ? objectsIn(schema) : []
      found += objects.length
      if (objects.some((each) => each.additionalProperties === undefined)) open.push(id)
    }
  }
  expect(open).toEqual([])
  expect(found).toBeGreaterThan(50)
})

/** The value once for each object in it, with a field that nobody knows in that one. */
function everyObject(value: unknown): Readonly<{ path: string[]; spoilt: unknown }>[] {
  if (value === null || typeof value !== 'object') return []
  const inner = Object.entries(value).flatMap(([name, part]) =>
    everyObject(part).map(({ path, spoilt }) => ({
      path: [name, ...path],
      spoilt: Array.isArray(value)
        ? value.with(Number(name), spoilt)
        : { ...value, [name]: spoilt },
    })),
  )
  return Array.isArray(value)
    ? inner
    : [{ path: [], spoilt: { ...value, nobodyKnows: 1 } }, ...inner]
}

test.each([
  { body: { dormantdays: 40 }, known: 'dormantDays', because: 'letters of another size' },
  { body: { dormant_days: 40 }, known: 'dormantDays', because: 'another way to join words' },
  { body: { dormantDays: 40, dormnatDays: 4 }, known: 'dormantDays', because: 'a slip' },
])('$because: the field is named, and the one that was meant', async ({ body, known }) => {
  const field = Object.keys(body).at(-1)
  const sent = (language: 'zh' | 'en') =>
    branch.put('/organisation/units/370686/settings/dormancy', undefined, body, language)
  expect(await sent('en')).toMatchObject({
    status: 400,
    body: {
      code: 'unknown-field',
      values: { field, known },
      detail: `There is no field ${field}; known here: ${known}. Correct it and try again.`,
    },
  })
  expect((await sent('zh')).body).toMatchObject({
    detail: `没有名为 ${field} 的字段；可用：${known}。请改正后重试。`,
  })
})

test('in a choice what another one of its forms knows is told as what it is', async () => {
  const count = (conditions: unknown) =>
    branch.post('/branches/370686/segments/count', undefined, { conditions }, 'en')
  const leaf = { field: 'status', op: 'eq', value: 'active' }
  expect((await count({ all: [{ ...leaf, valeu: 1 }] })).body).toMatchObject({
    code: 'unknown-field',
    values: { field: 'conditions.all.0.valeu', known: expect.stringMatching(/^value,/) },
  })
  expect((await count({ ...leaf, op: 'like' })).body).toMatchObject({ code: 'malformed-request' })
})

test('a call that takes nothing refuses what is sent along', async () => {
  const publish = '/branches/370686/plans/2026-11-21-x/publish'
  const empty = await branch.post(publish, undefined, {})
  expect(empty.body, 'an empty body is none').toMatchObject({ code: 'not-signed-in' })
  expect((await branch.post(publish, undefined, { force: true })).body).toMatchObject({
    code: 'unknown-field',
    values: { field: 'force', known: '—' },
  })
})

test('every call may be asked for its language', async () => {
  const { body } = await branch.get('/organisation/units?lang=en', undefined)
  expect(body).toMatchObject({ code: 'not-signed-in', detail: expect.stringContaining('ign in') })
})
