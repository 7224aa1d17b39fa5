import { sql } from 'kysely'
import type { Unit } from '#platform/unit.ts'

/** The days without use after which a subscriber counts as dormant; null: the default holds. */
export async function selectDormantDays(unit: Unit, branchId: string): Promise<number | null> {
  const { rows } = await sql<{ days: number }>`
    select dormant_days as days from insight.policy_version
     where branch_id = ${branchId} order by version desc limit 1`.execute(unit.db)
  return rows[0]?.days ?? null
}

export async function insertDormantDays(
  unit: Unit,
  branchId: string,
  dormantDays: number,
): Promise<void> {
  await sql`
    insert into insight.policy_version (branch_id, version, dormant_days, saved_by)
    select ${branchId}, coalesce(max(version), 0) + 1, ${dormantDays}, ${unit.actor.id}
      from insight.policy_version where branch_id = ${branchId}`.execute(unit.db)
}
