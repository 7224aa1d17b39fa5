import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { quoted } from '#platform/duckdb/lake.ts'
import type { Bench } from './bench.ts'
import { countyFiles, inUtf8, NIGHTS } from './county.ts'
import { BESIDE, CONFIG, importKind, openStaffedHouse } from './house.ts'
import { saidCpu, type Timed, timed } from './table.ts'
import { saidParts, stopwatch, watched } from './watched.ts'

/** The first import of an extract, against DuckDB turning the same text into Parquet unchecked. */
export const importBench: Bench = async (of) => {
  const county = await countyFiles(of, NIGHTS[0])
  const ours = await (async () => {
    await using house = await openStaffedHouse(of)
    const took = await watched(async () => {
      const parts = stopwatch()
      const outcome = await importKind(house, {
        ...{ kind: 'subscribers', date: NIGHTS[0], county },
        tell: ({ phase }) => parts.tell(phase.en),
      })
      return { outcome, laps: parts.laps() }
    })
    for (const kind of BESIDE) await importKind(house, { kind, date: NIGHTS[0], county })
    return took
  })()
  const { outcome, laps } = ours.result
  const toSnapshot = [
    'beginning',
    'Reading the file',
    'Converting and checking',
    'Writing the snapshot',
  ]
    .map((part) => laps.get(part)?.seconds ?? Number.NaN)
    .reduce((sum, each) => sum + each, 0)
  const unchecked = await readAndWrite(await inUtf8(county), join(of.folder, 'reference'))
  const reference = unchecked.seconds
  const named = `${outcome.rows} × 60 GB18030 CSV`
  return [
    {
      work: `import ${named}, checked, to snapshot`,
      seconds: toSnapshot,
      reference: 'DuckDB read_csv → Parquet (zstd), UTF-8, unchecked',
      referenceSeconds: reference,
      peakBytes: ours.peakBytes,
      goal: '≤ 2 ×',
      reached: toSnapshot <= 2 * reference,
      note: `${saidParts(laps)}; ${saidCpu(ours, unchecked)}, with the card`,
    },
    {
      work: 'the same with the first card of every subscriber in the ledger',
      seconds: ours.seconds,
      reference: 'the same',
      referenceSeconds: reference,
      peakBytes: ours.peakBytes,
      goal: '≤ 2 GB',
      reached: ours.peakBytes <= 2e9,
      note: `rows ${outcome.rows} = accepted ${outcome.accepted} + rejected ${outcome.rejected} + duplicates ${outcome.duplicates}`,
    },
  ]
}

/** As many threads as ours; title lines skipped, broken lines left out, types as DuckDB finds them. */
async function readAndWrite(csv: string, out: string): Promise<Timed<unknown>> {
  const database = await DuckDBInstance.create(':memory:', {
    threads: String(CONFIG.duckdbThreads),
    preserve_insertion_order: 'false',
  })
  const connection = await database.connect()
  try {
    return await timed(() =>
      connection.run(`copy (
        from read_csv('${quoted(csv)}', skip = 3, header = true, delim = ',', ignore_errors = true)
      ) to '${quoted(`${out}.parquet`)}' (format parquet, compression zstd)`),
    )
  } finally {
    connection.closeSync()
    database.closeSync()
    await rm(`${out}.parquet`, { force: true })
  }
}
