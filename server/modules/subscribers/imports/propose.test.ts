import { expect, test } from 'vitest'
import { normaliseHeader } from '#platform/files/header.ts'
import { CANONICAL_COLUMNS } from '../columns/catalogue.ts'
import type { ImportHandler } from './handler.ts'
import { mappingOf } from './mapping.ts'
import { dictionaryOf, proposalFor, SURE } from './propose.ts'

const dictionary = dictionaryOf(CANONICAL_COLUMNS)
const handler: ImportHandler = {
  kind: 'subscribers',
  columns: CANONICAL_COLUMNS,
  required: ['subscriber_id', 'status'],
  key: ['subscriber_id'],
  custom: true,
  load: async () => ({ changed: false }),
}

test('every column of the catalogue is found by its id and by its Chinese name', () => {
  for (const column of CANONICAL_COLUMNS)
    for (const name of [column.id, column.label.zh])
      expect(proposalFor(name, dictionary)?.column.id, name).toBe(column.id)
})

test('no spelling means two columns', () => {
  const owners = new Map<string, string>()
  for (const column of CANONICAL_COLUMNS)
    for (const name of new Set(
      [column.id, column.label.zh, ...column.aliases].map(normaliseHeader),
    )) {
      expect(owners.get(name) ?? column.id, name).toBe(column.id)
      owners.set(name, column.id)
    }
})

test.each([
  { header: '帐户标识', column: 'account_id', confidence: 1 },
  { header: '装机地址(全)', column: 'install_address', confidence: SURE },
  { header: '套餐月费(元）', column: 'plan_monthly_fee', confidence: SURE },
  { header: '近3月\n报障次数', column: 'fault_count_3m', confidence: 1 },
  { header: 'USER_ID', column: 'subscriber_id', confidence: 0.95 },
  { header: '到期/失效日期', column: 'offer_exp_date', confidence: 0.95 },
])('the header $header is $column with $confidence', ({ header, column, confidence }) => {
  expect(proposalFor(header, dictionary)).toMatchObject({ column: { id: column }, confidence })
})

test('a header that only resembles a column is proposed, never taken', () => {
  const proposal = proposalFor('宽带的到期时间', dictionary)
  expect(proposal?.column.id).toBe('broadband_expire_date')
  expect(proposal?.confidence).toBeLessThan(SURE)
  const { columns } = mappingOf(['用户编号', '用户状态', '宽带的到期时间'], handler, null)
  expect(columns.map((each) => each.column.id)).toContain('custom_宽带的到期时间')
})

test('of twin amounts the one in fen is taken, and the other one is not a column of its own', () => {
  const { columns } = mappingOf(
    ['用户编号', '用户状态', '欠费金额(元)', '欠费金额(分)'],
    handler,
    null,
  )
  expect(columns.map(({ column, unit, place }) => [column.id, unit, place])).toEqual([
    ['subscriber_id', undefined, 1],
    ['status', undefined, 2],
    ['arrears_fee', '分', 4],
  ])
})

test('required columns that nothing delivers are named in both spellings', () => {
  expect(mappingOf(['年龄', '性别'], handler, null).missing).toEqual([
    '用户编号(subscriber_id)',
    '用户状态(status)',
  ])
})

test('where no subscriber is numbered, the number of the customer stands for it', () => {
  const mapping = mappingOf(['客户编号', '用户状态'], handler, null)
  expect(mapping.missing).toEqual([])
  expect(mapping.derived).toEqual([{ target: 'subscriber_id', first: ['customer_id'] }])
})
