import { quoted } from '#platform/duckdb/lake.ts'
import type { Column, ColumnType } from '../columns/column.ts'
import type { ImportHandler } from './handler.ts'
import type { Mapped, Mapping } from './mapping.ts'
import { DATE_FORMATS, type DerivedColumn } from './profile.ts'

// Writes the SQL that depends on which columns a file delivers; nothing else of this module does.
// Names come from the catalogue and are quoted, texts are literals: docs/decisions/0008.

export const SQL_TYPES: Readonly<Record<ColumnType, string>> = {
  text: 'VARCHAR',
  code: 'VARCHAR',
  phone: 'VARCHAR',
  region: 'VARCHAR',
  int: 'BIGINT',
  bool: 'BOOLEAN',
  date: 'DATE',
  datetime: 'TIMESTAMP',
  month: 'VARCHAR',
  fen: 'BIGINT',
  minutes: 'DECIMAL(15,3)',
  megabytes: 'DECIMAL(15,3)',
  hours: 'DECIMAL(15,3)',
  share: 'DOUBLE',
  list: 'VARCHAR[]',
}

/** The column that says which day a file is about; it is checked against the date, not kept. */
export const PERIOD = 'data_date'

export const name = (id: string): string => `"${id.replaceAll('"', '""')}"`
export const literal = (value: string | null): string =>
  value === null ? 'NULL' : `'${quoted(value)}'`
const list = (parts: readonly string[]): string => parts.join(',\n  ')

export type Conversion = Readonly<{
  /** What a staged file is in a FROM: row_no, c1 … cN. */
  relation: string
  cells: number
  mapping: Mapping
  handler: ImportHandler
  date: string
}>

/**
 * The staged rows as typed ones: row_no, row_key, period, the columns; and only where something is
 * wrong `found` (code, column, value, whether it rejects) and `cells`, the row as delivered.
 */
export function conversion({ relation, cells, mapping, handler, date }: Conversion): string {
  const kept = mapping.columns.filter((each) => each.column.id !== PERIOD)
  const period = mapping.columns.find((each) => each.column.id === PERIOD)
  const fields = kept.map((each) => fieldOf(each))
  const faulty = fields.filter((field) => field.fault !== null)
  const ids = columnsMade(mapping).filter((id) => id !== PERIOD)
  const has = new Set(ids)
  const keys = new Set(handler.key.flat())
  const needed = ids.filter((id) => columnIn(handler, id)?.reject && !keys.has(id))
  const all = Array.from({ length: cells }, (_, at) => `c${at + 1}`)
  const missing = needed.map((id) => {
    const field = faulty.find((each) => each.id === id)
    const unread = field ? ` and ${field.faultName} is null` : ''
    return found(true, `case when ${name(id)} is null${unread} then 'value-missing' end`, id, null)
  })
  const keyless = found(
    true,
    "case when row_key is null then 'row-key-missing' end",
    keyOf(handler),
    null,
  )
  const complaints = [...faulty.map((field) => field.finding), ...missing, keyless]
  const wrong = [
    ...faulty.map((field) => `${field.faultName} is not null`),
    ...needed.map((id) => `${name(id)} is null`),
    'row_key is null',
  ].join(' or ')
  const derived = mapping.derived.map((each) => {
    const target = columnIn(handler, each.target)
    return `(${derivation(each, has, date)})::${SQL_TYPES[target?.type ?? 'text']} as ${name(each.target)}`
  })
  return `
with tidied as not materialized (select row_no, ${list([...tidyCells(mapping), ...all])} from ${relation}),
cleaned as not materialized (select *, ${list([...cleanCells(mapping), 'null as cleaned'])} from tidied),
told as not materialized (select *, ${list([...fields.map((field) => field.told), 'null as told'])} from cleaned),
counted as not materialized (select *, ${list([...fields.flatMap((field) => field.counted), 'null as counted'])} from told),
reading as not materialized (select *, ${list([...fields.map((field) => field.reading), `${period ? `work.period(t${period.place})` : 'null::varchar'} as period`])} from counted),
faults as not materialized (select *, ${list([...faulty.map((field) => `${field.fault} as ${field.faultName}`), 'null as fault'])} from reading),
settled as not materialized (select *, ${list([...fields.map((field) => field.settled), ...constants(mapping, handler), 'null as settled'])} from faults),
complete as not materialized (select *, ${list([...derived, 'null as complete'])} from settled),
keyed as not materialized (select *, ${rowKey(handler, has)} as row_key from complete)
select row_no, row_key, period, ${list(ids.map(name))},
  case when ${wrong} then list_filter([${list(complaints)}], lambda each: each.code is not null) end as found,
  case when ${wrong} then [${all.join(', ')}] end as cells
from keyed`
}

