import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Pool, PoolClient } from 'pg'
import { installQueue } from '../queue-schema.ts'

export type Migration = Readonly<{ name: string; text: string }>

/**
 * Brings the ledger up to date: the tables of the queue, the platform’s migrations, then each
 * module’s, in the order given.
 * Forward only. One transaction a migration; whoever comes second waits for the first. An applied
 * file that reads differently today is a defect: migrations are never edited after a release.
 */
export async function migrate(owner: Pool, modules: readonly string[]): Promise<number> {
  const client = await owner.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await client.query(`create table if not exists public.gridkeeper_migration (
      name text primary key, checksum text not null, applied_at timestamptz not null default now())`)
    await installQueue(client)
    let applied = 0
    for (const migration of migrationsOf(modules)) if (await apply(client, migration)) applied += 1
    return applied
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK]).catch(() => undefined)
    client.release()
  }
}
const LOCK = 7_202_611

/** All migrations, in the order in which they run. */
export function migrationsOf(modules: readonly string[]): Migration[] {
  const server = join(import.meta.dirname, '../..')
  const folders = [
    ['platform', join(server, 'platform/migrations')],
    ...modules.map((module) => [module, join(server, 'modules', module, 'migrations')]),
  ] as [string, string][]
  return folders.flatMap(([owner, folder]) =>
    listed(folder).map((file) => ({
      name: `${owner}/${file}`,
      text: readFileSync(join(folder, file), 'utf8'),
    })),
  )
}

async function apply(client: PoolClient, { name, text }: Migration): Promise<boolean> {
  const checksum = createHash('sha256').update(text).digest('hex')
  const { rows } = await client.query(
    'select checksum from public.gridkeeper_migration where name = $1',
    [name],
  )
  if (rows[0]?.checksum === checksum) return false
  if (rows[0]) throw new Error(`migration ${name} was changed after it was applied`)
  await client.query('begin')
  try {
    await client.query(text)
    await client.query('insert into public.gridkeeper_migration (name, checksum) values ($1, $2)', [
      name,
      checksum,
    ])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback')
    throw new Error(`migration ${name} failed`, { cause })
  }
  return true
}

function listed(folder: string): string[] {
  if (!existsSync(folder)) return [] // a module that keeps nothing in the ledger
  const files = readdirSync(folder, { withFileTypes: true })
  return files
    .map((file) => file.name)
    .filter((name) => name.endsWith('.sql'))
    .sort()
}
