import type { FastifyRequest, FastifySchemaCompiler } from 'fastify'
import { z } from 'zod'
import type { Endpoint } from '#contract/endpoint.ts'
import { faultsOf, Malformed } from './malformed.ts'
import { Refusal } from './refusal.ts'
import { namesAt, strictly } from './strict.ts'

/** Reads what is sent by its schema. A field that the schema does not name is told by its name. */
export const readingFields: FastifySchemaCompiler<z.ZodType> =
  ({ schema }) =>
  (sent) => {
    const read = schema.safeParse(sent)
    if (read.success) return { value: read.data }
    const unknown = unknownIn(read.error.issues, schema)
    if (unknown) return { error: refusalOf(unknown, schema) }
    return { error: new Malformed(faultsOf(schema, sent, read.error)) }
  }

/**
 * What the caller sends, to be refused where the endpoint does not name it. Servers of others that
 * send a browser here, or post a form, may add what the standards let them.
 */
export const withoutMore = ({ params, query, body, kind }: Endpoint) => ({
  params: params && strictly(params),
  query: query && (kind === 'redirect' ? query : strictly(query)),
  body: body && (kind === 'form' ? body : strictly(body)),
})

/** Every call takes `?lang`, whether it names that or not. */
export function keepToAsked({ query, body, kind }: Endpoint, request: FastifyRequest): void {
  if (kind === 'redirect' || kind === 'form') return
  const { lang, ...others } = request.query as Record<string, unknown>
  if (lang !== undefined && !query?.shape.lang) request.query = others
  const takesBody = body !== undefined || kind === 'upload'
  refuseUnasked(request, { query: query !== undefined, body: takesBody })
}

/** Refuses what comes along with a call that takes no query, or no body. */
function refuseUnasked(
  { query, body }: Pick<FastifyRequest, 'query' | 'body'>,
  takes: Readonly<{ query: boolean; body: boolean }>,
): void {
  for (const [sent, isTaken] of [[query, takes.query] as const, [body, takes.body] as const]) {
    if (isTaken || sent === undefined || sent === null) continue
    const name = Object.keys(sent)[0]
    if (name !== undefined) throw refusalOf({ path: [], name }, z.strictObject({}))
  }
}

type Field = Readonly<{ path: readonly PropertyKey[]; name: string }>
type Issue = z.core.$ZodIssue

function unknownIn(issues: readonly Issue[], schema: z.ZodType): Field | undefined {
  for (const issue of issues) {
    const [name] = issue.code === 'unrecognized_keys' ? issue.keys : []
    if (name !== undefined) return { path: issue.path, name }
  }
  for (const issue of issues) {
    if (issue.code !== 'invalid_union') continue
    for (const option of issue.errors) {
      const at = (path: readonly PropertyKey[]) => [...issue.path, ...path]
      const placed = option.map((each) => ({ ...each, path: at(each.path) }) as Issue)
      const found = unknownIn(placed, schema)
      // What another one of the alternatives knows is not unknown.
      if (found && !namesAt(schema, found.path).includes(found.name)) return found
    }
  }
  return undefined
}

const MOST_LETTERS = 80
const MOST_NAMES = 8

/** Names the field, and what is known in its place: the most similar first. */
function refusalOf({ path, name }: Field, schema: z.ZodType): Refusal {
  const names = [...new Set(namesAt(schema, path))]
  const known = names
    .map((each) => ({ each, steps: stepsBetween(plain(each), plain(name)) }))
    .sort((a, b) => a.steps - b.steps)
    .slice(0, MOST_NAMES)
    .map(({ each }) => each)
  return new Refusal('malformed', 'unknown-field', {
    field: [...path, name].join('.').toWellFormed().slice(0, MOST_LETTERS),
    known: known.join(', ') || '—',
  })
}

const plain = (name: string) => name.slice(0, MOST_LETTERS).toLowerCase().replaceAll(/[_-]/g, '')

/** How many letters have to be put in, taken out or replaced to make one text the other. */
function stepsBetween(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (const [row, letter] of [...one].entries()) {
    const steps = [row + 1]
    for (const [at, against] of [...other].entries()) {
      const [over = 0, beside = 0, before = 0] = [above[at + 1], steps[at], above[at]]
      steps.push(Math.min(over + 1, beside + 1, before + (letter === against ? 0 : 1)))
    }
    above = steps
  }
  return above.at(-1) ?? 0
}
