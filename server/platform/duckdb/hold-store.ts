import { sql } from 'kysely'
import type { PoolClient } from 'pg'
import type { Unit } from '../unit.ts'

/** Held while files of the lake are read one after the other, or one gives way to another. */
const LAKE_FILES = 'gridkeeper lake files'

/**
 * Holds the files of the lake until the unit ends, so that one may give way to another; false while
 * a backup takes them along.
 */
export async function tryHoldLake(unit: Unit): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${LAKE_FILES}, 7)) as held
  `.execute(unit.db)
  return rows[0]?.held === true
}

/** Keeps every file of the lake as it is until `letLakeGo`; whoever only reads does not wait. */
export async function keepLake(client: PoolClient): Promise<void> {
  await client.query('select pg_advisory_lock_shared(hashtextextended($1, 7))', [LAKE_FILES])
}

export async function letLakeGo(client: PoolClient): Promise<void> {
  await client.query('select pg_advisory_unlock_shared(hashtextextended($1, 7))', [LAKE_FILES])
}
