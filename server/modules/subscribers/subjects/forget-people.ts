import { join } from 'node:path'
import { audit } from '#platform/audit/audit.ts'
import { addDays, dayOf } from '#platform/day.ts'
import { interruptible, question } from '#platform/duckdb/lake.ts'
import { unwatched, type Works } from '#platform/works.ts'
import { type SnapshotRow, selectRemembered, updateForgotten } from '../snapshots/snapshot-store.ts'
import { eraseInSnapshot } from './erase-snapshot.ts'

/** An hour’s work at most, so that the night is not spent on what is years old. */
const MOST_AT_ONCE = 8

/**
 * Empties what identifies people, or tells of them, in the snapshots of more than `days` days ago, as
 * an erasure does for one person; counts, plans and contract ends stay, under the BSS’s pseudonym. The
 * snapshot on which the cards stand is left as it is. Oldest first, a few at a time; how many.
 * @throws Refusal `snapshot-damaged`
 */
export async function forgetPeople(works: Works, days: number): Promise<number> {
  const before = addDays(dayOf(works.clock()), -days)
  const due = await works.run(works.system, (unit) =>
    selectRemembered(unit, { before, limit: MOST_AT_ONCE }),
  )
  for (const snapshot of due) await forgetPeopleIn(works, snapshot)
  return due.length
}

/** Cut short between the file and the ledger it is done again, and finds nothing left to empty. */
async function forgetPeopleIn(works: Works, snapshot: SnapshotRow): Promise<void> {
  const { branchId, snapshotId, date } = snapshot
  const file = join(works.lake.folder, snapshot.file)
  await using session = await works.lake.session()
  await interruptible(session, unwatched.signal, async () => {
    await session.run(question(import.meta.url, '../queries/all-erased.sql'), { file })
    await eraseInSnapshot(works, session, file, unwatched)
  })
  await works.run(works.system, async (unit) => {
    await updateForgotten(unit, snapshot)
    audit(unit, {
      ...{ branchId, action: 'snapshot.forgotten', about: { kind: 'snapshot', id: snapshotId } },
      values: { date, rows: snapshot.rows },
    })
  })
}
