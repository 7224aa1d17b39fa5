import { expect, test } from 'vitest'
import { warmth, weeksOf } from './month.ts'

test('a month begins under its weekday, Monday first, and ends in a whole week', () => {
  const weeks = weeksOf('2026-11-01', '2026-12-01')
  expect(weeks[0]).toEqual([null, null, null, null, null, null, '2026-11-01'])
  expect(weeks.at(-1)?.[0]).toBe('2026-11-30')
  expect(weeks.every((week) => week.length === 7)).toBe(true)
  expect(weeks.flat().filter((day) => day !== null)).toHaveLength(30)
})

test.each([
  [0, 100, 0, 'nothing ends'],
  [1, 100, 1, 'a single end is seen'],
  [50, 100, 3, 'half of the fullest'],
  [100, 100, 5, 'the fullest day'],
  [0, 0, 0, 'a month without ends'],
])('%i of at most %i is step %i: %s', (count, fullest, step) => {
  expect(warmth(count, fullest)).toBe(step)
})
