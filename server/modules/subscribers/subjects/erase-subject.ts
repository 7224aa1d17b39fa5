import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { audit } from '#platform/audit/audit.ts'
import { interruptible, type LakeSession, question } from '#platform/duckdb/lake.ts'
import { sha256OfFile } from '#platform/files/digest.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Watch, Works } from '#platform/works.ts'
import { readCards } from '../cards/cards.ts'
import { columnOf } from '../columns/catalogue.ts'
import { calledBy } from '../identity/identity.ts'
import { lockBranch } from '../imports/import-store.ts'
import { PHASES } from '../imports/phases.ts'
import { namesIn } from '../retention.ts'
import { checkedManifest, replaceSnapshot, settleSnapshot } from '../snapshots/manifest.ts'
import { swap } from '../snapshots/swap.ts'
import { endErasedCorrections } from './correction-store.ts'
import { eraseClearFiles } from './erase-files.ts'
import { eraseInSnapshot, markErased } from './erase-snapshot.ts'
import type { Eraser, Erasing } from './eraser.ts'
import {
  type ErasureRecord,
  emptyNotes,
  eraseCards,
  insertErased,
  selectErased,
  selectErasure,
  selectInhabited,
  updateErasureDone,
} from './erasure-store.ts'
import { saidOf } from './known-of.ts'

const ask = (file: string) => question(import.meta.url, `../queries/${file}.sql`)

type Of = Readonly<{ branchId: string; erasureId: string }>
type Home = Readonly<{ subscriberId: string; householdId: string; address: string | null }>

/**
 * Erases whom an approved request names: files in clear text first, then the ledger in one unit, then
 * the copies in the lake, the snapshots last, for they tell where to look. Money facts stay with the
 * BSS’s pseudonym. Cut short anywhere it does the rest when it runs again; done, it does nothing.
 * @throws Refusal `erasure-unknown`, `snapshot-damaged`
 */
export async function eraseSubject(
  works: Works,
  erasers: readonly Eraser[],
  of: Of,
  watch: Watch,
): Promise<number> {
  const record = await works.run(works.system, (unit) => selectErasure(unit, of))
  if (!record?.approved)
    throw new Refusal('not-found', 'erasure-unknown', { erasure: of.erasureId })
  const { branchId, subscriberIds } = record
  if (record.doneAt !== null) return subscriberIds.length
  await using session = await works.lake.session()
  await interruptible(session, watch.signal, async () => {
    await markErased(session, subscriberIds)
    const snapshots = await filesOf(works, join('subscribers', `branch=${branchId}`))
    watch.tell({ phase: PHASES.erasing, done: 0, total: snapshots.length })
    const homes = await homesIn(session, snapshots)
    const needles = await needlesOf(works, record)
    await eraseClearFiles(works, branchId, needles)
    const erasing = await inLedger(works, erasers, record, homes)
    // From now on imports know who is erased; one that ended before is in the list of now.
    const files = await filesOf(works, join('subscribers', `branch=${branchId}`))
    for (const eraser of erasers) await eraser.inLake(works, erasing, watch)
    await eraseRivals(works, session, { branchId, homes, erasing }, watch)
    const all = await works.run(works.system, (unit) => selectErased(unit, branchId))
    await markErased(session, all)
    for (const [at, file] of files.entries()) {
      watch.signal.throwIfAborted()
      await eraseInSnapshot(works, session, file, watch)
      watch.tell({ phase: PHASES.erasing, done: at + 1, total: files.length })
    }
    await eraseClearFiles(works, branchId, needles) // what was being written meanwhile
  })
  await works.run(works.system, (unit) => finish(unit, record))
  return subscriberIds.length
}

async function finish(unit: Parameters<typeof audit>[0], record: ErasureRecord): Promise<void> {
  if (!(await updateErasureDone(unit, record))) return
  const { branchId, erasureId, number } = record
  for (const id of record.subscriberIds)
    audit(unit, {
      ...{ branchId, action: 'subject.erased', about: { kind: 'subscriber', id } },
      ...{ values: { erasure: erasureId, number }, actor: record.decidedBy ?? unit.actor.id },
    })
}

/** Every Parquet file below a folder of the lake, also those that the ledger does not know. */
async function filesOf(works: Works, folder: string): Promise<string[]> {
  const names = await namesIn(join(works.lake.folder, folder))
  return names
    .filter((name) => name.endsWith('.parquet'))
    .sort()
    .map((name) => join(works.lake.folder, folder, name))
}

