import { quoted } from '#platform/duckdb/lake.ts'
import { isErased } from '../subjects/erased.ts'

// Writes the SQL that empties what identifies those in work.erased, whichever columns there are: docs/decisions/0008.

const name = (id: string): string => `"${id.replaceAll('"', '""')}"`
const literal = (value: string): string => `'${quoted(value)}'`
const LEFT_OUT: ReadonlySet<string> = new Set(['row_hash', 'household_key'])

/** A column of `said` as it is once those in `erased` are gone from it. */
function emptied(id: string, has: ReadonlySet<string>): string {
  const column = `said.${name(id)}`
  const stays = 'erased.subscriber_id is null'
  if (isErased(id)) return `case when ${stays} then ${column} end as ${name(id)}`
  if (id === 'household_id')
    return `coalesce('s-' || erased.subscriber_id, ${column}) as ${name(id)}`
  if (id === 'household_source')
    return `case when ${stays} then ${column} else 'subscriber' end as ${name(id)}`
  // A place may be a building; one that the extract named itself is a village.
  if (id === 'place_code' && has.has('division_code'))
    return `case when ${stays} or ${column} = said.division_code then ${column} end as ${name(id)}`
  if (id === 'place_code') return `case when ${stays} then ${column} end as ${name(id)}`
  return `${column} as ${name(id)}`
}

const JOINED = 'left join work.erased as erased on erased.subscriber_id = said.subscriber_id'

/** How many of those in work.erased a snapshot still identifies; one row. */
export function countIdentified(columns: readonly string[], file: string): string {
  const told = columns.filter(isErased).map((id) => `said.${name(id)} is not null`)
  return `select count(*)::integer as count from read_parquet(${literal(file)}) as said
semi join work.erased as erased on erased.subscriber_id = said.subscriber_id
where ${[...told, "said.household_id is distinct from 's-' || said.subscriber_id"].join(' or ')}`
}

/**
 * The snapshot without what identifies those in work.erased, as a file of its own. What follows from
 * the rest of a row, its hashes, is made anew as `snapshotFile` makes it: of the columns in `hashed`.
 */
export function erasedFile(of: {
  file: string
  columns: readonly string[]
  hashed: readonly string[]
  target: string
}): string {
  const { file, columns, hashed, target } = of
  const has = new Set(columns)
  const own = columns.filter((id) => !LEFT_OUT.has(id))
  const hash = `hash(${hashed.map(name).join(', ')})`
  const key = has.has('household_key') ? 'hash(household_id) as household_key, ' : ''
  return `copy (with plain as (
  select ${own.map((id) => emptied(id, has)).join(', ')}, said.row_hash as hash_before,
    erased.subscriber_id is not null as is_erased
  from read_parquet(${literal(file)}) as said ${JOINED}
)
select ${own.map(name).join(', ')}, ${key}case when is_erased then ${hash} else hash_before end as row_hash from plain)
to ${literal(target)} (format parquet, compression zstd, compression_level 1, row_group_size 50000)`
}

const OF_THE_FILE: ReadonlySet<string> = new Set(['row_no', 'row_key', 'period'])

/** work.converted of an extract that brings those in work.erased again, once it was renamed work.brought. */
export function erasedView(columns: readonly string[]): string {
  const told = columns.map((id) =>
    !OF_THE_FILE.has(id) && (isErased(id) || id === 'household_id')
      ? `case when erased.subscriber_id is null then said.${name(id)} end as ${name(id)}`
      : `said.${name(id)}`,
  )
  return `create or replace view work.converted as select ${told.join(', ')} from work.brought as said ${JOINED}`
}
