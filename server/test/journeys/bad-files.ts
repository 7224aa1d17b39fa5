import { gzipSync } from 'node:zlib'
import { zipOf } from '#platform/files/xlsx/zip.ts'

/**
 * A file that nobody can use, and what the refusal must say: its code, and words of the sentence
 * beside the name of the file, in either language.
 */
export type BadFile = Readonly<{
  name: string
  because: string
  code: string
  content: () => Promise<Uint8Array | string> | Uint8Array | string
  kind?: string
  profile?: string
  names?: readonly string[]
}>

const HEADER = '用户编号,用户状态,村居编码'
const ORGANISATION = 'unit_id,parent_id,kind,name,division_code,head_staff_id,valid_from,valid_to'
const noise = () => Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919 + (i >> 3)) % 251))
const rows = (count: number) => Array.from({ length: count }, (_, i) => `A${i},正常,370686001001`)
const utf16 = (text: string) => Buffer.from(text, 'utf16le')
const OLE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const MILLIONS = 100_000_000

export const BAD_FILES: readonly BadFile[] = [
  { name: '空.csv', because: 'it is empty', code: 'file-empty', content: () => '' },
  {
    name: '乱码.csv',
    because: 'nobody can read it',
    code: 'file-not-a-table',
    content: noise,
  },
  {
    name: '截断.csv.gz',
    because: 'its end is missing',
    code: 'file-truncated',
    content: () => gzipSync([HEADER, ...rows(5000)].join('\n')).subarray(0, 3000),
  },
  {
    name: '加密.xlsx',
    because: 'a password protects it',
    code: 'file-encrypted',
    content: () => Buffer.concat([OLE, Buffer.alloc(1024), utf16('EncryptedPackage')]),
  },
  {
    name: '图片.csv',
    because: 'it is a picture',
    code: 'file-not-a-table',
    content: () => Buffer.concat([PNG, Buffer.alloc(99)]),
    names: ['PNG'],
  },
  {
    name: '无列.csv',
    because: 'it has no column',
    code: 'file-no-columns',
    content: () => ',,,\n,,,\n',
  },
  {
    name: '一万列.csv',
    because: 'it has ten thousand columns',
    code: 'file-too-wide',
    content: () => `${Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(',')}\n`,
    names: ['10000'],
  },
  {
    name: '编码.csv',
    because: 'the profile names another encoding',
    code: 'file-wrong-encoding',
    // 用户编号,用户状态 / A1…,正常 in GB18030
    content: () =>
      Buffer.concat([
        Buffer.from('d3c3bba7b1e0bac52cd3c3bba7d7b4ccac0a', 'hex'),
        ...Array.from({ length: 50 }, (_, i) =>
          Buffer.concat([Buffer.from(`A${i},`), Buffer.from('d5fdb3a30a', 'hex')]),
        ),
      ]),
    profile: 'name: utf-8-only\nkind: subscribers\nfile: { encoding: utf-8 }\ncolumns: []\n',
    names: ['utf-8', 'gb18030'],
  },
  {
    name: '炸弹.csv.gz',
    because: 'it unpacks to a thousand times its size',
    code: 'file-bomb',
    content: () => gzipSync(Buffer.alloc(MILLIONS, 'A1,B2,C3\n')),
  },
  {
    name: '炸弹.xlsx',
    because: 'it is a workbook that unpacks to a thousand times its size',
    code: 'file-bomb',
    content: bombedWorkbook,
  },
  {
    name: '缺列.csv',
    because: 'a required column is missing',
    code: 'columns-missing',
    content: () => '客户名称,用户状态\n韩某一,正常\n',
    names: ['用户编号', '客户名称'],
  },
  {
    name: '错期.csv',
    because: 'it is about another day',
    code: 'date-differs',
    content: () => '数据日期,用户编号,用户状态\n20261119,A1,正常\n',
    names: ['2026-11-19', '2026-11-20'],
  },
  {
    name: '环.csv',
    because: 'two units are above each other',
    code: 'organisation-circle',
    kind: 'organisation',
    content: () =>
      [
        ORGANISATION,
        '370686,,branch,栖霞分公司,370686,,2020-01-01,',
        'Z1,H1,zone,第一片区,,,2020-01-01,',
        'H1,Z1,hall,翠屏营业部,,,2020-01-01,',
      ].join('\n'),
    names: ['parent_id', 'Z1'],
  },
  {
    name: '无人.csv',
    because: 'nobody of it can be told apart',
    code: 'columns-missing',
    kind: 'staff',
    content: () => '姓名,电话\n韩某一,10400000001\n',
    names: ['工号'],
  },
]

/** Small as a file, and without end once it is unpacked. */
async function bombedWorkbook(): Promise<Buffer> {
  const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const packages = 'http://schemas.openxmlformats.org/package/2006'
  const blanks = ' '.repeat(1_000_000)
  function* sheet() {
    yield '<worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>'
    for (let millions = 0; millions < MILLIONS / 1_000_000; millions++) yield blanks
    yield '</t></is></c></row></sheetData></worksheet>'
  }
  const entries = [
    {
      path: '[Content_Types].xml',
      content: [
        `<Types xmlns="${packages}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
      ],
    },
    {
      path: '_rels/.rels',
      content: [
        `<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${type}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      ],
    },
    {
      path: 'xl/workbook.xml',
      content: [
        `<workbook xmlns:r="${type}"><sheets><sheet name="用户" sheetId="1" r:id="r1"/></sheets></workbook>`,
      ],
    },
    {
      path: 'xl/_rels/workbook.xml.rels',
      content: [
        `<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${type}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
      ],
    },
    { path: 'xl/worksheets/sheet1.xml', content: sheet() },
  ]
  const bytes: Buffer[] = []
  for await (const part of zipOf(entries)) bytes.push(part)
  return Buffer.concat(bytes)
}
