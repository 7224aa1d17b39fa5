import { type RawBuilder, sql } from 'kysely'
import { COUNTED_UP_TO, type Mark, type Order } from '#platform/page.ts'
import type { Unit } from '#platform/unit.ts'
import { CARD, type Card } from './card-store.ts'

/** Which cards a list shows. */
export type CardFilter = Readonly<{
  branchId: string
  /** A unit with everything below it; null: all in scope. */
  units: readonly string[] | null
  status?: string | undefined
  endsFrom?: string | undefined
  endsTo?: string | undefined
  /** Contract end before this day and not terminated. */
  lapsedOn?: string | undefined
  notLapsedOn?: string | undefined
  search?: Search | undefined
}>

/** What was typed, as far as it can be told what it is. */
export type Search =
  | Readonly<{ kind: 'id'; id: string }>
  | Readonly<{ kind: 'ids'; ids: readonly string[] }>
  /** The sounds that a name begins with; or an id. */
  | Readonly<{ kind: 'initials'; id: string; sounds: string }>
  /** What a name begins with, as the tokens that may stand for it. */
  | Readonly<{ kind: 'name'; tokens: readonly string[] }>
  /** A part of what is shown of an address, and the places that it can be at. */
  | Readonly<{ kind: 'place'; text: string; places: readonly string[] }>
  | Readonly<{ kind: 'text'; text: string }>

const conditions = (of: CardFilter): RawBuilder<unknown> => {
  const parts = [sql`card.branch_id = ${of.branchId}`]
  if (of.units) parts.push(sql`card.unit_id = any (${[...of.units]}::text[])`)
  if (of.status) parts.push(sql`card.status = ${of.status}`)
  if (of.endsFrom) parts.push(sql`${END} >= ${of.endsFrom}::date and ${END} < ${NEVER}`)
  if (of.endsTo) parts.push(sql`${END} < ${of.endsTo}::date`)
  const lapsed = (day: string) => sql`(${END} < ${day}::date and card.status <> 'terminated')`
  if (of.lapsedOn) parts.push(lapsed(of.lapsedOn))
  if (of.notLapsedOn) parts.push(sql`not ${lapsed(of.notLapsedOn)}`)
  if (of.search) parts.push(found(of, of.search))
  return sql.join(parts, sql` and `)
}
const NEVER = sql`date '9999-12-31'`
const END = sql`card.ends_on`

/**
 * Whoever was searched for, worked out first and through the indexes, and few enough to be sorted;
 * a condition beside the others would be tried on every card in the order of the list.
 */
function found(of: CardFilter, search: Search): RawBuilder<unknown> {
  return sql`card.subscriber_id = any (array(${foundBy(own(of), search)}))`
}

/** Where somebody is looked for comes before how many are found at most. */
const own = ({ branchId, units }: Pick<CardFilter, 'branchId' | 'units'>): RawBuilder<unknown> =>
  sql`select subscriber_id from subscribers.card where branch_id = ${branchId}
      ${units ? sql`and unit_id = any (${[...units]}::text[])` : sql``}`

function foundBy(those: RawBuilder<unknown>, search: Search): RawBuilder<unknown> {
  const upTo = sql`limit ${FOUND_UP_TO}`
  switch (search.kind) {
    case 'id':
      return sql`${those} and subscriber_id = ${search.id}`
    case 'ids':
      return sql`${those} and subscriber_id = any (${[...search.ids]}::text[])`
    case 'initials':
      return sql`${those} and subscriber_id = ${search.id}
        union all (${those} and ${beginsWith(sql`sounds`, search.sounds)} ${upTo})`
    case 'name':
      return sql.join(
        search.tokens.map(
          (token) => sql`(${those} and ${beginsWith(sql`name_index`, token)} ${upTo})`,
        ),
        sql` union all `,
      )
    case 'place':
      return sql`${those} and place_code = any (${[...search.places]}::text[])
        and ${shows(search.text)} ${upTo}`
    case 'text':
      return sql`${those} and ${shows(search.text)} ${upTo}`
  }
}

/** What is masked finds nobody: it is worked out of the few addresses that have the text at all. */
const shows = (text: string): RawBuilder<unknown> =>
  sql`case when strpos(address, ${text}) > 0
        then strpos(subscribers.shown_of(address), ${text}) > 0 else false end`

