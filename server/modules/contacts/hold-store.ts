import { sql } from 'kysely'
import { readAnew, type Unit } from '#platform/unit.ts'

type OfHome = Readonly<{ branchId: string; householdId: string }>

export type HoldRow = Readonly<{
  householdId: string
  staffId: string
  unitId: string
  since: Date
  until: Date
}>

/**
 * Lets nobody else judge, record or hold anything of a household until the unit ends: what one reads
 * there, and who lives there, is then all that others told.
 */
export const lockHome = (unit: Unit, { branchId, householdId }: OfHome): Promise<void> =>
  lockHomes(unit, { branchId, householdIds: [householdId] })

/** The same of many, in order of id, so that two wait in turn. */
export async function lockHomes(
  unit: Unit,
  of: Readonly<{ branchId: string; householdIds: readonly string[] }>,
): Promise<void> {
  const homes = [...new Set(of.householdIds)].sort()
  await sql`
    select pg_advisory_xact_lock(hashtextextended('household ' || ${of.branchId}::text || ' ' || home, 8))
      from unnest(${homes}::text[]) as home`.execute(unit.db)
  readAnew(unit, 'subscribers')
}

/** Who holds these households still, and did at an instant, but for one person. */
export async function selectHolds(
  unit: Unit,
  of: Readonly<{ branchId: string; householdIds: readonly string[]; but: string; at: Date }>,
): Promise<HoldRow[]> {
  const { rows } = await sql<HoldRow>`
    select household_id as "householdId", staff_id as "staffId", unit_id as "unitId",
           held_at as since, until
      from contacts.hold
     where branch_id = ${of.branchId} and household_id = any (${[...of.householdIds]}::text[])
       and staff_id <> ${of.but} and held_at <= ${of.at}
       and until > greatest(${of.at}::timestamptz, ${unit.now}::timestamptz)
     order by household_id`.execute(unit.db)
  return rows
}

export type Taken = OfHome &
  Readonly<{
    subscriberId: string
    staffId: string
    unitId: string
    touchpoint: string
    until: Date
  }>

/** Takes the hold of a household, or goes on with the own one; false where it is another’s. */
export async function upsertHold(unit: Unit, of: Taken): Promise<boolean> {
  const { rows } = await sql`
    insert into contacts.hold (branch_id, household_id, subscriber_id, staff_id, unit_id, touchpoint,
        held_at, until)
    values (${of.branchId}, ${of.householdId}, ${of.subscriberId}, ${of.staffId}, ${of.unitId},
        ${of.touchpoint}, ${unit.now}, ${of.until})
    on conflict (branch_id, household_id) do update
       set subscriber_id = excluded.subscriber_id, staff_id = excluded.staff_id,
           unit_id = excluded.unit_id, touchpoint = excluded.touchpoint, until = excluded.until,
           held_at = case when hold.staff_id = excluded.staff_id and hold.until > excluded.held_at
                          then hold.held_at else excluded.held_at end
     where hold.staff_id = excluded.staff_id or hold.until <= excluded.held_at
    returning household_id`.execute(unit.db)
  return rows.length > 0
}

/** Ends the hold that somebody has had of a household since `at` or before. */
export async function deleteHold(
  unit: Unit,
  of: OfHome & Readonly<{ staffId: string; at: Date }>,
): Promise<boolean> {
  const { rows } = await sql`
    delete from contacts.hold
     where branch_id = ${of.branchId} and household_id = ${of.householdId}
       and staff_id = ${of.staffId} and held_at <= ${of.at}
    returning household_id`.execute(unit.db)
  return rows.length > 0
}

/** Forgets holds of the branch that are over; what others are just taking is left to them. */
export async function deleteEnded(unit: Unit, branchId: string): Promise<void> {
  await sql`
    delete from contacts.hold where (branch_id, household_id) in (
      select branch_id, household_id from contacts.hold
       where branch_id = ${branchId} and until <= ${unit.now}
       order by household_id limit 100 for update skip locked)`.execute(unit.db)
}

/** Ends the holds of these subscribers’ homes, whose numbers may be made of an address. */
export async function eraseHolds(
  unit: Unit,
  of: Readonly<{ branchId: string; subscriberIds: readonly string[] }>,
): Promise<void> {
  await sql`
    delete from contacts.hold
     where branch_id = ${of.branchId} and subscriber_id = any (${[...of.subscriberIds]}::text[])
  `.execute(unit.db)
}
