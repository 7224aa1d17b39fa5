import { sql } from 'kysely'
import type { Unit } from '#platform/unit.ts'

/** The numbers of the photos that were named in results about these subscribers. */
export async function selectPhotosOf(
  unit: Unit,
  of: Readonly<{ branchId: string; subscriberIds: readonly string[] }>,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct unnest(photos) as id from worklists.result
     where branch_id = ${of.branchId} and subscriber_id = any (${[...of.subscriberIds]}::text[])
     order by 1`.execute(unit.db)
  return rows.map(({ id }) => id)
}
