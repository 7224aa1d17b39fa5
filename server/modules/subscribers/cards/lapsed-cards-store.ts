import { sql } from 'kysely'
import type { Day } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'

/**
 * Puts the cards in scope whose contract ended before a day, and who could still renew, into the
 * table `lapsed_card` of this unit, which is gone with it: for whoever joins many of them.
 */
export async function fillLapsedCards(
  unit: Unit,
  of: Readonly<{ branchId: string; before: Day }>,
): Promise<void> {
  await sql`drop table if exists pg_temp.lapsed_card`.execute(unit.db)
  await sql`
    create temp table lapsed_card on commit drop as
    select subscriber_id, contract_end, unit_id, place_code, status, product, plan, monthly_fee_fen
      from subscribers.card
     where branch_id = ${of.branchId} and ends_on < ${of.before}::date
       and status in ('active', 'suspended_by_user', 'suspended_for_arrears')`.execute(unit.db)
  await sql`analyze lapsed_card`.execute(unit.db)
}
