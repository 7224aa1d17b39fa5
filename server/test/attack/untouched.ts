import { isWithin } from './walk.ts'
import type { World } from './world.ts'

/**
 * All rows outside the subtree of a unit, table by table, as one digest each: what people of that
 * unit must never change. What nobody’s unit is named in counts as outside.
 */
export async function untouched(
  world: World,
  unitId: string,
): Promise<ReadonlyMap<string, string>> {
  const inside = [...world.parents.keys()].filter((each) => isWithin(world.parents, each, unitId))
  const list = inside.map((each) => `'${each}'`).join(', ')
  const digests = new Map<string, string>()
  const subscribers = `select branch_id, subscriber_id from subscribers.card where unit_id in (${list})`
  const people = `select staff_id from people.staff where unit_id in (${list})`
  for (const { name, columns } of await tablesOf(world)) {
    const outside = columns.includes('unit_id')
      ? `coalesce(unit_id, '') not in (${list})`
      : columns.includes('staff_id')
        ? `coalesce(staff_id, '') not in (${people})`
        : columns.includes('subscriber_id') && columns.includes('branch_id')
          ? `(branch_id, subscriber_id) not in (${subscribers})`
          : 'true'
    const [row] = await world.sql(`
      select md5(coalesce(string_agg(t::text, ',' order by t::text), '')) as digest
        from ${name} as t where ${outside}`)
    digests.set(name, String(row?.digest))
  }
  return digests
}

type Table = Readonly<{ name: string; columns: readonly string[] }>

/** Tables of the house and the columns that say to whom a row belongs. */
async function tablesOf(world: World): Promise<Table[]> {
  const rows = await world.sql(`
    select format('%I.%I', n.nspname, c.relname) as name,
           array_agg(a.attname::text) as columns
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'public')
       and n.nspname !~ '^pg'
     group by 1 order by 1`)
  return rows
    .map(({ name, columns }) => ({ name: String(name), columns: columns as string[] }))
    .filter(({ name }) => !WRITTEN_BY_ALL.has(name))
}

/** What everybody’s own doing leaves behind: the trail, the answers kept, the sessions seen. */
const WRITTEN_BY_ALL: ReadonlySet<string> = new Set([
  'platform.audit_entry',
  'platform.audit_head',
  'platform.command',
  'people.session',
])
