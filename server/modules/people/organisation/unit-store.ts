import { type RawBuilder, sql } from 'kysely'
import type { Day } from '#platform/day.ts'
import { readAnew, type Unit } from '#platform/unit.ts'
import type { UnitKind, UnitRef } from './tree.ts'
import type { Version } from './versions.ts'

/** What a version of a unit says. */
export type UnitOf = Readonly<{
  parentId: string | null
  kind: UnitKind
  name: string
  divisionCode: string | null
  headStaffId: string | null
}>

/** A unit as it stands on a day, with what belongs to it. */
export type StandingUnit = UnitRef &
  Readonly<{
    divisionCode: string | null
    headStaffId: string | null
    headName: string | null
    validFrom: Day
    validTo: Day | null
    staff: number
    places: number
    inScope: boolean
  }>

/** The version of `unit` (an alias of people.unit) that stands on `day`: see `standing`. */
const standsOn = (day: Day): RawBuilder<boolean> => sql`
  unit.valid_from = (
    select version.valid_from from people.unit as version
     where version.unit_id = unit.unit_id
     order by (version.valid_to is null or version.valid_to > version.valid_from) desc,
       version.valid_from <= ${day}::date desc, abs(version.valid_from - ${day}::date)
     limit 1)`

const REF = sql.raw('unit.unit_id as "unitId", unit.parent_id as "parentId", unit.kind, unit.name')

export async function selectUnitsInScope(unit: Unit): Promise<string[]> {
  const { rows } = await sql<{ ids: string[] }>`select people.units_in_scope() as ids`.execute(
    unit.db,
  )
  return rows[0]?.ids ?? []
}

export async function selectBranchesInScope(unit: Unit): Promise<string[]> {
  const { rows } = await sql<{ ids: string[] }>`select people.branches_in_scope() as ids`.execute(
    unit.db,
  )
  return rows[0]?.ids ?? []
}

/** The branches in scope, as they stand on `day`; by id. */
export async function selectBranches(unit: Unit, day: Day): Promise<UnitRef[]> {
  const { rows } = await sql<UnitRef>`
    select ${REF} from people.unit where unit.kind = 'branch' and ${standsOn(day)}
    union
    select ${REF} from people.units_above() as unit where unit.kind = 'branch'
    order by 1
  `.execute(unit.db)
  return rows
}

/** A unit in scope or on the path above the own posts. */
export async function selectUnit(unit: Unit, unitId: string, day: Day) {
  const { rows } = await sql<UnitRef>`
    select ${REF} from people.unit where unit.unit_id = ${unitId} and ${standsOn(day)}
    union all
    select ${REF} from people.units_above() as unit where unit.unit_id = ${unitId}
    limit 1
  `.execute(unit.db)
  return rows[0]
}

/** A branch that the actor works in or above, as it stands on `day`. */
export async function selectBranch(unit: Unit, branchId: string, day: Day) {
  const isInScope = sql`unit.unit_id = any ((select people.branches_in_scope())::text[])`
  const { rows } = await sql<UnitRef>`
    select ${REF} from people.unit
     where unit.unit_id = ${branchId} and ${standsOn(day)} and ${isInScope}
    union all
    select ${REF} from people.units_above() as unit
     where unit.unit_id = ${branchId} and ${isInScope}
    limit 1
  `.execute(unit.db)
  return rows[0]
}

/** A unit in scope and all below it, as the tree stands on `day`; by id. */
export async function selectBelow(unit: Unit, root: string, day: Day): Promise<UnitRef[]> {
  const { rows } = await sql<UnitRef>`
    with recursive below as (
      select ${REF} from people.unit where unit.unit_id = ${root} and ${standsOn(day)}
      union
      select ${REF} from below join people.unit on unit.parent_id = below."unitId"
       where ${standsOn(day)}
    )
    select * from below order by "unitId" collate "C"
  `.execute(unit.db)
  return rows
}

/** All units in scope, as the tree stands on `day`; by id. */
export async function selectVisible(unit: Unit, day: Day): Promise<UnitRef[]> {
  const { rows } = await sql<UnitRef>`
    select ${REF} from people.unit where ${standsOn(day)} order by unit.unit_id collate "C"
  `.execute(unit.db)
  return rows
}

/** The units above a unit in scope, lowest first, as the tree stands today. */
export async function selectAbove(unit: Unit, unitId: string): Promise<UnitRef[]> {
  const { rows } = await sql<UnitRef>`
    select ${REF} from people.path_of(${unitId}) as unit where unit.unit_id <> ${unitId}
  `.execute(unit.db)
  return rows
}

/** The units above the actor’s own posts; none for the system. */
export async function selectAboveOwn(unit: Unit): Promise<UnitRef[]> {
  const { rows } = await sql<UnitRef>`
    select ${REF} from people.units_above() as unit order by unit.unit_id
  `.execute(unit.db)
  return rows
}

/** The same, and those above a unit in scope. */
export async function selectAllAbove(unit: Unit, unitId: string): Promise<UnitRef[]> {
  const { rows } = await sql<UnitRef>`
    select ${REF} from people.units_above() as unit
    union
    select ${REF} from people.path_of(${unitId}) as unit where unit.unit_id <> ${unitId}
    order by 1
  `.execute(unit.db)
  return rows
}

