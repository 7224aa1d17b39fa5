import { spentBy } from './spent.ts'

/**
 * The peak of the sum of proportional set sizes (PSS) of process `root` and everything below it,
 * PostgreSQL included, sampled every `everyMs` since the last `restart`. Linux only; in bytes.
 */
export function watchMemory(
  root: number,
  everyMs = 200,
): { restart(): void; peak(): number; stop(): void } {
  let peak = 0
  const sample = () => {
    peak = Math.max(peak, spentBy(root).bytes)
    return peak
  }
  const timer = setInterval(sample, everyMs)
  return {
    restart: () => {
      peak = 0
      sample()
    },
    peak: sample,
    stop: () => clearInterval(timer),
  }
}
