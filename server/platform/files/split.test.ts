import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { writeGb18030 } from '../../sample/gb18030.ts'
import { DELIMITERS, type Delimiter, type Encoding } from './shape.ts'
import { type SplitOptions, splitter } from './split.ts'
import { transcoderOf } from './transcode.ts'

type Answer = { rows: string[][]; rejects: { row: number; code: string; raw: string }[] }

/** Splits bytes that arrive in chunks of the given sizes, again and again. */
function splitBytes(
  bytes: Uint8Array,
  encoding: Encoding,
  options: Partial<SplitOptions> = {},
  chunks: readonly number[] = [1 << 20],
): Answer {
  const answer: Answer = { rows: [], rejects: [] }
  const gb18030 = encoding === 'gb18030'
  const split = splitter(
    {
      lineEnd: null,
      delimiter: 0x2c,
      quote: true,
      gb18030,
      marks: false,
      headerRow: 0,
      columns: 2,
      pad: false,
      rowBytes: 1 << 20,
      ...options,
    },
    {
      rows: (staged) => {
        const text = Buffer.from(staged).toString()
        for (const line of text.split('\n').slice(0, -1)) answer.rows.push(line.split('\x01'))
      },
      reject: ({ row, code, raw }) => {
        const text = new TextDecoder(gb18030 ? 'gb18030' : 'utf-8').decode(raw)
        answer.rejects.push({ row, code, raw: text })
      },
    },
  )
  const transcoder = transcoderOf(encoding)
  const feed = (chunk: Uint8Array) => split.feed(gb18030 ? chunk : transcoder.feed(chunk))
  for (let at = 0, n = 0; at < bytes.length; n++) {
    const size = chunks[n % chunks.length] ?? 1
    feed(Uint8Array.from(bytes.subarray(at, at + size)))
    at += size
  }
  if (!gb18030) split.feed(transcoder.end())
  split.end()
  return answer
}

const split = (text: string, options?: Partial<SplitOptions>, chunks?: readonly number[]) =>
  splitBytes(Buffer.from(text), 'utf-8', options, chunks)

function encode(text: string, encoding: Encoding): Uint8Array {
  if (encoding === 'utf-8') return Buffer.from(text)
  if (encoding === 'gb18030') {
    const bytes = new Uint8Array(text.length * 4)
    return bytes.subarray(0, writeGb18030(text, bytes, 0))
  }
  const little = Buffer.from(text, 'utf16le')
  return encoding === 'utf-16le' ? little : little.swap16()
}

const cell = fc.oneof(
  fc.constantFrom(
    '',
    '张三',
    '合计',
    '5" 屏',
    '"',
    '""',
    "'00123",
    ' a b ',
    '\t1380',
    '𠮷野',
    '€',
    '丂',
  ),
  fc.string({ unit: fc.constantFrom(...'ab,;|\t\x01" \r\n网格片区镇𠀀é'), maxLength: 8 }),
)
const table = fc.integer({ min: 2, max: 5 }).chain((width) =>
  fc.record({
    width: fc.constant(width),
    rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 12 }),
  }),
)

/** A cell as the source writes it: quoted where it must be, or always. */
function written(text: string, delimiter: Delimiter, always: boolean): string {
  const must = text.startsWith('"') || text.includes(delimiter) || /[\r\n]/.test(text)
  return always || must ? `"${text.replaceAll('"', '""')}"` : text
}

/** A cell as it is staged: line ends and the staged delimiter become blanks. */
function staged(text: string): string {
  return text
    .replaceAll('\r\n', ' ')
    .replaceAll(/[\r\n]/g, ' ')
    .replaceAll('\x01', ' ')
}

