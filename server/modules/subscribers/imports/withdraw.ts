import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { audit } from '#platform/audit/audit.ts'
import { interruptible } from '#platform/duckdb/lake.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Actor, Unit } from '#platform/unit.ts'
import type { Watch, Works } from '#platform/works.ts'
import { compare, moveCards, prepareCards } from '../cards/move-cards.ts'
import {
  type SnapshotRow,
  selectCardsStand,
  selectSnapshot,
  selectStanding,
} from '../snapshots/snapshot-store.ts'
import { loadTerritory } from '../snapshots/territory-lake.ts'
import type { ImportHandler } from './handler.ts'
import { handlerOf } from './import-file.ts'
import {
  type ImportRecord,
  lockBranch,
  selectImport,
  selectLatest,
  updateState,
  updateWithdrawn,
} from './import-store.ts'
import { PHASES } from './phases.ts'

export type Withdrawal = Readonly<{
  actor: Actor
  branchId: string
  importId: string
  reason: string
}>

/**
 * Takes the latest import of its kind back. What it had replaced stands again, and the cards go back
 * by the difference between the two snapshots, so that they are as they were before it.
 */
export async function withdrawImport(
  works: Works,
  handlers: readonly ImportHandler[],
  of: Withdrawal,
  watch: Watch,
): Promise<void> {
  const { branchId, importId } = of
  const found = await works.run(works.system, (unit) => withdrawable(unit, handlers, of))
  if (found.kind !== 'subscribers') return finish(works, handlers, of, async () => undefined)
  const folder = join(works.folder.tmp, `withdraw-${randomUUID()}`)
  await mkdir(folder, { recursive: true })
  try {
    await using session = await works.lake.session()
    await interruptible(session, watch.signal, async () => {
      watch.tell({ phase: PHASES.withdrawing, done: 0, total: found.accepted })
      const { before, after } = await works.run(works.system, (unit) => stepBack(unit, found))
      const moves = before?.importId === importId
      if (moves) {
        const date = after?.date ?? found.date
        await loadTerritory(works, session, { branchId, date, folder })
        await compare(works, session, { before, after })
        await prepareCards(session, { works, after })
      }
      await finish(works, handlers, of, async (unit) => {
        if (moves) await moveCards(unit, session, { branchId, before, after, folder })
      })
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** @throws Refusal `import-unknown`, `import-withdrawn`, `import-not-last`, `import-not-withdrawable` */
export async function withdrawable(
  unit: Unit,
  handlers: readonly ImportHandler[],
  { branchId, importId }: Pick<Withdrawal, 'branchId' | 'importId'>,
): Promise<ImportRecord> {
  const found = await selectImport(unit, branchId, importId)
  if (!found) throw new Refusal('not-found', 'import-unknown', { import: importId })
  if (found.state === 'withdrawn') throw new Refusal('conflict', 'import-withdrawn')
  if (found.kind !== 'subscribers' && !handlerOf(handlers, found.kind).withdraw)
    throw new Refusal('conflict', 'import-not-withdrawable', { kind: found.kind })
  const latest = await selectLatest(unit, branchId, found.kind)
  if (latest?.importId !== importId)
    throw new Refusal('conflict', 'import-not-last', { date: found.date })
  return found
}

/** From the snapshot on which the cards stand to the one that stands once `found` is gone. */
async function stepBack(
  unit: Unit,
  found: ImportRecord,
): Promise<{ before: SnapshotRow | null; after: SnapshotRow | null }> {
  const { branchId } = found
  const before = (await selectCardsStand(unit, branchId)) ?? null
  if (found.replaces) {
    const replaced = await selectImport(unit, branchId, found.replaces)
    if (replaced?.snapshot) {
      const of = { branchId, importId: replaced.importId, snapshotId: replaced.snapshot }
      return { before, after: (await selectSnapshot(unit, of)) ?? null }
    }
  }
  const standing = await selectStanding(unit, { branchId, day: found.date, limit: 2 })
  return { before, after: standing.find((each) => each.importId !== found.importId) ?? null }
}

async function finish(
  works: Works,
  handlers: readonly ImportHandler[],
  of: Withdrawal,
  more: (unit: Unit) => Promise<void>,
): Promise<void> {
  const { branchId, importId } = of
  await works.run(works.system, async (unit) => {
    await lockBranch(unit, branchId)
    const found = await withdrawable(unit, handlers, of)
    await more(unit)
    await updateWithdrawn(unit, { branchId, importId, reason: of.reason, by: of.actor.id })
    if (found.replaces)
      await updateState(unit, { branchId, importId: found.replaces, state: 'current' })
    audit(unit, {
      ...{ branchId, action: 'import.withdrawn', actor: of.actor.id },
      about: { kind: 'import', id: importId },
      values: { kind: found.kind, date: found.date, reason: of.reason },
    })
    const { date, contentId } = found
    await handlerOf(handlers, found.kind).withdraw?.(unit, { branchId, importId, contentId, date })
  })
}
