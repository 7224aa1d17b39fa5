import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { takeLock, takeLockSoon } from './folder-lock.ts'
import { isRunning } from './postgres/process.ts'
import { Refusal } from './refusal.ts'

/**
 * Who owns a data folder, as its `owner.json` (0600) says: the process, since when, and, once it
 * serves, where the command line reaches it (`url`) and with which secret (`token`).
 */
const Owner = z.object({
  pid: z.int(),
  since: z.iso.datetime(),
  url: z.string().optional(),
  token: z.string().optional(),
})
export type Owner = Readonly<z.infer<typeof Owner>>

/** The right to change a data folder; one process has it at a time. Ends with it, or before. */
export type Ownership = AsyncDisposable &
  Readonly<{
    folder: string
    /** Tells others where the owner serves. Replaces what was published before. */
    publish(where: Readonly<{ url: string; token: string }>): Promise<void>
  }>

/**
 * Makes this process the owner of `dataFolder`, which is made, for our account only, when missing.
 * @throws Refusal `folder-owned`, naming the process that owns it.
 */
export async function ownFolder(dataFolder: string, clockNow: Date): Promise<Ownership> {
  const folder = resolve(dataFolder)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const lock = await takeLockSoon(join(folder, LOCK))
  if (!lock) throw new Refusal('conflict', 'folder-owned', { folder, pid: await ownerPid(folder) })
  const owner = { pid: process.pid, since: clockNow.toISOString() }
  try {
    await writeOwner(folder, owner)
  } catch (error) {
    lock[Symbol.dispose]()
    throw error
  }
  return {
    folder,
    publish: (where) => writeOwner(folder, { ...owner, ...where }),
    [Symbol.asyncDispose]: async () => {
      await rm(join(folder, OWNER), { force: true })
      lock[Symbol.dispose]()
    },
  }
}

/** The living owner of `dataFolder`, or null: there is no such folder, or nobody owns it. */
export async function readOwner(dataFolder: string): Promise<Owner | null> {
  const folder = resolve(dataFolder)
  const owner = await ownerSays(folder)
  if (!owner) return null
  using unowned = takeLock(join(folder, LOCK)) // whoever gets the lock has proved: no owner lives
  return unowned ? null : owner
}

const LOCK = 'owner.lock'
const OWNER = 'owner.json'

/** The note beside the lock, living owner or not; null when there is none. */
async function ownerSays(folder: string): Promise<Owner | null> {
  try {
    return Owner.parse(JSON.parse(await readFile(join(folder, OWNER), 'utf8')))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** The number of the owning process; one that has just begun takes a moment to write it down. */
async function ownerPid(folder: string): Promise<number | string> {
  for (let tries = 0; tries < 25; tries++) {
    const owner = await ownerSays(folder)
    if (owner && isRunning(owner.pid)) return owner.pid
    await wait(20)
  }
  return '?'
}

async function writeOwner(folder: string, owner: Owner): Promise<void> {
  const draft = join(folder, `${OWNER}.${randomUUID()}`)
  await writeFile(draft, `${JSON.stringify(owner)}\n`, { mode: 0o600, flag: 'wx' })
  await rename(draft, join(folder, OWNER))
}
