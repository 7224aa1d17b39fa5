import { quoted } from '#platform/duckdb/lake.ts'
import { SEALED_COLUMNS } from '../identity/identity.ts'

// Writes the SQL that depends on which columns a snapshot has: docs/decisions/0008.

/** A column of a snapshot, with the DuckDB type it is kept as. */
export type Kept = Readonly<{ id: string; sqlType: string }>

const name = (id: string): string => `"${id.replaceAll('"', '""')}"`
const literal = (value: string): string => `'${quoted(value)}'`

/** What follows from delivered columns and is kept beside them (derive.sql). */
export const DERIVED: readonly Kept[] = [
  { id: 'household_id', sqlType: 'VARCHAR' },
  { id: 'household_source', sqlType: 'VARCHAR' },
  { id: 'contract_end', sqlType: 'DATE' },
  { id: 'contract_end_source', sqlType: 'VARCHAR' },
  { id: 'place_code', sqlType: 'VARCHAR' },
  { id: 'town_code', sqlType: 'VARCHAR' },
  { id: 'unit_id', sqlType: 'VARCHAR' },
  { id: 'building', sqlType: 'VARCHAR' },
  { id: 'unit_no', sqlType: 'VARCHAR' },
  { id: 'floor', sqlType: 'INTEGER' },
  { id: 'room', sqlType: 'VARCHAR' },
  { id: 'door_order', sqlType: 'INTEGER' },
  { id: 'tenure_months', sqlType: 'BIGINT' },
]
const derived = new Set(DERIVED.map((each) => each.id))
export const isDerived = (id: string): boolean => derived.has(id)
const sealedColumns: ReadonlySet<string> = new Set(SEALED_COLUMNS)
/** Whether a column is kept in the sealed cell alone. */
export const isSealed = (id: string): boolean => sealedColumns.has(id)

/** Names and numbers, sealed, and what they are sorted and found by (seal-identities.ts). */
export const SEALED: readonly Kept[] = [
  { id: 'identity', sqlType: 'BLOB' },
  { id: 'name_initials', sqlType: 'VARCHAR' },
  { id: 'name_index', sqlType: 'VARCHAR' },
  { id: 'number_index', sqlType: 'VARCHAR' },
]

const HOUSEHOLD_KEY = 'hash(household_id)'

/**
 * Writes the accepted rows with what follows from them as one Parquet file, about in the order they
 * were delivered: sorting a million rows of sixty columns costs more than all the rest, and whoever
 * needs an order asks for it. Names and numbers come from work.sealed, never from the row. `row_hash`
 * is of everything the row says, names and numbers as they are sealed; `household_key` stands for the
 * household where households are counted: 64 bits, so that one pair in 30 million is taken for one with
 * a probability of 0.00002, and a tenth of the time that distinct texts take.
 */
export function snapshotFile(delivered: readonly Kept[], file: string): string {
  const own = delivered.filter((each) => !isDerived(each.id) && !isSealed(each.id))
  const said = [...own, ...DERIVED].map((each) => `described.${name(each.id)}`).join(', ')
  const sealed = SEALED.map((each) => `sealed.${name(each.id)}`).join(', ')
  return `copy (
  select ${said}, ${sealed}, hash(described.household_id) as household_key,
    hash(${said}, sealed.identity) as row_hash
  from work.described left join work.sealed on sealed.row_no = described.row_no
)
to ${literal(file)} (format parquet, compression zstd, compression_level 1, row_group_size 50000)`
}

/** What the manifest of a snapshot tells of its columns. */
type Told = Readonly<{ sealed?: string | undefined; columns: readonly Kept[] }>

/** The columns that a snapshot has in its file; sealed ones are one. */
export function columnsInFile({ sealed, columns }: Told): Kept[] {
  if (!sealed) return [...columns]
  const [identity] = SEALED
  return [...columns.filter((each) => !isSealed(each.id)), ...(identity ? [identity] : [])]
}

/** What `row_hash` is of, in the order of `snapshotFile`. */
export const hashedColumns = (of: Told): string[] => columnsInFile(of).map((each) => each.id)

/** One row: how many rows, how many filled per column, and the sums of the columns that count. */
export function columnSums(columns: readonly Kept[], file: string): string {
  const sums = columns.flatMap(({ id, sqlType }) => {
    const filled = `count(${name(id)}) as ${name(`filled:${id}`)}`
    if (!SUMMED.test(sqlType)) return [filled]
    const exact = sqlType === 'DOUBLE' ? `round(${name(id)} * 1000000)::bigint` : name(id)
    return [filled, `sum(${exact})::varchar as ${name(`sum:${id}`)}`]
  })
  return `select count(*) as row_count, ${sums.join(', ')} from read_parquet(${literal(file)})`
}
const SUMMED = /^(BIGINT|INTEGER|DOUBLE|DECIMAL)/

/**
 * What one snapshot says, with every column there is to ask for: null where it was not delivered.
 * `constants` are the same for all rows of a snapshot.
 */
export function snapshotView(of: {
  view: string
  file: string
  first: readonly Kept[]
  known: readonly Kept[]
  present: ReadonlySet<string>
  constants: Readonly<Record<string, string>>
  /** Adds `row_no`, the number of each row in the file. */
  numbered?: boolean
}): string {
  const { view, file, first, known, present, constants } = of
  const leading = new Set(first.map((each) => each.id))
  const columns = [...first, ...known.filter((each) => !leading.has(each.id))].map(
    ({ id, sqlType }) => {
      const constant = constants[id]
      if (constant !== undefined) return `${literal(constant)}::${sqlType} as ${name(id)}`
      if (id === 'household_key' && !present.has(id)) return `${HOUSEHOLD_KEY} as household_key`
      return present.has(id) ? name(id) : `null::${sqlType} as ${name(id)}`
    },
  )
  const rows = of.numbered ? ', file_row_number as row_no' : ''
  const numbers = of.numbered ? ', file_row_number = true' : ''
  return `create or replace view ${view} as select ${columns.join(', ')}${rows} from read_parquet(${literal(file)}${numbers})`
}

/** How often each column changed among the subscribers of work.changed; one row. */
export function changedColumns(ids: readonly string[], before: string, after: string): string {
  const counts = ids.map(
    (id) =>
      `count(*) filter (where earlier.${name(id)} is distinct from later.${name(id)}) as ${name(id)}`,
  )
  return `select ${counts.join(', ')}
from work.changed
inner join read_parquet(${literal(before)}) as earlier on earlier.subscriber_id = changed.subscriber_id
inner join read_parquet(${literal(after)}) as later on later.subscriber_id = changed.subscriber_id`
}
