import { join } from 'node:path'
import { type LakeSession, quoted } from '#platform/duckdb/lake.ts'
import type { Works } from '#platform/works.ts'
import { selectRivalFiles } from './snapshot-store.ts'
import { checkedManifest } from './snapshots/manifest.ts'

/**
 * Creates the view published.competitors: the latest sighting up to `day` per home (else address)
 * and operator, out of every file that stands. Nobody was seen where there is no file.
 */
export async function publishCompetitors(
  works: Works,
  session: LakeSession,
  branchId: string,
  day: string,
): Promise<Readonly<{ rows: number }>> {
  const files = await works.run(works.system, (unit) => selectRivalFiles(unit, branchId, day))
  const paths = files.map((file) => join(works.lake.folder, file))
  for (const path of paths) await checkedManifest(path)
  const seen = paths.length > 0 ? sightings(paths) : NOBODY
  await session.run(`create or replace view published.competitors as
    select '${quoted(branchId)}' as branch_id, household_id, address, operator, monthly_fee_fen,
      expires_on, seen_on, staff_id
    from (${seen}) as seen
    where seen_on <= date '${quoted(day)}'
    qualify row_number() over (
      partition by coalesce(household_id, address), operator
      order by seen_on desc, file_date desc, row_no desc
    ) = 1`)
  const [counted] = await session.rows<{ count: number }>(
    'select count(*)::integer as count from published.competitors',
  )
  return { rows: counted?.count ?? 0 }
}

function sightings(paths: readonly string[]): string {
  const list = paths.map((path) => `'${quoted(path)}'`).join(', ')
  return `select *, "date" as file_date from read_parquet([${list}], hive_partitioning = true)`
}

const NOBODY = `select null::varchar as household_id, null::varchar as address, null::varchar as operator,
  null::bigint as monthly_fee_fen, null::date as expires_on, null::date as seen_on,
  null::varchar as staff_id, null::bigint as row_no, null::date as file_date where false`
