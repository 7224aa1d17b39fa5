import { expect, test } from 'vitest'
import type { Condition } from './condition.ts'
import { explainCondition } from './explain.ts'
import { type Field, type FieldType, OPERATORS_OF } from './field.ts'

const field = (name: string, zh: string, en: string, type: FieldType, delivered = true) =>
  [
    name,
    {
      ...{ field: name, label: { zh, en }, group: 'C', type, unit: null, values: null },
      ...{ source: 'own', operators: OPERATORS_OF[type], delivered },
    } satisfies Field,
  ] as const
const fields = new Map<string, Field>([
  field('fee', '套餐月费', 'monthly fee', 'fen'),
  field('contract_end', '合约到期日', 'contract end', 'date'),
  field('away', '外出', 'away', 'bool'),
  field('tags', '标签', 'tags', 'text', false),
])
const explained = (condition: Condition, row: Record<string, unknown>) =>
  explainCondition(condition, { row, fields, day: '2026-11-21' })

test('whoever is selected needs no explanation', () => {
  expect(explained({ field: 'fee', op: 'gte', value: 9800 }, { fee: 9800 })).toBeNull()
})

test.each([
  {
    condition: { field: 'fee', op: 'gte', value: 98_00 },
    row: { fee: 59_00 },
    zh: '套餐月费为59.00 元，不满足“不小于98.00 元”',
    en: 'monthly fee is ¥59.00, not “is at least ¥98.00”',
  },
  {
    condition: {
      all: [
        { field: 'fee', op: 'known' },
        { field: 'contract_end', op: 'within_days', value: 30 },
      ],
    },
    row: { fee: 59_00, contract_end: '2027-03-05' },
    zh: '合约到期日为2027-03-05，不满足“30 天之内”',
    en: 'contract end is 2027-03-05, not “within 30 days”',
  },
  {
    condition: { not: { field: 'away', op: 'is_true' } },
    row: { away: true },
    zh: '外出（是）为是，属于排除范围',
    en: 'away (yes) is true, which is excluded',
  },
  {
    condition: { field: 'contract_end', op: 'within_days', value: 30 },
    row: { contract_end: null },
    zh: '合约到期日未知',
    en: 'contract end is not known',
  },
  {
    condition: { not: { field: 'tags', op: 'contains', value: 'x' } },
    row: { tags: 'x' },
    zh: '标签未随数据提供',
    en: 'tags was not delivered',
  },
] as const)('$en', ({ condition, row, zh, en }) => {
  expect(explained(condition, row)).toEqual({ zh, en })
})
