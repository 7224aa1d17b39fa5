import type { PoolClient } from 'pg'

/** What a transaction has read and reads no second time, by who asked and what. */
type Readings = Map<string, Readonly<{ from: readonly string[]; found: Promise<unknown> }>>

const known = new WeakMap<PoolClient, Readings>()

const WRITTEN = /\b(?:insert\s+into|update|delete\s+from)\s+(?:only\s+)?"?([a-z_]+)"?\./gi

/**
 * What `read` finds in tables of the schemas `from`, asked once in the transaction of a connection. A
 * statement that writes into one of them has it asked again. A reading that fails is forgotten.
 */
export function readOnceOn<T>(
  client: PoolClient,
  { key, from }: Readonly<{ key: string; from: readonly string[] }>,
  read: () => Promise<T>,
): Promise<T> {
  const readings: Readings = known.get(client) ?? new Map()
  known.set(client, readings)
  const before = readings.get(key)
  if (before) return before.found as Promise<T>
  const found = read()
  const reading = { from, found }
  readings.set(key, reading)
  found.catch(() => {
    if (readings.get(key) === reading) readings.delete(key)
  })
  return found
}

/** Lets what is in a schema, or everything, be read anew in the transaction of a connection. */
export function readAnewOn(client: PoolClient, schema?: string): void {
  if (schema === undefined) known.delete(client)
  else forget(known.get(client), schema)
}

function forget(readings: Readings | undefined, schema: string): void {
  for (const [key, { from }] of readings ?? []) if (from.includes(schema)) readings?.delete(key)
}

/** Looks at a statement before it is sent: what it may change is read anew. */
export function noteStatement(client: PoolClient, text: string): void {
  const readings = known.get(client)
  if (!readings || readings.size === 0) return
  for (const [, schema = ''] of text.matchAll(WRITTEN)) forget(readings, schema)
}
