import { STAGED_DELIMITER } from './record.ts'
import type { Delimiter } from './shape.ts'
import { splitter } from './split.ts'

export type HeadRow = Readonly<{ row: number; cells: readonly string[] }>
export type Head = Readonly<{ rows: readonly HeadRow[]; brokenQuotes: number }>

/**
 * The first rows of `text` (UTF-8, possibly with `BROKEN` bytes), split as the stage will split
 * them; blank and odd rows too. `whole`: the text is the whole file, so its last row is complete.
 */
export function readHead(
  text: Uint8Array,
  options: Readonly<{
    delimiter: Delimiter
    quote: boolean
    marks: boolean
    whole: boolean
    rowBytes: number
  }>,
): Head {
  const rows: HeadRow[] = []
  let brokenQuotes = 0
  const split = splitter(
    {
      ...options,
      delimiter: options.delimiter.charCodeAt(0),
      gb18030: false,
      lineEnd: null,
      headerRow: 0,
      columns: null,
      pad: false,
    },
    {
      rows: (bytes) => {
        for (const line of textOf(bytes).split('\n')) {
          const [row, ...cells] = line.split(String.fromCharCode(STAGED_DELIMITER))
          if (row) rows.push({ row: Number(row), cells })
        }
      },
      reject: ({ row, code, raw }) => {
        if (code === 'row-broken-quotes') brokenQuotes++
        rows.push({ row, cells: [textOf(raw)] })
      },
    },
  )
  split.feed(text)
  if (options.whole) split.end()
  return { rows: rows.sort((a, b) => a.row - b.row), brokenQuotes }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
}
