import { SEALED_TEXTS as OF_PEOPLE } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { type SealedTexts, sealTextsAgain } from '#platform/seal-again.ts'
import { WEBHOOK_SECRETS } from '#platform/webhooks/deliver.ts'
import type { Watch, Works } from '#platform/works.ts'
import { sealCorrectionsAgain, sealSnapshots, snapshotsByKey } from '#subscribers'
import { SEALED_HALVES, sealEvidenceAgain } from './modules/field/index.ts'

/** Every column of the ledger that a key seals, but for those that follow from snapshots. */
const TEXTS: readonly SealedTexts[] = [
  ...OF_PEOPLE,
  SEALED_HALVES,
  ...['secret', 'secret_before'].map((column) => ({
    ...{ table: 'platform.webhook', column, about: 'webhook_id', purpose: WEBHOOK_SECRETS },
  })),
]

export type SealedAgain = Readonly<{
  key: string
  texts: number
  snapshots: number
  photos: number
  /** Files that could not be sealed anew: damaged, or under a key that is lost. */
  left: readonly string[]
}>

/** Makes a new key and seals everything under it; what is cut short `sealAgain` brings to its end. */
export async function rotateKeys(works: Works, watch: Watch): Promise<SealedAgain> {
  const before = works.keys.id
  await works.keys.add()
  await works.run(works.system, async (unit) =>
    audit(unit, {
      ...{ branchId: null, action: 'keys.rotated' },
      values: { before, after: works.keys.id },
    }),
  )
  return sealAgain(works, watch)
}

/** Seals everything under the key that seals now which another one sealed, or none. */
export async function sealAgain(works: Works, watch: Watch): Promise<SealedAgain> {
  let texts = await works.run(works.system, sealCorrectionsAgain)
  for (const each of TEXTS) texts += await sealTextsAgain(works, each)
  const { sealed: snapshots, left } = await sealSnapshots(works, watch)
  const photos = await sealEvidenceAgain(works, watch)
  return {
    ...{ key: works.keys.id, texts, snapshots },
    photos: photos.sealed,
    left: [...left, ...photos.left],
  }
}

/** Each key that is held or was used, the one that seals now last, and how many snapshots it seals. */
export async function keysInUse(works: Works) {
  const { keys } = works
  const snapshots = await snapshotsByKey(works)
  const used = [...snapshots.keys()].filter((id) => id === null || !keys.ids.includes(id))
  return [...used, ...keys.ids].map((id) => ({
    id,
    held: id !== null && keys.ids.includes(id),
    sealsNow: id === keys.id,
    snapshots: snapshots.get(id) ?? 0,
  }))
}
