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
  /** What stands below the table: parts, counts, what is inside. */
  note: string
}>

const mb = (bytes: number | null) => (bytes === null ? '–' : `${Math.round(bytes / 1e6)} MB`)
const time = (seconds: number) =>
  seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(2)} s`

/** The table as Markdown, with the notes below it. */
export function tableOf(measures: readonly Measure[]): string {
  const rows = measures.map(
    ({ work, seconds, reference, referenceSeconds, peakBytes, ...rest }) => {
      const other = referenceSeconds === null ? '–' : `${reference}: ${time(referenceSeconds)}`
      const ratio = referenceSeconds === null ? '–' : (seconds / referenceSeconds).toFixed(2)
      return `| ${work} | ${time(seconds)} | ${other} | ${ratio} | ${mb(peakBytes)} | ${rest.goal} | ${rest.reached ? 'yes' : '**no**'} |`
    },
  )
  return [
    '| work | ours | reference, same run | ratio | peak memory (PSS, all processes) | goal | reached |',
    '|---|---|---|---|---|---|---|',
    ...rows,
    '',
    ...measures.map(({ work, note }) => `- *${work}*: ${note}`),
  ].join('\n')
}

/** What it was measured on. */
export function machine(): string {
  const [cpu] = cpus()
  const memory = Math.round(totalmem() / 1024 ** 3)
  return `${cpus().length} × ${cpu?.model.trim()}, ${memory} GiB, Linux ${release()}, Node ${process.version}`
}

/** How long a work took, and how long processors worked for this process meanwhile. */
export type Timed<T> = Readonly<{ seconds: number; cpuSeconds: number; result: T }>

/** Times `work`. What the processes below this one spend is not in `cpuSeconds`. */
export async function timed<T>(work: () => Promise<T>): Promise<Timed<T>> {
  const before = process.cpuUsage()
  const from = performance.now()
  const result = await work()
  const seconds = (performance.now() - from) / 1000
  const { user, system } = process.cpuUsage(before)
  return { seconds, cpuSeconds: (user + system) / 1e6, result }
}

/** Processor time of ours and of the reference: it tells the same on a machine that is busy. */
export function saidCpu(ours: Timed<unknown>, reference?: Timed<unknown>): string {
  const own = `processor time ${ours.cpuSeconds.toFixed(2)} s without PostgreSQL`
  return reference ? `${own}, of the reference ${reference.cpuSeconds.toFixed(2)} s` : own
}

/** The median of an odd number of runs, after one that does not count. */
export async function median(runs: number, work: () => Promise<unknown>): Promise<number> {
  await work()
  const all: number[] = []
  for (let run = 0; run < runs; run += 1) all.push((await timed(work)).seconds)
  return all.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN
}
