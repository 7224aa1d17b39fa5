import { sql } from 'kysely'
import type { ResultCode } from '#contract/tasks.ts'
import type { Day } from '#platform/day.ts'
import type { Part } from '#platform/page-store.ts'
import type { Unit } from '#platform/unit.ts'
import type { Reader } from '../policy.ts'

/** A result that was told at a door, with the village it was in. */
export type VisitRow = Readonly<{
  resultId: string
  taskId: string
  subscriberId: string
  staffId: string
  staffUnitId: string
  unitId: string
  town: string | null
  place: string | null
  result: ResultCode
  startedAt: Date | null
  at: Date
  recordedAt: Date
  deviceAt: Date | null
  /** By how many minutes the clock of the device was corrected. */
  clockMinutes: number | null
  latitude: number | null
  longitude: number | null
  accuracyM: number | null
  positionedAt: Date | null
  /** Whether a position was told that is of no use. */
  isPositionVoid: boolean
  photos: readonly string[]
  /** Whether its place was emptied, so that nothing can be said about that. */
  isErased: boolean
}>

const VISITS = sql`worklists.result
  join worklists.task on task.branch_id = result.branch_id and task.task_id = result.task_id
   and task.touchpoint in ('door', 'installer')`

const VISIT = sql`result.result_id as "resultId", result.task_id as "taskId",
  result.subscriber_id as "subscriberId", result.staff_id as "staffId",
  result.assignee_unit_id as "staffUnitId", result.unit_id as "unitId", task.town_name as town,
  task.place_name as place, result.result, result.started_at as "startedAt",
  result.happened_at as at, result.recorded_at as "recordedAt", result.device_at as "deviceAt",
  (select (each -> 'values' ->> 'minutes')::double precision
     from jsonb_array_elements(result.answer -> 'conflicts') as each
    where each ->> 'code' = 'clock-corrected' limit 1) as "clockMinutes",
  result.latitude, result.longitude, result.accuracy_m as "accuracyM",
  result.positioned_at as "positionedAt",
  result.answer -> 'conflicts' @> '[{"code": "position-unusable"}]' as "isPositionVoid",
  result.photos, result.is_erased as "isErased"`

/** Which visits of a day; null: whichever are in scope. */
export type VisitsAsked = Readonly<{
  branchId: string
  day: Day
  /** Of households in these units, or of people posted there. */
  unitIds: readonly string[] | null
  staffIds: readonly string[] | null
  reader: Reader | null
}>

const within = (unitIds: readonly string[]): Part =>
  sql`(result.unit_id = any (${[...unitIds]}) or result.assignee_unit_id = any (${[...unitIds]}))`

const among = ({ unitIds, staffIds, reader }: VisitsAsked): Part => sql`
  ${unitIds ? sql`and ${within(unitIds)}` : sql``}
  ${staffIds ? sql`and result.staff_id = any (${[...staffIds]})` : sql``}
  ${reader ? sql`and (result.staff_id = ${reader.staffId} or ${within(reader.unitIds)})` : sql``}`

/** The visits of a day, by person and time. */
export async function selectVisits(unit: Unit, of: VisitsAsked): Promise<VisitRow[]> {
  const { rows } = await sql<VisitRow>`
    select ${VISIT} from ${VISITS}
     where (result.branch_id, result.day) = (${of.branchId}, ${of.day}) ${among(of)}
     order by result.staff_id, result.happened_at, result.result_id
  `.execute(unit.db)
  return rows
}

/** Which visits of a day, and whose. */
export async function selectVisitIds(
  unit: Unit,
  of: VisitsAsked,
): Promise<Readonly<{ resultId: string; staffId: string }>[]> {
  const { rows } = await sql<{ resultId: string; staffId: string }>`
    select result.result_id as "resultId", result.staff_id as "staffId" from ${VISITS}
     where (result.branch_id, result.day) = (${of.branchId}, ${of.day}) ${among(of)}
  `.execute(unit.db)
  return rows
}

/** The visit of a result; undefined where there is none in scope. */
export async function selectVisit(
  unit: Unit,
  of: Readonly<{ branchId: string; resultId: string }>,
): Promise<VisitRow | undefined> {
  const { rows } = await sql<VisitRow>`
    select ${VISIT} from ${VISITS}
     where (result.branch_id, result.result_id) = (${of.branchId}, ${of.resultId}::uuid)
  `.execute(unit.db)
  return rows[0]
}

/** The middle of the positions that one person told of a village. */
export type StoodAt = Readonly<{
  unitId: string
  town: string | null
  place: string
  staffId: string
  latitude: number
  longitude: number
}>

/** A position that is vaguer, in metres, says nothing about where a village is. */
const CLEAR_M = 500
/** Whoever was there less often may have stood anywhere. */
const OFTEN = 3

/** Most of a village lies within so many degrees: somewhat over three kilometres each way. */
const WIDE = { latitude: 0.03, longitude: 0.04 }

const spreadOf = (of: 'latitude' | 'longitude'): Part => {
  const at = (share: number) =>
    sql`percentile_cont(${sql.lit(share)}) within group (order by ${sql.ref(`result.${of}`)})`
  return sql`${at(0.9)} - ${at(0.1)}`
}

/**
 * Where people stood in each village since a day: those who told three clear positions or more. Whoever
 * told them kilometres apart does not say where the village is, and is left out.
 */
export async function selectStoodAt(
  unit: Unit,
  of: Readonly<{ branchId: string; since: Day }>,
): Promise<StoodAt[]> {
  const { rows } = await sql<StoodAt>`
    select result.unit_id as "unitId", task.town_name as town, task.place_name as place,
        result.staff_id as "staffId",
        percentile_cont(0.5) within group (order by result.latitude) as latitude,
        percentile_cont(0.5) within group (order by result.longitude) as longitude
      from ${VISITS}
     where result.branch_id = ${of.branchId} and result.day >= ${of.since}
       and result.latitude is not null and result.accuracy_m <= ${CLEAR_M}
       and task.place_name is not null
     group by result.unit_id, task.town_name, task.place_name, result.staff_id
    having count(*) >= ${OFTEN}
       and ${spreadOf('latitude')} <= ${WIDE.latitude}
       and ${spreadOf('longitude')} <= ${WIDE.longitude}
  `.execute(unit.db)
  return rows
}

/** The first result of these days that named a photo, by its number. */
export type PhotoUse = Readonly<{ evidenceId: string; resultId: string; day: Day }>

export async function selectFirstUses(
  unit: Unit,
  of: Readonly<{ branchId: string; from: Day; to: Day; evidenceIds: readonly string[] }>,
): Promise<PhotoUse[]> {
  const ids = sql`${[...of.evidenceIds]}::uuid[]`
  const { rows } = await sql<PhotoUse>`
    select distinct on (photo) photo as "evidenceId", result_id as "resultId", day
      from worklists.result, unnest(photos) as photo
     where branch_id = ${of.branchId} and day between ${of.from} and ${of.to}
       and photos && ${ids} and photo = any (${ids})
     order by photo, recorded_at, result_id
  `.execute(unit.db)
  return rows
}
