import { expect, test } from 'vitest'
import { TaskResult } from '#contract/tasks.ts'
import { amissIn, emptyForm, type FieldTask, type Form, fenOf, resultOf } from './form.ts'

const TODAY = '2026-11-22'
const AT = '2026-11-22T01:00:00.000Z'
const TASK = { kind: 'renewal_visit', offer: { name: { zh: '宽带续约一年', en: '' } } } as FieldTask
const blank = emptyForm(TASK, { today: TODAY, at: AT })
const told = {
  resultId: '6b1f8c1e-5a34-4f36-9d7c-6d0a4c3a2f11',
  at: AT,
  position: null,
}

const USUAL: readonly [form: Partial<Form>, part: object][] = [
  [{ result: 'done' }, { done: { what: 'renewal', product: '宽带续约一年', amountFen: null } }],
  [{ result: 'done', amount: '98.5' }, { done: { amountFen: 9850 } }],
  [{ result: 'promised' }, { promised: { on: '2026-11-23' } }],
  [{ result: 'not_at_home' }, { notAtHome: { tryAgain: null } }],
  [
    { result: 'refused', scope: 'all', reason: 'price' },
    { refused: { scope: 'all' }, reason: 'price' },
  ],
  [
    { result: 'competitor', operator: ' 联通 ', fee: '39' },
    { competitor: { operator: '联通', monthlyFeeFen: 3900 } },
  ],
  [{ result: 'moved', wrong: 'address' }, { moved: { field: 'address' } }],
  [{ result: 'handed_over', to: 'S685A02' }, { handedOver: { to: 'S685A02' } }],
  [{ result: 'wrong_data' }, { wrongData: { field: 'phone' } }],
]
test.each(USUAL)('what is usual is filled in: %o', (of, part) => {
  const form = { ...blank, ...of }
  expect(amissIn(form, 'renewal_visit', TODAY)).toBeUndefined()
  const result = resultOf(form, 'renewal_visit', told)
  expect(TaskResult.parse(result)).toMatchObject(part)
  const parts = [result.done, result.promised, result.refused, result.notAtHome]
  const more = [result.moved, result.competitor, result.wrongData, result.handedOver]
  expect([...parts, ...more].filter((each) => each !== null)).toHaveLength(1)
})

const AMISS: readonly [form: Partial<Form>, field: keyof Form, because: string][] = [
  [{}, 'result', 'nothing is chosen yet'],
  [{ result: 'done', amount: '九十八' }, 'amount', 'no amount'],
  [{ result: 'done', amount: '98.505' }, 'amount', 'less than a fen'],
  [{ result: 'promised', on: TODAY }, 'on', 'a promise is for a later day'],
  [{ result: 'promised', on: '2027-02-21' }, 'on', 'after 90 days nobody remembers'],
  [{ result: 'promised', on: '' }, 'on', 'no day'],
  [{ result: 'not_at_home', tryAgain: '2026-11-21' }, 'tryAgain', 'yesterday'],
  [{ result: 'refused', until: TODAY }, 'until', 'a day that is over'],
  [{ result: 'handed_over' }, 'to', 'somebody has to have it'],
  [{ result: 'competitor' }, 'operator', 'whose customer'],
  [{ result: 'competitor', operator: '联通', fee: '-1' }, 'fee', 'less than nothing'],
]
test.each(AMISS)('%o is not saved: %s, %s', (of, field) => {
  const amiss = amissIn({ ...blank, ...of }, 'renewal_visit', TODAY)
  expect(amiss?.field).toBe(field)
  expect(amiss?.said.zh).not.toBe('')
  expect(amiss?.said.en).not.toBe('')
})

test('yuan are read as they are typed', () => {
  expect(['', ' ', '98', '98.5', '¥98.05', '0'].map(fenOf)).toEqual([
    null,
    null,
    9800,
    9850,
    9805,
    0,
  ])
  expect(['1e3', '1,000', '98.', 'a', '1000000'].map(fenOf)).toEqual(Array(5).fill(undefined))
})

const beginningOf = (kind: FieldTask['kind']) =>
  emptyForm({ ...TASK, kind }, { today: TODAY, at: AT })

test('what a household owes is asked of a collection, and a box of a recovery', () => {
  expect(beginningOf('collection').what).toBe('payment')
  expect(beginningOf('box_recovery').what).toBe('box')
  expect(beginningOf('upgrade').what).toBe('new')
  expect(beginningOf('coaching')).toMatchObject({ what: 'other', product: '' })
  expect(beginningOf('competitor_survey').result).toBe('competitor')
})

const NEEDED: readonly [kind: FieldTask['kind'], form: Partial<Form>, field: keyof Form][] = [
  ['collection', { result: 'done' }, 'amount'],
  ['box_recovery', { result: 'done' }, 'receipt'],
  ['box_recovery', { result: 'done', what: 'payment' }, 'what'],
  ['coaching', { result: 'refused' }, 'result'],
  ['competitor_survey', {}, 'operator'],
]
test.each(NEEDED)('of %s, %o is not saved: %s', (kind, of, field) => {
  const amiss = amissIn({ ...beginningOf(kind), ...of }, kind, TODAY)
  expect(amiss?.field).toBe(field)
  expect(amiss?.said.zh).not.toBe('')
})

test('a box is given back with its number, and money with its amount', () => {
  const box: Form = { ...beginningOf('box_recovery'), result: 'done', receipt: 'SN-0815' }
  const paid: Form = { ...beginningOf('collection'), result: 'done', amount: '98' }
  expect(amissIn(box, 'box_recovery', TODAY)).toBeUndefined()
  expect(amissIn(paid, 'collection', TODAY)).toBeUndefined()
})

test('a survey that is done is told without what was typed of a sale', () => {
  const form: Form = { ...blank, result: 'done', what: 'other', product: '宽带', amount: '九' }
  expect(amissIn(form, 'competitor_survey', TODAY)).toBeUndefined()
  expect(resultOf(form, 'competitor_survey', told).done).toEqual({
    ...{ what: 'other', product: null, amountFen: null, receipt: null },
  })
  expect(amissIn(form, 'renewal_visit', TODAY)?.field, 'elsewhere it is a sale').toBe('amount')
})
