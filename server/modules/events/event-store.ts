import { sql } from 'kysely'
import type { EventKind, EventState } from '#contract/on-site-event.ts'
import type { Day } from '#platform/day.ts'
import type { Mark, Order } from '#platform/page.ts'
import { along, beyond, countUpTo } from '#platform/page-store.ts'
import type { Unit } from '#platform/unit.ts'
import type { OrderLine } from './told-store.ts'

export type OfEvent = Readonly<{ branchId: string; eventId: string }>

/** An event with what proves it and what was told of it last. */
export type EventRow = OfEvent &
  Readonly<{
    unitId: string
    kind: EventKind
    placeName: string
    onDay: Day
    starts: string
    ends: string
    staffIds: readonly string[]
    campaignId: string | null
    state: EventState
    plannedAt: Date
    plannedBy: string
    calledOffAt: Date | null
    calledOffBy: string | null
    calledOffNote: string | null
    photos: number
    usedBefore: number
    /** When the positions of its proofs were found. */
    positionTimes: readonly Date[]
    /** Of the latest version of its result; null: none is told. */
    version: number | null
    met: number | null
    leads: number | null
    orders: readonly OrderLine[] | null
  }>

const EVENT = sql`event.branch_id as "branchId", event.event_id as "eventId", event.unit_id as "unitId",
  event.kind, event.place_name as "placeName", event.on_day as "onDay", event.starts, event.ends,
  event.staff_ids as "staffIds", event.campaign_id as "campaignId", event.state,
  event.planned_at as "plannedAt", event.planned_by as "plannedBy",
  event.called_off_at as "calledOffAt", event.called_off_by as "calledOffBy",
  event.called_off_note as "calledOffNote", shown.photos, shown."usedBefore",
  array(select position_at from events.proof where proof.branch_id = event.branch_id
    and proof.event_id = event.event_id and position_at is not null order by step) as "positionTimes",
  last.version, last.met, last.leads, last.orders
  from events.event
  cross join lateral (
    select count(*)::integer as photos,
           (count(*) filter (where used_before))::integer as "usedBefore"
      from events.photo
     where photo.branch_id = event.branch_id and photo.event_id = event.event_id
  ) as shown
  left join lateral (
    select version, met, leads, orders from events.report
     where report.branch_id = event.branch_id and report.event_id = event.event_id and not is_beside
     order by version desc limit 1
  ) as last on true`

export type EventPlanned = OfEvent &
  Pick<EventRow, 'unitId' | 'kind' | 'placeName' | 'onDay' | 'starts' | 'ends'> &
  Pick<EventRow, 'staffIds' | 'campaignId'>

export async function insertEvent(unit: Unit, of: EventPlanned): Promise<void> {
  await sql`
    insert into events.event (branch_id, event_id, unit_id, kind, place_name, on_day, starts, ends,
      staff_ids, campaign_id, planned_at, planned_by)
    values (${of.branchId}, ${of.eventId}, ${of.unitId}, ${of.kind}, ${of.placeName}, ${of.onDay},
      ${of.starts}, ${of.ends}, ${[...of.staffIds]}::text[], ${of.campaignId}, ${unit.now},
      ${unit.actor.id})`.execute(unit.db)
}

export async function selectEvent(unit: Unit, of: OfEvent): Promise<EventRow | undefined> {
  const { rows } = await sql<EventRow>`
    select ${EVENT}
     where event.branch_id = ${of.branchId} and event.event_id = ${of.eventId}::uuid`.execute(
    unit.db,
  )
  return rows[0]
}

/** As `selectEvent`, held until the unit ends: of two who tell something of it the second waits. */
export async function lockEvent(unit: Unit, of: OfEvent): Promise<EventRow | undefined> {
  await sql`
    select from events.event
     where branch_id = ${of.branchId} and event_id = ${of.eventId}::uuid for update`.execute(
    unit.db,
  )
  return selectEvent(unit, of)
}

export async function updateCalledOff(
  unit: Unit,
  of: OfEvent & Readonly<{ note: string }>,
): Promise<void> {
  await sql`
    update events.event set called_off_at = ${unit.now}, called_off_by = ${unit.actor.id},
        called_off_note = ${of.note}
     where branch_id = ${of.branchId} and event_id = ${of.eventId}::uuid`.execute(unit.db)
}

/** Notes that an event is proved, or that its result is told: the first time stands. */
export async function updateTold(
  unit: Unit,
  of: OfEvent,
  what: 'held_at' | 'reported_at',
): Promise<void> {
  const column = sql.ref(what)
  await sql`
    update events.event set ${column} = coalesce(${column}, ${unit.now})
     where branch_id = ${of.branchId} and event_id = ${of.eventId}::uuid`.execute(unit.db)
}

type Wanted = Readonly<{
  branchId: string
  units: readonly string[] | null
  from?: Day | undefined
  to?: Day | undefined
  state?: EventState | undefined
  /** Only those this person goes to. */
  goer?: string | undefined
}>

const those = ({ branchId, units, from, to, state, goer }: Wanted) => sql`
  event.branch_id = ${branchId}
  ${units ? sql`and event.unit_id = any (${[...units]}::text[])` : sql``}
  ${from ? sql`and event.on_day >= ${from}::date` : sql``}
  ${to ? sql`and event.on_day < ${to}::date` : sql``}
  ${state ? sql`and event.state = ${state}` : sql``}
  ${goer ? sql`and ${goer} = any (event.staff_ids)` : sql``}`

/** Every event of these days, by day. */
export async function selectEvents(unit: Unit, wanted: Wanted): Promise<EventRow[]> {
  const { rows } = await sql<EventRow>`
    select ${EVENT} where ${those(wanted)} order by event.on_day, event.event_id`.execute(unit.db)
  return rows
}

export async function selectEventPage(
  unit: Unit,
  wanted: Wanted,
  { order, after, limit }: Readonly<{ order: Order; after: Mark | undefined; limit: number }>,
): Promise<{ rows: EventRow[]; total: number }> {
  const id = sql`event.event_id::text`
  const { rows } = await sql<EventRow>`
    select ${EVENT} where ${those(wanted)} ${beyond(order, after, id)}
     order by ${along(order, id)} limit ${limit + 1}`.execute(unit.db)
  return { rows, total: await countUpTo(unit, sql`events.event where ${those(wanted)}`) }
}
