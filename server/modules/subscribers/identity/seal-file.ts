import { createReadStream, createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
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

/** Seals texts, as lines of `{row_no, subscriber_id, cell}` with the cell in hex: about 9 µs each. */
export const sealFile = (job: CellJob): Promise<void> =>
  eachLine(job, ({ cell, nonce }, owner) => sealCell(job.keys, cell, owner, nonce).toString('hex'))

/** Opens cells given in hex, as the same lines with the text. */
export const openFile = (job: CellJob): Promise<void> =>
  eachLine(job, ({ cell }, owner) => openCell(job.keys, Buffer.from(cell, 'hex'), owner))

/** In pieces of a file, not line by line: waiting for each line costs as much as sealing it. */
async function eachLine(
  { branchId, from, to }: CellJob,
  task: (line: Line, owner: string) => string,
): Promise<void> {
  const doneOf = (text: string) => {
    const line = JSON.parse(text) as Line // as DuckDB wrote it
    const { row_no, subscriber_id } = line
    const cell = task(line, ownerOf(branchId, subscriber_id))
    return `${JSON.stringify({ row_no, subscriber_id, cell })}\n`
  }
  await pipeline(
    createReadStream(from, { encoding: 'utf8', highWaterMark: PIECE_BYTES }),
    async function* (pieces: AsyncIterable<string>) {
      let rest = ''
      for await (const piece of pieces) {
        const lines = (rest + piece).split('\n')
        rest = lines.pop() ?? ''
        yield lines.map(doneOf).join('')
      }
      if (rest) yield doneOf(rest)
    },
    createWriteStream(to),
  )
}
const PIECE_BYTES = 1 << 18
