import assert from 'node:assert/strict'
import { open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { atomicWrite, syncFolder } from '#platform/files/atomic.ts'
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
  /** The id of the key that sealed names and numbers; files of before there was one are in clear text. */
  sealed: z.string().optional(),
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
/** The manifest of a file that is about to take the snapshot’s place. */
const nextPath = (snapshot: string): string => snapshot.replace(/\.parquet$/, '.next.json')

export async function writeManifest(snapshot: string, manifest: Manifest): Promise<void> {
  await atomicWrite(manifestPath(snapshot), textOf(manifest))
}
const textOf = (manifest: Manifest): string => `${JSON.stringify(manifest, null, 1)}\n`

/**
 * Puts `draft` in the place of a snapshot. At every moment, also after a crash, the file that stands
 * there is one that a manifest beside it describes; `settleSnapshot` clears up after a crash.
 */
export async function replaceSnapshot(
  snapshot: string,
  draft: string,
  manifest: Manifest,
): Promise<void> {
  {
    await using file = await open(draft, 'r')
    await file.sync()
  }
  await atomicWrite(nextPath(snapshot), textOf(manifest))
  await rename(draft, snapshot)
  await syncFolder(dirname(snapshot))
  await rename(nextPath(snapshot), manifestPath(snapshot))
  await syncFolder(dirname(snapshot))
}

/** Ends a replacement that was cut short: the manifest beside a snapshot is that of its file. */
export async function settleSnapshot(snapshot: string): Promise<void> {
  const next = await read(nextPath(snapshot))
  if (!next) return
  if ((await sha256OfFile(snapshot)) === next.sha256)
    await rename(nextPath(snapshot), manifestPath(snapshot))
  else await rm(nextPath(snapshot))
  await syncFolder(dirname(snapshot))
}

/** The manifest beside a snapshot; null when nobody has finished one. */
export function readManifest(snapshot: string): Promise<Manifest | null> {
  return read(manifestPath(snapshot))
}

async function read(path: string): Promise<Manifest | null> {
  try {
    return Manifest.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

const verified = new Map<string, Readonly<{ looks: string; manifest: Manifest }>>()

/**
 * The manifest of a snapshot whose bytes are exactly those that were written; the digest is taken
 * again, and the manifest read, whenever one of the files looks different from the one checked before.
 * @throws Refusal `snapshot-damaged`
 */
export async function checkedManifest(snapshot: string): Promise<Manifest> {
  // Where the file was replaced between two looks, the manifest has its usual name by the third.
  for (const path of [manifestPath(snapshot), nextPath(snapshot), manifestPath(snapshot)]) {
    const manifest = await described(snapshot, path)
    if (manifest) return manifest
  }
  throw damaged(snapshot)
}

/** The manifest at `path` if it is that of the snapshot’s bytes. */
async function described(snapshot: string, path: string): Promise<Manifest | null> {
  const known = verified.get(snapshot)
  const looks = await looksOf(snapshot, path)
  if (looks === null) return null
  if (known?.looks === looks) return known.manifest
  const manifest = await read(path).catch((cause: unknown) => {
    if (cause instanceof SyntaxError || cause instanceof z.ZodError) return null // damaged
    throw cause
  })
  if (!manifest || !looks.includes(`:${manifest.bytes}:`)) return null
  if ((await sha256OfFile(snapshot)) !== manifest.sha256) return null
  // What looks different by now may have been read half of one and half of another.
  if ((await looksOf(snapshot, path)) === looks) verified.set(snapshot, { looks, manifest })
  return manifest
}

/** By what one notices that somebody wrote to the files; null where one is gone, that is damaged. */
async function looksOf(...paths: readonly string[]): Promise<string | null> {
  const looks: string[] = []
  for (const path of paths) {
    const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return null
      throw cause
    })
    if (!found) return null
    looks.push(`${path}:${found.size}:${found.mtimeMs}:${found.ino}`)
  }
  return looks.join(' ')
}

/**
 * The manifest of a sealed file that is there in full, as it says; then it need not be written again.
 */
export async function finishedManifest(
  snapshot: string,
  snapshotId: string,
): Promise<Manifest | null> {
  const manifest = await readManifest(snapshot)
  if (!manifest?.sealed) return null
  assert(manifest.snapshotId === snapshotId, `the manifest of ${snapshotId} speaks of another`)
  const found = await stat(snapshot).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (!found || found.size !== manifest.bytes) return null
  return (await sha256OfFile(snapshot)) === manifest.sha256 ? manifest : null
}

function damaged(snapshot: string): Refusal {
  const [file = ''] = snapshot.split(/[\\/]/).slice(-1)
  return new Refusal('invalid', 'snapshot-damaged', { snapshot: file.replace(/\.parquet$/, '') })
}
