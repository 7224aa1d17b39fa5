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

/** What a part of a work took: by the clock, and of the processors, without those below. */
type Lap = Readonly<{ seconds: number; cpuSeconds: number }>

/** Splits time by what is being done: `tell` begins the next part, `laps` sums each of them. */
export function stopwatch(): { tell(part: string): void; laps(): ReadonlyMap<string, Lap> } {
  const laps = new Map<string, Lap>()
  let part = 'beginning'
  let since = performance.now()
  let before = process.cpuUsage()
  const close = () => {
    const sum = laps.get(part) ?? { seconds: 0, cpuSeconds: 0 }
    const now = performance.now()
    const { user, system } = process.cpuUsage(before)
    laps.set(part, {
      seconds: sum.seconds + (now - since) / 1000,
      cpuSeconds: sum.cpuSeconds + (user + system) / 1e6,
    })
    since = now
    before = process.cpuUsage()
  }
  return {
    tell: (next) => {
      if (next === part) return
      close()
      part = next
    },
    laps: () => {
      close()
      return laps
    },
  }
}

/** The parts in words, for the notes below the table; what took no time is left out. */
export function saidParts(laps: ReadonlyMap<string, Lap>): string {
  return [...laps]
    .filter(([, { seconds }]) => seconds >= 0.005)
    .map(
      ([part, { seconds, cpuSeconds }]) =>
        `${part} ${seconds.toFixed(2)} s (processor ${cpuSeconds.toFixed(2)} s)`,
    )
    .join(', ')
}
