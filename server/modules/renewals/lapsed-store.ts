import { sql } from 'kysely'
import type { LapseReason } from '#contract/lapsed.ts'
import type { Day } from '#platform/day.ts'
import type { Mark, Order } from '#platform/page.ts'
import { along, beyond, countUpTo, type Part } from '#platform/page-store.ts'
import type { Unit } from '#platform/unit.ts'
import type { ClosedAs } from './lapse.ts'

/** A line of the register. */
export type LapseRow = Readonly<{
  lapseId: string
  subscriberId: string
  contractEnd: Day
  unitId: string
  placeCode: string | null
  status: string
  product: string | null
  plan: string | null
  monthlyFeeFen: number | null
  closedAs: ClosedAs | null
  closedOn: Day | null
  renewedTo: Day | null
  reason: LapseReason | null
  reasonDetail: string | null
  askedAt: Date | null
  askedBy: string | null
  paidOn: Day | null
  nextSweepOn: Day | null
  standing: 'lapsed' | 'won-back' | 'over'
}>

const LAPSE = sql`lapsed.lapse_id as "lapseId", lapsed.subscriber_id as "subscriberId",
  lapsed.contract_end as "contractEnd", lapsed.unit_id as "unitId", lapsed.place_code as "placeCode",
  lapsed.status, lapsed.product, lapsed.plan, lapsed.monthly_fee_fen as "monthlyFeeFen",
  lapsed.closed_as as "closedAs", lapsed.closed_on as "closedOn", lapsed.renewed_to as "renewedTo",
  lapsed.reason, lapsed.reason_detail as "reasonDetail", lapsed.asked_at as "askedAt",
  lapsed.asked_by as "askedBy", lapsed.paid_on as "paidOn", lapsed.next_sweep_on as "nextSweepOn",
  lapsed.standing`

/** What lies in a place: its own code, and those that begin with it, as a range. */
export type PlaceRange = Readonly<{ from: string; to: string }>

export type LapseFilter = Readonly<{
  branchId: string
  units: readonly string[] | null
  place?: PlaceRange | undefined
  standing: LapseRow['standing']
  known?: 'unasked' | 'unknown' | 'known' | undefined
  reason?: LapseReason | undefined
  endedFrom?: Day | undefined
  endedTo?: Day | undefined
  sweep?: string | undefined
}>

const KNOWN = {
  unasked: sql`lapsed.reason is null`,
  unknown: sql`lapsed.reason = 'unknown'`,
  known: sql`lapsed.reason <> 'unknown'`,
} as const

/** Those of a filter, for a page of them and for their number alike. */
export function filtered(of: LapseFilter): Part {
  const parts: Part[] = [sql`lapsed.branch_id = ${of.branchId}`]
  if (of.sweep === undefined) parts.push(sql`lapsed.standing = ${of.standing}`)
  else
    parts.push(sql`lapsed.lapse_id = any (array(
      select lapse_id from renewals.sweep_member
       where branch_id = ${of.branchId} and sweep_id = ${of.sweep}::uuid))`)
  if (of.units) parts.push(sql`lapsed.unit_id = any (${[...of.units]}::text[])`)
  if (of.place) parts.push(inPlace(of.place))
  if (of.known) parts.push(KNOWN[of.known])
  if (of.reason) parts.push(sql`lapsed.reason = ${of.reason}`)
  if (of.endedFrom) parts.push(sql`lapsed.contract_end >= ${of.endedFrom}::date`)
  if (of.endedTo) parts.push(sql`lapsed.contract_end < ${of.endedTo}::date`)
  return sql.join(parts, sql` and `)
}

const inPlace = ({ from, to }: PlaceRange): Part =>
  sql`lapsed.place_code >= ${from}::text and lapsed.place_code < ${to}::text`

/** The statement of a page, one row more than it shows. */
export function lapsePage(
  of: LapseFilter,
  { order, after, limit }: Readonly<{ order: Order; after: Mark | undefined; limit: number }>,
) {
  const id = sql`lapsed.lapse_id`
  return sql<LapseRow>`
    select ${LAPSE} from renewals.lapsed
     where ${filtered(of)} ${beyond(order, after, id)}
     order by ${along(order, id)}
     limit ${limit + 1}`
}

export async function selectLapsePage(
  unit: Unit,
  of: LapseFilter,
  page: Parameters<typeof lapsePage>[1],
): Promise<{ rows: LapseRow[]; total: number }> {
  const { rows } = await lapsePage(of, page).execute(unit.db)
  return { rows, total: await countUpTo(unit, sql`renewals.lapsed where ${filtered(of)}`) }
}

/** The lapse of a subscriber in scope that is open, else the latest. */
export async function selectLapse(
  unit: Unit,
  of: Readonly<{ branchId: string; subscriberId: string }>,
): Promise<LapseRow | undefined> {
  const { rows } = await sql<LapseRow>`
    select ${LAPSE} from renewals.lapsed
     where branch_id = ${of.branchId} and subscriber_id = ${of.subscriberId}
     order by closed_as is null desc, contract_end desc limit 1`.execute(unit.db)
  return rows[0]
}

export type PlaceSum = Readonly<{
  place: string | null
  lapsed: number
  asked: number
  known: number
  wonBack: number
  monthlyFeeFen: number
  hasBuildings: boolean
  nextSweepOn: Day | null
}>
export type SumsOf = Readonly<{
  branchId: string
  units: readonly string[] | null
  /** The village whose buildings are counted apart; null: villages are. */
  within: PlaceRange | null
  wonBackSince: Day
  today: Day
}>

/** The statement of the sums by village, or by building within one: one pass over what it counts. */
export function placeSums(of: SumsOf) {
  const own = sql`branch_id = ${of.branchId}
    ${of.units ? sql`and unit_id = any (${[...of.units]}::text[])` : sql``}
    ${of.within ? sql`and ${inPlace(of.within)}` : sql``}`
  const place = of.within ? sql`place_code` : sql`split_part(place_code, '-', 1)`
  return sql<PlaceSum>`
    with counted as (
      select ${place} as place, count(*) as lapsed, count(reason) as asked,
             count(*) filter (where reason <> 'unknown') as known, 0 as won_back,
             sum(fee_fen) as fees, bool_or(strpos(place_code, '-') > 0) as has_buildings,
             min(next_sweep_on) filter (where next_sweep_on >= ${of.today}::date) as next_sweep_on
        from renewals.lapsed
       where ${own} and standing = 'lapsed'
       group by 1
      union all
      select ${place}, 0, 0, 0, count(*), 0, false, null
        from renewals.lapsed
       where ${own} and won_back_on >= ${of.wonBackSince}::date
       group by 1
    )
    select place, sum(lapsed)::integer as lapsed, sum(asked)::integer as asked,
           sum(known)::integer as known, sum(won_back)::integer as "wonBack",
           sum(fees)::bigint as "monthlyFeeFen",
           coalesce(bool_or(has_buildings), false) as "hasBuildings",
           min(next_sweep_on) as "nextSweepOn"
      from counted group by place
     order by 2 desc, 1`
}

export async function selectPlaceSums(unit: Unit, of: SumsOf): Promise<PlaceSum[]> {
  const { rows } = await placeSums(of).execute(unit.db)
  return rows
}
