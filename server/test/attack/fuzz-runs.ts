const FULL = process.env.GRIDKEEPER_FULL === '1'

export type Counts = Readonly<{
  /** How `fast-check` runs a share of the usual number of cases. */
  of(share: number): Readonly<{ seed: number; numRuns: number; endOnFailure: boolean }>
  timeout: number
}>

/**
 * How many cases a test tries: few at every change, many by `GRIDKEEPER_FULL=1`. The seed is the same
 * each time, so that whoever sees a failure sees it again; `GRIDKEEPER_SEED` gives another.
 */
export function countsOf({ short, full }: Readonly<{ short: number; full: number }>): Counts {
  const seed = Number(process.env.GRIDKEEPER_SEED ?? 20_261_121)
  console.log(`seed ${seed}`)
  return {
    of: (share) => ({
      seed,
      numRuns: Math.max(3, Math.round((FULL ? full : short) * share)),
      endOnFailure: false,
    }),
    timeout: FULL ? 3_600_000 : 120_000,
  }
}
