import assert from 'node:assert/strict'
import { type Catalogue, CUSTOM, kindOfValue, labelOf, type ValueKind } from './check.ts'
import { type Comparison, type Condition, fieldsOf, type Scalar } from './condition.ts'
import type { Field, Source, Words } from './field.ts'

/** Named parameters of a statement. */
export type Bound = Record<string, string | number | boolean>

/**
 * Turns condition trees into SQL over `published.base`. One compiler serves one statement: it gives
 * out parameters, so that no value ever stands in the text; identifiers come from the catalogue
 * alone. Conditions must have passed `checkCondition`. The statement binds `$day` beside `bound`.
 */
export type Compiler = Readonly<{
  /** A boolean expression that is true, false or null as the tree is true, false or unknown. */
  truthOf(condition: Condition): string
  bound: Bound
  /** What must be read for the columns named so far: the subscribers, and joins to little else. */
  relation(more?: Source | undefined): string
}>

export function compiler(fields: Catalogue, day: string): Compiler {
  const bound: Bound = {}
  const sources = new Set<Source>()
  let days = false
  const bind = (value: Scalar, kind: ValueKind): string => {
    const name = `v${Object.keys(bound).length}`
    bound[name] = value
    return `$${name}::${SQL_TYPE[kind]}`
  }
  const today = () => {
    if (!days) bound.day = day
    days = true
    return '$day::date'
  }
  const truthOf = (node: Condition): string => {
    if ('all' in node) return joinedBy(' and ', node.all.map(truthOf), 'true')
    if ('any' in node) return joinedBy(' or ', node.any.map(truthOf), 'false')
    if ('not' in node) return `(not ${truthOf(node.not)})`
    const field = fields.get(node.field)
    assert(field || node.field.startsWith(CUSTOM), `the condition was checked: ${node.field}`)
    if (!field?.delivered) return 'null::boolean'
    sources.add(field.source)
    return comparison(node, field, { bind, today })
  }
  return {
    truthOf,
    bound,
    relation: (more) => relationOf(new Set(more ? [...sources, more] : sources)),
  }
}

const joinedBy = (word: string, parts: string[], empty: string) =>
  parts.length === 0 ? empty : `(${parts.join(word)})`

/** The joins that each source costs, in their order; queries/base.sql makes the views. */
const JOINS: readonly (readonly [needed: readonly Source[], sql: string])[] = [
  [
    ['household'],
    'left join published.households as household on household.household_id = own.household_id',
  ],
  [['rival'], 'left join published.rivals as rival on rival.household_id = own.household_id'],
  [
    ['consent'],
    'left join published.standing_consents as consent on consent.subscriber_id = own.subscriber_id',
  ],
  [
    ['place', 'unit'],
    'left join published.place_facts as place on place.division_code = own.place_code',
  ],
  [
    ['unit'],
    'left join published.units as unit on unit.unit_id = coalesce(place.grid_id, own.unit_id)',
  ],
]

function relationOf(sources: ReadonlySet<Source>): string {
  const joins = JOINS.filter(([needed]) => needed.some((source) => sources.has(source)))
  return ['published.base_own as own', ...joins.map(([, sql]) => sql)].join(' ')
}

/** Columns that are more than a column of their source; the same as in `published.base`. */
const MADE_OF: Readonly<Record<string, string>> = {
  unit_id: 'coalesce(place.grid_id, own.unit_id)',
  rival_operator: 'coalesce(rival.operator, own.rival_operator)',
  rival_expire_date: 'coalesce(rival.expires_on, own.rival_expire_date)',
  rival_monthly_fee: 'coalesce(rival.monthly_fee_fen, own.rival_monthly_fee)',
  consent_sms: 'published.agreed(own.consent_sms, consent.to_messages, consent.to_marketing)',
  consent_call: 'published.agreed(own.consent_call, consent.to_calls, consent.to_marketing)',
  unsubscribe_time: 'published.unsubscribed_at(own.unsubscribe_time, consent.to_marketing)',
  do_not_personalise: 'published.either(own.do_not_personalise, consent.do_not_personalise)',
  has_port_request: 'published.either(own.has_port_request, consent.asks_port_out)',
  household_size: 'coalesce(household.household_size, 0)',
  has_tv: 'coalesce(household.has_tv, false)',
  has_broadband: 'coalesce(household.has_broadband, false)',
  has_mobile: 'coalesce(household.has_mobile, false)',
  has_high_definition: 'coalesce(household.has_high_definition, false)',
}

/** A column of the catalogue as an expression; the quotes are doubled, for custom names have any. */
function columnSql({ field, source, instant }: Field): string {
  const name = MADE_OF[field] ?? `${source}."${field.replaceAll('"', '""')}"`
  return instant ? `${name}::date` : name
}

