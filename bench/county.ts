import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { generateCounty } from '../server/sample/index.ts'
import type { BenchOf } from './bench.ts'

export const BRANCH = '370686'
/** Two nights of the same county, and the working day (a Thursday) that is planned after each. */
export const NIGHTS = ['2026-11-17', '2026-11-18'] as const
export const PLANNED = '2026-11-19'

const SEED = 7
/** A sample household has 1.75 subscribers. */
const SUBSCRIBERS_PER_HOUSEHOLD = 1.7513

/** The files of the sample county on a night; made once, then kept. Answers with their folder. */
export async function countyFiles({ rows, folder }: BenchOf, date: string): Promise<string> {
  const kept = join(folder, `county-${rows}-${date}`)
  if (existsSync(kept)) return kept
  const draft = `${kept}.draft`
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { recursive: true })
  console.error(`making a county of ${rows} subscribers on ${date} …`)
  await generateCounty({
    branchId: BRANCH,
    households: Math.round(rows / SUBSCRIBERS_PER_HOUSEHOLD),
    seed: SEED,
    date,
    out: draft,
  })
  await rename(draft, kept)
  return kept
}

/** The subscribers of a county as UTF-8, which DuckDB reads by itself; made once, then kept. */
export async function inUtf8(county: string): Promise<string> {
  const kept = join(county, 'subscribers-utf8.csv')
  if (existsSync(kept)) return kept
  const source = Readable.toWeb(createReadStream(join(county, 'subscribers.csv')))
  const text = source.pipeThrough(new TextDecoderStream('gb18030') as never)
  await pipeline(Readable.fromWeb(text as never), createWriteStream(`${kept}.draft`))
  await rename(`${kept}.draft`, kept)
  return kept
}