/** The tree that holds on `day`: units in scope with what belongs to them, and the path above. */
export async function selectTree(unit: Unit, day: Day): Promise<StandingUnit[]> {
  const { rows } = await sql<StandingUnit>`
    with on_day as (
      select unit.*, true as in_scope from people.unit
       where valid_from <= ${day}::date and (valid_to is null or ${day}::date < valid_to)
      union all
      select unit.*, false from people.units_above() as unit
    ),
    posted as (
      select unit_id, count(*)::integer as staff from people.staff
       where valid_from <= ${day}::date and (valid_to is null or ${day}::date < valid_to)
       group by unit_id
    ),
    placed as (
      select unit_id, count(*)::integer as places from people.place
       where valid_from <= ${day}::date and (valid_to is null or ${day}::date < valid_to)
       group by unit_id
    )
    select ${REF}, unit.division_code as "divisionCode", unit.head_staff_id as "headStaffId",
      (select head.name from people.staff as head where head.staff_id = unit.head_staff_id
        order by head.valid_from desc limit 1) as "headName",
      unit.valid_from as "validFrom", unit.valid_to as "validTo",
      coalesce(posted.staff, 0) as staff, coalesce(placed.places, 0) as places,
      unit.in_scope as "inScope"
      from on_day as unit
      left join posted using (unit_id)
      left join placed using (unit_id)
     order by unit.unit_id
  `.execute(unit.db)
  return rows
}

/** Every version of the given units that is in scope. */
export async function selectUnitVersions(
  unit: Unit,
  unitIds: readonly string[],
): Promise<Version<UnitOf>[]> {
  const { rows } = await sql<{ id: string; validFrom: Day; validTo: Day | null } & UnitOf>`
    select unit_id as id, valid_from as "validFrom", valid_to as "validTo",
      parent_id as "parentId", kind, name, division_code as "divisionCode",
      head_staff_id as "headStaffId"
      from people.unit
     where unit_id = any (${unitIds})
     order by unit_id, valid_from
  `.execute(unit.db)
  return rows.map(({ id, validFrom, validTo, ...of }) => ({ id, validFrom, validTo, of }))
}

/** Ids among the given that exist outside the actor’s scope. */
export async function selectForeignUnits(
  unit: Unit,
  unitIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from unnest(${unitIds}::text[]) as asked (id) where people.is_foreign_unit(id)
  `.execute(unit.db)
  return new Set(rows.map(({ id }) => id))
}

const UNIT_ROW = sql.raw(`row(
  "unitId" text, "validFrom" date, "validTo" date, "parentId" text, kind text, name text,
  "divisionCode" text, "headStaffId" text)`)
const asRows = (versions: readonly Version<UnitOf>[]) =>
  JSON.stringify(
    versions.map(({ id, validFrom, validTo, of }) => ({ unitId: id, validFrom, validTo, ...of })),
  )

/** Begins versions. Those of one call do not hang under each other: the policy looks for parents. */
export async function insertUnitVersions(
  unit: Unit,
  versions: readonly Version<UnitOf>[],
): Promise<void> {
  if (versions.length === 0) return
  await sql`
    insert into people.unit (unit_id, valid_from, valid_to, parent_id, kind, name, division_code,
      head_staff_id, recorded_at, recorded_by)
    select "unitId", "validFrom", "validTo", "parentId", kind, name, "divisionCode",
      "headStaffId", ${unit.now}, ${unit.actor.id}
      from jsonb_to_recordset(${asRows(versions)}::jsonb) as ${UNIT_ROW}
  `.execute(unit.db)
}

/** Changes versions in place, known by id and first day; whatever is out of scope stays as it is. */
export async function updateUnitVersions(
  unit: Unit,
  versions: readonly Version<UnitOf>[],
): Promise<number> {
  if (versions.length === 0) return 0
  const { numAffectedRows } = await sql`
    update people.unit as held
       set valid_to = row."validTo", parent_id = row."parentId", kind = row.kind,
         name = row.name, division_code = row."divisionCode", head_staff_id = row."headStaffId",
         recorded_at = ${unit.now}, recorded_by = ${unit.actor.id}
      from jsonb_to_recordset(${asRows(versions)}::jsonb) as ${UNIT_ROW}
     where held.unit_id = row."unitId" and held.valid_from = row."validFrom"
  `.execute(unit.db)
  return Number(numAffectedRows ?? 0)
}

/** The branch in which a person is posted on the day of the unit; null above the branches. */
export async function selectBranchOf(unit: Unit, staffId: string): Promise<string | null> {
  const { rows } = await sql<{ branchId: string }>`
    select path.unit_id as "branchId"
      from people.staff, people.path_of(staff.unit_id) as path
     where staff.staff_id = ${staffId} and staff.valid_from <= people.today()
       and (staff.valid_to is null or people.today() < staff.valid_to) and path.kind = 'branch'
     order by path.unit_id
     limit 1
  `.execute(unit.db)
  return rows[0]?.branchId ?? null
}

/** Until the unit ends nobody else settles anything for `unitId`. */
export async function lockSettings(unit: Unit, unitId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`settings ${unitId}`}, 0))`.execute(
    unit.db,
  )
  readAnew(unit)
}

/**
 * Until the unit ends nobody else changes the tree: two changes that are each fine could make a
 * circle together. Taken after the cards of a branch are held, never before.
 */
export async function lockTree(unit: Unit): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('units', 0))`.execute(unit.db)
  readAnew(unit)
}
