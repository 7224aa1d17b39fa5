import { createHash } from 'node:crypto'
import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import type { Role } from '#contract/organisation.ts'
import { SESSION_COOKIE } from '#platform/http.ts'
import type { Person } from '../branch.ts'
import { type Operation, valuesOf } from './document.ts'
import { type Known, knownAs, knownInPath, UNKNOWN } from './known.ts'
import { textOf, unescaped } from './search.ts'
import type { Canary, World } from './world.ts'

/** Where the ids of a request come from, seen from the unit of whoever asks. */
export type Aim = 'own' | 'sibling' | 'far' | 'parent' | 'mixed' | 'unknown' | 'unknown-here'

export type Step = Readonly<{
  who: Person
  role: Role
  operation: Operation
  aim: Aim
  known: Known
  /** 0: what the document requires and nothing else; more: with options, other ones each time. */
  variant: number
}>

export type Finding = Readonly<{ step: string; what: string }>
export type Walked = Readonly<{
  status: number
  code: string | null
  /** Words of the own unit that the answer carried: a walk that meets none of them proves nothing. */
  own: number
  findings: readonly Finding[]
  /** Of all that was answered: two walks that were shown the same have the same. */
  digest: string
}>

type Sent = Readonly<{ url: string; headers: Record<string, string>; payload?: string | Buffer }>

/** Whether somebody who belongs to `unitId` may meet the word. */
export function mayMeet(
  { parents }: Pick<World, 'parents'>,
  unitId: string,
  { unitId: home, reach }: Canary,
): boolean {
  if (reach === 'nobody') return false
  if (isWithin(parents, home, unitId)) return true
  if (reach === 'rows') return false
  return isWithin(parents, unitId, home)
}

export function isWithin(parents: World['parents'], unitId: string, above: string): boolean {
  for (let at: string | null | undefined = unitId; at; at = parents.get(at))
    if (at === above) return true
  return false
}

/**
 * What may carry personal data of the own unit: the rows that were left out, to be corrected and sent
 * again, and the one subscriber whom somebody asks for with a purpose.
 */
const IN_CLEAR: ReadonlySet<string> = new Set([
  'downloadRejects',
  'downloadDuplicates',
  'unmaskSubscriber',
])

/**
 * Sends one request and reads all that comes back for words that are not for whoever asked. Of a list
 * that is asked for with options, some column sorts a short page, and it is gone on with from where
 * that page ended and from where somebody else’s did.
 */
export async function take(world: World, fastify: FastifyInstance, step: Step): Promise<Walked> {
  const sent = requestOf(step)
  const isList = step.operation.parameters.some(({ name }) => name === 'cursor')
  if (!isList || step.variant === 0) return (await read(world, fastify, step, sent)).walked
  const [first, order] = await inSomeOrder(fastify, step, sent)
  const { walked, next } = await read(world, fastify, step, first)
  const place = `${step.operation.id} ${order}`
  const marks = marksOf.get(world) ?? new Map<string, string>()
  marksOf.set(world, marks)
  const others = marks.get(place)
  for (const mark of [next, others]) {
    if (!mark) continue
    const url = `${first.url}&cursor=${encodeURIComponent(mark)}`
    const { findings } = (await read(world, fastify, step, { ...first, url })).walked
    walked.findings.push(...findings)
  }
  if (next) marks.set(place, next)
  return walked
}

/** Where pages ended, whoever was shown them, by list and order. */
const marksOf = new WeakMap<World, Map<string, string>>()

/** The request, sorted by one of the columns that the list says it knows, and how. */
async function inSomeOrder(
  fastify: FastifyInstance,
  { operation, variant }: Step,
  sent: Sent,
): Promise<[Sent, string]> {
  if (!operation.parameters.some(({ name }) => name === 'sort')) return [sent, '']
  const { headers, url } = sent
  const refused = await fastify.inject({ url: `${url}&sort=%3F`, headers })
  const { values } = refused.json() as { values?: { known?: string } }
  const columns = values?.known?.split(', ') ?? []
  const column = columns[Math.floor(variant / 2) % columns.length]
  if (column === undefined) return [sent, '']
  const order = variant % 2 === 0 ? column : `-${column}`
  return [{ ...sent, url: `${url}&sort=${order}` }, order]
}

