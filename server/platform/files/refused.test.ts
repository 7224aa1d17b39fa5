import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateRawSync, gzipSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sentenceOf } from '#contract/refusals.ts'
import { Refusal } from '#platform/refusal.ts'
import type { FileLimits } from './limits.ts'
import { type StageOptions, stage } from './stage.ts'
import { writeXlsx } from './write-xlsx.ts'
import { zipOf } from './xlsx/zip.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gridkeeper-refused-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** The code and values with which a file is refused; what it left in its folder must be nothing. */
async function refused(content: Uint8Array | string, options: Partial<StageOptions> = {}) {
  const home = await mkdtemp(join(folder, 'case-'))
  const path = join(home, 'delivered')
  const out = join(home, 'out')
  await writeFile(path, content)
  const signal = new AbortController().signal
  const error = await stage({ path, name: '清单.csv', out, signal, ...options }).catch((e) => e)
  expect(error).toBeInstanceOf(Refusal)
  const { code, values } = error as Refusal
  expect(values.file).toBe('清单.csv')
  for (const language of ['zh', 'en'] as const) {
    const sentence = sentenceOf(code, values, language)
    expect(sentence, 'every hole of the sentence is filled').not.toMatch(/\{\w+\}/)
  }
  const left = await readdir(out).catch(() => [])
  expect(left, 'nothing half-staged is left').toEqual([])
  return { code, values }
}

const utf16 = (text: string) => Buffer.from(text, 'utf16le')
const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
const ole = (stream: string) => Buffer.concat([Buffer.from(OLE), Buffer.alloc(1024), utf16(stream)])
const png = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  Buffer.alloc(99),
])
const noise = Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919 + (i >> 3)) % 251))

describe('a delivered file is refused', () => {
  test.each([
    { content: '', code: 'file-empty', because: 'it has no bytes' },
    { content: ' \r\n\n', code: 'file-empty', because: 'it has blanks only' },
    { content: '\uFEFF', code: 'file-empty', because: 'it has a byte order mark only' },
    { content: gzipSync(''), code: 'file-empty', because: 'it unpacks to nothing' },
    { content: png, code: 'file-not-a-table', what: 'PNG', because: 'a picture is called .csv' },
    { content: '%PDF-1.7\n1 0 obj', code: 'file-not-a-table', what: 'PDF', because: 'it is a PDF' },
    {
      content: '<html><table>',
      code: 'file-not-a-table',
      what: 'HTML',
      because: 'web reports are called .xls',
    },
    { content: '{"rows": []}', code: 'file-not-a-table', what: 'JSON', because: 'it is JSON' },
    {
      content: gzipSync(png),
      code: 'file-not-a-table',
      what: 'PNG',
      because: 'gzip hides a picture',
    },
    {
      content: gzipSync(gzipSync('a,b')),
      code: 'file-not-a-table',
      what: 'gzip',
      because: 'one gzip is enough',
    },
    {
      content: noise,
      code: 'file-not-a-table',
      what: '二进制数据 / binary data',
      because: 'it is no text',
    },
    {
      content: ole('Workbook'),
      code: 'file-old-excel',
      because: 'it is a workbook of before 2007',
    },
    { content: ole('EncryptedPackage'), code: 'file-encrypted', because: 'a password protects it' },
    {
      content: 'PK\x03\x04 and no directory',
      code: 'file-truncated',
      because: 'its end is missing',
    },
    { content: 'PAR1 and no end', code: 'file-truncated', because: 'its end is missing' },
    {
      content: `PAR1${'x'.repeat(90)}PARE`,
      code: 'file-encrypted',
      because: 'its footer is encrypted',
    },
    {
      content: `PAR1${'x'.repeat(90)}\x10\0\0\0PAR1`,
      code: 'file-damaged',
      because: 'its footer is none',
    },
    { content: ',,,\n,,,\n', code: 'file-no-columns', because: 'all its cells are empty' },
    {
      content: gzipSync('a,b\n1,2\n'.repeat(9999)).subarray(0, 60),
      code: 'file-truncated',
      because: 'a transfer broke off',
    },
  ])('as $code $what: $because', async ({ content, code, what }) => {
    const refusal = await refused(content)
    expect(refusal.code).toBe(code)
    if (what !== undefined) expect(refusal.values.what).toBe(what)
  })

  test('that is not there', async () => {
    const path = join(folder, 'nowhere')
    const signal = new AbortController().signal
    await expect(stage({ path, out: folder, signal })).rejects.toMatchObject({
      code: 'file-missing',
      values: { file: 'nowhere' },
    })
  })

  test('with 10,000 columns, naming how many it has', async () => {
    const header = Array.from({ length: 10_000 }, (_, i) => `列${i}`).join(',')
    const { code, values } = await refused(`${header}\n`)
    expect([code, values.columns, values.limit]).toEqual(['file-too-wide', 10_000, 4096])
  })

  test('when most rows are broken in the encoding that was chosen, naming the likelier one', async () => {
    const gb = Buffer.from([0xd5, 0xc5, 0xc8, 0xfd]) // 张三
    const row = Buffer.concat([gb, Buffer.from(','), gb, Buffer.from('\n')])
    const content = Buffer.concat([Buffer.from('a,b\n'), ...Array.from({ length: 20 }, () => row)])
    const { code, values } = await refused(content, { encoding: 'utf-8' })
    expect(code).toBe('file-wrong-encoding')
    expect(values).toMatchObject({ encoding: 'utf-8', looksLike: 'gb18030', broken: 20, rows: 20 })
  })

  test.each([
    { options: { headerRow: 9 }, code: 'file-header-row-missing', because: 'it has two rows' },
    { options: { limits: { bytes: 5 } }, code: 'file-too-large', because: 'it is over the limit' },
  ])('as $code: $because', async ({ options, code }) => {
    expect((await refused('a,b\n1,2\n', options)).code).toBe(code)
  })

  test('that unpacks to far more than it has bytes', async () => {
    const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024, 'a,b\n'))
    expect((await refused(bomb)).code).toBe('file-bomb')
    const small = gzipSync('a,b\n'.repeat(1000))
    expect((await refused(small, { limits: { unpackedBytes: 999 } })).code).toBe('file-bomb')
  })
})

