import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import { runCsvJob, sumOf } from '#platform/files/csv-job.ts'
import { withLimits } from '#platform/files/limits.ts'
import { copyParquet } from '#platform/files/parquet.ts'
import { sniff } from '#platform/files/sniff.ts'
import { findTable, headOf, type TextTable } from '#platform/files/table.ts'
import { writeXlsx } from '#platform/files/write-xlsx.ts'
import { unpackWorkbook } from '#platform/files/xlsx/unpack.ts'

const limits = withLimits({})
const name = 'a'
const lastRow = 10_000

/**
 * Reads a file as `stage` does, but in this process, where a thousand of them take seconds; the
 * number of rejected rows. What it leaves is in `folder`.
 */
export async function readHere(path: string, folder: string): Promise<number> {
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

/** A sound file of each kind, to be damaged. */
export async function samplesIn(folder: string): Promise<Record<string, Buffer>> {
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
