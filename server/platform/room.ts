import { statfs } from 'node:fs/promises'
import { toldOfPassing } from './passing.ts'
import { Refusal } from './refusal.ts'
import type { Watch } from './works.ts'

/**
 * The room on the disk of the data folder. Below a floor nothing new is taken: what is left is for
 * the ledger's log and for sign-ins and reads, which leave an entry in the audit trail.
 */
export type Room = Readonly<{
  /**
   * Looks at the disk at most every half second; in between it counts the `bytes` that callers say
   * they are about to write. @throws Refusal `disk-full` below the floor.
   */
  ask(bytes?: number): Promise<void>
  /** Runs `work` and stops it as soon as the floor is reached. @throws Refusal `disk-full` */
  within<T>(watch: Watch, work: (watch: Watch) => Promise<T>): Promise<T>
}>

const LOOK_EVERY_MS = 500

export function openRoom(folder: string, floorBytes: number): Room {
  let free = Number.POSITIVE_INFINITY
  let lookedAt = Number.NEGATIVE_INFINITY

  async function look(): Promise<void> {
    if (performance.now() - lookedAt < LOOK_EVERY_MS) return
    lookedAt = performance.now()
    const { bavail, bsize } = await statfs(folder)
    free = bavail * bsize
  }

  async function ask(bytes = 0): Promise<void> {
    await look()
    free -= bytes
    if (free < floorBytes)
      throw new Refusal('full', 'disk-full', { free: inMb(free), floor: inMb(floorBytes) })
  }

  return {
    ask,
    within: async (watch, work) => {
      await ask()
      const full = new AbortController()
      const timer = setInterval(() => {
        ask().catch((error: unknown) => full.abort(error))
      }, LOOK_EVERY_MS)
      const signal = AbortSignal.any([watch.signal, full.signal])
      try {
        return await work({ ...watch, signal })
      } catch (error) {
        full.signal.throwIfAborted() // the disk is the cause, not what broke by it
        throw toldOfPassing(error)
      } finally {
        clearInterval(timer)
      }
    },
  }
}

const inMb = (bytes: number): string => `${Math.max(0, Math.floor(bytes / 1024 / 1024))} MB`
