import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeGb18030 } from '../../sample/gb18030.ts'
import { sniff } from './sniff.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gridkeeper-sniff-'))
})
afterAll(() => rm(folder, { recursive: true }))

let count = 0
async function shapeOf(content: Uint8Array) {
  const path = join(folder, `${++count}.csv`)
  await writeFile(path, content)
  return sniff(path)
}

const gb = (text: string) => {
  const bytes = new Uint8Array(text.length * 4)
  return Buffer.from(bytes.subarray(0, writeGb18030(text, bytes, 0)))
}
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16()
const table = '用户编号,用户名称,备注\n1,张三,正常\n2,李四,停机\n'
const chinese = `${'备注内容很长的一列中文'.repeat(20)},甲\n`

describe('the encoding of a file is', () => {
  test.each([
    { content: Buffer.from(table), encoding: 'utf-8', bom: false, because: 'it is sound UTF-8' },
    {
      content: Buffer.from(`\uFEFF${table}`),
      encoding: 'utf-8',
      bom: true,
      because: 'of its mark',
    },
    { content: gb(table), encoding: 'gb18030', bom: false, because: 'it is no sound UTF-8' },
    {
      content: gb(`\uFEFF${table}`),
      encoding: 'gb18030',
      bom: true,
      because: 'GB18030 has a mark too',
    },
    {
      content: Buffer.from(`\uFEFF${table}`, 'utf16le'),
      encoding: 'utf-16le',
      bom: true,
      because: 'of its mark',
    },
    { content: utf16be(`\uFEFF${table}`), encoding: 'utf-16be', bom: true, because: 'of its mark' },
    {
      content: Buffer.from(table, 'utf16le'),
      encoding: 'utf-16le',
      bom: false,
      because: 'every second byte is zero',
    },
    {
      content: utf16be(table),
      encoding: 'utf-16be',
      bom: false,
      because: 'every other second byte is zero',
    },
    {
      content: Buffer.from('a,b\n1,2\n'),
      encoding: 'utf-8',
      bom: false,
      because: 'ASCII is UTF-8',
    },
    {
      content: Buffer.concat([Buffer.from(chinese.repeat(5)), Buffer.from([0xe5, 0x0a])]),
      encoding: 'utf-8',
      bom: false,
      because: 'one broken byte does not make it another',
    },
    {
      content: Buffer.concat([Buffer.from('a,b\n1,2\n'.repeat(200_000)), gb(table)]),
      encoding: 'gb18030',
      bom: false,
      because: 'Chinese at its end is looked at too',
    },
  ])('$encoding, mark $bom: $because', async ({ content, encoding, bom }) => {
    expect(await shapeOf(content)).toMatchObject({ kind: 'csv', encoding, bom })
  })
})

describe('the delimiter of a file is', () => {
  test.each([
    { text: table, delimiter: ',', because: 'most rows have three cells by it' },
    { text: table.replaceAll(',', '\t'), delimiter: '\t', because: 'tabs' },
    { text: table.replaceAll(',', ';'), delimiter: ';', because: 'semicolons' },
    { text: table.replaceAll(',', '|'), delimiter: '|', because: 'bars' },
    { text: table.replaceAll(',', '\x01'), delimiter: '\x01', because: 'Hive' },
    {
      text: 'id\troles\n1\ta|b,c\n2\tc|d,e\n',
      delimiter: '\t',
      because: 'the first to divide evenly wins',
    },
    {
      text: 'id,name,roles\n1,a,x|y\n2,b,x|y\n3,c,x|y\n',
      delimiter: ',',
      because: 'more columns outweigh a list inside one',
    },
    {
      text: '清单，说明\n合计：3\n\nid;name\n1;a, b\n2;c\n3;d\n',
      delimiter: ';',
      because: 'titles do not count',
    },
    { text: '"a,b";"c"\n"d,e";"f"\n', delimiter: ';', because: 'quoted delimiters do not count' },
    { text: 'name\na\nb\n', delimiter: ',', because: 'a single column has none' },
  ])('$delimiter: $because', async ({ text, delimiter }) => {
    expect(await shapeOf(Buffer.from(text))).toMatchObject({ delimiter })
  })
})

test.each([
  { text: 'a,b\n"1","2"\n', quote: true, because: 'cells are quoted' },
  { text: 'a,b\n1,2\n', quote: true, because: 'nothing speaks against it' },
  { text: 'a,b\n"19 屏,2\n"22 屏,3\n', quote: false, because: 'quotes are inches' },
])('quotes of a file have their meaning ($quote): $because', async ({ text, quote }) => {
  expect(await shapeOf(Buffer.from(text))).toMatchObject({ quote })
})

test('a gzip file is what it holds', async () => {
  expect(await shapeOf(gzipSync(gb(table)))).toMatchObject({
    kind: 'csv',
    gzip: true,
    encoding: 'gb18030',
    delimiter: ',',
  })
})
