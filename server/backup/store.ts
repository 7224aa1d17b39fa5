import type { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { PoolClient } from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'

export type Table = Readonly<{ table: string; columns: readonly string[] }>

/**
 * Every table of the house with the columns that a backup carries, by name. Generated columns and
 * transaction numbers are left out: the one is computed, the other means nothing elsewhere. So are
 * tables whose rows are notes on transactions (a number that nothing supplies by default): what
 * they tell of is worked out again in the new ledger. Messages of the queue stay behind as well: jobs
 * that have not ended are sent again by the first start.
 */
export async function selectTables(client: PoolClient): Promise<Table[]> {
  const { rows } = await client.query<{ table: string; columns: string[] }>(`
    select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as "table",
           array_agg(quote_ident(a.attname) order by a.attnum) as columns
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relkind = 'r' and c.relpersistence = 'p'
       and n.nspname not in ('pg_catalog', 'information_schema', 'public', 'pgboss')
       and n.nspname !~ '^pg_' and a.attgenerated = '' and a.atttypid <> 'xid8'::regtype
       and not exists (
         select from pg_attribute note
          where note.attrelid = c.oid and note.attnum > 0 and not note.attisdropped
            and note.atttypid = 'xid8'::regtype and not note.atthasdef)
     group by 1 order by 1`)
  return rows
}

export async function selectMigrations(client: PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    'select name from public.gridkeeper_migration order by name',
  )
  return rows.map(({ name }) => name)
}

/** The files that somebody sent for jobs that have not ended. */
export async function selectUploads(client: PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select input->>'uploadId' as id from platform.job
      where finished_at is null and input ? 'uploadId' order by 1`,
  )
  return rows.map(({ id }) => id)
}

/** Begins the transaction in which a backup sees the ledger at one instant. */
export async function beginSnapshot(client: PoolClient): Promise<void> {
  await client.query('begin transaction isolation level repeatable read read only')
}

/** Begins the transaction of a restore: no trigger runs, since what is loaded was checked once. */
export async function beginLoad(client: PoolClient): Promise<void> {
  await client.query('begin')
  await client.query('set local session_replication_role = replica')
}

export async function copyTableOut(
  client: PoolClient,
  { table, columns }: Table,
  target: Writable,
): Promise<number> {
  const source = client.query(
    copyTo(`copy (select ${columns.join(', ')} from ${table}) to stdout with (format csv)`),
  )
  await pipeline(source, target)
  return source.rowCount
}

export async function copyTableIn(
  client: PoolClient,
  { table, columns }: Table,
  source: Readable,
): Promise<number> {
  const target = client.query(
    copyFrom(`copy ${table} (${columns.join(', ')}) from stdin with (format csv)`),
  )
  await pipeline(source, target)
  return target.rowCount ?? 0
}

/** True when no table of the house has a row but those that a first start writes itself. */
export async function isLedgerEmpty(
  client: PoolClient,
  tables: readonly Table[],
): Promise<boolean> {
  for (const { table } of tables) {
    if (table === 'people.ticket') continue
    const { rows } = await client.query(`select from ${table} limit 1`)
    if (rows.length > 0) return false
  }
  return true
}

/** Empties a table that a first start has filled, before the backup’s rows come in. */
export async function clearTable(client: PoolClient, { table }: Table): Promise<void> {
  await client.query(`delete from ${table}`)
}

/** Sets every identity column to go on behind its highest value. */
export async function raiseIdentities(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string }>(`
    select quote_ident(table_schema) || '.' || quote_ident(table_name) as "table",
           column_name as "column"
      from information_schema.columns
     where is_identity = 'YES' and table_schema !~ '^(pg_|information_schema|public)'
     order by 1, 2`)
  for (const { table, column } of rows)
    await client.query(
      `select setval(pg_get_serial_sequence($1, $2), coalesce(max("${column}"), 0) + 1, false) from ${table}`,
      [table, column],
    )
}

/** A copy tells nobody outside anything, a drill least of all, until somebody lets it go on. */
export async function pauseWebhooks(client: PoolClient): Promise<void> {
  await client.query(`update platform.webhook set state = 'paused' where state = 'active'`)
}

/** What is sealed under a key that no backup carries. */
export async function selectSealed(client: PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ sealed: string }>(
    'select sealed from people.second_factor where confirmed_at is not null',
  )
  return rows.map(({ sealed }) => sealed)
}
