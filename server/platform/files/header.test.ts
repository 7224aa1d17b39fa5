import { describe, expect, test } from 'vitest'
import { findHeader, normaliseHeader } from './header.ts'

test.each([
  { cell: '金额(元）', same: '金额（元)', because: 'brackets of both widths stand in one file' },
  { cell: '帐户标识', same: '账户标识', because: 'both characters are written' },
  { cell: ' 用户\r\n编号 ', same: '用户编号', because: 'cells are wrapped' },
  { cell: 'ＡＲＰＵ', same: 'arpu', because: 'letters have two widths and two cases' },
  { cell: '客户名称【脱】', same: '客户名称[脱]', because: 'brackets have many shapes' },
  { cell: '\u200B\uFEFF状态\u3000', same: '状态', because: 'blanks may be invisible or wide' },
])('$cell is the header $same: $because', ({ cell, same }) => {
  expect(normaliseHeader(cell)).toBe(normaliseHeader(same))
})

const knows = (cell: string) => ['用户编号', '用户状态', '到期日'].includes(cell)

describe('the header is found', () => {
  test.each([
    { rows: [['标题'], ['用户编号', '用户状态']], at: 1, because: 'its cells are known' },
    {
      rows: [['用户编号 用户状态'], ['x', 'y'], ['用户状态', '用户编号'], ['1', '2']],
      at: 2,
      because: 'known cells outweigh an even width',
    },
    {
      rows: [['用户编号'], ['a', 'b'], ['1', '2']],
      at: 1,
      because: 'one known word may be a title',
    },
    { rows: [['用户编号'], ['1'], ['2']], at: 0, because: 'a single column may be known' },
    {
      rows: [
        ['用户编号', '用户状态'],
        ['用户编号', '用户状态'],
        ['1', '正常'],
      ],
      at: 0,
      because: 'the upper of two equal ones counts',
    },
  ])('in row index $at: $because', ({ rows, at }) => {
    expect(findHeader(rows, knows)).toBe(at)
  })

  test.each([
    { rows: [['t'], ['a', 'b'], ['1', '2'], ['3', '4']], at: 1, because: 'most rows are as wide' },
    {
      rows: [
        ['t', '', ''],
        ['a', 'b', ''],
        ['1', '2', '3'],
      ],
      at: 1,
      because: 'a title fills one cell',
    },
    {
      rows: [
        ['a', 'b', 'c'],
        ['1', '2'],
        ['3', '4'],
      ],
      at: 0,
      because: 'rows may end early',
    },
    { rows: [[''], ['', ''], ['a', 'b']], at: 2, because: 'blank rows are skipped' },
    { rows: [['', ''], ['']], at: null, because: 'all rows are blank' },
    { rows: [], at: null, because: 'there is no row' },
  ])('without a dictionary in row index $at: $because', ({ rows, at }) => {
    expect(findHeader(rows, undefined)).toBe(at)
  })
})
