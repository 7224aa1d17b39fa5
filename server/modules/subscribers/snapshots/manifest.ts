import assert from 'node:assert/strict'
import { readFile, stat } from 'node:fs/promises'
import { z } from 'zod'
import { atomicWrite } from '#platform/files/atomic.ts'
import { sha256OfFile } from '#platform/files/digest.ts'
import { Refusal } from '#platform/refusal.ts'

const Named = z.object({ zh: z.string(), en: z.string() })

/** What stands beside a snapshot: how it came to be, and what must be found in it. */
export const Manifest = z.strictObject({
  snapshotId: z.string(),
  branchId: z.string(),
  date: z.string(),
  rows: z.int(),
  bytes: z.int(),
  sha256: z.string(),
  source: z.strictObject({ file: z.string(), sha256: z.string(), profile: z.string().nullable() }),
  /** Whether the file holds `household_key`; those written before there was one do not. */
  householdKey: z.boolean().optional(),
  /** Column ids that the file delivered, and those that follow from them. */
  delivered: z.array(z.string()),
  columns: z.array(
    z.strictObject({
      id: z.string(),
      type: z.string(),
      sqlType: z.string(),
      label: Named,
      source: z.string().nullable(),
      custom: z.boolean(),
      filled: z.int(),
      sum: z.string().nullable(),
    }),
  ),
})
export type Manifest = Readonly<z.infer<typeof Manifest>>

export const manifestPath = (snapshot: string): string => snapshot.replace(/\.parquet$/, '.json')

export async function writeManifest(snapshot: string, manifest: Manifest): Promise<void> {
  await atomicWrite(manifestPath(snapshot), `${JSON.stringify(manifest, null, 1)}\n`)
}

/** The manifest beside a snapshot; null when nobody has finished one. */
export async function readManifest(snapshot: string): Promise<Manifest | null> {
  try {
    return Manifest.parse(JSON.parse(await readFile(manifestPath(snapshot), 'utf8')))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

const verified = new Map<string, string>()

/**
 * The manifest of a snapshot whose bytes are exactly those that were written; the digest is taken
 * again whenever the file looks different from the one checked before.
 * @throws Refusal `snapshot-damaged`
 */
export async function checkedManifest(snapshot: string): Promise<Manifest> {
  const manifest = await readManifest(snapshot).catch((cause: unknown) => {
    if (cause instanceof SyntaxError || cause instanceof z.ZodError) return null // refused below
    throw cause
  })
  const found = await stat(snapshot).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return null // refused below
    throw cause
  })
  if (!manifest || !found || found.size !== manifest.bytes) throw damaged(snapshot)
  const looks = `${found.size}:${found.mtimeMs}:${found.ino}:${manifest.sha256}`
  if (verified.get(snapshot) === looks) return manifest
  if ((await sha256OfFile(snapshot)) !== manifest.sha256) throw damaged(snapshot)
  verified.set(snapshot, looks)
  return manifest
}

/** Whether the file is there in full, as its manifest says; then it need not be written again. */
export async function isFinished(snapshot: string, snapshotId: string): Promise<boolean> {
  const manifest = await readManifest(snapshot)
  if (!manifest) return false
  assert(manifest.snapshotId === snapshotId, `the manifest of ${snapshotId} speaks of another`)
  const found = await stat(snapshot).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (!found || found.size !== manifest.bytes) return false
  return (await sha256OfFile(snapshot)) === manifest.sha256
}

function damaged(snapshot: string): Refusal {
  const [file = ''] = snapshot.split(/[\\/]/).slice(-1)
  return new Refusal('invalid', 'snapshot-damaged', { snapshot: file.replace(/\.parquet$/, '') })
}
