import type { Plain } from '#platform/duckdb/values.ts'
import type { Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import type { Sentence } from '../columns/column.ts'
import { readRow } from '../snapshots/row.ts'
import { selectStanding } from '../snapshots/snapshot-store.ts'

/** What one extract said of a subscriber, in clear text, each value beside what its column is called. */
export type Said = Readonly<{
  date: string
  file: string
  values: readonly Readonly<{ column: string; label: Sentence; value: Plain }>[]
}>

/**
 * All that the extracts of a branch have said of one subscriber, the latest first, unmasked: for the
 * subscriber who asks what is kept (PIPL art. 45). It stays inside the server; whoever hands it out
 * audits that.
 */
export async function saidOf(
  works: Works,
  unit: Unit,
  { branchId, subscriberId }: Readonly<{ branchId: string; subscriberId: string }>,
): Promise<Said[]> {
  const standing = await selectStanding(unit, { branchId, day: '9999-12-31', limit: 10_000 })
  await using session = await works.lake.session()
  const said: Said[] = []
  for (const snapshot of standing) {
    const { manifest, row } = await readRow(works, session, snapshot, subscriberId)
    if (!row) continue
    const values = manifest.columns.flatMap(({ id, label }) => {
      const value = row[id]
      return value === null || value === undefined ? [] : [{ column: id, label, value }]
    })
    said.push({ date: snapshot.date, file: manifest.source.file, values })
  }
  return said
}

/**
 * What the latest extract that brought a subscriber says is owed; undefined: none ever did. One of
 * whom every extract of the branch has to be asked takes a while.
 */
export async function lastSaid(
  works: Works,
  unit: Unit,
  { branchId, subscriberId }: Readonly<{ branchId: string; subscriberId: string }>,
): Promise<Readonly<{ arrearsFen: number | null }> | undefined> {
  const standing = await selectStanding(unit, { branchId, day: '9999-12-31', limit: 10_000 })
  await using session = await works.lake.ask()
  for (const snapshot of standing) {
    const { row } = await readRow(works, session, snapshot, subscriberId)
    if (row) return { arrearsFen: typeof row.arrears_fee === 'number' ? row.arrears_fee : null }
  }
  return undefined
}
