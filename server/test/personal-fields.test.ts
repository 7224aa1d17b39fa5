import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PERSONAL_COLUMNS } from '#contract/personal.ts'
import { CANONICAL_COLUMNS } from '#subscribers'
import { HARMLESS } from './harmless-texts.ts'

type Schema = Readonly<{
  $ref?: string
  type?: string | readonly string[]
  properties?: Readonly<Record<string, Schema>>
  items?: Schema
  additionalProperties?: Schema | boolean
  anyOf?: readonly Schema[]
  oneOf?: readonly Schema[]
  allOf?: readonly Schema[]
  enum?: readonly unknown[]
  const?: unknown
  format?: string
  pattern?: string
}>
type Operation = Readonly<{
  operationId: string
  responses: Readonly<
    Record<string, { content?: Readonly<Record<string, { schema: Schema }>> } | undefined>
  >
}>

const document: Readonly<{
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  components: Readonly<{ schemas: Readonly<Record<string, Schema>> }>
}> = JSON.parse(readFileSync(join(import.meta.dirname, '../../openapi.json'), 'utf8'))

/** What leaves in clear text, and the only answers that may carry it. */
const IN_CLEAR: Readonly<Record<string, string>> = {
  ClearText: 'unmaskSubscriber',
  VisitAddress: 'readPersonList',
  VisitLink: 'readPersonList',
}
const MASKED = new Set(['MaskedName', 'MaskedPhone', 'MaskedId', 'MaskedAddress'])

/** `path` begins with the nearest schema that has a name, or the operation; `name` is its last part. */
type Text = Readonly<{ operation: string; path: string; name: string; type: string | null }>
type Place = Readonly<{ operation: string; path: string; seen: readonly string[] }>

/** Every text of an answer, with its type where it is one of the types of personal data. */
function* textsOf(schema: Schema, at: Place): Generator<Text> {
  const { operation, path, seen } = at
  const name = path.split('.').at(-1) ?? ''
  const type = schema.$ref?.split('/').at(-1)
  if (type !== undefined) {
    if (MASKED.has(type) || type in IN_CLEAR) yield { operation, path, name, type }
    else if (!seen.includes(type))
      yield* textsOf(document.components.schemas[type] ?? {}, {
        ...{ operation, path: type, seen: [...seen, type] },
      })
    return
  }
  const told = schema.enum ?? schema.const ?? schema.format ?? schema.pattern
  if ([schema.type].flat().includes('string') && told === undefined)
    yield { operation, path, name, type: null }
  for (const [property, inner] of Object.entries(schema.properties ?? {}))
    yield* textsOf(inner, isLanguage(property) ? at : { ...at, path: `${path}.${property}` })
  const inside = [schema.items, schema.additionalProperties, ...(schema.anyOf ?? [])]
  for (const inner of [...inside, ...(schema.oneOf ?? []), ...(schema.allOf ?? [])])
    if (typeof inner === 'object') yield* textsOf(inner, at)
}
const isLanguage = (property: string) => property === 'zh' || property === 'en'

const texts = Object.values(document.paths)
  .flatMap((methods) => Object.values(methods))
  .flatMap(({ operationId, responses }) =>
    Object.values(responses['200']?.content ?? {}).flatMap(({ schema }) => [
      ...textsOf(schema, { operation: operationId, path: operationId, seen: [] }),
    ]),
  )

test('each text of each answer is masked, or stands on the list of harmless ones with a reason', () => {
  expect(texts.length).toBeGreaterThan(500)
  const unknown = texts.filter(
    ({ path, name, type }) => type === null && !(path in HARMLESS) && !(name in HARMLESS),
  )
  expect([...new Set(unknown.map(({ path }) => path))]).toEqual([])
})

test('what leaves in clear text leaves in the answers of decision 10 alone', () => {
  const clear = texts.filter(({ type }) => type !== null && type in IN_CLEAR)
  expect(clear.length).toBeGreaterThan(4)
  expect(clear.filter(({ type, operation }) => IN_CLEAR[type ?? ''] !== operation)).toEqual([])
})

test('what could be somebody’s name, number or home is named with its place, not by its name alone', () => {
  const loose = ['name', 'phone', 'address', 'rows', 'samples', 'value', 'values', 'text']
  expect([...loose, 'before', 'after', 'number', 'ref'].filter((name) => name in HARMLESS)).toEqual(
    [],
  )
})

test('no name of the list is kept that no answer bears', () => {
  const plain = texts.filter(({ type }) => type === null)
  const borne = new Set(plain.flatMap(({ path, name }) => [path, name]))
  expect(Object.keys(HARMLESS).filter((name) => !borne.has(name))).toEqual([])
})

test('every column that identifies somebody has its mask in the contract, and no other has', () => {
  const personal = CANONICAL_COLUMNS.filter((column) =>
    ['direct', 'sensitive'].includes(column.personal),
  )
  expect(Object.keys(PERSONAL_COLUMNS).sort()).toEqual(personal.map(({ id }) => id).sort())
})