describe('a table of any cells', () => {
  test('comes out as it went in, whatever delimiter, encoding, quoting, line end and chunks', () => {
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(...DELIMITERS),
        fc.constantFrom<Encoding>('utf-8', 'gb18030', 'utf-16le', 'utf-16be'),
        fc.boolean(),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
        ({ width, rows }, delimiter, encoding, always, lineEnd, endsOpen, chunks) => {
          const lines = rows.map((row) =>
            row.map((text) => written(text, delimiter, always)).join(delimiter),
          )
          const text = lines.join(lineEnd) + (endsOpen ? '' : lineEnd)
          const options = { delimiter: delimiter.charCodeAt(0), columns: width }
          const answer = splitBytes(encode(text, encoding), encoding, options, chunks)
          expect(answer.rejects).toEqual([])
          expect(answer.rows).toEqual(rows.map((row, i) => [String(i + 1), ...row.map(staged)]))
        },
      ),
      { numRuns: 1500, seed: 11 },
    )
  })

  test('may be any bytes: every line is a row or a reject, in order, however it is chunked', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc
        .array(fc.constantFrom(0x22, 0x2c, 0x0a, 0x0d, 0x61, 0xff, 0x81, 0x30, 0xe4, 0x00), {
          maxLength: 200,
        })
        .map((list) => Uint8Array.from(list)),
    )
    const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(
        bytes,
        fc.constantFrom<Encoding>('utf-8', 'gb18030'),
        sizes,
        (any, encoding, chunks) => {
          const whole = splitBytes(any, encoding)
          const numbers = [
            ...whole.rows.map(([row]) => Number(row)),
            ...whole.rejects.map((r) => r.row),
          ]
          expect(new Set(numbers).size).toBe(numbers.length)
          if (any.includes(0x0a)) expect(splitBytes(any, encoding, {}, chunks)).toEqual(whole)
        },
      ),
      { numRuns: 1500, seed: 12 },
    )
  })
})

describe('a row', () => {
  test.each([
    { text: 'a,b', rows: [['1', 'a', 'b']], because: 'the last line needs no line end' },
    {
      text: 'a,b\r\rc,d\r',
      rows: [
        ['1', 'a', 'b'],
        ['3', 'c', 'd'],
      ],
      because: 'old Macs end lines in CR',
    },
    {
      text: '\n \n\x1a\na,b',
      rows: [['4', 'a', 'b']],
      because: 'blank lines count and are no rows',
    },
    { text: 'a,b,,\n', rows: [['1', 'a', 'b']], because: 'surplus empty cells are dropped' },
    { text: 'a,b, ,"",\n', rows: [['1', 'a', 'b']], because: 'blank ones too' },
    { text: ',\n', rows: [['1', '', '']], because: 'a row of empty cells is a row' },
    {
      text: '"a" ,b\n',
      rows: [],
      code: 'row-broken-quotes',
      because: 'a quoted cell ends at its quote',
    },
    { text: 'a\n', rows: [], code: 'row-too-short', because: 'a cell is missing' },
    { text: 'a,b,c\n', rows: [], code: 'row-too-long', because: 'a value is surplus' },
    { text: 'a,\0\n', rows: [], code: 'row-broken-bytes', because: 'no text holds a zero byte' },
    { text: `${'x'.repeat(300)},b\n`, rows: [], code: 'row-too-large', because: 'over the limit' },
    {
      text: 'a,"b',
      rows: [],
      code: 'row-broken-quotes',
      because: 'the file ends in a quoted cell',
    },
  ])('$text gives $rows $code: $because', ({ text, rows, code }) => {
    const answer = split(text, { rowBytes: 200 })
    expect(answer.rows).toEqual(rows)
    expect(answer.rejects.map((reject) => reject.code)).toEqual(code ? [code] : [])
  })

  test('without end costs no memory and is one row that is too large', () => {
    const answer = split(`a,b\n${'x'.repeat(5000)}\nc,d\n`, { rowBytes: 200 }, [50])
    expect(answer.rows).toEqual([
      ['1', 'a', 'b'],
      ['3', 'c', 'd'],
    ])
    expect(answer.rejects.map(({ row, code }) => [row, code])).toEqual([[2, 'row-too-large']])
  })

  test('with a quote that would swallow the file loses its own line only', () => {
    const lines = Array.from({ length: 50 }, (_, i) => `${i},b`)
    const answer = split(['a,"b', ...lines].join('\n'), { rowBytes: 100 })
    expect(answer.rows).toHaveLength(50)
    expect(answer.rejects).toEqual([{ row: 1, code: 'row-broken-quotes', raw: 'a,"b' }])
  })

  test('is padded in a workbook, where programs leave out empty cells at the end', () => {
    const { rows } = split('a\nb,c', { pad: true, columns: 3 })
    expect(rows).toEqual([
      ['1', 'a', '', ''],
      ['2', 'b', 'c', ''],
    ])
  })
})

test.each([
  { line: 'a,"b\n', because: 'each quote ends the reading from the one before' },
  { line: '"""x\n', because: 'an escaped quote does not hide the next opening one' },
  { line: 'a,""b\n', because: 'quotes closed at once are broken at once' },
])(
  'a million lines of $line are read in one go: $because',
  ({ line }) => {
    const answer = split(line.repeat(1_000_000))
    expect(answer.rejects).toHaveLength(1_000_000)
  },
  20_000,
)
