import { join } from 'node:path'
import { type LakeSession, quoted } from '#platform/duckdb/lake.ts'
import type { Works } from '#platform/works.ts'
import { checkedManifest } from './manifest.ts'
import { selectRivalFiles } from './snapshot-store.ts'

/**
 * Creates the table published.competitors: the latest sighting up to `day` per home (else address)
 * and operator, out of every file that stands; of files of one day, the one named last. It is worked
 * out once, for a branch may deliver all its sightings every night. Nobody was seen where there is
 * no file. Of one `household` alone, if that is all that is asked for.
 */
export async function publishCompetitors(
  works: Works,
  session: LakeSession,
  branchId: string,
  day: string,
  household: string | null = null,
): Promise<Readonly<{ rows: number }>> {
  const files = await works.run(works.system, (unit) => selectRivalFiles(unit, branchId, day))
  const paths = files.map((file) => join(works.lake.folder, file))
  for (const path of paths) await checkedManifest(path)
  const seen = paths.length > 0 ? sightings(paths) : NOBODY
  const only = household === null ? '' : ` and household_id = '${quoted(household)}'`
  await session.run(`create or replace table published.competitors as
    with latest as (
      select operator, arg_max(
        struct_pack(household_id := household_id, address := address,
          monthly_fee_fen := monthly_fee_fen, expires_on := expires_on, seen_on := seen_on,
          staff_id := staff_id),
        struct_pack(seen_on := seen_on, file_date := file_date, file_name := file_name,
          row_no := row_no)
      ) as sighting
      from (${seen}) as seen
      where seen_on <= date '${quoted(day)}'${only}
      group by coalesce(household_id, address), operator
    )
    select '${quoted(branchId)}' as branch_id, sighting.household_id, sighting.address, operator,
      sighting.monthly_fee_fen, sighting.expires_on, sighting.seen_on, sighting.staff_id
    from latest`)
  const [counted] = await session.rows<{ count: number }>(
    'select count(*)::integer as count from published.competitors',
  )
  return { rows: counted?.count ?? 0 }
}

function sightings(paths: readonly string[]): string {
  const list = paths.map((path) => `'${quoted(path)}'`).join(', ')
  return `select *, "date" as file_date, filename as file_name
    from read_parquet([${list}], hive_partitioning = true, filename = true)`
}

const NOBODY = `select null::varchar as household_id, null::varchar as address, null::varchar as operator,
  null::bigint as monthly_fee_fen, null::date as expires_on, null::date as seen_on,
  null::varchar as staff_id, null::bigint as row_no, null::date as file_date,
  null::varchar as file_name where false`
