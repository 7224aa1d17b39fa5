import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Refusal } from '#platform/refusal.ts'
import { runCsvJob, sumOf } from './csv-job.ts'
import { withLimits } from './limits.ts'
import { copyParquet } from './parquet.ts'
import { sniff } from './sniff.ts'
import { findTable, headOf, type TextTable } from './table.ts'
import { writeXlsx } from './write-xlsx.ts'
import { unpackWorkbook } from './xlsx/unpack.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gridkeeper-damage-'))
})
afterAll(() => rm(folder, { recursive: true }))

const limits = withLimits({})
const name = 'a'
const lastRow = 10_000

/**
 * Reads a file as `stage` does, but in this process, where a thousand of them take seconds; the
 * number of rejected rows.
 */
async function read(path: string): Promise<number> {
  const shape = await sniff(path)
  const out = join(folder, 'out')
  if (shape.kind === 'parquet') {
    await copyParquet({ kind: 'parquet', path, name, out, lastRow, limits })
    return 0
  }
  if (shape.kind === 'xlsx') {
    await unpackWorkbook({ kind: 'xlsx', path, name, sheet: null, out, lastRow, limits }, () => {})
    return 0
  }
  const table: TextTable = { path, shape, workbook: false }
  const found = findTable(await headOf(table, { path, name, limits }), { path, name, limits })
  const result = await runCsvJob(
    {
      ...table,
      name,
      from: 0,
      to: shape.bytes,
      headerRow: found.headerRow,
      columns: found.header.length,
      stagedPath: out,
      rejectsPath: join(folder, 'rejects'),
      limits,
    },
    () => {},
  )
  return sumOf(result.rejectedBy)
}

/** A generator of numbers below a bound that gives the same ones for the same seed. */
function dice(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

function damaged(content: Buffer, seed: number): Buffer {
  const roll = dice(seed)
  const bytes = Buffer.from(content)
  if (seed % 3 === 0) return bytes.subarray(0, roll(bytes.length))
  for (let n = roll(8); n >= 0; n--) bytes[roll(bytes.length)] = roll(256)
  if (seed % 3 === 1) return bytes
  const [from, to] = [roll(bytes.length), roll(bytes.length)]
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)])
}

async function samples(): Promise<Record<string, Buffer>> {
  const rows = Array.from({ length: 300 }, (_, i) => [`用户${i}`, i, 'a"b,c\nd'])
  const columns = ['编号', '金额', '备注'].map((title) => ({ title, width: 9 }))
  const workbook = join(folder, 'sound.xlsx')
  await writeXlsx(workbook, [{ name: 's', columns, rows }])
  const parquet = join(folder, 'sound.parquet')
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  await connection.run(
    `copy (select range i, 'x' || range s, null n from range(3000)) to '${parquet}'`,
  )
  const csv = Buffer.from(rows.map((row) => `${row.slice(0, 2).join(',')},"x ""y"""`).join('\n'))
  return {
    csv,
    'CSV in gzip': gzipSync(csv),
    workbook: await readFile(workbook),
    Parquet: await readFile(parquet),
  }
}

test.each([
  ['csv', 300],
  ['CSV in gzip', 300],
  ['workbook', 300],
  ['Parquet', 150],
])(
  'a damaged %s is read or refused, whatever happened to it',
  async (kind, cases) => {
    const sound = (await samples())[kind] ?? Buffer.alloc(0)
    const path = join(folder, 'damaged')
    let felt = 0
    for (let seed = 1; seed <= cases; seed++) {
      await writeFile(path, damaged(sound, seed))
      felt += await read(path).catch((error: unknown) => {
        if (error instanceof Refusal) return 1
        throw new Error(`seed ${seed} of ${kind}`, { cause: error })
      })
    }
    expect(felt, 'the damage is felt').toBeGreaterThan(cases / 10)
  },
  120_000,
)
