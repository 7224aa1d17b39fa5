import { afterAll, expect } from 'vitest'

const FULL = process.env.GRIDKEEPER_FULL === '1'

export type Counts = Readonly<{
  /** How `fast-check` runs a share of the usual number of cases. */
  of(share: number): Readonly<{ seed: number; numRuns: number; endOnFailure: boolean }>
  timeout: number
  /** Does one case, and counts it; fails when it takes longer than anything may hang. */
  tried<T>(work: () => Promise<T>): Promise<T>
}>

const HANG_MS = 5000

/**
 * How many cases a test tries: few at every change, many by `GRIDKEEPER_FULL=1`. The seed is the same
 * each time, so that whoever sees a failure sees it again; `GRIDKEEPER_SEED` gives another. What was
 * done is printed at the end. All of it, over 100,000 cases:
 * `GRIDKEEPER_FULL=1 npx vitest run --project house server/test/attack/fuzz-`
 */
export function countsOf({ short, full }: Readonly<{ short: number; full: number }>): Counts {
  const seed = Number(process.env.GRIDKEEPER_SEED ?? 20_261_121)
  let [cases, slowestMs] = [0, 0]
  afterAll(() => {
    const { testPath = '' } = expect.getState()
    const file = testPath.split('/').at(-1)
    console.log(`${file}: ${cases} cases, slowest ${Math.round(slowestMs)} ms, seed ${seed}`)
  })
  return {
    of: (share) => ({
      seed,
      numRuns: Math.max(3, Math.round((FULL ? full : short) * share)),
      endOnFailure: false,
    }),
    timeout: FULL ? 3_600_000 : 120_000,
    tried: async (work) => {
      const began = performance.now()
      try {
        return await work()
      } finally {
        const tookMs = performance.now() - began
        cases += 1
        slowestMs = Math.max(slowestMs, tookMs)
        expect(tookMs, 'ms for one case').toBeLessThan(HANG_MS)
      }
    },
  }
}
