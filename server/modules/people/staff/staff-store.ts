import { sql } from 'kysely'
import type { Day } from '#platform/day.ts'
import type { Mark, Order } from '#platform/page.ts'
import { along, beyond, countUpTo } from '#platform/page-store.ts'
import { readAnew, type Unit } from '#platform/unit.ts'
import type { Version } from '../organisation/versions.ts'
import type { Role } from '../roles.ts'

/** What a version of a person says; capacities are tasks per working day. */
export type PostOf = Readonly<{
  unitId: string
  name: string
  phone: string | null
  roles: readonly Role[]
  skills: readonly string[]
  capacityDoor: number
  capacityCall: number
  capacityHall: number
  capacityInstall: number
  days: string
  agency: string | null
  /** Where the call platform rings the person; digits. */
  extension: string | null
}>

/** A person on a day, with the account, which belongs to the person and has no versions. */
export type PersonRow = PostOf &
  Readonly<{
    staffId: string
    account: string | null
    unitName: string
    validFrom: Day
    validTo: Day | null
  }>

const POST = sql.raw(`staff.unit_id as "unitId", staff.name, staff.phone, staff.roles, staff.skills,
  staff.capacity_door as "capacityDoor", staff.capacity_call as "capacityCall",
  staff.capacity_hall as "capacityHall", staff.capacity_install as "capacityInstall",
  staff.days, staff.agency, staff.extension`)
const DATED = sql.raw(`staff.valid_from as "validFrom", staff.valid_to as "validTo"`)
const holdsOn = (day: Day) => sql`
  staff.valid_from <= ${day}::date and (staff.valid_to is null or ${day}::date < staff.valid_to)`
/** The roles of the posts in scope that a person holds beside the main one on a day. */
const besideOn = (day: Day) => sql`array(
  select distinct unnest(beside.roles) from people.post as beside
   where beside.staff_id = staff.staff_id and beside.valid_from <= ${day}::date
     and (beside.valid_to is null or ${day}::date < beside.valid_to))`

type OnDay = PostOf &
  Readonly<{ staffId: string; account: string | null; besideRoles: readonly Role[] }>

/** Everybody of the given units on a day; by id. */
export async function selectStaffOn(
  unit: Unit,
  of: Readonly<{ unitIds: readonly string[]; staffIds: readonly string[] | null; day: Day }>,
): Promise<OnDay[]> {
  const { rows } = await sql<OnDay>`
    select staff.staff_id as "staffId", account.account, ${POST},
        ${besideOn(of.day)} as "besideRoles"
      from people.staff left join people.account using (staff_id)
     where ${holdsOn(of.day)} and staff.unit_id = any (${[...of.unitIds]}) ${among(of.staffIds)}
     order by staff.staff_id collate "C"
  `.execute(unit.db)
  return rows
}

const among = (staffIds: readonly string[] | null) =>
  staffIds === null ? sql`` : sql`and staff.staff_id = any (${[...staffIds]})`

/** The latest names of all people who are or were in the given units, or of some of them. */
export async function selectStaffNames(
  unit: Unit,
  of: Readonly<{ unitIds: readonly string[]; staffIds: readonly string[] | null }>,
): Promise<{ staffId: string; name: string }[]> {
  const { rows } = await sql<{ staffId: string; name: string }>`
    select distinct on (staff_id) staff_id as "staffId", name from people.staff
     where unit_id = any (${[...of.unitIds]}) ${among(of.staffIds)}
     order by staff_id, valid_from desc
  `.execute(unit.db)
  return rows
}

/** The latest names of those among the given people who are, or were, in scope. */
export async function selectNamesOf(
  unit: Unit,
  staffIds: readonly string[],
): Promise<{ staffId: string; name: string }[]> {
  const { rows } = await sql<{ staffId: string; name: string }>`
    select distinct on (staff_id) staff_id as "staffId", name from people.staff
     where staff_id = any (${staffIds})
     order by staff_id, valid_from desc
  `.execute(unit.db)
  return rows
}

/** One person on a day, if in scope. */
export async function selectPerson(
  unit: Unit,
  staffId: string,
  day: Day,
): Promise<PersonRow | undefined> {
  const { rows } = await sql<PersonRow>`
    select staff.staff_id as "staffId", account.account, ${POST}, ${DATED},
      '' as "unitName"
      from people.staff left join people.account using (staff_id)
     where staff.staff_id = ${staffId} and ${holdsOn(day)}
  `.execute(unit.db)
  return rows[0]
}

export type StaffFilter = Readonly<{
  day: Day
  unitId?: string | undefined
  role?: Role | undefined
  /** By any post of theirs on the day, in scope. */
  anyOf?: readonly Role[] | undefined
  search?: string | undefined
}>

const ID = sql`staff.staff_id`