/** Where those in work.erased lived, by every snapshot that still says so. */
async function homesIn(session: LakeSession, files: readonly string[]): Promise<Home[]> {
  const homes = new Map<string, Home>()
  for (const file of files) {
    type Trace = { subscriber_id: string; household_id: string; install_address?: string | null }
    for (const trace of await session.rows<Trace>(ask('traces'), { file })) {
      const { subscriber_id: subscriberId, household_id: householdId } = trace
      if (householdId === `s-${subscriberId}`) continue
      const home = { subscriberId, householdId, address: trace.install_address ?? null }
      homes.set(JSON.stringify(home), home)
    }
  }
  return [...homes.values()]
}

/** By what a row about them is known in a file of texts. */
async function needlesOf(works: Works, { branchId, subscriberIds }: ErasureRecord) {
  const needles = new Set<string>(subscriberIds)
  const keep = (text: unknown) => typeof text === 'string' && text.length > 1 && needles.add(text)
  await works.run(works.system, async (unit) => {
    for (const card of (await readCards(unit, branchId, subscriberIds)).values()) {
      const { name, phone } = (await ifOpen(async () => calledBy(unit.keys, card))) ?? {}
      for (const text of [name, phone, card.address]) keep(text)
    }
    for (const subscriberId of subscriberIds)
      for (const { values } of (await ifOpen(() =>
        saidOf(works, unit, { branchId, subscriberId }),
      )) ?? [])
        for (const { column, value } of values)
          if (NAMING.has(columnOf(column)?.personal ?? 'sensitive')) keep(value)
  })
  return [...needles]
}

/** What somebody is called, unless the key of it is lost: then nobody can read it in a file either. */
async function ifOpen<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof Refusal && UNREADABLE.has(error.code)) return undefined
    throw error
  }
}
const UNREADABLE: ReadonlySet<string> = new Set(['cell-key-missing', 'cell-damaged'])
const NAMING: ReadonlySet<string> = new Set(['direct', 'sensitive'])

async function inLedger(
  works: Works,
  erasers: readonly Eraser[],
  record: ErasureRecord,
  homes: readonly Home[],
): Promise<Erasing> {
  const { branchId, subscriberIds } = record
  return works.run(works.system, async (unit) => {
    await lockBranch(unit, branchId)
    await insertErased(unit, record)
    await eraseCards(unit, branchId)
    await endErasedCorrections(unit, branchId)
    await emptyNotes(unit, { branchId, subscriberIds })
    const households = homes.map(({ householdId }) => householdId)
    const inhabited = new Set(await selectInhabited(unit, branchId, households))
    const leftHomes = homes.filter(({ householdId }) => !inhabited.has(householdId))
    const erasing = { branchId, subscriberIds, leftHomes }
    for (const eraser of erasers) await eraser.inLedger(unit, erasing)
    return erasing
  })
}

/** Rivals that were seen in homes which everybody has left are parted from the home. */
async function eraseRivals(
  works: Works,
  session: LakeSession,
  of: Readonly<{ branchId: string; homes: readonly Home[]; erasing: Erasing }>,
  watch: Watch,
): Promise<void> {
  const left = new Set(of.erasing.leftHomes.map(({ householdId }) => householdId))
  const homes = of.homes.filter(({ householdId }) => left.has(householdId))
  const rows = homes.map(({ subscriberId, householdId, address }) => ({
    ...{ subscriber_id: subscriberId, household_id: householdId, address },
  }))
  await session.run(ask('left-homes'), { homes: JSON.stringify(rows) })
  for (const file of await filesOf(works, join('competitors', `branch=${of.branchId}`))) {
    watch.signal.throwIfAborted()
    await settleSnapshot(file)
    const before = await checkedManifest(file)
    const [seen] = await session.rows<{ count: number }>(ask('rivals-at'), { file })
    if (!seen?.count) continue
    const draft = `${file}.draft`
    await rm(draft, { force: true })
    await session.run(ask('rivals-erased'), { file, target: draft })
    const manifest = {
      ...before,
      bytes: (await stat(draft)).size,
      sha256: await sha256OfFile(draft),
    }
    await swap(works, watch, () => works.lake.alone(() => replaceSnapshot(file, draft, manifest)))
  }
}
