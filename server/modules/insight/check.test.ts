import { expect, test } from 'vitest'
import { checkCondition } from './check.ts'
import type { Condition } from './condition.ts'
import { type Field, type FieldType, OPERATORS_OF } from './field.ts'

const field = (name: string, zh: string, type: FieldType): [string, Field] => [
  name,
  {
    ...{ field: name, label: { zh, en: name.replaceAll('_', ' ') }, group: 'C', type, unit: null },
    ...{ values: null, source: 'own', operators: OPERATORS_OF[type], delivered: true },
  },
]
const fields = new Map([
  field('plan_monthly_fee', '套餐月费', 'fen'),
  field('contract_end', '合约到期日', 'date'),
  field('is_lapsed', '是否到期未续', 'bool'),
  field('main_plan_name', '主套餐名称', 'text'),
])

const refused = (condition: Condition) => {
  try {
    checkCondition(condition, fields)
  } catch (refusal) {
    return refusal
  }
  return undefined
}

test('an unknown field is refused with the names it is close to', () => {
  expect(refused({ field: 'monthly_fee', op: 'gt', value: 1 })).toMatchObject({
    code: 'field-unknown',
    values: { field: 'monthly_fee', near: expect.stringMatching(/^plan_monthly_fee/), at: '$' },
  })
})

test.each([
  { leaf: { field: 'is_lapsed', op: 'gt', value: 1 }, because: 'a yes or no has no more or less' },
  { leaf: { field: 'plan_monthly_fee', op: 'eq', value: '98' }, because: 'money is no text' },
  { leaf: { field: 'plan_monthly_fee', op: 'eq', value: 98.5 }, because: 'fen are whole' },
  { leaf: { field: 'contract_end', op: 'lt', value: '2026-02-30' }, because: 'no such day' },
  { leaf: { field: 'contract_end', op: 'within_days', value: -1 }, because: 'days are counted up' },
  {
    leaf: { field: 'contract_end', op: 'range', value: '2026-01-01' },
    because: 'a range has two ends',
  },
  {
    leaf: { field: 'main_plan_name', op: 'in', value: [] },
    because: 'a list of nothing selects nobody',
  },
  { leaf: { field: 'main_plan_name', op: 'eq' }, because: 'there is nothing to compare with' },
  { leaf: { field: 'is_lapsed', op: 'is_true', value: true }, because: 'it takes no value' },
] as const)('$leaf is refused where it stands: $because', ({ leaf }) => {
  expect(refused({ all: [{ field: 'is_lapsed', op: 'is_true' }, { not: leaf }] })).toMatchObject({
    code: 'condition-invalid',
    values: { at: '$.all[1].not' },
  })
})

test('eight levels and 200 nodes are taken, one more is refused', () => {
  const leaf: Condition = { field: 'is_lapsed', op: 'is_true' }
  const nest = (levels: number): Condition => (levels === 1 ? leaf : { not: nest(levels - 1) })
  expect(refused(nest(8))).toBeUndefined()
  expect(refused(nest(9))).toMatchObject({ code: 'condition-too-deep' })
  expect(refused({ all: Array(199).fill(leaf) })).toBeUndefined()
  expect(refused({ all: Array(200).fill(leaf) })).toMatchObject({ code: 'condition-too-deep' })
})
