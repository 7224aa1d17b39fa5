import { expect, test } from 'vitest'
import { moved } from './moved.ts'

test('an item moves by one place and stays at the ends', () => {
  expect(moved(['door', 'call_out', 'hall'], 2, -1)).toEqual(['door', 'hall', 'call_out'])
  expect(moved(['door', 'call_out'], 1, 1)).toEqual(['door', 'call_out'])
})
