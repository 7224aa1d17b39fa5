import { expect, test } from 'vitest'
import { daysIn, freshId, gapOfSeason, gapOfWindow, monthDay } from './visit-times.ts'

const EVENING = {
  windowId: 'evening',
  name: { zh: '傍晚', en: 'Evening' },
  from: '17:30',
  to: '20:30',
  on: ['workday' as const],
}

test('an id is the first that is free', () => {
  expect(freshId('window', ['window-1', 'evening', 'window-3'])).toBe('window-2')
})

test('a season may end on the 29th of February', () => {
  expect(daysIn(2)).toBe(29)
  expect(monthDay(2, 31)).toBe('02-29')
  expect(monthDay(9, 20)).toBe('09-20')
})

test.each([
  { change: {}, good: true, because: 'it has a name, a time and days' },
  { change: { to: '17:30' }, good: false, because: 'nobody can be met in no time' },
  { change: { on: [] }, good: false, because: 'it would never come' },
  {
    change: { name: { zh: '傍晚', en: ' ' } },
    good: false,
    because: 'the English reader sees nothing',
  },
])('a window with $change can be kept: $good, for $because', ({ change, good }) => {
  expect(gapOfWindow({ ...EVENING, ...change }) === undefined).toBe(good)
})

test('a season may run over the new year, but has a name', () => {
  const winter = {
    seasonId: 'winter',
    name: { zh: '冬闲', en: 'Winter' },
    crop: '',
    towns: [],
    from: '12-15',
    to: '02-20',
    advice: 'favourable' as const,
  }
  expect(gapOfSeason(winter)).toBeUndefined()
  expect(gapOfSeason({ ...winter, name: { zh: '', en: 'Winter' } })).toBeDefined()
})
