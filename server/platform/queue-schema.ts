import type { PoolClient } from 'pg'

/** The version of its tables that pg-boss 12.35.0 works with; a test compares it. */
export const QUEUE_SCHEMA_VERSION = 43

/**
 * Makes the tables of the queue, the schema `pgboss`, or brings them to the version that is worked
 * with. Run by the owner of the ledger, before its migrations, which guard them and grant what is
 * needed to send. Nothing is done, and pg-boss is not loaded, when they are as they should be.
 */
export async function installQueue(client: PoolClient): Promise<void> {
  const version = await versionOf(client)
  if (version === QUEUE_SCHEMA_VERSION) return
  const { getConstructionPlans, getMigrationPlans } = await import('pg-boss')
  const plan =
    version === undefined
      ? getConstructionPlans('pgboss')
      : getMigrationPlans('pgboss', version, { partitionTables: [] })
  try {
    await client.query(plan) // which is one transaction
  } catch (cause) {
    await client.query('rollback')
    throw new Error('the tables of the queue could not be made', { cause })
  }
  if (version !== undefined) await client.query('select platform.guard_queue()')
}

/** One question: a start that finds everything in place is not to wait. */
async function versionOf(client: PoolClient): Promise<number | undefined> {
  try {
    const { rows } = await client.query<{ version: number }>('select version from pgboss.version')
    return rows[0]?.version
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === UNDEFINED_TABLE)
      return undefined
    throw error
  }
}
const UNDEFINED_TABLE = '42P01'
