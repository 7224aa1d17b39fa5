import { sql } from 'kysely'
import type { Unit } from '#platform/unit.ts'

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
 * there is then all that others told.
 */
export async function lockHome(unit: Unit, { branchId, householdId }: OfHome): Promise<void> {
  await sql`select pg_advisory_xact_lock(
      hashtextextended(${`household ${branchId} ${householdId}`}, 8))`.execute(unit.db)
}

/** Who holds these households at an instant, but for one person. */
export async function selectHolds(
  unit: Unit,
  of: Readonly<{ branchId: string; householdIds: readonly string[]; but: string; at: Date }>,
): Promise<HoldRow[]> {
  const { rows } = await sql<HoldRow>`
    select household_id as "householdId", staff_id as "staffId", unit_id as "unitId",
           held_at as since, until
      from contacts.hold
     where branch_id = ${of.branchId} and household_id = any (${[...of.householdIds]}::text[])
       and staff_id <> ${of.but} and held_at <= ${of.at} and until > ${of.at}
     order by household_id`.execute(unit.db)
  return rows
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
