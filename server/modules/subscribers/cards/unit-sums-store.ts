import { sql } from 'kysely'
import type { Unit } from '#platform/unit.ts'

/** How many households and subscribers lie in each unit of a branch, of those in scope. */
export async function selectCardSums(
  unit: Unit,
  branchId: string,
): Promise<Readonly<{ unitId: string; households: number; subscribers: number }>[]> {
  const { rows } = await sql<{ unitId: string; households: number; subscribers: number }>`
    select unit_id as "unitId", count(distinct household_id)::integer as households,
      count(*)::integer as subscribers
      from subscribers.card
     where branch_id = ${branchId}
     group by unit_id
  `.execute(unit.db)
  return rows
}
