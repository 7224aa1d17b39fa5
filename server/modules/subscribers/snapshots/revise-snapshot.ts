import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { interruptible, type LakeSession, question } from '#platform/duckdb/lake.ts'
import { shortHash } from '#platform/hash.ts'
import type { Watch, Works } from '#platform/works.ts'
import { compare, moveCards, prepareCards } from '../cards/move-cards.ts'
import type { Column } from '../columns/column.ts'
import { sealAccepted } from '../identity/seal-identities.ts'
import { lockBranch, selectImport } from '../imports/import-store.ts'
import { eraseBeforeStanding } from '../subjects/erase-brought.ts'
import { describe } from './describe.ts'
import type { Manifest } from './manifest.ts'
import { publishSnapshot } from './publish.ts'
import { insertSnapshot, type SnapshotRow, selectCardsStand } from './snapshot-store.ts'
import { inTurn } from './swap.ts'
import { loadTerritory } from './territory-lake.ts'
import { type Sealed, snapshotPath, writeSnapshot } from './write-snapshot.ts'

/**
 * Where the branch was told about its places after its subscribers: writes the snapshot on which the
 * cards stand once more, of the same rows, with the places that follow from them now, and moves the
 * cards to it. The file of before stays as it is. False when there was nothing to do.
 */
export async function reviseSnapshot(
  works: Works,
  branchId: string,
  watch: Watch,
): Promise<boolean> {
  const before = await works.run(works.system, (unit) => selectCardsStand(unit, branchId))
  if (!before) return false
  const folder = join(works.folder.tmp, `import-${randomUUID()}`)
  await mkdir(folder, { recursive: true })
  try {
    await using session = await works.lake.session()
    const { date, importId } = before
    const territory = await loadTerritory(works, session, { branchId, date, folder })
    const made = await works.run(works.system, (unit) => selectImport(unit, branchId, importId))
    const snapshotId = shortHash(made?.contentId ?? '', territory.hash)
    if (snapshotId === before.snapshotId) return false
    return await interruptible(session, watch.signal, async () => {
      const path = join(works.lake.folder, before.file)
      // Rows are joined by their number in the file, which must not give way to another meanwhile.
      const { sealed = null } = await inTurn(path, watch.signal, async () => {
        const manifest = await publishSnapshot(session, 'work.said', path, { numbered: true })
        for (const step of ['said', 'said-accepted'])
          await session.run(question(import.meta.url, `../queries/${step}.sql`))
        await describe(session, { branchId, date })
        const columns = manifest.columns
        return writeSnapshot(session, {
          ...{ snapshotId, branchId, date, folder: works.lake.folder, source: manifest.source },
          delivered: manifest.delivered,
          custom: columns.filter((each) => each.custom).map(customColumn),
          headers: new Map(columns.map((each) => [each.id, each.source ?? ''])),
          seal: (own) => keepSealed(own, manifest, { works, folder, signal: watch.signal }),
        })
      })
      const file = snapshotPath({ snapshotId, branchId, date })
      const after: SnapshotRow = { ...before, snapshotId, file, keyId: sealed }
      await compare(works, session, { before, after })
      await prepareCards(session, { works, after })
      return works.run(works.system, async (unit) => {
        await lockBranch(unit, branchId)
        const standing = await selectCardsStand(unit, branchId)
        if (standing?.snapshotId !== before.snapshotId) return false // somebody was faster
        const written = join(works.lake.folder, file)
        if (await eraseBeforeStanding(unit, { works, session, branchId }, written)) {
          await compare(works, session, { before, after })
          await prepareCards(session, { works, after })
        }
        await insertSnapshot(unit, after)
        await moveCards(unit, session, { branchId, before, after, folder })
        return true
      })
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The cells as they are; of a file from before there were any, sealed now. */
async function keepSealed(
  session: LakeSession,
  { sealed, branchId, columns }: Manifest,
  of: Readonly<{ works: Works; folder: string; signal: AbortSignal }>,
): Promise<Sealed> {
  const { works, folder, signal } = of
  if (!sealed) return sealAccepted(session, { keys: works.keys, branchId, folder, signal }, null)
  await session.run(question(import.meta.url, '../queries/identity-kept.sql'))
  return { keyId: sealed, filled: new Map(columns.map((each) => [each.id, each.filled])) }
}

function customColumn(of: Readonly<{ id: string; label: Column['label']; type: string }>): Column {
  const { id, label } = of
  return { id, label, type: of.type as Column['type'], aliases: [], personal: 'sensitive' }
}
