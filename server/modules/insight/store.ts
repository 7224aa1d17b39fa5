import { sql } from 'kysely'
import type { Unit } from '#platform/unit.ts'

/** A version of the days without use after which somebody counts as dormant. */
export type DormancyVersion = Readonly<{
  unitId: string
  version: number
  dormantDays: number
  savedAt: Date
  savedBy: string
}>

const DORMANCY = sql`branch_id as "unitId", version, dormant_days as "dormantDays",
  saved_at as "savedAt", saved_by as "savedBy"`

/** The latest version of each of the units that has one. */
export async function selectDormancies(
  unit: Unit,
  unitIds: readonly string[],
): Promise<DormancyVersion[]> {
  const { rows } = await sql<DormancyVersion>`
    select distinct on (branch_id) ${DORMANCY} from insight.policy_version
     where branch_id = any (${[...unitIds]}::text[])
     order by branch_id, version desc`.execute(unit.db)
  return rows
}

/** The latest 50 versions of a unit, newest first. */
export async function selectDormancyHistory(
  unit: Unit,
  unitId: string,
): Promise<DormancyVersion[]> {
  const { rows } = await sql<DormancyVersion>`
    select ${DORMANCY} from insight.policy_version
     where branch_id = ${unitId} order by version desc limit 50`.execute(unit.db)
  return rows
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