async function read(world: World, fastify: FastifyInstance, step: Step, sent: Sent) {
  const answer = await fastify.inject({
    method: step.operation.method,
    url: sent.url,
    headers: sent.headers,
    ...(sent.payload !== undefined && { payload: sent.payload }),
  })
  const asked = unescaped(`${sent.url} ${sent.payload ?? ''}`)
  const payload =
    step.operation.id === 'listAudit' ? withoutSearches(answer.json()) : textOf(answer.rawPayload)
  const said = unescaped(`${payload}\n${JSON.stringify(answer.headers)}`)
  const name = `${step.role} of ${step.who.unitId}: ${step.operation.id} (${step.aim} ${step.variant}) ${sent.url}`
  const met = world.canaries.filter(({ word }) => said.includes(word) && !asked.includes(word))
  const inClear = IN_CLEAR.has(step.operation.id)
  const foreign = met.filter(
    (canary) =>
      !mayMeet(world, step.who.unitId, {
        ...canary,
        reach: inClear && canary.reach === 'nobody' ? 'rows' : canary.reach,
      }),
  )
  const findings = foreign.map(({ word, unitId, reach }) => ({
    step: name,
    what: `${word} of ${unitId} (${reach})`,
  }))
  if (answer.statusCode >= 500)
    findings.push({ step: name, what: `status ${answer.statusCode}: ${said.slice(0, 300)}` })
  const isJson = String(answer.headers['content-type']).includes('json')
  const code = answer.statusCode >= 400 && isJson ? (answer.json() as { code?: string }).code : null
  const walked = {
    status: answer.statusCode,
    code: code ?? null,
    own: met.length - foreign.length,
    findings,
    digest: createHash('sha256').update(answer.rawPayload).digest('base64'),
  }
  const next = isJson ? (answer.json() as { next?: string | null } | null)?.next : null
  return { walked, next }
}

/** The trail tells also what auditors have looked for: words that they typed, not that they met. */
function withoutSearches(page: { rows?: readonly { action: string }[] }): string {
  return JSON.stringify({
    ...page,
    rows: page.rows?.filter(({ action }) => action !== 'audit.read'),
  })
}

function requestOf({ who, operation, known, variant }: Step): Sent {
  const seed = createHash('sha256').update(`${operation.id} ${variant}`).digest().readInt32LE()
  const sample = <T>(values: fc.Arbitrary<T>, nth: number) =>
    fc.sample(values, { seed: seed + nth, numRuns: 1 })[0] as T
  const named = (name: string) => knownAs(known, name)
  let path = operation.path
  const query = new URLSearchParams()
  for (const [nth, { in: where, name, required, schema }] of operation.parameters.entries()) {
    const usual =
      where === 'path'
        ? knownInPath({ ...UNKNOWN, ...known }, operation.path, name)
        : knownAs(known, name)
    const fits = usual !== undefined && (!schema.enum || schema.enum.includes(usual))
    const value = String(fits ? usual : sample(valuesOf(schema), nth))
    if (where === 'path') path = path.replace(`{${name}}`, encodeURIComponent(value))
    else if (where === 'query' && name === 'limit') query.set(name, variant === 0 ? '200' : '2')
    else if (where === 'query' && name !== 'cursor' && name !== 'sort') {
      const isWanted = required || (variant > 0 && sample(fc.boolean(), nth + 100))
      if (isWanted) query.set(name, value)
    }
  }
  const text = query.toString()
  const headers: Record<string, string> = {
    cookie: `${SESSION_COOKIE}=${who.cookie}`,
    'accept-language': variant % 2 === 0 ? 'zh' : 'en',
  }
  if (operation.takesFile) headers['content-type'] = `multipart/form-data; boundary=${BOUNDARY}`
  else if (operation.body) headers['content-type'] = 'application/json'
  return {
    url: text ? `${path}?${text}` : path,
    headers,
    ...(operation.takesFile && { payload: FORM }),
    ...(operation.body && { payload: JSON.stringify(sample(valuesOf(operation.body, named), 7)) }),
  }
}

const BOUNDARY = 'walk-of-the-scope'
const FORM = Buffer.from(
  `--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\na,b\r\n1,2\r\n--${BOUNDARY}--\r\n`,
)

/** Takes all steps, `width` at a time, in their order. */
export async function takeAll(
  world: World,
  fastify: FastifyInstance,
  steps: readonly Step[],
  width = 6,
): Promise<Walked[]> {
  const walked: Walked[] = []
  let next = 0
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (let at = next++; at < steps.length; at = next++) {
        const step = steps[at]
        if (step) walked[at] = await take(world, fastify, step)
      }
    }),
  )
  return walked
}
