import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { finished } from 'node:stream/promises'
import { type CellKeys, openCell, sealCell } from '#platform/sealed-cells.ts'
import { ownerOf } from './identity.ts'

/** What one thread does with the cells of one file of JSON lines. */
export type CellJob = Readonly<{
  task: 'seal' | 'open'
  keys: CellKeys
  branchId: string
  from: string
  to: string
}>
type Line = Readonly<{ row_no: number; subscriber_id: string; nonce: string; cell: string }>

/**
 * Seals texts, as lines of `{row_no, cell}` with the cell in hex. About 15 µs each, whatever its
 * length: OpenSSL sets up a context for each.
 */
export const sealFile = (job: CellJob): Promise<void> =>
  eachLine(job, ({ cell, nonce }, owner) => sealCell(job.keys, cell, owner, nonce).toString('hex'))

/** Opens cells given in hex, as lines of `{row_no, cell}` with the text. */
export const openFile = (job: CellJob): Promise<void> =>
  eachLine(job, ({ cell }, owner) => openCell(job.keys, Buffer.from(cell, 'hex'), owner))

async function eachLine(
  { branchId, from, to }: CellJob,
  task: (line: Line, owner: string) => string,
): Promise<void> {
  const lines = createInterface({ input: createReadStream(from, { highWaterMark: 1 << 18 }) })
  const out = createWriteStream(to, { highWaterMark: 1 << 18 })
  for await (const text of lines) {
    const line = JSON.parse(text) as Line // as DuckDB wrote it
    const cell = task(line, ownerOf(branchId, line.subscriber_id))
    if (
      !out.write(
        `${JSON.stringify({ row_no: line.row_no, subscriber_id: line.subscriber_id, cell })}\n`,
      )
    )
      await once(out, 'drain')
  }
  out.end()
  await finished(out)
}
