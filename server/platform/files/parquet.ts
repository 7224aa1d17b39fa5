import { DuckDBInstance } from '@duckdb/node-api'
import { Refusal } from '#platform/refusal.ts'
import type { FileLimits } from './limits.ts'
import { literal } from './relation.ts'

export type ParquetJob = Readonly<{
  kind: 'parquet'
  path: string
  name: string
  out: string
  /** Stop after this row. */
  lastRow: number
  limits: FileLimits
}>

export type ParquetResult = Readonly<{ header: readonly string[]; rows: number }>

/**
 * Copies a Parquet file into one of ours: `row_no` from 1, then every column as text under the
 * names c1 … cN. A number without fraction loses its `.0`, for tables that were once spreadsheets
 * hold codes as floating-point numbers.
 */
export async function copyParquet(job: ParquetJob): Promise<ParquetResult> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '2',
    memory_limit: `${job.limits.megabytes}MB`,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  const connection = await instance.connect()
  const source = `read_parquet(${literal(job.path)}, file_row_number = true, binary_as_string = true)`
  try {
    const described = await connection.runAndReadAll(`describe select * from ${source}`)
    const columns = described
      .getRows()
      .map(([name, type]) => ({ name: String(name), type: String(type) }))
      .filter(({ name }) => name !== 'file_row_number')
    expectWidth(job, columns.length)
    const cells = columns.map((column, i) => `${textOf(column)} as c${i + 1}`)
    await connection.run(
      `copy (select file_row_number + 1 as row_no, ${cells.join(', ')} from ${source}
        where file_row_number < ${job.lastRow}) to ${literal(job.out)} (format parquet)`,
    )
    const counted = await connection.runAndReadAll(
      `select count(*)::integer from read_parquet(${literal(job.out)})`,
    )
    return { header: columns.map(({ name }) => name), rows: Number(counted.getRows()[0]?.[0]) }
  } catch (error) {
    throw error instanceof Refusal ? error : parquetRefusal(error, job.name)
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

function textOf({ name, type }: Readonly<{ name: string; type: string }>): string {
  const column = `"${name.replaceAll('"', '""')}"`
  if (type !== 'DOUBLE' && type !== 'FLOAT') return `${column}::varchar`
  const whole = `${column} = trunc(${column}) and abs(${column}) <= 9007199254740991`
  return `case when ${whole} then ${column}::bigint::varchar else ${column}::varchar end`
}

function expectWidth({ name, limits }: ParquetJob, columns: number): void {
  if (columns === 0) throw new Refusal('invalid', 'file-no-columns', { file: name })
  if (columns <= limits.columns) return
  const values = { file: name, columns, limit: limits.columns }
  throw new Refusal('invalid', 'file-too-wide', values)
}

/** What the reader says about a file that it cannot read, without the path it was read from. */
function parquetRefusal(error: unknown, file: string): unknown {
  if (!(error instanceof Error)) return error
  if (/encrypt/i.test(error.message)) return new Refusal('invalid', 'file-encrypted', { file })
  const detail =
    error.message
      .split('\n')[0]
      ?.replaceAll(/['"]?\/\S+/g, file)
      .slice(0, 200) ?? ''
  return new Refusal('invalid', 'file-damaged', { file, detail })
}
