import { type SqlBool, sql } from 'kysely'
import type { z } from 'zod'
import type { reportEvent } from '#contract/events.ts'
import type { Position } from '#contract/tasks.ts'
import type { Unit } from '#platform/unit.ts'
import type { OfEvent } from './event-store.ts'

type At = Readonly<z.output<typeof Position>>
export type OrderLine = Readonly<z.output<typeof reportEvent.body>['orders'][number]>

export type PhotoOf = Readonly<{ photoId: string; sha256: string }>

/** What was sent from an event at one time. */
export type ProofRow = Readonly<{
  step: number
  latitude: number | null
  longitude: number | null
  accuracyM: number | null
  positionAt: Date | null
  isUnusable: boolean
  recordedAt: Date
  recordedBy: string
  toldAt: Date | null
  photos: readonly Readonly<{ photoId: string; usedBefore: boolean }>[]
}>

/** A version of what came of an event. */
export type ReportRow = Readonly<{
  version: number
  met: number
  leads: number
  orders: readonly OrderLine[]
  note: string | null
  recordedAt: Date
  recordedBy: string
  toldAt: Date | null
  isBeside: boolean
}>

/**
 * Appends a proof to an event that is locked, and its photos: one that this event has already stays
 * where it is. Of two events that show the same picture at once the second knows of the first.
 */
export async function insertProof(
  unit: Unit,
  of: OfEvent,
  {
    photos,
    position,
    isUnusable,
    toldAt,
    by,
  }: Readonly<{
    photos: readonly PhotoOf[]
    position: At | null
    isUnusable: boolean
    toldAt: Date | null
    by: string
  }>,
): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`events.photo ${of.branchId}`}, 0))`.execute(
    unit.db,
  )
  const { rows } = await sql<{ step: number }>`
    insert into events.proof (branch_id, event_id, step, latitude, longitude, accuracy_m, position_at,
      is_unusable, told_at, recorded_at, recorded_by)
    select ${of.branchId}, ${of.eventId}::uuid, coalesce(max(step), 0) + 1,
        ${position?.latitude ?? null}::double precision,
        ${position?.longitude ?? null}::double precision,
        ${position?.accuracyM ?? null}::double precision, ${position?.at ?? null}::timestamptz,
        ${isUnusable}, ${toldAt}::timestamptz, ${unit.now}, ${by}
      from events.proof where branch_id = ${of.branchId} and event_id = ${of.eventId}::uuid
    returning step`.execute(unit.db)
  await sql`
    insert into events.photo (branch_id, event_id, evidence_id, step, sha256, used_before)
    select ${of.branchId}, ${of.eventId}::uuid, sent."photoId", ${rows[0]?.step ?? 1}, sent.sha256,
        exists (select from events.photo as other
          where other.branch_id = ${of.branchId} and other.sha256 = sent.sha256
            and other.event_id <> ${of.eventId}::uuid)
      from jsonb_to_recordset(${JSON.stringify(photos)}::jsonb) as sent ("photoId" uuid, sha256 text)
    on conflict (branch_id, event_id, evidence_id) do nothing`.execute(unit.db)
}

/** The number of the next version of the result of an event that is locked. */
export async function nextVersion(unit: Unit, of: OfEvent): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    select coalesce(max(version), 0) + 1 as version from events.report
     where branch_id = ${of.branchId} and event_id = ${of.eventId}::uuid`.execute(unit.db)
  return rows[0]?.version ?? 1
}

/** Whether a photo of this number proves the event. */
export async function hasPhoto(
  unit: Unit,
  { branchId, eventId, evidenceId }: OfEvent & Readonly<{ evidenceId: string }>,
): Promise<boolean> {
  const { rows } = await sql<{ has: SqlBool }>`
    select exists (select from events.photo where branch_id = ${branchId}
      and event_id = ${eventId}::uuid and evidence_id = ${evidenceId}::uuid) as has`.execute(
    unit.db,
  )
  return rows[0]?.has === true
}

export async function insertReport(
  unit: Unit,
  of: OfEvent,
  told: Omit<ReportRow, 'recordedAt' | 'recordedBy'> & Readonly<{ by: string }>,
): Promise<void> {
  await sql`
    insert into events.report (branch_id, event_id, version, met, leads, orders, note, told_at,
      is_beside, recorded_at, recorded_by)
    values (${of.branchId}, ${of.eventId}, ${told.version}, ${told.met}, ${told.leads},
      ${JSON.stringify(told.orders)}::jsonb, ${told.note}, ${told.toldAt}, ${told.isBeside},
      ${unit.now}, ${told.by})`.execute(unit.db)
}

/** The proofs of an event in the order in which they came, each with its photos. */
export async function selectProofs(unit: Unit, of: OfEvent): Promise<ProofRow[]> {
  const { rows } = await sql<ProofRow>`
    select step, latitude, longitude, accuracy_m as "accuracyM", position_at as "positionAt",
           is_unusable as "isUnusable", recorded_at as "recordedAt", recorded_by as "recordedBy",
           told_at as "toldAt",
           coalesce((select jsonb_agg(jsonb_build_object('photoId', evidence_id,
               'usedBefore', used_before) order by evidence_id)
             from events.photo
            where photo.branch_id = proof.branch_id and photo.event_id = proof.event_id
              and photo.step = proof.step), '[]') as photos
      from events.proof
     where branch_id = ${of.branchId} and event_id = ${of.eventId}::uuid
     order by step`.execute(unit.db)
  return rows
}

/** Every version of the result of an event, the latest first. */
export async function selectReports(unit: Unit, of: OfEvent): Promise<ReportRow[]> {
  const { rows } = await sql<ReportRow>`
    select version, met, leads, orders, note, recorded_at as "recordedAt",
           recorded_by as "recordedBy", told_at as "toldAt", is_beside as "isBeside"
      from events.report
     where branch_id = ${of.branchId} and event_id = ${of.eventId}::uuid
     order by version desc`.execute(unit.db)
  return rows
}
