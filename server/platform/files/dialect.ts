import { readHead } from './head.ts'
import { DELIMITERS, type Delimiter } from './shape.ts'

export type Dialect = Readonly<{ delimiter: Delimiter; quote: boolean }>

const SAMPLE_BYTES = 256 * 1024

/**
 * The delimiter under which most rows have the same number of cells, more cells counting for more:
 * share² × log₂ cells. A comma where no candidate gives two cells. Quotes have their meaning unless
 * most rows that have one at the start of a cell are broken by it.
 */
export function guessDialect(
  text: Uint8Array,
  options: Readonly<{ whole: boolean; rowBytes: number; delimiter?: Delimiter }>,
): Dialect {
  const sample = text.subarray(0, SAMPLE_BYTES)
  const whole = options.whole && sample.length === text.length
  const trial = (delimiter: Delimiter) =>
    readHead(sample, { ...options, whole, delimiter, quote: true, marks: false })
  const candidates = options.delimiter ? [options.delimiter] : DELIMITERS
  let best = { score: -1, delimiter: ',' as Delimiter, quote: true }
  for (const delimiter of candidates) {
    const head = trial(delimiter)
    const score = evenness(head.rows.map(({ cells }) => cells.length))
    const quote = head.brokenQuotes * 2 <= quotedRows(sample, delimiter)
    if (score > best.score) best = { score, delimiter, quote }
  }
  return { delimiter: best.delimiter, quote: best.quote }
}

function evenness(widths: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1)
  const scores = [...counts].map(([width, rows]) => (rows / widths.length) ** 2 * Math.log2(width))
  return Math.max(0, ...scores)
}

function quotedRows(sample: Uint8Array, delimiter: Delimiter): number {
  const lines = Buffer.from(sample).toString('latin1').split(/\r?\n/)
  return lines.filter((line) => line.startsWith('"') || line.includes(`${delimiter}"`)).length
}