/** A page of people, one row more than `limit` if there are more, and how many match. */
export async function selectStaffPage(
  unit: Unit,
  { day, unitId, role, anyOf, search }: StaffFilter,
  { order, after, limit }: Readonly<{ order: Order; after: Mark | undefined; limit: number }>,
): Promise<{ rows: PersonRow[]; total: number }> {
  const like = `%${(search ?? '').replaceAll(/[\\%_]/g, '\\$&')}%`
  const matching = sql`
    people.staff left join people.account using (staff_id)
      left join lateral (
        select unit.name from people.unit where unit.unit_id = staff.unit_id
         order by unit.valid_from <= ${day}::date desc, abs(unit.valid_from - ${day}::date) limit 1
      ) as unit on true
   where ${holdsOn(day)}
     and (${role ?? null}::text is null or ${role ?? null} = any (staff.roles))
     and (${anyOf ?? null}::text[] is null
       or staff.roles || ${besideOn(day)} && ${anyOf ?? null}::text[])
     and (${search ?? null}::text is null or staff.name like ${like} or staff.staff_id ilike ${like}
       or account.account ilike ${like} or staff.phone like ${like})
     and (${unitId ?? null}::text is null or staff.unit_id in (
       with recursive below as (
         select ${unitId ?? null}::text as unit_id
         union
         select child.unit_id from below join people.unit as child
             on child.parent_id = below.unit_id
          where child.valid_from <= ${day}::date
            and (child.valid_to is null or ${day}::date < child.valid_to)
       )
       select unit_id from below))`
  const { rows } = await sql<PersonRow>`
    select staff.staff_id as "staffId", account.account, ${POST}, ${DATED},
      coalesce(unit.name, staff.unit_id) as "unitName"
      from ${matching} ${beyond(order, after, ID)}
     order by ${along(order, ID)} limit ${limit + 1}
  `.execute(unit.db)
  return { rows, total: await countUpTo(unit, matching) }
}

/** Every version, in scope, of the people of the given units and of the people of the given ids. */
export async function selectStaffVersions(
  unit: Unit,
  of: Readonly<{ unitIds: readonly string[]; staffIds: readonly string[] }>,
): Promise<Version<PostOf>[]> {
  const { rows } = await sql<{ id: string; validFrom: Day; validTo: Day | null } & PostOf>`
    select staff.staff_id as id, ${DATED}, ${POST} from people.staff
     where staff.staff_id in (
       select member.staff_id from people.staff as member where member.unit_id = any (${of.unitIds})
       union all select unnest(${of.staffIds}::text[]))
     order by staff.staff_id, staff.valid_from
  `.execute(unit.db)
  return rows.map(({ id, validFrom, validTo, ...post }) => ({ id, validFrom, validTo, of: post }))
}

/** Ids among the given whose latest post is outside the actor’s scope. */
export async function selectForeignStaff(
  unit: Unit,
  staffIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from unnest(${staffIds}::text[]) as asked (id) where people.is_foreign_staff(id)
  `.execute(unit.db)
  return new Set(rows.map(({ id }) => id))
}

const STAFF_ROW = sql.raw(`row(
  "staffId" text, "validFrom" date, "validTo" date, "unitId" text, name text, phone text,
  roles jsonb, skills jsonb, "capacityDoor" integer, "capacityCall" integer,
  "capacityHall" integer, "capacityInstall" integer, days text, agency text, extension text)`)
const asRows = (versions: readonly Version<PostOf>[]) =>
  JSON.stringify(
    versions.map(({ id, validFrom, validTo, of }) => ({ staffId: id, validFrom, validTo, ...of })),
  )

export async function insertStaffVersions(
  unit: Unit,
  versions: readonly Version<PostOf>[],
): Promise<void> {
  if (versions.length === 0) return
  await sql`
    insert into people.staff (staff_id, valid_from, valid_to, unit_id, name, phone, roles, skills,
      capacity_door, capacity_call, capacity_hall, capacity_install, days, agency, extension,
      recorded_at, recorded_by)
    select "staffId", "validFrom", "validTo", "unitId", name, phone,
      array(select jsonb_array_elements_text(roles)), array(select jsonb_array_elements_text(skills)),
      "capacityDoor", "capacityCall", "capacityHall", "capacityInstall", days, agency, extension,
      ${unit.now}, ${unit.actor.id}
      from jsonb_to_recordset(${asRows(versions)}::jsonb) as ${STAFF_ROW}
  `.execute(unit.db)
}

/** Changes versions in place, known by id and first day; whatever is out of scope stays as it is. */
export async function updateStaffVersions(
  unit: Unit,
  versions: readonly Version<PostOf>[],
): Promise<number> {
  if (versions.length === 0) return 0
  const { numAffectedRows } = await sql`
    update people.staff as held
       set valid_to = row."validTo", unit_id = row."unitId", name = row.name, phone = row.phone,
         roles = array(select jsonb_array_elements_text(row.roles)),
         skills = array(select jsonb_array_elements_text(row.skills)),
         capacity_door = row."capacityDoor", capacity_call = row."capacityCall",
         capacity_hall = row."capacityHall", capacity_install = row."capacityInstall",
         days = row.days, agency = row.agency, extension = row.extension,
         recorded_at = ${unit.now}, recorded_by = ${unit.actor.id}
      from jsonb_to_recordset(${asRows(versions)}::jsonb) as ${STAFF_ROW}
     where held.staff_id = row."staffId" and held.valid_from = row."validFrom"
  `.execute(unit.db)
  return Number(numAffectedRows ?? 0)
}

const STAFF_LOCK = sql`hashtextextended('staff', 0)`

/** Until the unit ends nobody else changes this person, nor imports people. */
export async function lockPerson(unit: Unit, staffId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${STAFF_LOCK})`.execute(unit.db)
  await sql`select pg_advisory_xact_lock(hashtextextended(${`person ${staffId}`}, 0))`.execute(
    unit.db,
  )
  readAnew(unit)
}

/** Until the unit ends nobody else changes anybody. */
export async function lockStaff(unit: Unit): Promise<void> {
  await sql`select pg_advisory_xact_lock(${STAFF_LOCK})`.execute(unit.db)
  readAnew(unit)
}

/** Until the unit ends nobody else is given this account. Taken after the person is locked. */
export async function lockAccount(unit: Unit, account: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`account ${account}`}, 0))`.execute(
    unit.db,
  )
}
