import { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'

/** A lock that this process holds; the kernel frees it with the process, however that ends. */
export type FolderLock = Disposable

const BUSY = 5 // SQLITE_BUSY

/** A lock ends when it is disposed of, not when its holder forgets it and memory is cleared up. */
const held = new Set<DatabaseSync>()

/**
 * Takes the lock of the file `path`, made when missing; null while anybody holds it, this process
 * included. It is the file lock of an empty SQLite database: exclusive on every platform, not
 * inherited by children and gone at once after `kill -9`, so nobody ever has to judge whether a
 * process number in some file still means the process that wrote it.
 */
export function takeLock(path: string): FolderLock | null {
  const file = new DatabaseSync(path, { timeout: 0 })
  try {
    file.exec('pragma journal_mode = memory')
    file.exec('begin exclusive')
  } catch (error) {
    file.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === BUSY) return null
    throw error
  }
  held.add(file)
  return {
    [Symbol.dispose]: () => {
      held.delete(file)
      file.close()
    },
  }
}

/**
 * The same, but tries for a third of a second: a reader may be probing the lock, or a companion
 * holding it while it clears up after a dead owner.
 */
export async function takeLockSoon(path: string): Promise<FolderLock | null> {
  for (let tries = 0; tries < 15; tries++) {
    const lock = takeLock(path)
    if (lock) return lock
    await wait(20)
  }
  return null
}
