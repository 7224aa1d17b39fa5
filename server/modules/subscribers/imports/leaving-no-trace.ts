import { access, rm } from 'node:fs/promises'
import { toldOfPassing } from '#platform/passing.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Works } from '#platform/works.ts'
import type { Batch } from './handler.ts'
import { type Content, selectSameContent } from './import-store.ts'

/**
 * Runs an attempt to take a file in. Of one that comes to nothing no file stays under a final name:
 * what it said it would make, and was not there before, is removed. What a killed one leaves is
 * removed at the next start (`sweep`).
 */
export async function leavingNoTrace<T>(
  works: Works,
  content: Content,
  attempt: (makes: Batch['makes']) => Promise<T>,
): Promise<T> {
  const made: string[] = []
  try {
    return await attempt(async (...paths) => {
      for (const path of paths) if (!(await isThere(path))) made.push(path)
    })
  } catch (error) {
    if (!(await mayBeRecorded(works, content)))
      for (const path of made) await rm(path, { recursive: true, force: true })
    throw error
  }
}

/** What follows after a record may fail as well, and a ledger that is away cannot be asked. */
async function mayBeRecorded(works: Works, content: Content): Promise<boolean> {
  try {
    return (await works.run(works.system, (unit) => selectSameContent(unit, content))) !== undefined
  } catch (error) {
    if (toldOfPassing(error) instanceof Refusal) return true
    throw error
  }
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false
      throw error
    },
  )
}
