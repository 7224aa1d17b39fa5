import { mkdir } from 'node:fs/promises'
import type { Pool, PoolConfig } from 'pg'
import { atMost } from '#platform/at-most.ts'
import { type LedgerAddress, openPool } from '#platform/postgres/connect.ts'
import { startEngine } from '#platform/postgres/embedded.ts'
import { migrate } from '#platform/postgres/migrate.ts'
import { MODULES } from './modules.ts'

/** The ledger, migrated and open: one pool for the owner of its tables, one for all other work. */
export type Ledger = AsyncDisposable &
  Readonly<{ owner: Pool; serving: Pool; version: string; engine: 'embedded' | 'external' }>

const DATABASE = 'gridkeeper'

/**
 * Opens the ledger: the server at `databaseUrl` when there is one, else the PostgreSQL that comes
 * with the product, on the data folder. `loginUrl` names the role that serves; without it an
 * external server is served by the owner, which then relies on `set local role` alone.
 */
export async function openLedger(options: {
  dataFolder: string
  databaseUrl: string | undefined
  loginUrl: string | undefined
  onDeath: (error: Error) => void
}): Promise<Ledger> {
  await using opened = new AsyncDisposableStack()
  const { databaseUrl, loginUrl } = options
  let address: LedgerAddress
  if (databaseUrl) {
    const owner = { connectionString: databaseUrl }
    address = { owner, login: loginUrl ? { connectionString: loginUrl } : owner }
  } else {
    await mkdir(options.dataFolder, { recursive: true })
    const engine = await startEngine(options)
    opened.use(engine)
    const { host, port, superuser } = engine
    await createDatabase({ host, port, user: superuser, database: 'postgres' }, DATABASE)
    address = {
      owner: { host, port, user: superuser, database: DATABASE },
      login: { host, port, user: 'gridkeeper_login', database: DATABASE },
    }
  }
  const owner = openPool(address.owner, { size: 4 }) // migrations, backups, and the queue
  opened.defer(() => endSoon(owner))
  await migrate(owner, MODULES)
  const serving = openPool(address.login, { size: 12 })
  opened.defer(() => endSoon(serving))
  const { rows } = await owner.query<{ server_version: string }>('show server_version')
  const keep = opened.move()
  return {
    owner,
    serving,
    version: rows[0]?.server_version ?? '',
    engine: databaseUrl ? 'external' : 'embedded',
    [Symbol.asyncDispose]: () => keep.disposeAsync(),
  }
}

const END_WITHIN_MS = 1_500

/** Waits for who is at work, but not for one that never ends: its work is undone with the engine. */
const endSoon = (pool: Pool): Promise<void> => atMost(END_WITHIN_MS, pool.end())

async function createDatabase(maintenance: PoolConfig, name: string): Promise<void> {
  const pool = openPool(maintenance, { size: 1 })
  try {
    const { rows } = await pool.query('select from pg_database where datname = $1', [name])
    if (rows.length === 0) await pool.query(`create database ${name}`)
  } finally {
    await pool.end()
  }
}
