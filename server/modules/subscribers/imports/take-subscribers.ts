import { join } from 'node:path'
import { type LakeSession, question } from '#platform/duckdb/lake.ts'
import { shortHash } from '#platform/hash.ts'
import { onBehalfOf, type Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { compare, type Difference, moveCards, prepareCards } from '../cards/move-cards.ts'
import { CANONICAL_COLUMNS } from '../columns/catalogue.ts'
import { sealAccepted } from '../identity/seal-identities.ts'
import { sealSnapshot } from '../identity/seal-snapshots.ts'
import { describe } from '../snapshots/describe.ts'
import { checkedManifest, manifestPath } from '../snapshots/manifest.ts'
import {
  insertDifference,
  insertSnapshot,
  type SnapshotRow,
  selectCardsStand,
} from '../snapshots/snapshot-store.ts'
import { loadTerritory } from '../snapshots/territory-lake.ts'
import { draftPath, type Sealed, snapshotPath, writeSnapshot } from '../snapshots/write-snapshot.ts'
import { correctBrought, correctionsIn, endTakenOver } from '../subjects/correct-brought.ts'
import {
  countBrought,
  emptyBrought,
  eraseBeforeStanding,
  hushBrought,
} from '../subjects/erase-brought.ts'
import type { Batch, ImportHandler, Loaded, Warning } from './handler.ts'
import { PHASES } from './phases.ts'

/** The nightly extract: it becomes a snapshot, and its difference to the last one moves the cards. */
export const SUBSCRIBERS_HANDLER: ImportHandler = {
  kind: 'subscribers',
  columns: CANONICAL_COLUMNS,
  required: ['subscriber_id', 'status'],
  key: ['subscriber_id'],
  custom: true,
  check: async (batch) => {
    await emptyBrought(batch)
    await correctBrought(batch)
  },
  hush: hushBrought,
  prepare: prepareSnapshot,
  load: (unit, batch, prepared) => loadSnapshot(unit, batch, prepared as Prepared),
}

/** What an import says whose file brings somebody who is erased. */
export const ERASED_AGAIN = 'erased-again'

/** All that was worked out before the unit that records it. */
type Prepared = Readonly<{
  after: SnapshotRow
  before: SnapshotRow | null
  /** False for a day before the one on which the cards stand. */
  movesCards: boolean
  difference: Difference
  /** The corrections that the extract says itself by now. */
  corrected: readonly string[]
  warnings: readonly Warning[]
}>

async function prepareSnapshot(batch: Batch): Promise<Prepared> {
  const { works, session, branchId, date, folder, watch } = batch
  watch.tell({ phase: PHASES.snapshot, done: 0, total: batch.rows })
  const territory = await loadTerritory(works, session, { branchId, date, folder })
  await describe(session, { branchId, date })
  const { applied, said: corrected } = await correctionsIn(session)
  const snapshotId = shortHash(batch.contentId, territory.hash, ...applied)
  const of = { snapshotId, branchId, date }
  const path = join(works.lake.folder, snapshotPath(of))
  await batch.makes(draftPath(path), path, manifestPath(path))
  const { sealed: keyId = null } = await writeSnapshot(session, {
    ...of,
    folder: works.lake.folder,
    delivered: batch.delivered,
    custom: batch.custom,
    headers: batch.headers,
    source: batch.source,
    seal: (own) => seal(own, batch),
  })
  const after = { ...of, importId: batch.importId, file: snapshotPath(of), rows: batch.rows, keyId }
  const again = await countBrought(batch)
  const warnings: Warning[] = [
    ...(await placeWarnings(batch, territory.places, path)),
    ...(again > 0 ? [{ code: ERASED_AGAIN, values: { count: again } }] : []),
  ]
  watch.tell({ phase: PHASES.comparing, done: batch.rows, total: batch.rows })
  return { ...(await against(batch, after)), corrected, warnings }
}

/** Seals what is new of names and numbers, and takes over the rest from where the cards stand. */
async function seal(session: LakeSession, batch: Batch): Promise<Sealed> {
  const { works, branchId, folder, watch } = batch
  const standing = await works.run(works.system, (unit) => selectCardsStand(unit, branchId))
  // Under another key nobody could be compared: everybody would look changed.
  if (standing && standing.keyId !== works.keys.id) await sealSnapshot(works, standing, watch)
  const before = standing ? join(works.lake.folder, standing.file) : null
  if (before) await checkedManifest(before)
  const of = { keys: works.keys, branchId, folder, signal: watch.signal }
  return sealAccepted(session, of, before)
}

/** Compares with the snapshot on which the cards stand; an earlier day leaves the cards alone. */
async function against(
  batch: Batch,
  after: SnapshotRow,
): Promise<Omit<Prepared, 'corrected' | 'warnings'>> {
  const { works, session, branchId } = batch
  const before = (await works.run(works.system, (unit) => selectCardsStand(unit, branchId))) ?? null
  const movesCards = before === null || before.date <= after.date
  const difference = await compare(works, session, { before, after })
  if (movesCards) await prepareCards(session, { works, after })
  return { after, before, movesCards, difference }
}

async function loadSnapshot(unit: Unit, batch: Batch, prepared: Prepared): Promise<Loaded> {
  const { branchId, session, importId, folder } = batch
  // In this unit: whoever holds one connection and waits for another may wait for ever.
  const here: Works = { ...batch.works, run: (actor, work) => onBehalfOf(unit, actor, work) }
  // Whoever was erased while the extract was being read has to go from the file before it stands.
  const file = join(batch.works.lake.folder, prepared.after.file)
  const identified = await eraseBeforeStanding(unit, batch, file)
  const standing = (await selectCardsStand(unit, branchId)) ?? null
  // Somebody else's import came to its end while this one was being worked out: compare again.
  const stale = standing?.snapshotId !== prepared.before?.snapshotId
  const now =
    stale || identified
      ? { ...prepared, ...(await against({ ...batch, works: here }, prepared.after)) }
      : prepared
  const { after, before, movesCards, difference } = now
  await insertSnapshot(unit, after)
  await insertDifference(unit, {
    ...{ branchId, importId, ...difference, movedCards: movesCards },
    beforeSnapshot: before?.snapshotId ?? null,
    beforeDate: before?.date ?? null,
    afterSnapshot: after.snapshotId,
  })
  if (movesCards) await endTakenOver(unit, branchId, prepared.corrected)
  if (movesCards) await moveCards(unit, session, { branchId, before, after, folder })
  const earlier: Warning[] = movesCards
    ? []
    : [{ code: 'earlier-day', values: { latest: before?.date ?? '', date: after.date } }]
  return {
    changed: true,
    snapshot: after.snapshotId,
    warnings: [...prepared.warnings, ...earlier],
  }
}

async function placeWarnings(
  { session, delivered }: Batch,
  places: number,
  file: string,
): Promise<Warning[]> {
  if (places === 0) return [{ code: 'places-missing', values: {} }]
  if (!delivered.includes('install_address') && !delivered.includes('division_code')) return []
  const [found] = await session.rows<{ unplaced: number; subscriber: string | null }>(
    question(import.meta.url, '../queries/unplaced.sql'),
    { file },
  )
  if (!found?.unplaced) return []
  return [
    { code: 'place-unknown', values: { count: found.unplaced, subscriber: found.subscriber } },
  ]
}
