import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openLake } from '#platform/duckdb/lake.ts'
import { learnAddresses, learnCells } from './cells.ts'

const folder = await mkdtemp(join(tmpdir(), 'gridkeeper-cells-'))
const lake = await openLake({ folder, allowed: [], threads: 1, memoryMb: 300 })
const session = await lake.session()
await learnCells(session)
await learnAddresses(session)
afterAll(async () => {
  await session[Symbol.asyncDispose]()
  await lake[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

async function readAs(macro: string, ...cells: (string | number)[]): Promise<unknown> {
  const holes = cells.map((_, at) => `$${at + 1}`)
  const [row] = await session.rows(
    `select work.${macro}(${holes.join(', ')})::varchar as value`,
    cells,
  )
  return row?.value
}

test.each([
  ['20261120', '2026-11-20 00:00:00'],
  ['2026-1-5', '2026-01-05 00:00:00'],
  ['2026/1/5', '2026-01-05 00:00:00'],
  ['2026-11-20', '2026-11-20 00:00:00'],
  ['2026.11.20', '2026-11-20 00:00:00'],
  ['2026年1月5日', '2026-01-05 00:00:00'],
  ['20261120093005', '2026-11-20 09:30:05'],
  ['2026-11-20 09:30:05', '2026-11-20 09:30:05'],
  ['2026/1/5 9:30', '2026-01-05 09:30:00'],
  ['2026-11-20T01:02:03Z', '2026-11-20 09:02:03'],
  ['2026-11-20T01:02:03+08:00', '2026-11-20 01:02:03'],
  ['46346', '2026-11-20 00:00:00'],
  ['46346.5', '2026-11-20 12:00:00'],
  ['99991231', '9999-12-31 00:00:00'],
  ['20260230', null],
  ['2026-13-01', null],
  ['昨天', null],
  ['202611', null],
])('the date %s is read as %s', async (cell, value) => {
  expect(await readAs('moment', cell)).toBe(value)
})

test.each([
  ['202611', '2026-11'],
  ['2026-11', '2026-11'],
  ['2026年3月', '2026-03'],
  ['2026/3', '2026-03'],
  ['20261120', '2026-11'],
  ['202613', null],
])('the month %s is read as %s', async (cell, value) => {
  expect(await readAs('month', cell)).toBe(value)
})

test.each([
  ['1234.5', '123450'],
  ['1,234.50', '123450'],
  ['￥12', '1200'],
  ['12元', '1200'],
  ['0.005', '1'],
  ['-0.005', '-1'],
  ['12.3.4', null],
  ['免费', null],
])('%s yuan are %s fen', async (cell, value) => {
  const [row] = await session.rows(`select work.fen(work.number($1), 100)::varchar as value`, [
    cell,
  ])
  expect(row?.value).toBe(value)
})

test.each([
  ['12', '12'],
  ['12.0', '12'],
  ['12.5', null],
  ['1,000', '1000'],
])('the count %s is read as %s', async (cell, value) => {
  const [row] = await session.rows(`select work.whole(work.number($1))::varchar as value`, [cell])
  expect(row?.value).toBe(value)
})

test.each([
  ['  文本 ', '文本'],
  ['　全角空格　', '全角空格'],
  ["'0012", '0012'],
  ['(括号)', '(括号)'],
  ['制表\t', '制表'],
  [' ', null],
  ['中间 有空格', '中间 有空格'],
])('the cell “%s” is tidied to “%s”', async (cell, value) => {
  expect(await readAs('tidy', cell)).toBe(value)
  expect(await readAs('clean', cell)).toBe(value)
})

test.each([
  ['是', 'true'],
  ['0', 'false'],
  ['Y', 'true'],
  ['无', 'false'],
  ['也许', null],
])('the answer %s is %s', async (cell, value) => {
  expect(await readAs('truth', cell)).toBe(value)
})

test.each([
  ['1.38E+10', 'true'],
  ['13800000000', 'false'],
  ['E+', 'false'],
])('whether %s is what a spreadsheet left of a number: %s', async (cell, value) => {
  expect(await readAs('damaged', cell)).toBe(value)
})

const HOME = `work.home_of('370686', work.stem_of(work.local_of($1)), work.numbers_of(work.local_of($1)), work.local_of($1))`
const homeOf = async (address: string) =>
  (await session.rows<{ home: string | null }>(`select ${HOME}::varchar as home`, [address]))[0]
    ?.home

test.each([
  {
    one: '山东省烟台市栖霞市桃村镇国路夼村12号',
    other: '栖霞市桃村镇国路夼村１２号',
    same: true,
    because: 'province and city may be left out, and digits may be wide',
  },
  {
    one: '翠屏街道翠亭花园3号楼2单元501室',
    other: '翠屏街道翠亭花园3-2-501',
    same: true,
    because: 'words between the numbers may be left out',
  },
  {
    one: '桃村镇国路夼村12号东户',
    other: '桃村镇国路夼村12号西户',
    same: false,
    because: 'two doors behind one number are two homes',
  },
  {
    one: '桃村镇国路夼村12号',
    other: '观里镇国路夼村12号',
    same: false,
    because: 'villages of one name stand in several towns',
  },
])('$one and $other are one home: $same, for $because', async ({ one, other, same }) => {
  const [first, second] = [await homeOf(one), await homeOf(other)]
  expect(first).not.toBeNull()
  expect(first === second).toBe(same)
})

test('an address without a number names no home', async () => {
  expect(await homeOf('山东省烟台市栖霞市桃村镇国路夼村')).toBeNull()
})
