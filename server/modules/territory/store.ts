import { sql } from 'kysely'
import type { Unit } from '#platform/unit.ts'

/** Records that resources were delivered; false if the same file is the latest of its date. */
export async function insertSnapshot(
  unit: Unit,
  of: { branchId: string; asOf: string; contentId: string; rowCount: number },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into territory.resource_snapshot (branch_id, as_of, content_id, row_count, recorded_by)
    select ${of.branchId}, ${of.asOf}::date, ${of.contentId}, ${of.rowCount}, ${unit.actor.id}
     where ${of.contentId} is distinct from (
       select content_id from territory.resource_snapshot
        where branch_id = ${of.branchId} and as_of = ${of.asOf}::date
        order by recorded_at desc limit 1)`.execute(unit.db)
  return (numAffectedRows ?? 0n) > 0n
}

/** The file of resources in force on a day: of the latest date not after it, the one told last. */
export async function selectSnapshot(
  unit: Unit,
  of: { branchId: string; day: string },
): Promise<{ contentId: string; rowCount: number } | undefined> {
  const { rows } = await sql<{ contentId: string; rowCount: number }>`
    select content_id as "contentId", row_count as "rowCount"
      from territory.resource_snapshot
     where branch_id = ${of.branchId} and as_of <= ${of.day}::date
     order by as_of desc, recorded_at desc limit 1`.execute(unit.db)
  return rows[0]
}
