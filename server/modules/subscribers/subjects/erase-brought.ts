import { type LakeSession, question } from '#platform/duckdb/lake.ts'
import { onBehalfOf, type Unit } from '#platform/unit.ts'
import { unwatched, type Works } from '#platform/works.ts'
import { erasedView } from '../snapshots/erase-compile.ts'
import { eraseInSnapshot, markErased } from './erase-snapshot.ts'
import { selectErased } from './erasure-store.ts'

const ask = (file: string) => question(import.meta.url, `../queries/${file}.sql`)
type Of = Readonly<{ works: Works; session: LakeSession; branchId: string }>

/**
 * Empties in work.converted what identifies those who are erased, as if it had not been delivered:
 * before anything follows from it.
 */
export async function emptyBrought(of: Of): Promise<void> {
  if ((await countBrought(of)) === 0) return
  const { session } = of
  const columns = await session.rows<{ name: string }>(ask('brought-columns'))
  await session.run(ask('brought'))
  await session.run(erasedView(columns.map(({ name }) => name)))
}

/** How many of those who are erased the extract brings again. */
export async function countBrought({ works, session, branchId }: Of): Promise<number> {
  const erased = await works.run(works.system, (unit) => selectErased(unit, branchId))
  if (erased.length === 0) return 0
  await markErased(session, erased)
  const [told] = await session.rows<{ count: number }>(ask('brought-again'))
  return told?.count ?? 0
}

/** Rows of theirs that were rejected are listed without what stood in them. */
export async function hushBrought(of: Of): Promise<void> {
  if ((await countBrought(of)) === 0) return
  await of.session.run(ask('hushed-cells'))
  await of.session.run(ask('hushed-findings'))
}

/**
 * The same in a snapshot that is about to stand, in the unit that lets it: who was erased while it was
 * being written has to go from it. True if somebody had to.
 */
export async function eraseBeforeStanding(
  unit: Unit,
  { works, session, branchId }: Of,
  file: string,
): Promise<boolean> {
  const erased = await selectErased(unit, branchId)
  if (erased.length === 0) return false
  await markErased(session, erased)
  // In this unit: whoever holds one connection and waits for another may wait for ever.
  const here: Works = { ...works, run: (actor, work) => onBehalfOf(unit, actor, work) }
  return eraseInSnapshot(here, session, file, unwatched)
}
