import { sql } from 'kysely'
import type { Day } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'

/**
 * The latest day that was named for meeting a household again: of the latest touch that reached
 * somebody, or of one after it that reached nobody.
 */
export async function selectFollowUp(
  unit: Unit,
  of: Readonly<{ branchId: string; householdId: string; subscriberIds: readonly string[] }>,
): Promise<Readonly<{ on: Day; staffId: string | null }> | undefined> {
  const { rows } = await sql<{ on: Day; staffId: string | null }>`
    with there as (
      select contact_id, happened_at, next_on, staff_id, result from contacts.contact
       where branch_id = ${of.branchId}
         and (household_id = ${of.householdId}
              or subscriber_id = any (${[...of.subscriberIds]}::text[]))
    )
    select next_on as "on", staff_id as "staffId" from there
     where next_on is not null and not exists (
       select from there as later
        where later.happened_at > there.happened_at
          and later.result not in ('not_reached', 'no_answer', 'delivered', 'wrong_data'))
     order by happened_at desc, contact_id limit 1`.execute(unit.db)
  return rows[0]
}
