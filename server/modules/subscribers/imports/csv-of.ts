import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { type LakeSession, type Params, quoted } from '#platform/duckdb/lake.ts'

/**
 * The answer of `sql` as CSV for `copyIn`: no header, nothing between two commas for null. It is
 * written to a file in `folder` first, which goes when the stream has ended.
 */
export async function csvOf(
  session: LakeSession,
  sql: string,
  folder: string,
  params: Params = {},
): Promise<Readable> {
  const file = join(folder, `${randomUUID()}.csv`)
  await session.run(`copy (${sql}) to '${quoted(file)}' (format csv, header false)`, params)
  const stream = createReadStream(file, { highWaterMark: 1 << 18 })
  stream.once('close', () => {
    rm(file, { force: true }).catch(() => undefined) // a scratch file; its folder is removed anyway
  })
  return stream
}
