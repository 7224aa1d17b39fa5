import { cpus, release, totalmem } from 'node:os'

/** One line of the table: what was measured, against what, and the goal. */
export type Measure = Readonly<{
  work: string
  /** Seconds of ours; the median where it ran several times. */
  seconds: number
  reference: string
  referenceSeconds: number | null
  peakBytes: number | null
  goal: string
  reached: boolean
}>

const mb = (bytes: number | null) => (bytes === null ? '–' : `${Math.round(bytes / 1024 ** 2)} MB`)
const time = (seconds: number) =>
  seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(2)} s`

/** The table as Markdown, with the machine and the day it was measured on. */
export function tableOf(measures: readonly Measure[], on: string): string {
  const rows = measures.map(
    ({ work, seconds, reference, referenceSeconds, peakBytes, ...rest }) => {
      const other = referenceSeconds === null ? '–' : `${reference}: ${time(referenceSeconds)}`
      const ratio = referenceSeconds === null ? '–' : (seconds / referenceSeconds).toFixed(2)
      return `| ${work} | ${time(seconds)} | ${other} | ${ratio} | ${mb(peakBytes)} | ${rest.goal} | ${rest.reached ? 'yes' : '**no**'} |`
    },
  )
  return [
    `Measured on ${on}: ${machine()}.`,
    '',
    '| work | ours | reference, same run | ratio | peak memory (PSS, all processes) | goal | reached |',
    '|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n')
}

function machine(): string {
  const [cpu] = cpus()
  const memory = Math.round(totalmem() / 1024 ** 3)
  return `${cpus().length} × ${cpu?.model.trim()}, ${memory} GiB, Linux ${release()}, Node ${process.version}`
}

/** Seconds that `work` takes. */
export async function timed<T>(work: () => Promise<T>): Promise<{ seconds: number; result: T }> {
  const from = performance.now()
  const result = await work()
  return { seconds: (performance.now() - from) / 1000, result }
}

/** The median of an odd number of runs, after one that does not count. */
export async function median(runs: number, work: () => Promise<unknown>): Promise<number> {
  await work()
  const all: number[] = []
  for (let run = 0; run < runs; run += 1) all.push((await timed(work)).seconds)
  return all.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN
}
