import { sql } from 'kysely'
import type { LapseReason } from '#contract/lapsed.ts'
import type { Day } from '#platform/day.ts'
import type { Mark, Order } from '#platform/page.ts'
import { along, beyond, countUpTo } from '#platform/page-store.ts'
import type { Unit } from '#platform/unit.ts'
import type { SweepFor } from './lapse.ts'
import type { PlaceRange } from './lapsed-store.ts'

type Of = Readonly<{ branchId: string; sweepId: string }>

/** Somebody lapsed in a place, as a sweep chooses among them. */
export type Candidate = Readonly<{
  lapseId: string
  subscriberId: string
  contractEnd: Day
  reason: LapseReason | null
  nextSweepOn: Day | null
}>

/** Everybody in scope who is lapsed in a place, the latest lapse first. */
export async function selectCandidates(
  unit: Unit,
  of: Readonly<{ branchId: string; place: PlaceRange }>,
): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    select lapse_id as "lapseId", subscriber_id as "subscriberId",
           contract_end as "contractEnd", reason, next_sweep_on as "nextSweepOn"
      from renewals.lapsed
     where branch_id = ${of.branchId} and standing = 'lapsed'
       and place_code >= ${of.place.from}::text and place_code < ${of.place.to}::text
     order by contract_end desc, lapse_id`.execute(unit.db)
  return rows
}

/**
 * Takes those of `lapseIds` whom no other sweep from today on goes to, and answers who they are: of
 * two that are planned at once, each goes to somebody else.
 */
export async function takeForSweep(
  unit: Unit,
  of: Of & Readonly<{ lapseIds: readonly string[]; onDay: Day; today: Day }>,
): Promise<Set<string>> {
  const { rows } = await sql<{ lapseId: string }>`
    with free as (
      select lapse_id from renewals.lapsed
       where branch_id = ${of.branchId} and lapse_id = any (${[...of.lapseIds]}::text[])
         and standing = 'lapsed' and (next_sweep_on is null or next_sweep_on < ${of.today}::date)
       order by lapse_id for update
    )
    update renewals.lapsed set next_sweep_id = ${of.sweepId}::uuid, next_sweep_on = ${of.onDay}::date
      from free
     where lapsed.branch_id = ${of.branchId} and lapsed.lapse_id = free.lapse_id
    returning lapsed.lapse_id as "lapseId"`.execute(unit.db)
  return new Set(rows.map(({ lapseId }) => lapseId))
}

export type SweepPlanned = Of &
  Readonly<{
    placeCode: string
    unitId: string
    onDay: Day
    purpose: SweepFor | 'all'
    staffId: string | null
    crewId: string | null
    leftOut: Readonly<Record<string, number>>
    members: readonly Readonly<{ lapseId: string; subscriberId: string; purpose: SweepFor }>[]
  }>

export async function insertSweep(unit: Unit, of: SweepPlanned): Promise<void> {
  await sql`
    insert into renewals.sweep (branch_id, sweep_id, place_code, unit_id, on_day, purpose, staff_id,
      crew_id, left_out, planned_by)
    values (${of.branchId}, ${of.sweepId}, ${of.placeCode}, ${of.unitId}, ${of.onDay}, ${of.purpose},
      ${of.staffId}, ${of.crewId}, ${JSON.stringify(of.leftOut)}::jsonb, ${unit.actor.id})`.execute(
    unit.db,
  )
  await sql`
    insert into renewals.sweep_member (branch_id, sweep_id, lapse_id, subscriber_id, purpose)
    select ${of.branchId}, ${of.sweepId}::uuid, "lapseId", "subscriberId", purpose
      from jsonb_to_recordset(${JSON.stringify(of.members)}::jsonb)
           as member ("lapseId" text, "subscriberId" text, purpose text)`.execute(unit.db)
}

/** Calls a sweep off from a day on; false where it was over by then. */
export async function updateCalledOff(unit: Unit, of: Of & { today: Day }): Promise<boolean> {
  const { rows } = await sql`
    update renewals.sweep set called_off_at = ${unit.now}, called_off_by = ${unit.actor.id}
     where branch_id = ${of.branchId} and sweep_id = ${of.sweepId}::uuid
       and called_off_at is null and on_day >= ${of.today}::date
    returning sweep_id`.execute(unit.db)
  return rows.length > 0
}

/** Whom a sweep was to go to may be in another one. The register is locked. */
export async function freeMembers(unit: Unit, of: Of): Promise<void> {
  await sql`
    update renewals.lapsed set next_sweep_id = null, next_sweep_on = null
     where branch_id = ${of.branchId} and next_sweep_id = ${of.sweepId}::uuid
       and lapse_id = any (array(select lapse_id from renewals.sweep_member
            where branch_id = ${of.branchId} and sweep_id = ${of.sweepId}::uuid))`.execute(unit.db)
}

export type SweepRow = Readonly<{
  sweepId: string
  placeCode: string
  unitId: string
  onDay: Day
  purpose: SweepFor | 'all'
  staffId: string | null
  crewId: string | null
  leftOut: Readonly<Record<string, number>>
  plannedAt: Date
  plannedBy: string
  calledOffAt: Date | null
  members: number
  toAsk: number
  toWake: number
  asked: number
  wonBack: number
}>

/** A sweep with how far it got, by what the register says of its members today. */
const SWEEP = sql`
  sweep.sweep_id as "sweepId", sweep.place_code as "placeCode", sweep.unit_id as "unitId",
  sweep.on_day as "onDay", sweep.purpose, sweep.staff_id as "staffId", sweep.crew_id as "crewId",
  sweep.left_out as "leftOut", sweep.planned_at as "plannedAt", sweep.planned_by as "plannedBy",
  sweep.called_off_at as "calledOffAt", gone.*
  from renewals.sweep
  cross join lateral (
    select count(*)::integer as members,
           (count(*) filter (where member.purpose = 'find-reason'))::integer as "toAsk",
           (count(*) filter (where member.purpose = 'wake'))::integer as "toWake",
           (count(*) filter (where lapsed.asked_at > sweep.planned_at))::integer as asked,
           (count(*) filter (where lapsed.standing = 'won-back'))::integer as "wonBack"
      from renewals.sweep_member as member
      left join renewals.lapsed
        on lapsed.branch_id = member.branch_id and lapsed.lapse_id = member.lapse_id
     where member.branch_id = sweep.branch_id and member.sweep_id = sweep.sweep_id
  ) as gone`

export async function selectSweep(unit: Unit, of: Of): Promise<SweepRow | undefined> {
  const { rows } = await sql<SweepRow>`
    select ${SWEEP}
     where sweep.branch_id = ${of.branchId} and sweep.sweep_id = ${of.sweepId}::uuid`.execute(
    unit.db,
  )
  return rows[0]
}

export async function selectSweepPage(
  unit: Unit,
  of: Readonly<{
    branchId: string
    units: readonly string[] | null
    from?: Day | undefined
    to?: Day | undefined
  }>,
  { order, after, limit }: Readonly<{ order: Order; after: Mark | undefined; limit: number }>,
): Promise<{ rows: SweepRow[]; total: number }> {
  const those = sql`sweep.branch_id = ${of.branchId}
    ${of.units ? sql`and sweep.unit_id = any (${[...of.units]}::text[])` : sql``}
    ${of.from ? sql`and sweep.on_day >= ${of.from}::date` : sql``}
    ${of.to ? sql`and sweep.on_day < ${of.to}::date` : sql``}`
  const id = sql`sweep.sweep_id::text`
  const { rows } = await sql<SweepRow>`
    select ${SWEEP} where ${those} ${beyond(order, after, id)}
     order by ${along(order, id)} limit ${limit + 1}`.execute(unit.db)
  return { rows, total: await countUpTo(unit, sql`renewals.sweep where ${those}`) }
}
