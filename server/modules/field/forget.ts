import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { branchesInScope } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { tryHoldLake } from '#platform/duckdb/hold-store.ts'
import type { Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { type Eraser, erasedOf, swap } from '#subscribers'
import { photosOf } from '#worklists'
import { eraseReviews } from './authenticity/review-store.ts'
import { deleteDeliveries } from './delivery-store.ts'
import { deleteUnseen } from './device-store.ts'
import { fileOf } from './evidence-files.ts'
import {
  type EvidenceRecord,
  selectEvidenceOf,
  selectKeptBefore,
  updateGone,
} from './evidence-store.ts'

type Of = Readonly<{ branchId: string; subscriberIds: readonly string[] }>

/**
 * What results about somebody show goes, and what was said of the visits; that there was a photo stays,
 * with its digest, and what came of looking at a visit.
 */
export const FIELD_ERASER: Eraser = {
  inLedger: eraseReviews,
  inLake: (works, of, watch) => swap(works, watch, (unit) => eraseEvidence(unit, works, of)),
}

/**
 * In a unit that holds the lake. A file is gone before the row says so: cut short in between, the next
 * turn says it.
 */
async function eraseEvidence(unit: Unit, works: Works, of: Of): Promise<void> {
  const evidenceIds = await photosOf(unit, of)
  const photos = await selectEvidenceOf(unit, { branchId: of.branchId, evidenceIds })
  for (const photo of photos.filter(({ goneAt }) => goneAt === null)) {
    await rm(fileOf(works, photo), { force: true })
    await updateGone(unit, photo, 'erased')
  }
}

/** All that is known of the photos in results about a subscriber; the pictures themselves are apart. */
export async function evidenceEver(
  unit: Unit,
  { branchId, subscriberId }: Readonly<{ branchId: string; subscriberId: string }>,
) {
  const evidenceIds = await photosOf(unit, { branchId, subscriberIds: [subscriberId] })
  return selectEvidenceOf(unit, { branchId, evidenceIds })
}

const DAY_MS = 86_400_000
const DELIVERIES_KEPT_DAYS = 30
const PHONES_KEPT_DAYS = 180
const AT_ONCE = 200

/**
 * Forgets what is kept no longer: answers to deliveries, phones that nobody comes back with, photos
 * after `evidence` days; photos of which no row tells; and photos of people who are erased that arrived since. While a backup takes
 * photos along they stay, until the next turn.
 */
export async function forgetField(
  works: Works,
  { evidence }: Readonly<{ evidence: number }>,
): Promise<void> {
  const ago = (days: number) => new Date(works.clock().getTime() - days * DAY_MS)
  await works.run(works.system, (unit) => deleteDeliveries(unit, ago(DELIVERIES_KEPT_DAYS)))
  await works.run(works.system, (unit) => deleteUnseen(unit, ago(PHONES_KEPT_DAYS)))
  const before = ago(evidence)
  const forget = (unit: Unit) => forgetSome(unit, works, { before, keptDays: evidence })
  while ((await works.run(works.system, forget)) === AT_ONCE);
  await sweepEvidence(works)
  await works.run(works.system, async (unit) => {
    if (!(await tryHoldLake(unit))) return
    for (const branchId of await branchesInScope(unit)) {
      const subscriberIds = await erasedOf(unit, branchId)
      if (subscriberIds.length > 0) await eraseEvidence(unit, works, { branchId, subscriberIds })
    }
  })
}

/** So long a photo may be without a row: whoever is sending it has not committed yet. */
const ALONE_MS = DAY_MS

/**
 * Removes photos of which no row tells: of a commit that failed, or from before a backup was restored.
 * How many; none while a backup takes them along.
 */
async function sweepEvidence(works: Works): Promise<number> {
  return works.run(works.system, async (unit) => {
    if (!(await tryHoldLake(unit))) return 0
    let removed = 0
    for (const branchId of await branchesInScope(unit))
      for (const evidenceIds of inParts(await photosOlder(works, branchId))) {
        const rows = await selectEvidenceOf(unit, { branchId, evidenceIds })
        const told = new Set(rows.map(({ evidenceId }) => evidenceId))
        for (const evidenceId of evidenceIds.filter((id) => !told.has(id))) {
          await rm(fileOf(works, { branchId, evidenceId }), { force: true })
          removed += 1
        }
      }
    return removed
  })
}

/** The numbers of the photos of a branch whose files are older than a day. */
async function photosOlder(works: Works, branchId: string): Promise<string[]> {
  const folder = join(works.folder.evidence, branchId)
  const names = await readdir(folder).catch(goneAs<string[]>([]))
  const old: string[] = []
  for (const name of names.filter((each) => UUID.test(each)).sort()) {
    const file = await stat(join(folder, name)).catch(goneAs(null))
    if (file && file.mtimeMs < works.clock().getTime() - ALONE_MS) old.push(name)
  }
  return old
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

function* inParts(ids: readonly string[]): Generator<readonly string[]> {
  for (let at = 0; at < ids.length; at += AT_ONCE) yield ids.slice(at, at + AT_ONCE)
}

const goneAs =
  <T>(nothing: T) =>
  (error: NodeJS.ErrnoException): T => {
    if (error.code === 'ENOENT') return nothing
    throw error
  }

/** How many are forgotten; none while a backup takes them along. */
async function forgetSome(
  unit: Unit,
  works: Works,
  { before, keptDays }: Readonly<{ before: Date; keptDays: number }>,
): Promise<number> {
  if (!(await tryHoldLake(unit))) return 0
  const old: readonly EvidenceRecord[] = await selectKeptBefore(unit, { before, limit: AT_ONCE })
  for (const photo of old) {
    await rm(fileOf(works, photo), { force: true })
    await updateGone(unit, photo, 'forgotten')
  }
  for (const [branchId, photos] of Map.groupBy(old, (photo) => photo.branchId))
    audit(unit, {
      ...{ branchId, action: 'evidence.forgotten' },
      values: { count: photos.length, keptDays },
    })
  return old.length
}
