import { sql } from 'kysely'
import type { Unit } from '#platform/unit.ts'

/** What one actor looks for at once is counted one after the other, until the unit ends. */
export async function lockMisses(unit: Unit): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`miss ${unit.actor.id}`}, 0))`.execute(
    unit.db,
  )
}

/** How many whole numbers the actor looked for on a day that nobody has, in whichever branch. */
export async function countMisses(unit: Unit, day: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from subscribers.number_miss
     where (staff_id, day) = (${unit.actor.id}, ${day}::date)`.execute(unit.db)
  return rows[0]?.count ?? 0
}

export async function insertMiss(
  unit: Unit,
  of: Readonly<{ branchId: string; day: string; nth: number }>,
): Promise<void> {
  await sql`
    insert into subscribers.number_miss (branch_id, staff_id, day, nth, at)
    values (${of.branchId}, ${unit.actor.id}, ${of.day}, ${of.nth}, ${unit.now})`.execute(unit.db)
}
