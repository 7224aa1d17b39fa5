import { join } from 'node:path'
import { unitsOf } from '#people'
import { dayOf } from '#platform/day.ts'
import { type LakeSession, question } from '#platform/duckdb/lake.ts'
import { copyIn } from '#platform/postgres/copy.ts'
import type { Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { csvOf } from '../imports/csv-of.ts'
import { lockBranch } from '../imports/import-store.ts'
import { changedColumns, hashedColumns } from '../snapshots/compile.ts'
import { checkedManifest } from '../snapshots/manifest.ts'
import { publishSnapshot } from '../snapshots/publish.ts'
import {
  deleteCardsStand,
  type SnapshotRow,
  upsertCardsStand,
} from '../snapshots/snapshot-store.ts'
import { homesNow } from '../snapshots/territory-lake.ts'
import { correctCards } from '../subjects/correct-card.ts'
import { eraseCards } from '../subjects/erasure-store.ts'
import {
  ARRIVING,
  CARD_COLUMNS,
  createArriving,
  createEndings,
  createHomes,
  createLeaving,
  deleteCards,
  deleteEndings,
  deleteLeft,
  ENDING_COLUMNS,
  ENDINGS,
  HOMES,
  insertArrived,
  LEAVING,
  recountEndings,
  replaceEndings,
  updateHomes,
  upsertArrived,
} from './card-store.ts'

/** How two snapshots differ, and by which column how many changed. */
export type Difference = Readonly<{
  appeared: number
  gone: number
  changed: number
  columns: readonly Readonly<{ column: string; changed: number }>[]
}>

export type Step = Readonly<{ before: SnapshotRow | null; after: SnapshotRow | null }>

/** Leaves who moved between two snapshots in work.moved, and says how they differ. */
export async function compare(
  works: Works,
  session: LakeSession,
  { before, after }: Step,
): Promise<Difference> {
  const paths = {
    ...(before && { before: join(works.lake.folder, before.file) }),
    ...(after && { after: join(works.lake.folder, after.file) }),
  }
  const file = before && after ? 'moved' : after ? 'all-appeared' : 'all-gone'
  await session.run(question(import.meta.url, `../queries/${file}.sql`), paths)
  const [counts] = await session.rows<Omit<Difference, 'columns'>>(
    question(import.meta.url, '../queries/moved-counts.sql'),
  )
  const none = { appeared: 0, gone: 0, changed: 0 }
  if (!counts?.changed || !paths.before || !paths.after) return { ...none, ...counts, columns: [] }
  const [earlier, later] = [await checkedManifest(paths.before), await checkedManifest(paths.after)]
  const known = new Set(hashedColumns(earlier))
  const common = hashedColumns(later).filter((id) => known.has(id))
  await session.run(question(import.meta.url, '../queries/changed.sql'))
  const [row] = await session.rows<Record<string, number>>(
    changedColumns(common, paths.before, paths.after),
  )
  const columns = common
    .map((column) => ({ column, changed: row?.[column] ?? 0 }))
    .filter((each) => each.changed > 0)
  return { ...counts, columns }
}

/** Prepares what the cards of those who moved will say; afterwards `moveCards` only has to copy. */
export async function prepareCards(
  session: LakeSession,
  of: Readonly<{ works: Works; after: SnapshotRow | null }>,
): Promise<void> {
  if (!of.after) return
  await publishSnapshot(session, 'work.later', join(of.works.lake.folder, of.after.file))
}

/** Brings the cards of a branch from one snapshot to another, in the unit that records why. */
export async function moveCards(
  unit: Unit,
  session: LakeSession,
  of: Step & Readonly<{ branchId: string; folder: string }>,
): Promise<void> {
  const { branchId, before, after, folder } = of
  if (!after) {
    await deleteCards(unit, branchId)
    await deleteEndings(unit, branchId)
    return deleteCardsStand(unit, branchId)
  }
  await createArriving(unit)
  const cards = question(import.meta.url, '../queries/cards.sql')
  await copyIn(
    unit,
    ARRIVING,
    CARD_COLUMNS,
    await csvOf(session, cards, folder, { branch: branchId }),
  )
  if (before) {
    await createLeaving(unit)
    const leaving = question(import.meta.url, '../queries/leaving.sql')
    await copyIn(unit, LEAVING, ['subscriber_id'], await csvOf(session, leaving, folder))
    await deleteLeft(unit, branchId)
    await upsertArrived(unit, branchId)
  } else await insertArrived(unit, branchId)
  await eraseCards(unit, branchId)
  await createEndings(unit)
  const endings = question(import.meta.url, '../queries/endings.sql')
  const sums = await csvOf(session, endings, folder, { branch: branchId })
  await copyIn(unit, ENDINGS, ENDING_COLUMNS, sums)
  await replaceEndings(unit, branchId)
  await upsertCardsStand(unit, after)
  await correctCards(unit, branchId)
}

/** Lets every card follow its place to the grid it belongs to now; answers how many moved. */
export async function rehomeCards(unit: Unit, branchId: string): Promise<number> {
  await lockBranch(unit, branchId)
  const { lines } = await homesNow(unit, branchId)
  const units = await unitsOf(unit, branchId, dayOf(unit.now))
  await createHomes(unit)
  await copyIn(unit, HOMES, ['place_code', 'unit_id'], lines)
  const ids = units.map((each) => each.unitId)
  const moved = await updateHomes(unit, branchId, ids)
  if (moved > 0) await recountEndings(unit, branchId)
  return moved
}
