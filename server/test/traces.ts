import { globSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { Plain } from '#platform/duckdb/values.ts'
import type { Works } from '#platform/works.ts'
import { openIdentity } from '#subscribers'
import { textOf } from './attack/search.ts'

type Searched = Readonly<{
  works: Pick<Works, 'keys' | 'folder' | 'lake'>
  /** As the owner of the tables, past every policy. */
  sql(text: string): Promise<Record<string, unknown>[]>
}>

/**
 * Everywhere in an installation where one of these texts can be read: every column of every table of
 * the ledger, past every policy, and every file of the data folder, packed ones unpacked.
 */
export async function tracesOf(place: Searched, texts: readonly string[]): Promise<string[]> {
  return [...(await inTables(place, texts)), ...(await inFiles(place.works.folder.root, texts))]
}

/** The same with the keys in hand: also what can be read in sealed names and numbers. */
export async function openedTracesOf(place: Searched, texts: readonly string[]): Promise<string[]> {
  return [...(await tracesOf(place, texts)), ...(await inCells(place, texts))]
}

async function inCells({ works, sql }: Searched, texts: readonly string[]): Promise<string[]> {
  const cards = await sql(`select branch_id as "branchId", subscriber_id as "subscriberId",
    encode(identity, 'hex') as identity from subscribers.card where identity is not null`)
  const places = [{ place: 'subscribers.card.identity', cells: cards }]
  await using session = await works.lake.session()
  for (const name of globSync('subscribers/**/*.parquet', { cwd: works.lake.folder })) {
    const cells = await session.rows<Record<string, Plain>>(
      `select branch as "branchId", subscriber_id as "subscriberId", identity
         from read_parquet($file) where identity is not null`,
      { file: join(works.lake.folder, name) },
    )
    places.push({ place: basename(name), cells })
  }
  return places.flatMap(({ place, cells }) => {
    const opened = cells.map((cell) => Object.values(openIdentity(works.keys, cell as never)))
    const said = JSON.stringify(opened)
    return texts.flatMap((sought) => (said.includes(sought) ? [`${place}: ${sought}`] : []))
  })
}

async function inTables({ sql }: Searched, texts: readonly string[]): Promise<string[]> {
  const columns = await sql(`
    select c.table_schema || '.' || c.table_name as table, quote_ident(c.column_name) as column
      from information_schema.columns c join information_schema.tables using (table_schema, table_name)
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
     order by 1, 2`)
  const found: string[] = []
  for (const { table, column } of columns)
    for (const sought of texts) {
      const hits = await sql(
        `select from ${table} where strpos(to_jsonb(${column})::text, '${sought}') > 0 limit 1`,
      )
      if (hits.length > 0) found.push(`${table}.${column}: ${sought}`)
    }
  return found
}

async function inFiles(root: string, texts: readonly string[]): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  const found: string[] = []
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name)
    if (path.startsWith(join(root, 'ledger'))) continue // the engine’s own: its tables are asked
    for (const sought of await readable(path, texts)) found.push(`${entry.name}: ${sought}`)
  }
  return found.sort()
}

async function readable(path: string, texts: readonly string[]): Promise<string[]> {
  if (path.endsWith('.parquet')) return inParquet(path, texts)
  const bytes = await readFile(path)
  const contents = [textOf(bytes), new TextDecoder('gb18030').decode(bytes)]
  return texts.filter((sought) => contents.some((content) => content.includes(sought)))
}

/** Each column of each row as text, by an engine that shares nothing with the lake. */
async function inParquet(path: string, texts: readonly string[]): Promise<string[]> {
  const instance = await DuckDBInstance.create(':memory:')
  const session = await instance.connect()
  try {
    const reader = await session.runAndReadAll(
      `select t::varchar as line from read_parquet('${path}', hive_partitioning = false) as t`,
    )
    const lines = reader.getRows().map(([line]) => String(line))
    return texts.filter((sought) => lines.some((line) => line.includes(sought)))
  } finally {
    session.closeSync()
    instance.closeSync()
  }
}
