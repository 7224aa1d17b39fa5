import { sql } from 'kysely'
import type { Day } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'
import type { Version } from './versions.ts'

export const PLACE_KINDS = ['town', 'village', 'community', 'compound', 'building'] as const
export type PlaceKind = (typeof PLACE_KINDS)[number]

/** What a version of a place says; `unitId` is its grid, or the branch while nobody owns it. */
export type PlaceVersionOf = Readonly<{ name: string; kind: PlaceKind; unitId: string }>

/** A place on a day. */
export type PlaceRow = Readonly<{
  divisionCode: string
  name: string
  kind: PlaceKind
  gridId: string
}>

/** The places of a branch on a day, by code. */
export async function selectPlaces(unit: Unit, branchId: string, day: Day): Promise<PlaceRow[]> {
  const { rows } = await sql<PlaceRow>`
    select division_code as "divisionCode", name, kind, unit_id as "gridId" from people.place
     where branch_id = ${branchId}
       and valid_from <= ${day}::date and (valid_to is null or ${day}::date < valid_to)
     order by division_code collate "C"
  `.execute(unit.db)
  return rows
}

/** Every version, in scope, of the places of a branch. */
export async function selectPlaceVersions(
  unit: Unit,
  branchId: string,
): Promise<Version<PlaceVersionOf>[]> {
  const { rows } = await sql<{ id: string; validFrom: Day; validTo: Day | null } & PlaceVersionOf>`
    select division_code as id, valid_from as "validFrom", valid_to as "validTo", name, kind,
      unit_id as "unitId"
      from people.place
     where branch_id = ${branchId}
     order by division_code, valid_from
  `.execute(unit.db)
  return rows.map(({ id, validFrom, validTo, ...of }) => ({ id, validFrom, validTo, of }))
}

const PLACE_ROW = sql.raw(`row(
  "divisionCode" text, "validFrom" date, "validTo" date, name text, kind text, "unitId" text)`)
const asRows = (versions: readonly Version<PlaceVersionOf>[]) =>
  JSON.stringify(
    versions.map(({ id, validFrom, validTo, of }) => ({
      divisionCode: id,
      validFrom,
      validTo,
      ...of,
    })),
  )

export async function insertPlaceVersions(
  unit: Unit,
  branchId: string,
  versions: readonly Version<PlaceVersionOf>[],
): Promise<void> {
  if (versions.length === 0) return
  await sql`
    insert into people.place (branch_id, division_code, valid_from, valid_to, name, kind, unit_id,
      recorded_at, recorded_by)
    select ${branchId}, "divisionCode", "validFrom", "validTo", name, kind, "unitId", ${unit.now},
      ${unit.actor.id}
      from jsonb_to_recordset(${asRows(versions)}::jsonb) as ${PLACE_ROW}
  `.execute(unit.db)
}

/** Changes versions in place, known by code and first day; what is out of scope stays as it is. */
export async function updatePlaceVersions(
  unit: Unit,
  branchId: string,
  versions: readonly Version<PlaceVersionOf>[],
): Promise<number> {
  if (versions.length === 0) return 0
  const { numAffectedRows } = await sql`
    update people.place as held
       set valid_to = row."validTo", name = row.name, kind = row.kind, unit_id = row."unitId",
         recorded_at = ${unit.now}, recorded_by = ${unit.actor.id}
      from jsonb_to_recordset(${asRows(versions)}::jsonb) as ${PLACE_ROW}
     where held.branch_id = ${branchId}
       and held.division_code = row."divisionCode" and held.valid_from = row."validFrom"
  `.execute(unit.db)
  return Number(numAffectedRows ?? 0)
}
