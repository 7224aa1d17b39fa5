import { setTimeout as wait } from 'node:timers/promises'
import { tryHoldLake } from '#platform/duckdb/hold-store.ts'
import type { Unit } from '#platform/unit.ts'
import type { Watch, Works } from '#platform/works.ts'

const TRY_AGAIN_MS = 250

/** Lets one file of the lake give way to another while no backup reads them. */
export async function swap<T>(
  works: Works,
  { signal }: Watch,
  work: (unit: Unit) => Promise<T>,
): Promise<T> {
  for (;;) {
    const done = await works.run(works.system, async (unit) =>
      (await tryHoldLake(unit)) ? { result: await work(unit) } : null,
    )
    if (done) return done.result
    await wait(TRY_AGAIN_MS, undefined, { signal })
  }
}

const turns = new Map<string, Promise<unknown>>()

/**
 * Lets one after the other work on what `name` stands for, a file of the lake say. Whoever is stopped
 * while waiting waits no longer, and does not begin.
 */
export async function inTurn<T>(
  name: string,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  const before = turns.get(name) ?? Promise.resolve()
  const waiting = new AbortController()
  const mine = Promise.race([before, stopped(signal, waiting.signal)])
    .finally(() => waiting.abort())
    .then(() => {
      signal.throwIfAborted()
      return work()
    })
  const both = Promise.allSettled([before, mine]).then(() => {
    if (turns.get(name) === both) turns.delete(name)
  })
  turns.set(name, both)
  return await mine
}

/** Ends when `signal` says so, or is listened to no longer once `waiting` has ended. */
function stopped(signal: AbortSignal, waiting: AbortSignal): Promise<void> {
  return new Promise((end) => {
    if (signal.aborted) end()
    else signal.addEventListener('abort', () => end(), { once: true, signal: waiting })
  })
}
