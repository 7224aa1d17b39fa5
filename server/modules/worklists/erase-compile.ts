import { quoted } from '#platform/duckdb/lake.ts'

// Writes the SQL that empties what identifies those in work.erased in the files of a plan: docs/decisions/0008.

const name = (id: string): string => `"${id.replaceAll('"', '""')}"`
const literal = (value: string): string => `'${quoted(value)}'`

/** What a plan says of somebody that does not identify them; whatever else there is, is emptied. */
const STAYS: ReadonlySet<string> = new Set([
  ...['task_id', 'branch_id', 'subscriber_id', 'household_id', 'unit_id', 'campaign', 'version'],
  ...['touchpoint', 'assignee_id', 'assignee_unit_id', 'visit_order', 'window_start', 'window_end'],
  ...['due_on', 'offer', 'priority', 'value_fen', 'p', 'c', 'v', 'l', 'outcome', 'reason'],
  ...['reason_values', 'reasons', 'until', 'season', 'town_name'],
])

/** How many rows of a file of a plan still identify one of those in work.erased; one row. */
export function countIdentified(columns: readonly string[], file: string): string {
  const told = columns.filter((id) => !STAYS.has(id)).map((id) => `said.${name(id)} is not null`)
  return `select count(*)::integer as count
from read_parquet(${literal(file)}, hive_partitioning = false) as said
semi join work.erased as erased on erased.subscriber_id = said.subscriber_id
where ${[...told, "said.household_id is distinct from 's-' || said.subscriber_id"].join(' or ')}`
}

/** The file without them, in the same order. */
export function erasedFile(columns: readonly string[], file: string, target: string): string {
  const told = columns.map((id) => {
    const column = `said.${name(id)}`
    if (id === 'household_id')
      return `coalesce('s-' || erased.subscriber_id, ${column}) as ${name(id)}`
    if (STAYS.has(id)) return column
    return `case when erased.subscriber_id is null then ${column} end as ${name(id)}`
  })
  const order = columns.includes('visit_order')
    ? 'assignee_id, visit_order'
    : 'subscriber_id, campaign'
  return `copy (with final as (
  select ${told.join(', ')}
  from read_parquet(${literal(file)}, hive_partitioning = false) as said
  left join work.erased as erased on erased.subscriber_id = said.subscriber_id
)
select * from final order by ${order}) to ${literal(target)} (format parquet, compression zstd)`
}