/** Every column id that a mapping fills, in the order of the file, then constants, then derived. */
export function columnsMade(mapping: Mapping): string[] {
  return [
    ...mapping.columns.map((each) => each.column.id),
    ...Object.keys(mapping.constants),
    ...mapping.derived.map((each) => each.target),
  ]
}

export function columnIn(handler: ImportHandler, id: string): Column | undefined {
  return handler.columns.find((each) => each.id === id)
}

/** Every column of the kind under its id and type, null where it was not delivered, then custom ones. */
export function convertedView(handler: ImportHandler, mapping: Mapping, file: string): string {
  const made = new Set(columnsMade(mapping))
  const known = handler.columns.map(({ id, type }) =>
    made.has(id) && id !== PERIOD ? name(id) : `null::${SQL_TYPES[type]} as ${name(id)}`,
  )
  const custom = mapping.columns
    .filter((each) => !handler.columns.includes(each.column))
    .map((each) => name(each.column.id))
  return `create or replace view work.converted as select row_no, row_key, period, ${list([...known, ...custom])} from read_parquet(${literal(file)})`
}

/** The cells that anybody reads, without what stands around their text. */
function tidyCells(mapping: Mapping): string[] {
  const places = new Set(mapping.columns.map((each) => each.place))
  return [...places].map((place) => `work.tidy(c${place}) as d${place}`)
}

/** The same, and nothing where the sender writes a word for nothing. */
function cleanCells(mapping: Mapping): string[] {
  const places = new Map<number, boolean>()
  for (const { place, column } of mapping.columns)
    places.set(place, column.type === 'bool' || places.get(place) === true)
  return [...places].map(([place, bool]) => {
    const tokens = mapping.nullTokens.filter((token) => !(bool && token === '无'))
    if (tokens.length === 0) return `d${place} as t${place}`
    const longest = Math.max(...tokens.map((token) => Buffer.byteLength(token)))
    const none = `strlen(d${place}) <= ${longest} and list_contains([${tokens.map(literal).join(', ')}], d${place})`
    return `case when ${none} then null else d${place} end as t${place}`
  })
}

type Field = Readonly<{
  id: string
  told: string
  counted: readonly string[]
  reading: string
  fault: string | null
  faultName: string
  settled: string
  finding: string
}>

/** The steps of one column: the word told, its number, the value read, what is wrong, what is kept. */
function fieldOf(mapped: Mapped): Field {
  const { column, place, reject } = mapped
  const step = (letter: string) => name(`${letter}_${column.id}`)
  const [m, n, v, f] = [step('m'), step('n'), step('v'), step('f')]
  const counted = COUNTED.has(column.type)
  const fault = faultOf(column, m, v)
  const open = column.type === 'date' || column.type === 'datetime'
  const kept = open
    ? `case when ${f} is null and ${v} < date '2099-01-01' then ${v} end`
    : fault
      ? `case when ${f} is null then ${v} end`
      : v
  return {
    id: column.id,
    told: `${translated(mapped, `t${place}`)} as ${m}`,
    counted: counted ? [`work.number(${m}) as ${n}`] : [],
    reading: `${readAs(mapped, counted ? n : m)} as ${v}`,
    fault,
    faultName: f,
    settled: `${kept} as ${name(column.id)}`,
    finding: found(reject, f, column.id, `t${place}`),
  }
}

function found(reject: boolean, code: string, column: string, value: string | null): string {
  return `{'code': ${code}, 'column_id': ${literal(column)}, 'value': ${value ?? 'null::varchar'}, 'severity': '${reject ? 'reject' : 'warn'}'}`
}

