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

/** Lets one after the other read a file of the lake and write it once more. */
export async function inTurn<T>(file: string, work: () => Promise<T>): Promise<T> {
  const mine = (turns.get(file) ?? Promise.resolve()).then(work, work)
  turns.set(file, mine)
  try {
    return await mine
  } finally {
    if (turns.get(file) === mine) turns.delete(file)
  }
}
