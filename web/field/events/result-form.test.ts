import { expect, test } from 'vitest'
import { emptyForm, type Form, readForm } from './result-form.ts'

const filled = (what: Partial<Form> = {}): Form => ({
  ...emptyForm(null),
  ...{ met: '40', leads: '6' },
  ...what,
})
const orders = (what: Partial<Form['orders']>): Partial<Form> => ({
  orders: { ...emptyForm(null).orders, ...what },
})

test('what is typed is sent as whole numbers and fen, without kinds that nobody ordered', () => {
  const form = filled({
    ...orders({ renewal: { count: ' 3 ', yuan: '358.80' }, box: { count: '0', yuan: '' } }),
    note: ' 村委会旁 ',
  })
  expect(readForm(form, null)).toEqual({
    body: {
      ...{ amends: null, met: 40, leads: 6, note: '村委会旁' },
      orders: [{ what: 'renewal', count: 3, amountFen: 35_880 }],
    },
  })
})

test.each([
  ['nothing is typed', { met: '' }, '整数'],
  ['a part of a person', { met: '3.5' }, '整数'],
  ['more leads than people', { met: '5', leads: '6' }, '不能多于'],
  ['an amount without an order', orders({ new: { count: '', yuan: '100' } }), '金额'],
  ['an amount of no order', orders({ new: { count: '0', yuan: '100' } }), '金额'],
  ['a tenth of a fen', orders({ new: { count: '1', yuan: '1.005' } }), '金额'],
])('it is said what is wrong: %s', (_, what, said) => {
  expect(readForm(filled(what), 1)).toMatchObject({ amiss: { zh: expect.stringContaining(said) } })
})

test('a correction begins with what was told, and names the version that it amends', () => {
  const told = { version: 2, met: 9, leads: 1, orders: [{ what: 'new', count: 1, amountFen: 5 }] }
  const form = emptyForm(told as NonNullable<Parameters<typeof emptyForm>[0]>)
  expect(readForm(form, told.version)).toEqual({
    body: { amends: 2, met: 9, leads: 1, orders: told.orders, note: null },
  })
})