function translated({ values, otherwise, column }: Mapped, t: string): string {
  if (!values) return column.oneOf ? `lower(${t})` : t
  const pairs = Object.entries(values).map(
    ([from, to]) => `${literal(from.toLowerCase())}: ${literal(to)}`,
  )
  const rest = column.oneOf ? `lower(${t})` : t
  const other =
    otherwise === undefined ? rest : `case when ${t} is not null then ${literal(otherwise)} end`
  return `coalesce(map {${pairs.join(', ')}}[lower(${t})], ${other})`
}

/** Types whose value is made of a number; the number is worked out once, in a step of its own. */
const COUNTED: ReadonlySet<ColumnType> = new Set(['int', 'fen', 'minutes', 'megabytes', 'hours'])

/** What `m` says: the word that was told, or its number. */
function readAs(
  { column, unit, format }: Pick<Mapped, 'column' | 'unit' | 'format'>,
  m: string,
): string {
  const moment = format
    ? `work.moment_as(${m}, ${literal(DATE_FORMATS[format])})`
    : `work.moment(${m})`
  switch (column.type) {
    case 'phone':
      return `work.dialled(${m})`
    case 'int':
      return `work.whole(${m})`
    case 'bool':
      return `work.truth(${m})`
    case 'date':
      return `${moment}::date`
    case 'datetime':
      return moment
    case 'month':
      return `work.month(${m})`
    case 'fen':
      return `work.fen(${m}, ${unit === '分' ? 1 : 100})`
    case 'minutes':
      return `work.measured(${m}, 1, ${unit === '秒' ? 60 : 1})`
    case 'megabytes':
      return `work.measured(${m}, ${unit === 'GB' ? 1024 : 1}, ${unit === 'KB' ? 1024 : 1})`
    case 'hours':
      return `work.measured(${m}, 1, ${unit === '秒' ? 3600 : unit === '分钟' ? 60 : 1})`
    case 'share':
      return `work.portion(${m})`
    case 'list':
      return `work.items(${m})`
    default:
      return m
  }
}

/** Why the word `m`, read as `v`, is not believed; null for columns that take any text. */
function faultOf(column: Column, m: string, v: string): string | null {
  const unread = (code: string, more = '') =>
    `case when ${m} is not null and ${v} is null then '${code}' ${more} end`
  const least = column.min ?? null
  const low =
    least === null
      ? ''
      : `when ${v} < ${least} then '${least === 0 ? 'value-negative' : 'value-too-small'}'`
  switch (column.type) {
    case 'date':
    case 'datetime':
      return unread('date-unreadable', `when ${v} < date '1950-01-01' then 'date-too-old'`)
    case 'month':
      return unread('month-unreadable')
    case 'bool':
      return unread('bool-unreadable')
    case 'int':
    case 'fen':
    case 'minutes':
    case 'megabytes':
    case 'hours':
      return unread('number-unreadable', low)
    case 'share':
      return unread('number-unreadable', `when ${v} not between 0 and 1 then 'share-out-of-range'`)
    case 'phone':
      return `case when work.damaged(${m}) then 'number-damaged' when not regexp_full_match(${v}, '[0-9*+()#]{3,20}') then 'phone-invalid' end`
    default:
      if (column.oneOf)
        return `case when not list_contains([${column.oneOf.map(literal).join(', ')}], ${v}) then 'code-unknown' end`
      return column.personal === 'key'
        ? `case when work.damaged(${m}) then 'number-damaged' end`
        : null
  }
}

function constants(mapping: Mapping, handler: ImportHandler): string[] {
  return Object.entries(mapping.constants).map(([id, value]) => {
    const column = columnIn(handler, id)
    const word = literal(value)
    const said = column && COUNTED.has(column.type) ? `work.number(${word})` : word
    const sql = column ? readAs({ column }, said) : word
    return `${sql} as ${name(id)}`
  })
}

