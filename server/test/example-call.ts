import { globSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Endpoint } from '#contract/endpoint.ts'
import type { Schema } from './json-schema.ts'

/** Every endpoint of the contract, by the name of its operation. */
export async function allEndpoints(): Promise<Endpoint[]> {
  const root = join(import.meta.dirname, '../../contract')
  const found = new Map<string, Endpoint>()
  for (const file of globSync('*.ts', { cwd: root })) {
    const told = (await import(join(root, file))) as Record<string, unknown>
    for (const value of Object.values(told))
      if (isEndpoint(value)) found.set(value.operationId, value)
  }
  return [...found.values()].sort((a, b) => (a.operationId < b.operationId ? -1 : 1))
}

function isEndpoint(value: unknown): value is Endpoint {
  return value !== null && typeof value === 'object' && 'operationId' in value && 'path' in value
}

export type ExampleCall = Readonly<{ method: Endpoint['method']; url: string; body: unknown }>

/**
 * A call that the contract’s schemas accept, about nothing that exists but what `known` names: path
 * parameters, query and members of the body by their names.
 */
export function exampleCall(
  endpoint: Endpoint,
  known: Readonly<Record<string, string>>,
): ExampleCall {
  const params = exampleOf(endpoint.params, known)
  const query = exampleOf(endpoint.query, known)
  const url = endpoint.path.replaceAll(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(params[name] ?? known[name])),
  )
  const search = new URLSearchParams(query as Record<string, string>)
  return {
    method: endpoint.method,
    url: search.size > 0 ? `${url}?${search}` : url,
    body: endpoint.body && exampleOf(endpoint.body, known),
  }
}

function exampleOf(schema: z.ZodType | undefined, known: Readonly<Record<string, string>>) {
  if (!schema) return {}
  const described = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    reused: 'inline',
  })
  const at = (ref: string) =>
    ref
      .split('/')
      .slice(1)
      .reduce<unknown>(
        (inner, step) => (inner as Record<string, unknown>)[step],
        described,
      ) as Schema
  return exampleFor(described as Schema, '', { known, at }) as Record<string, unknown>
}

type Of = Readonly<{ known: Readonly<Record<string, string>>; at: (ref: string) => Schema }>

function exampleFor(schema: Schema, name: string, of: Of): unknown {
  const { known, at } = of
  const { $ref, type, anyOf, oneOf, properties = {}, required = [] } = schema
  if ($ref !== undefined) return exampleFor(at($ref), name, of)
  if (schema.const !== undefined) return schema.const
  const told = known[name]
  if (
    told !== undefined &&
    (schema.enum ? schema.enum.includes(told) : (anyOf ?? type === 'string'))
  )
    return told
  if (schema.enum) return schema.enum[0]
  const choice = (anyOf ?? oneOf)?.find((each) => each.type !== 'null')
  if (choice) return exampleFor(choice, name, of)
  if (type === 'object')
    return Object.fromEntries(
      Object.entries(properties)
        .filter(([key]) => required.includes(key) || known[key] !== undefined)
        .map(([key, each]) => [key, exampleFor(each, key, of)]),
    )
  if (type === 'array')
    return Array.from({ length: schema.minItems ?? 0 }, () =>
      exampleFor(schema.items ?? {}, '', of),
    )
  if (type === 'boolean') return false
  if (type === 'number' || type === 'integer')
    return Math.min(schema.maximum ?? 1, Math.max(1, schema.minimum ?? 1))
  return textFor(schema)
}

/** Texts of every shape that the contract asks for. */
const TEXTS = [
  ...['2026-11-20', '2026-11-20T00:00:00.000Z', '07:30', '12345', '2026-11', '123456', 'x-1'],
  ...['00000000-0000-4000-8000-000000000000', 'a b', 'gk_000000000000', 'x'.repeat(12)],
  'https://hooks.invalid/gridkeeper',
]

function textFor({ pattern = '', format, minLength = 0, maxLength = 400 }: Schema): string {
  if (format === 'uuid') return TEXTS[7] ?? ''
  const shape = new RegExp(pattern)
  const found = TEXTS.find(
    (text) => text.length >= minLength && text.length <= maxLength && shape.test(text),
  )
  if (found === undefined) throw new Error(`no example of ${pattern} (${minLength}–${maxLength})`)
  return found
}
