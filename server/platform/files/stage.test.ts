import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RejectedRow, type Staged, type StageOptions, stage } from './stage.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gridkeeper-stage-'))
})
afterAll(() => rm(folder, { recursive: true }))

let count = 0
async function staged(content: string | Uint8Array, options: Partial<StageOptions> = {}) {
  const path = join(folder, `delivered-${++count}`)
  await writeFile(path, content)
  const signal = new AbortController().signal
  return stage({ path, name: 'a.csv', out: join(folder, `out-${count}`), signal, ...options })
}

async function rowsOf({ relation, header }: Staged) {
  const database = await DuckDBInstance.create(':memory:')
  const connection = await database.connect()
  const answer = await connection.runAndReadAll(`select * from ${relation} order by row_no`)
  expect(answer.columnNames()).toHaveLength(header.length + 1)
  return answer.getRows().map(([row, ...cells]) => [Number(row), ...cells])
}

async function rejectsOf({ rejects }: Staged): Promise<RejectedRow[]> {
  const lines = (await readFile(rejects, 'utf8')).split('\n').filter((line) => line !== '')
  return lines.map((line) => JSON.parse(line) as RejectedRow)
}

describe('a delivered CSV', () => {
  test('is staged with the physical number of each row', async () => {
    const file = await staged('编号,姓名\n1,张三\n\n2,李四\n')
    expect(await rowsOf(file)).toEqual([
      [2, '1', '张三'],
      [4, '2', '李四'],
    ])
    expect(file).toMatchObject({ headerRow: 1, header: ['编号', '姓名'], rows: 2, rejectedRows: 0 })
  })

  test('has its header found below title lines, and its notes counted and rejected', async () => {
    const content = '到期用户清单,,\n账期：,20261120,\n用户编号,用户状态,备注\n1,正常,\n合计,1\n'
    const file = await staged(content, { knows: (cell) => ['用户编号', '用户状态'].includes(cell) })
    expect(file.titleLines).toEqual(['到期用户清单', '账期： 20261120'])
    expect(file).toMatchObject({ headerRow: 3, rows: 2, goodRows: 1, rejectedRows: 1 })
    expect(await rejectsOf(file)).toEqual([
      { row: 5, code: 'row-too-short', cells: 2, raw: '合计,1' },
    ])
  })

  test('may have quoted cells with delimiters, quotes and line breaks, which become blanks', async () => {
    const file = await staged('a,b\r\n"1,2","say ""x""\r\nthen"\r\n"3",4\r\n')
    expect(await rowsOf(file)).toEqual([
      [2, '1,2', 'say "x" then'],
      [3, '3', '4'],
    ])
  })

  test('loses one line, not the file, to a quote that is never closed', async () => {
    const file = await staged('a,b\n1,"x\n"2","y"\n3,"z" w\n"4","v"\n"5","u"\n')
    expect(await rowsOf(file)).toEqual([
      [3, '2', 'y'],
      [5, '4', 'v'],
      [6, '5', 'u'],
    ])
    expect((await rejectsOf(file)).map(({ row, code }) => [row, code])).toEqual([
      [2, 'row-broken-quotes'],
      [4, 'row-broken-quotes'],
    ])
  })

  test('may have surplus empty cells but not surplus values', async () => {
    const file = await staged('a,b,\n1,2,,\n1,2,3\n1,2\n')
    expect(file.header).toEqual(['a', 'b'])
    expect(await rowsOf(file)).toEqual([
      [2, '1', '2'],
      [4, '1', '2'],
    ])
    expect((await rejectsOf(file)).map(({ row, code }) => [row, code])).toEqual([
      [3, 'row-too-long'],
    ])
  })
})
