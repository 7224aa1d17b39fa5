import { once } from 'node:events'
import type { ChildSays, ParentSays } from './bench.ts'
import { type Timed, timed } from './table.ts'

/**
 * How long `work` takes and how much memory this process and all below it have at the most
 * meanwhile, as measured from outside by the process that started this one.
 */
export async function watched<T>(
  work: () => Promise<T>,
): Promise<Timed<T> & Readonly<{ peakBytes: number }>> {
  await ask({ kind: 'begin' })
  const took = await timed(work)
  const { peakBytes } = await ask({ kind: 'end' })
  return { ...took, peakBytes }
}

async function ask(said: ChildSays): Promise<ParentSays> {
  const answer = once(process, 'message')
  process.send?.(said)
  const [heard] = (await answer) as [ParentSays]
  return heard
}

/** Splits time by what is being done: `tell` begins the next part, `seconds` sums each of them. */
export function stopwatch(): { tell(part: string): void; seconds(): ReadonlyMap<string, number> } {
  const laps = new Map<string, number>()
  let part = 'beginning'
  let since = performance.now()
  const close = () => {
    const now = performance.now()
    laps.set(part, (laps.get(part) ?? 0) + (now - since) / 1000)
    since = now
  }
  return {
    tell: (next) => {
      if (next === part) return
      close()
      part = next
    },
    seconds: () => {
      close()
      return laps
    },
  }
}

/** The parts in words, for the notes below the table; what took no time is left out. */
export function saidParts(laps: ReadonlyMap<string, number>): string {
  return [...laps]
    .filter(([, seconds]) => seconds >= 0.005)
    .map(([part, seconds]) => `${part} ${seconds.toFixed(2)} s`)
    .join(', ')
}