/** The closed set of functions that a profile may derive a column with. */
function derivation(of: DerivedColumn, has: ReadonlySet<string>, date: string): string {
  const ref = (id: string) => (has.has(id) && id !== of.target ? name(id) : 'null')
  if (of.first) return `coalesce(${of.first.map(ref).join(', ')}, null)`
  if (of.join) {
    const words = of.join.of.map((id) => `${ref(id)}::varchar`)
    return `nullif(concat_ws(${literal(of.join.with)}, ${words.join(', ')}), '')`
  }
  if (of.part) return `substr(${ref(of.part.of)}::varchar, ${of.part.from}, ${of.part.length})`
  if (of.map) {
    const from = `${ref(of.map.of)}::varchar`
    const cases = Object.entries(of.map.values).map(
      ([word, value]) => `when ${literal(word.toLowerCase())} then ${literal(value)}`,
    )
    const rest = of.map.else === undefined ? from : literal(of.map.else)
    return `case lower(${from}) ${cases.join(' ')} else ${rest} end`
  }
  if (of.sum) {
    const none = of.sum.map((id) => `${ref(id)} is null`).join(' and ')
    return `case when ${none} then null else ${of.sum.map((id) => `coalesce(${ref(id)}, 0)`).join(' + ')} end`
  }
  if (of.addMonths) {
    const { to, months } = of.addMonths
    const count = typeof months === 'number' ? String(months) : ref(months)
    return `(${ref(to)}::date + to_months((${count})::integer))::date`
  }
  const { from, to } = of.monthsBetween ?? { from: '' }
  return `date_sub('month', ${ref(from)}::date, ${to ? `${ref(to)}::date` : `date ${literal(date)}`})`
}

function rowKey(handler: ImportHandler, has: ReadonlySet<string>): string {
  const part = (id: string) =>
    has.has(id) || id === 'row_no' ? `${name(id)}::varchar` : 'null::varchar'
  const parts = handler.key.map((of) =>
    typeof of === 'string' ? part(of) : `coalesce(${of.map(part).join(', ')}, null)`,
  )
  return parts.join(' || chr(31) || ')
}

function keyOf(handler: ImportHandler): string {
  const [first = ''] = handler.key
  return typeof first === 'string' ? first : (first[0] ?? '')
}

/** Writes the converted rows to a file; in no order. */
export function typedFile(of: Conversion, file: string): string {
  return `copy (${conversion(of)}) to ${literal(file)} (format parquet, compression snappy)`
}

/** How many accepted rows fill each column; one row. */
export function filledCounts(ids: readonly string[]): string {
  const counts = ids.map((id) => `count(${name(id)})::integer as ${name(id)}`)
  return `select ${counts.join(', ')} from work.accepted`
}

/** The cells of rejected rows, as delivered: kept by the conversion, else taken from the staged file. */
export function rejectedCells(of: {
  relation: string
  cells: number
  typed: string
}): [kept: string, others: string] {
  const all = Array.from({ length: of.cells }, (_, at) => `c${at + 1}`)
  return [
    `create or replace table work.reject_cells as
select typed.row_no, typed.cells from read_parquet(${literal(of.typed)}) as typed
semi join work.dropped on dropped.row_no = typed.row_no and dropped.fate = 'rejected'
where typed.cells is not null`,
    `insert into work.reject_cells
select staged.row_no, [${all.join(', ')}] from ${of.relation} as staged
semi join (
  select dropped.row_no from work.dropped anti join work.reject_cells on reject_cells.row_no = dropped.row_no
  where dropped.fate = 'rejected'
) as missing on missing.row_no = staged.row_no`,
  ]
}

/** A few rows kept as JSON lines, in the shape of a staged file. */
export function previewRelation(file: string, cells: number): string {
  const all = Array.from({ length: cells }, (_, at) => `c${at + 1}: 'VARCHAR'`)
  return `read_json(${literal(file)}, format = 'newline_delimited', columns = {row_no: 'BIGINT', ${all.join(', ')}})`
}

/** Converted rows as text, each beside what is wrong with it, in the order of the file. */
export function previewText(converted: string, mapping: Mapping): string {
  const shown = columnsMade(mapping)
    .filter((id) => id !== PERIOD)
    .map((id) => `converted.${name(id)}::varchar as ${name(id)}`)
  return `select converted.row_no, ${list([...shown, 'converted.found'])} from (${converted}) as converted order by converted.row_no`
}