describe('a workbook is refused', () => {
  async function workbook(sheetXml: string, strings = '<sst/>'): Promise<Buffer> {
    const chunks: Buffer[] = []
    for await (const chunk of zipOf(parts(sheetXml, strings))) chunks.push(chunk)
    return Buffer.concat(chunks)
  }

  test.each([
    { xml: sheet('<row r="1"><c><v>1'), code: 'file-damaged', because: 'its XML ends early' },
    {
      xml: `<!DOCTYPE x [<!ENTITY a "b">]>${sheet('')}`,
      code: 'file-damaged',
      because: 'it defines entities',
    },
    {
      xml: sheet('<row r="2"/><row r="1"/>'),
      code: 'file-damaged',
      because: 'its rows run backwards',
    },
    { xml: sheet('<a>'.repeat(99)), code: 'file-damaged', because: 'it nests without end' },
    {
      xml: sheet('<row r="9999999"><c><v>1</v></c></row>'),
      code: 'file-damaged',
      because: 'no sheet has so many rows',
    },
    { xml: sheet(''), code: 'file-empty', because: 'its only sheet is empty' },
  ])('as $code: $because', async ({ xml, code }) => {
    expect((await refused(await workbook(xml))).code).toBe(code)
  })

  test('that is a bomb, before it is unpacked and in less than two seconds', async () => {
    const bomb = zip('xl/worksheets/sheet1.xml', Buffer.alloc(300 * 1024 * 1024, ' '))
    const began = performance.now()
    expect((await refused(bomb)).code).toBe('file-bomb')
    expect(performance.now() - began).toBeLessThan(2000)
  })

  test('that claims fewer bytes than it unpacks to', async () => {
    const liar = zip('[Content_Types].xml', Buffer.alloc(100_000, 'x'), 10)
    expect(['file-damaged', 'file-not-a-table']).toContain((await refused(liar)).code)
  })

  test('whose shared strings fill the memory, without harm to this process', async () => {
    const strings = `<sst>${`<si><t>${'网'.repeat(1000)}</t></si>`.repeat(2000)}</sst>`
    const limits: Partial<FileLimits> = { megabytes: 4, ratio: 1e6 }
    const content = await workbook(sheet('<row r="1"><c><v>1</v></c></row>'), strings)
    expect((await refused(content, { limits })).code).toBe('file-bomb')
  })

  test('that lacks the sheet asked for, naming those it has', async () => {
    const path = join(folder, 'two.xlsx')
    const rows = [['1']]
    await writeXlsx(
      path,
      ['甲', '乙'].map((name) => ({ name, columns: [], rows })),
    )
    const signal = new AbortController().signal
    const staging = stage({ path, out: join(folder, 'two'), signal, sheet: '丙' })
    await expect(staging).rejects.toMatchObject({
      code: 'file-sheet-missing',
      values: { sheets: '甲、乙' },
    })
  })

  test.each([
    { inside: 'word/document.xml', what: 'DOCX' },
    { inside: 'content.txt', what: 'ZIP' },
  ])('that is $what', async ({ inside, what }) => {
    const { code, values } = await refused(zip(inside, Buffer.from('x')))
    expect([code, values.what]).toEqual(['file-not-a-table', what])
  })
})