const SQL_TYPE: Record<ValueKind, string> = {
  text: 'varchar',
  whole: 'bigint',
  number: 'double',
  day: 'date',
  month: 'varchar',
  days: 'integer',
}
const SIGN = { eq: '=', ne: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const

function comparison(
  { op, value }: Comparison,
  field: Field,
  { bind, today }: { bind(value: Scalar, kind: ValueKind): string; today(): string },
): string {
  const column = columnSql(field)
  const kind = kindOfValue(op, field)
  const values = (Array.isArray(value) ? value : [value]) as Scalar[]
  const one = (place = 0) => bind(values[place] as Scalar, kind)
  switch (op) {
    case 'eq':
    case 'ne':
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return `(${column} ${SIGN[op]} ${one()})`
    case 'in':
      return `(${column} in (${values.map((_, place) => one(place)).join(', ')}))`
    case 'not_in':
      return `(${column} not in (${values.map((_, place) => one(place)).join(', ')}))`
    case 'range':
      return `(${column} >= ${one(0)} and ${column} < ${one(1)})`
    case 'contains':
      return `contains(${column}, ${one()})`
    case 'starts_with':
      return `starts_with(${column}, ${one()})`
    case 'is_true':
      return `(${column})`
    case 'is_false':
      return `(not ${column})`
    case 'known':
      return `(${column} is not null)`
    case 'unknown':
      return `(${column} is null)`
    case 'within_days':
      return `(${column} >= ${today()} and ${column} < ${today()} + ${one()} + 1)`
    case 'older_than_days':
      return `(${column} < ${today()} - ${one()})`
    case 'before_today':
      return `(${column} < ${today()})`
  }
}

/** A statement and what it binds. */
export type Statement = Readonly<{ sql: string; bound: Bound }>

/** How many a condition selects, and in how many households, among those of the units given. */
export function compileCount(
  condition: Condition,
  of: { fields: Catalogue; day: string; unitIds: readonly string[] | null },
): Statement {
  const { truthOf, bound, relation } = compiler(of.fields, of.day)
  const where = truthOf(condition)
  const scope = scopeSql(of.unitIds)
  return {
    sql: `select count(*)::integer as "count", count(distinct own.household_key)::integer as households
            from ${relation(scope ? 'place' : undefined)} where ${where}${scope}`,
    bound,
  }
}

/** How many each of the conditions selects: one row, columns `n0`, `n1`, … in one reading. */
export function compileCounts(
  conditions: readonly Condition[],
  of: { fields: Catalogue; day: string; unitIds: readonly string[] | null },
): Statement {
  const { truthOf, bound, relation } = compiler(of.fields, of.day)
  const counts = conditions.map(
    (each, place) => `(count(*) filter (where ${truthOf(each)}))::integer as n${place}`,
  )
  const scope = scopeSql(of.unitIds)
  return {
    sql: `select count(*)::integer as base${counts.map((each) => `, ${each}`).join('')}
            from ${relation(scope ? 'place' : undefined)} where true${scope}`,
    bound,
  }
}

/** Units are told by the ledger and never by the caller; still their ids are quoted. */
function scopeSql(unitIds: readonly string[] | null): string {
  if (unitIds === null) return ''
  const list = unitIds.map((id) => `'${id.replaceAll("'", "''")}'`).join(', ')
  return ` and ${MADE_OF.unit_id} in (${list || 'null'})`
}

/** A thing to be chosen for whoever it selects: the first of its `choices` that fits, or none. */
export type Selection = Readonly<{ condition: Condition; choices: readonly (Condition | null)[] }>

/**
 * For each row of the base the selections that hold, as rows (subscriber_id, selection, choice):
 * places in the lists given, `choice` null if none fits. A choice without a condition fits all.
 */
export function compileSelections(
  selections: readonly Selection[],
  of: { fields: Catalogue; day: string },
): Statement {
  const { truthOf, bound, relation } = compiler(of.fields, of.day)
  const hits = selections.map(({ condition, choices }, place) => {
    const cases = choices.map(
      (each, nth) => `when ${each === null ? 'true' : truthOf(each)} then ${nth}`,
    )
    return `case when ${truthOf(condition)} then
      {'selection': ${place}::integer, 'choice': (case ${cases.join(' ')} end)::integer} end`
  })
  const list = `list_filter([${hits.join(', ')}], lambda hit: hit is not null)`
  return {
    sql: `create or replace table work.selected as
      select subscriber_id, hit.selection, hit.choice
      from (select own.subscriber_id, unnest(${list}) as hit from ${relation()})`,
    bound,
  }
}

/** The fields of a condition that were not delivered: what they are compared with is unknown. */
export function notDelivered(
  condition: Condition,
  fields: Catalogue,
): Readonly<{ field: string; label: Words }>[] {
  return fieldsOf(condition).flatMap((name) => missingField(name, fields) ?? [])
}

/** The name of a field that was not delivered; undefined for one that was. */
export function missingField(name: string, fields: Catalogue) {
  return fields.get(name)?.delivered ? undefined : { field: name, label: labelOf(name, fields) }
}
