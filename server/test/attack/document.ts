import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import type { Schema } from '../json-schema.ts'

export type Parameter = Readonly<{
  in: 'path' | 'query' | 'header'
  name: string
  required: boolean
  schema: Schema
}>

/** One endpoint as the document describes it, for whoever has read nothing else. */
export type Operation = Readonly<{
  id: string
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  parameters: readonly Parameter[]
  body: Schema | undefined
  takesFile: boolean
  /** It changes something: the document offers it an idempotency key. */
  isCommand: boolean
}>

type Described = Readonly<{
  operationId: string
  parameters?: readonly Parameter[]
  requestBody?: Readonly<{ content: Readonly<Record<string, Readonly<{ schema?: Schema }>>> }>
}>
type Document = Readonly<{
  paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
  components: Readonly<{ schemas: Readonly<Record<string, Schema>> }>
}>

const FILE = new URL('../../../openapi.json', import.meta.url)
const DOCUMENT = JSON.parse(readFileSync(FILE, 'utf8')) as Document

/** Calls that open, end or renew a session: they are walked by the tests of sign-in. */
const OF_A_SESSION = /^\/api\/v1\/session\b/
const UPLOADS: ReadonlySet<string> = new Set(['uploadFile', 'uploadEvidence'])

export const OPERATIONS: readonly Operation[] = Object.entries(DOCUMENT.paths).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([method, described]): Operation => {
      const { operationId: id, parameters = [], requestBody } = described
      return {
        id,
        method: method.toUpperCase() as Operation['method'],
        path,
        parameters,
        body: requestBody?.content['application/json']?.schema,
        takesFile: UPLOADS.has(id),
        isCommand:
          parameters.some(({ in: where }) => where === 'header') ||
          UPLOADS.has(id) ||
          (method !== 'get' && OF_A_SESSION.test(path)),
      }
    }),
)

/** Values that a schema allows; what `named` knows by the name of a member is taken as it is. */
export function valuesOf(
  schema: Schema,
  named: (name: string) => unknown = () => undefined,
  depth = 0,
): fc.Arbitrary<unknown> {
  const of = (part: Schema) => valuesOf(part, named, depth + 1)
  if (schema.$ref) return of(componentOf(schema.$ref))
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return fc.oneof(...(depth > 5 ? choices.slice(-1) : choices).map(of))
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'object') return objectsOf(schema, named, depth)
  if (type === 'array') {
    const { minItems = 0, maxItems = 3 } = schema
    const most = depth > 4 ? minItems : Math.min(maxItems, Math.max(minItems, 3))
    return fc.array(of(schema.items ?? {}), { minLength: minItems, maxLength: most })
  }
  if (type === 'string') return textsOf(schema)
  if (type === 'integer' || type === 'number') {
    const { minimum = -1_000_000, maximum = 1_000_000 } = schema
    const range = { min: Math.max(minimum, -(2 ** 31)), max: Math.min(maximum, 2 ** 31) }
    return type === 'integer' ? fc.integer(range) : fc.double({ ...range, noNaN: true })
  }
  if (type === 'boolean') return fc.boolean()
  if (type === 'null') return fc.constant(null)
  return fc.jsonValue({ maxDepth: 2 })
}

function objectsOf(
  { properties = {}, required = [], additionalProperties }: Schema,
  named: (name: string) => unknown,
  depth: number,
): fc.Arbitrary<unknown> {
  const members = Object.fromEntries(
    Object.entries(properties).map(([name, part]) => {
      const known = named(name)
      const fits = known !== undefined && (!part.enum || part.enum.includes(known))
      return [name, fits ? fc.constant(known) : valuesOf(part, named, depth + 1)]
    }),
  )
  if (Object.keys(members).length === 0 && typeof additionalProperties === 'object')
    return fc.dictionary(
      fc.stringMatching(/^[a-z]{1,8}$/),
      valuesOf(additionalProperties, named, depth + 1),
      { maxKeys: 3 },
    )
  return fc.record(members, { requiredKeys: [...required] })
}

/** Every object that a schema describes by its members, however deep. */
export function objectsIn(schema: Schema, seen = new Set<Schema>()): Schema[] {
  if (seen.has(schema)) return []
  seen.add(schema)
  const { $ref, anyOf = [], oneOf = [], allOf = [], items, properties } = schema
  const inner = [...anyOf, ...oneOf, ...allOf, ...Object.values(properties ?? {})]
  const parts = [...inner, ...(items ? [items] : []), ...($ref ? [componentOf($ref)] : [])]
  return [...(properties ? [schema] : []), ...parts.flatMap((part) => objectsIn(part, seen))]
}

function textsOf({ pattern, format, minLength = 0, maxLength = 60 }: Schema): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid()
  if (pattern?.startsWith('^(19|20|21)\\d\\d-(0[1-9]|1[0-2])-'))
    return fc
      .date({ min: new Date('2020-01-01'), max: new Date('2029-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
  if (pattern && !pattern.includes('\\u0000') && !/[+*]|\{\d+,/.test(pattern.slice(-3)))
    return fc.stringMatching(new RegExp(pattern))
  return fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 60)) })
}

function componentOf(reference: string): Schema {
  const found = DOCUMENT.components.schemas[reference.split('/').at(-1) ?? '']
  if (!found) throw new Error(`openapi.json has no ${reference}`)
  return found
}