/** Those in scope whose number ends in the digits that these tokens stand for, sealed. */
export async function selectByNumber(
  unit: Unit,
  of: Readonly<{ branchId: string; units: readonly string[] | null; tokens: readonly string[] }>,
): Promise<Pick<Card, 'branchId' | 'subscriberId' | 'identity'>[]> {
  const { rows } = await sql<Pick<Card, 'branchId' | 'subscriberId' | 'identity'>>`
    select branch_id as "branchId", subscriber_id as "subscriberId", identity
      from subscribers.card
     where branch_id = ${of.branchId} and number_index = any (${[...of.tokens]}::text[])
       ${of.units ? sql`and unit_id = any (${[...of.units]}::text[])` : sql``}
     limit ${FOUND_UP_TO}`.execute(unit.db)
  return rows
}

/**
 * As a range, in the order of bytes that these columns are kept in: LIKE might tell what it sees, so
 * row-level security tries it on every card, while comparisons may use the index first.
 */
function beginsWith(column: RawBuilder<unknown>, text: string): RawBuilder<unknown> {
  return sql`${column} >= ${text}::text and ${column} < ${`${text}\u{10FFFF}`}::text`
}
/** More than a list counts is never looked for. */
const FOUND_UP_TO = COUNTED_UP_TO

export async function selectCardPage(
  unit: Unit,
  filter: CardFilter,
  { order, after, limit }: { order: Order; after: Mark | undefined; limit: number },
): Promise<Card[]> {
  const column = sql.raw(order.column.sql)
  const type = sql.raw(
    { text: 'text', integer: 'bigint', numeric: 'numeric', date: 'date' }[order.column.type],
  )
  const beyond = order.descending ? sql`<` : sql`>`
  const direction = order.descending ? sql`desc` : sql`asc`
  const page = after
    ? sql`and (${column}, card.subscriber_id) ${beyond} (${after.value}::text::${type}, ${after.id})`
    : sql``
  const { rows } = await sql<Card>`
    select ${CARD}
      from subscribers.card
      join subscribers.standing on standing.branch_id = card.branch_id
     where ${conditions(filter)} ${page}
     order by ${column} ${direction}, card.subscriber_id ${direction}
     limit ${limit + 1}`.execute(unit.db)
  return rows
}

/** How many cards there are, up to the number that totals are counted to. */
export async function countCards(unit: Unit, filter: CardFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from (
      select from subscribers.card where ${conditions(filter)} limit ${COUNTED_UP_TO}
    ) as counted`.execute(unit.db)
  return rows[0]?.count ?? 0
}

/** The day that the cards of a branch tell of; null before the first extract. */
export async function selectAsOf(unit: Unit, branchId: string): Promise<string | null> {
  const { rows } = await sql<{ date: string }>`
    select date from subscribers.standing where branch_id = ${branchId}`.execute(unit.db)
  return rows[0]?.date ?? null
}

export type EndsOn = Readonly<{ day: string; ending: number; monthlyFeeFen: number }>
export type EndsOf = Readonly<{ unitId: string; ending: number; lapsed: number }>
type Ends = Readonly<{
  branchId: string
  units: readonly string[] | null
  from: string
  to: string
  on: string
}>

const inUnits = ({ branchId, units }: Ends): RawBuilder<unknown> =>
  units
    ? sql`branch_id = ${branchId} and unit_id = any (${[...units]}::text[])`
    : sql`branch_id = ${branchId}`

/** How many contracts end on each day of [from, to), and what they bring a month. */
export async function selectEndsByDay(unit: Unit, of: Ends): Promise<EndsOn[]> {
  const { rows } = await sql<EndsOn>`
    select ends_on as day, sum(card_count)::bigint as ending,
           sum(monthly_fee_fen)::bigint as "monthlyFeeFen"
      from subscribers.ending
     where ${inUnits(of)} and ends_on >= ${of.from}::date and ends_on < ${of.to}::date
     group by 1 order by 1`.execute(unit.db)
  return rows
}

/** The same by unit, and how many have lapsed there. */
export async function selectEndsByUnit(unit: Unit, of: Ends): Promise<EndsOf[]> {
  const { rows } = await sql<EndsOf>`
    select * from (
      select unit_id as "unitId",
             coalesce(sum(card_count) filter (
               where ends_on >= ${of.from}::date and ends_on < ${of.to}::date), 0)::bigint as ending,
             coalesce(sum(card_count) filter (where ends_on < ${of.on}::date), 0)::bigint as lapsed
        from subscribers.ending
       where ${inUnits(of)}
       group by unit_id
    ) as counted
     where ending + lapsed > 0 order by "unitId"`.execute(unit.db)
  return rows
}

export async function countNotStated(unit: Unit, of: Ends): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select coalesce(sum(card_count), 0)::bigint as count from subscribers.ending
     where ${inUnits(of)} and ends_on = date '9999-12-31'`.execute(unit.db)
  return rows[0]?.count ?? 0
}