test('a Parquet file is refused as damaged when a page of it was altered', async () => {
  const path = join(folder, 'sound.parquet')
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  await connection.run(`copy (select range i, 'x' || range s from range(20000)) to '${path}'`)
  const bytes = await readFile(path)
  bytes.fill(0xff, 40, 400)
  const { code, values } = await refused(bytes)
  expect(code).toBe('file-damaged')
  expect(values.detail, 'no path of this machine is told').not.toContain(folder)
})

function sheet(rows: string): string {
  return `<worksheet><sheetData>${rows}</sheetData></worksheet>`
}

/** A workbook of one sheet, as small as may be. */
function parts(sheetXml: string, strings: string) {
  const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const relation = (id: string, kind: string, target: string) =>
    `<Relationship Id="${id}" Type="${type}/${kind}" Target="${target}"/>`
  return [
    ['_rels/.rels', relation('a', 'officeDocument', 'xl/workbook.xml')],
    ['xl/workbook.xml', '<workbook><sheets><sheet name="S" r:id="b"/></sheets></workbook>'],
    [
      'xl/_rels/workbook.xml.rels',
      relation('b', 'worksheet', 'sheet.xml') + relation('c', 'sharedStrings', 'strings.xml'),
    ],
    ['xl/sheet.xml', sheetXml],
    ['xl/strings.xml', strings],
  ].map(([path = '', text = '']) => ({
    path,
    content: [path.endsWith('.rels') ? `<Relationships>${text}</Relationships>` : text],
  }))
}

/** A ZIP of one entry whose directory may claim another size than it has. */
function zip(path: string, content: Buffer, claimed = content.length): Buffer {
  const packed = deflateRawSync(content)
  const facts = Buffer.alloc(20)
  facts.writeUInt16LE(8, 2)
  facts.writeUInt32LE(crc32(content), 8)
  facts.writeUInt32LE(packed.length, 12)
  facts.writeUInt32LE(claimed, 16)
  const name = Buffer.from(path)
  const length = Buffer.from([name.length, 0, 0, 0])
  const local = Buffer.concat([Buffer.from('PK\x03\x04\x14\0', 'latin1'), facts, length, name])
  const directory = Buffer.concat([
    Buffer.from('PK\x01\x02\x14\0\x14\0', 'latin1'),
    facts,
    length,
    Buffer.alloc(14),
    name,
  ])
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 0, 'latin1')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(local.length + packed.length, 16)
  return Buffer.concat([local, packed, directory, end])
}
