import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sheet, writeXlsx } from './write-xlsx.ts'
import { sheetNames } from './xlsx/sheet-names.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gridkeeper-xlsx-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function written(name: string, sheets: Iterable<Sheet>) {
  const path = join(folder, name)
  await writeXlsx(path, sheets)
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.readFile(path)
  return { path, workbook }
}

const columns = [
  { title: '用户', width: 12 },
  { title: '理由', width: 40 },
]

describe('a written workbook', () => {
  test('holds title lines, header, texts and numbers where another program finds them', async () => {
    const rows = [
      ['张三', 'A & B <c> "d"'],
      [12.5, null],
      [' 前后 ', '两\n行'],
    ]
    const sheet = { name: '张三丰', columns, rows, titleLines: ['11月21日工作单'] }
    const { workbook } = await written('plain.xlsx', [sheet])
    const read = workbook.getWorksheet('张三丰')
    expect(read?.getCell('A1').value).toBe('11月21日工作单')
    expect(read?.getRow(2).values).toEqual([undefined, '用户', '理由'])
    expect(read?.getRow(3).values).toEqual([undefined, '张三', 'A & B <c> "d"'])
    expect(read?.getCell('A4').value).toBe(12.5)
    expect(read?.getCell('A5').value).toBe(' 前后 ')
    expect(read?.getCell('B5').value).toBe('两\n行')
    expect(read?.getColumn(2).width).toBe(40)
  })

  test('never turns a text into a formula', async () => {
    const hostile = ['=1+1', '+cmd|x', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '＝1+1', '-5']
    const { workbook } = await written('formula.xlsx', [
      { name: 'a', columns, rows: hostile.map((text) => [text, null]) },
    ])
    const types = hostile.map((_, i) => workbook.getWorksheet('a')?.getCell(i + 2, 1))
    for (const cell of types) {
      expect(cell?.formula).toBeUndefined()
      expect(typeof cell?.value).toBe('string')
    }
  })

  test('is the same to the byte when written again', async () => {
    const sheets = ['a', 'b'].map((name) => ({ name, columns, rows: [['1', 2]] }))
    const [one, two] = [await written('1.xlsx', sheets), await written('2.xlsx', sheets)]
    expect(await readFile(one.path)).toEqual(await readFile(two.path))
  })

  test('has a sheet for each of 500 people, some of one name', async () => {
    const people = Array.from({ length: 500 }, (_, i) => ({
      name: `王[芳]${i % 50}`,
      columns,
      rows: [[`任务 ${i}`, i]],
    }))
    const { workbook } = await written('people.xlsx', people)
    expect(workbook.worksheets).toHaveLength(500)
    expect(workbook.getWorksheet('王 芳 7 (3)')?.getCell('A2').value).toBe('任务 107')
  })
})

test.each([
  { wanted: ['a/b:c*d?e[f]g\\h'], names: ['a b c d e f g h'], because: 'Excel forbids these' },
  { wanted: ['名', '名', '名'], names: ['名', '名 (2)', '名 (3)'], because: 'names are unique' },
  { wanted: ['Ab', 'aB'], names: ['Ab', 'aB (2)'], because: 'in any case of letters' },
  { wanted: ['', '  '], names: ['Sheet', 'Sheet (2)'], because: 'none may be empty' },
  { wanted: ['history'], names: ['history_'], because: 'Excel keeps this name to itself' },
  { wanted: ["'x'"], names: ['x'], because: 'a quote may not stand at an end' },
  { wanted: ['网'.repeat(40)], names: ['网'.repeat(31)], because: '31 characters are allowed' },
  {
    wanted: ['网'.repeat(31), '网'.repeat(31)],
    names: ['网'.repeat(31), `${'网'.repeat(27)} (2)`],
    because: 'the number counts too',
  },
  {
    wanted: [`${'a'.repeat(30)}𠮷`],
    names: ['a'.repeat(30)],
    because: 'no character is halved',
  },
])('sheets wanted as $wanted are named $names: $because', ({ wanted, names }) => {
  expect(sheetNames(wanted)).toEqual(names)
})
