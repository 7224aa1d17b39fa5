import { randomUUID } from 'node:crypto'
import type { World } from './world.ts'

/** A table of the house under row-level security, as the role of a unit meets it. */
export type Guarded = Readonly<{
  name: string
  columns: readonly Readonly<{ name: string; type: string; isMade: boolean }>[]
  /** Whether the role of a unit may read any column of the table. */
  isGranted: boolean
}>

/**
 * Tables that a unit reads or writes. Those of the queue are not among them: a unit can read none of
 * them, and what it may put in is tried in queue.test.ts.
 */
export async function guardedTables(world: World): Promise<Guarded[]> {
  const rows = await world.sql(`
    select format('%I.%I', n.nspname, c.relname) as name,
           has_any_column_privilege('gridkeeper_app', c.oid, 'select') as granted,
           json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null),
                    'isMade', a.attgenerated <> '' or a.attidentity <> '') order by a.attnum) as columns
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relkind in ('r', 'p') and c.relrowsecurity and n.nspname <> 'pgboss'
     group by n.nspname, c.relname, c.oid order by 1`)
  return rows.map(({ name, columns, granted }) => ({
    name: String(name),
    columns: columns as Guarded['columns'],
    isGranted: granted === true,
  }))
}

/**
 * Plants a row of the other county into a table, past its checks and triggers: a table that nobody
 * has written to yet is proven as well. This is done on a copy of the ledger that is thrown away.
 */
export async function plantForeign(world: World, { name, columns }: Guarded): Promise<void> {
  const checks = await world.sql(`
    select conname from pg_constraint where conrelid = '${name}'::regclass and contype in ('c', 'f')`)
  for (const { conname } of checks)
    await world.sql(`alter table ${name} drop constraint "${String(conname)}"`)
  await world.sql(`alter table ${name} disable trigger user`)
  const written = columns.filter(({ isMade }) => !isMade)
  const names = written.map((column) => `"${column.name}"`).join(', ')
  const values = written.map((column) => foreignValue(column.name, column.type)).join(', ')
  await world.sql(`insert into ${name} (${names}) values (${values}) on conflict do nothing`)
}

const FOREIGN: Readonly<Record<string, string>> = {
  branch_id: '370685',
  chain: '370685',
  unit_id: '370685-H02-G1',
  assignee_unit_id: '370685-H02-G1',
  staff_id: 'ZY2-W1',
}

/** A value of the type; who or where it belongs to is of the other county. */
function foreignValue(name: string, type: string): string {
  const named = FOREIGN[name]
  if (type.endsWith('[]')) return `'{}'::${type}`
  if (/json/.test(type)) return `'{}'::${type}`
  if (type === 'uuid') return `'${randomUUID()}'::uuid`
  if (type === 'boolean') return 'false'
  if (type === 'bytea') return `'\\x00'::bytea`
  if (/^(date|timestamp)/.test(type)) return `'2031-01-01'::${type}`
  if (type === 'smallint') return '1::smallint'
  if (/^(int|big|numeric|real|double|xid)/.test(type)) return `'987654'::${type}`
  return `'${named ?? 'planted'}'::${type}`
}
