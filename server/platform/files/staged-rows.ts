import { readFile } from 'node:fs/promises'
import { DuckDBInstance } from '@duckdb/node-api'
import type { RejectedRow, Staged } from './stage.ts'

/** The staged rows as DuckDB reads them, in order: number, then cells. For tests. */
export async function rowsOf({ relation, header }: Staged): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    const read = await connection.runAndReadAll(`select * from ${relation} order by row_no`)
    const names = ['row_no', ...header.map((_, i) => `c${i + 1}`)]
    if (read.columnNames().join() !== names.join()) throw new Error(read.columnNames().join())
    return read.getRows().map(([row, ...cells]) => [Number(row), ...cells])
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

/** The rejected rows of a staged file. For tests. */
export async function rejectsOf({ rejects }: Staged): Promise<RejectedRow[]> {
  const lines = (await readFile(rejects, 'utf8')).split('\n').filter((line) => line !== '')
  return lines.map((line) => JSON.parse(line) as RejectedRow)
}
