import { randomUUID } from 'node:crypto'
import { mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { interruptible, type LakeSession, question } from '#platform/duckdb/lake.ts'
import { sha256OfFile } from '#platform/files/digest.ts'
import { copyIn } from '#platform/postgres/copy.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import type { Watch, Works } from '#platform/works.ts'
import {
  createSealed,
  SEALED_CARDS,
  SEALED_COLUMNS_OF_CARD,
  updateSealed,
} from '../cards/card-store.ts'
import { csvOf } from '../imports/csv-of.ts'
import { tryLockBranch } from '../imports/import-store.ts'
import { PHASES } from '../imports/phases.ts'
import { isDerived, snapshotFile } from '../snapshots/compile.ts'
import {
  checkedManifest,
  type Manifest,
  replaceSnapshot,
  settleSnapshot,
} from '../snapshots/manifest.ts'
import { publishSnapshot } from '../snapshots/publish.ts'
import {
  countSealedBy,
  type SnapshotRow,
  selectCardsStand,
  selectNotSealedBy,
  updateSealedBy,
} from '../snapshots/snapshot-store.ts'
import { inTurn, swap } from '../snapshots/swap.ts'
import { correctCards } from '../subjects/correct-card.ts'
import { eraseCards } from '../subjects/erasure-store.ts'
import { sealAccepted, sealAgain } from './seal-identities.ts'

const TRY_AGAIN_MS = 250

const ask = (file: string) => question(import.meta.url, `../queries/${file}.sql`)

/** How many snapshots each key has sealed; null: those in clear text, from before there were any. */
export async function snapshotsByKey(works: Works): Promise<ReadonlyMap<string | null, number>> {
  const rows = await works.run(works.system, countSealedBy)
  return new Map(rows.map(({ keyId, snapshots }) => [keyId, snapshots]))
}

/**
 * Seals the names and numbers of every snapshot under the key that seals now, where another one did or
 * none (`clearAlone`: only the latter), and of the cards that stand on it. Each is done in one step:
 * cut short, the rest is done by the next attempt.
 */
export async function sealSnapshots(
  works: Works,
  watch: Watch,
  { clearAlone = false } = {},
): Promise<SealedSnapshots> {
  const left: string[] = []
  // An import may bring another one meanwhile, so they are asked for each time.
  const missing = async () =>
    (await works.run(works.system, (unit) => selectNotSealedBy(unit, works.keys.id))).filter(
      (each) => !left.includes(each.file) && (!clearAlone || each.keyId === null),
    )
  const { length: total } = await missing()
  for (let sealed = 0; ; ) {
    watch.signal.throwIfAborted()
    const done = sealed + left.length
    watch.tell({ phase: PHASES.sealing, done, total: Math.max(total, done) })
    const [next] = await missing()
    if (!next) return { sealed, left }
    try {
      await sealSnapshot(works, next, watch)
      sealed += 1
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      left.push(next.file) // damaged, or under a key that is lost: the others are sealed all the same
    }
  }
}
/** How many were sealed, and the files that could not be: damaged, or under a key that is lost. */
export type SealedSnapshots = Readonly<{ sealed: number; left: readonly string[] }>

/** The same of one snapshot. */
export async function sealSnapshot(works: Works, of: SnapshotRow, watch: Watch): Promise<void> {
  const folder = join(works.folder.tmp, `import-${randomUUID()}`) // emptied at start
  await mkdir(folder, { recursive: true })
  try {
    await using session = await works.lake.session()
    await interruptible(session, watch.signal, async () => {
      const path = join(works.lake.folder, of.file)
      const attempt = () =>
        inTurn(path, watch.signal, () => sealOnce(works, session, of, { path, folder, watch }))
      while (!(await attempt())) await wait(TRY_AGAIN_MS, undefined, { signal: watch.signal })
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** False when an import holds the branch, which may be waiting for its turn at this very file. */
async function sealOnce(
  works: Works,
  session: LakeSession,
  of: SnapshotRow,
  { path, folder, watch }: Readonly<{ path: string; folder: string; watch: Watch }>,
): Promise<boolean> {
  const { keys } = works
  const { branchId } = of
  await settleSnapshot(path)
  const before = await checkedManifest(path)
  const draft = `${path}.draft`
  await rm(draft, { force: true })
  // Cut short between the file and the ledger: the file is there.
  const sealed = before.sealed === keys.id
  const manifest = sealed
    ? before
    : await writeSealed(works, session, { path, before, draft, folder, signal: watch.signal })
  return swap(works, watch, async (unit) => {
    if (!(await tryLockBranch(unit, branchId))) return false
    if (!sealed) await works.lake.alone(() => replaceSnapshot(path, draft, manifest))
    await updateSealedBy(unit, of, manifest.sealed ?? keys.id)
    const standing = await selectCardsStand(unit, branchId)
    if (standing?.file === of.file) await refreshCards(unit, session, { branchId, path, folder })
    return true
  })
}

/** The same snapshot as a draft, its names and numbers sealed by the key that seals now. */
async function writeSealed(
  { keys }: Works,
  session: LakeSession,
  of: Readonly<{
    path: string
    before: Manifest
    draft: string
    folder: string
    signal: AbortSignal
  }>,
): Promise<Manifest> {
  const { path, before, draft, folder, signal } = of
  await publishSnapshot(session, 'work.said', path, { numbered: true })
  for (const view of ['said-all', 'said-again']) await session.run(ask(view))
  const sealing = { keys, branchId: before.branchId, folder, signal }
  const keyId = before.sealed
    ? await sealAgain(session, sealing)
    : (await sealAccepted(session, sealing, null)).keyId
  await session.run(
    snapshotFile(
      before.columns.filter((each) => !isDerived(each.id)),
      draft,
    ),
  )
  const { size } = await stat(draft)
  const sha256 = await sha256OfFile(draft)
  return { ...before, householdKey: true, sealed: keyId, bytes: size, sha256 }
}

/** The cells of the cards that stand on a snapshot, as it has them now. */
async function refreshCards(
  unit: Unit,
  session: LakeSession,
  of: Readonly<{ branchId: string; path: string; folder: string }>,
): Promise<void> {
  await createSealed(unit)
  const rows = await csvOf(session, ask('cells-of'), of.folder, { file: of.path })
  await copyIn(unit, SEALED_CARDS, SEALED_COLUMNS_OF_CARD, rows)
  await updateSealed(unit, of.branchId)
  await correctCards(unit, of.branchId)
  await eraseCards(unit, of.branchId)
}
