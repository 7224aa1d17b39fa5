import { expect, test } from 'vitest'
import { orderBy, readCursor, type SortType, writeCursor } from './page.ts'

const cursorOf = (carried: unknown) => Buffer.from(JSON.stringify(carried)).toString('base64url')

test.each<{ type: SortType; value: string | number }>([
  { type: 'text', value: '文登界石' },
  { type: 'text', value: '' },
  { type: 'integer', value: 0 },
  { type: 'integer', value: -5900 },
  { type: 'integer', value: '12' },
  { type: 'numeric', value: 1e-7 },
  { type: 'numeric', value: '12.5' },
  { type: 'date', value: '9999-12-31' },
  { type: 'instant', value: '3026-11-20T22:30:00.000Z' },
])('a page goes on from the $type $value where the one before ended', ({ type, value }) => {
  expect(readCursor(writeCursor({ value, id: 'S1' }), type)).toEqual({ value, id: 'S1' })
})

test.each<{ type: SortType; value: unknown; because: string }>([
  { type: 'text', value: 7, because: 'a number is no text' },
  { type: 'text', value: 'a\0', because: 'no text holds the letter of number 0' },
  { type: 'text', value: '\uD800', because: 'half a letter is none' },
  { type: 'integer', value: 'x', because: 'a letter is no number' },
  { type: 'integer', value: '', because: 'nothing is no number' },
  { type: 'integer', value: 1.5, because: 'a part is no whole' },
  { type: 'integer', value: '0x10', because: 'nobody counts in sixteens' },
  { type: 'integer', value: 2 ** 53, because: 'it has more than 15 digits' },
  { type: 'integer', value: '9999999999999999999', because: 'no column is so wide' },
  { type: 'numeric', value: 'NaN', because: 'it is not a number, says its name' },
  { type: 'numeric', value: '1e999', because: 'it is beyond all' },
  { type: 'numeric', value: 1e308, because: 'no whole number of the lake is so large' },
  { type: 'numeric', value: '9999999999999999999', because: 'nor this one, as text' },
  { type: 'date', value: '2026-02-31', because: 'there is no such day' },
  { type: 'date', value: '0000-01-01', because: 'there is no such year' },
  { type: 'date', value: 20_261_120, because: 'a number is no day' },
  { type: 'instant', value: '1', because: 'a number is no instant' },
  { type: 'instant', value: '2026-02-31T00:00:00.000Z', because: 'there is no such day' },
  { type: 'instant', value: '0000-01-01T00:00:00.000Z', because: 'there is no such year' },
  { type: 'instant', value: '+275760-09-13T00:00:00.000Z', because: 'its year has six digits' },
  { type: 'text', value: null, because: 'nothing is no text' },
  { type: 'text', value: ['a'], because: 'a list is no text' },
])('a page mark with $value for a $type is refused: $because', ({ type, value }) => {
  const refused = expect.objectContaining({ code: 'cursor-unreadable' })
  expect(() => readCursor(cursorOf([value, 'S1']), type)).toThrow(refused)
})

test.each([
  { carried: [1], because: 'the id is missing' },
  { carried: [1, 2], because: 'the id is a number' },
  { carried: [1, 'a\0'], because: 'no id holds the letter of number 0' },
  { carried: [1, 'a', 'b'], because: 'there is more in it' },
  { carried: { value: 1, id: 'a' }, because: 'it is no pair' },
  { carried: null, because: 'it is nothing' },
])('a page mark of $carried is refused: $because', ({ carried }) => {
  const refused = expect.objectContaining({ code: 'cursor-unreadable' })
  expect(() => readCursor(cursorOf(carried), 'integer')).toThrow(refused)
})

test.each(['__proto__', '-__proto__', 'constructor', 'toString', '', '-'])(
  'a list is not sorted by “%s”, which is none of its columns',
  (sort) => {
    const known = { name: { sql: 'name', type: 'text' } } as const
    expect(() => orderBy(sort, known, 'name')).toThrow(
      expect.objectContaining({ code: 'sort-unknown', values: { sort, known: 'name' } }),
    )
  },
)
