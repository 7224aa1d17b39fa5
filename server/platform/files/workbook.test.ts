import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { writeXlsx as writeWithHucre } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { preview } from './preview.ts'
import { stage } from './stage.ts'
import { rejectsOf, rowsOf } from './staged-rows.ts'
import { writeXlsx } from './write-xlsx.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gridkeeper-workbook-'))
})
afterAll(() => rm(folder, { recursive: true }))

const signal = new AbortController().signal
let count = 0

async function staged(fill: (workbook: ExcelJS.Workbook) => void, sheet?: string) {
  const path = join(folder, `${++count}.xlsx`)
  const workbook = new ExcelJS.Workbook()
  fill(workbook)
  await workbook.xlsx.writeFile(path)
  const out = join(folder, `out-${count}`)
  return stage({ path, out, signal, ...(sheet === undefined ? {} : { sheet }) })
}

describe('a workbook that Excel or WPS wrote', () => {
  test('is staged as its cells show, each row under its number', async () => {
    const file = await staged((workbook) => {
      const sheet = workbook.addWorksheet('到期')
      sheet.addRow(['2026年11月到期清单'])
      sheet.mergeCells('A1:D1')
      sheet.addRow(['用户编号', '手机', '到期日', '备注'])
      sheet.addRow(['0001', 13_800_000_000, new Date(Date.UTC(2026, 10, 20)), ' a\r\nb '])
      sheet.getCell('C3').numFmt = 'yyyy-mm-dd'
      sheet.getRow(5).values = ['0003', null, null, true]
      sheet.getRow(6).values = ['0004']
      sheet.getCell('B7').value = { richText: [{ text: '富' }, { text: '文本' }] }
      sheet.getCell('B8').value = { formula: '1+1', result: 2 }
    })
    expect(file).toMatchObject({ headerRow: 2, titleLines: ['2026年11月到期清单'], rows: 5 })
    expect(file.header).toEqual(['用户编号', '手机', '到期日', '备注'])
    expect(await rowsOf(file)).toEqual([
      [3, '0001', '13800000000', '2026-11-20', ' a b '],
      [5, '0003', null, null, 'TRUE'],
      [6, '0004', null, null, null],
      [7, null, '富文本', null, null],
      [8, null, '2', null, null],
    ])
  })

  test('loses rows with a formula that was never computed, or with an error', async () => {
    const file = await staged((workbook) => {
      const sheet = workbook.addWorksheet('a')
      sheet.addRows([['id', 'fee'], ['1', 5], ['2'], ['3'], ['4', 6]])
      sheet.getCell('B3').value = { formula: 'SUM(A1:A2)' }
      sheet.getCell('B4').value = { error: '#N/A' }
    })
    expect((await rowsOf(file)).map(([row]) => row)).toEqual([2, 5])
    expect(await rejectsOf(file)).toEqual([
      { row: 3, code: 'cell-formula-without-value', cells: 2, raw: '2\t' },
      { row: 4, code: 'cell-error-value', cells: 2, raw: '3\t' },
    ])
  })

  test('gives its first sheet that is seen and not empty, or the one asked for', async () => {
    const fill = (workbook: ExcelJS.Workbook) => {
      workbook.addWorksheet('藏', { state: 'hidden' }).addRow(['x', 'y'])
      workbook.addWorksheet('空')
      workbook.addWorksheet('甲').addRows([['a'], ['1']])
      workbook.addWorksheet('乙').addRows([['b'], ['2']])
    }
    expect((await staged(fill)).header).toEqual(['a'])
    expect((await staged(fill, '乙')).header).toEqual(['b'])
    expect((await staged(fill, '藏')).header).toEqual(['x', 'y'])
  })
})

test('a workbook that another program wrote reads the same', async () => {
  const path = join(folder, 'hucre.xlsx')
  const rows = [['编号', '金额'], ...Array.from({ length: 50 }, (_, i) => [`用户${i}`, i + 0.5])]
  await writeFile(path, await writeWithHucre({ sheets: [{ name: 'a', rows }] }))
  const file = await stage({ path, out: join(folder, 'hucre'), signal })
  expect(await rowsOf(file)).toEqual(
    rows.slice(1).map(([name, fee], i) => [i + 2, name, String(fee)]),
  )
})

test('our own workbooks are read back cell by cell', async () => {
  const path = join(folder, 'own.xlsx')
  const rows = [
    ['=1+1', 1.5, null],
    ['_x0041_ & <b>', -3, ' x '],
    ['𠮷野家', 0, '\t1'],
  ]
  const columns = ['甲', '乙', '丙'].map((title) => ({ title, width: 10 }))
  await writeXlsx(path, [{ name: 's', columns, rows, titleLines: ['工作单'] }])
  const file = await stage({ path, out: join(folder, 'own'), signal })
  expect(file.titleLines).toEqual(['工作单'])
  expect(await rowsOf(file)).toEqual([
    [3, '=1+1', '1.5', null],
    [4, '_x0041_ & <b>', '-3', ' x '],
    [5, '𠮷野家', '0', '\t1'],
  ])
})

test('a preview shows the first rows only, and stages nothing', async () => {
  const path = join(folder, 'preview.xlsx')
  const rows = Array.from({ length: 500 }, (_, i) => [String(i), 'x'])
  const columns = ['a', 'b'].map((title) => ({ title, width: 10 }))
  await writeXlsx(path, [{ name: 's', columns, rows }])
  const seen = await preview({ path, signal, rows: 3 })
  expect(seen).toMatchObject({ headerRow: 1, header: ['a', 'b'], shape: { sheets: ['s'] } })
  expect(seen.rows).toEqual([
    { row: 2, cells: ['0', 'x'] },
    { row: 3, cells: ['1', 'x'] },
    { row: 4, cells: ['2', 'x'] },
  ])
})
