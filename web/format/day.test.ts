import { expect, test } from 'vitest'
import {
  addDays,
  clockText,
  dateText,
  daysBetween,
  dayText,
  distanceText,
  firstOfMonth,
  instantText,
  isDay,
  monthText,
  waitText,
} from './day.ts'

test('a day is said with its weekday, in the way of the language', () => {
  expect(dayText('2026-11-22', 'zh')).toBe('11月22日 周日')
  expect(dayText('2026-11-22', 'en')).toBe('Sun 22 Nov')
  expect(dateText('2026-11-22', 'zh')).toBe('2026年11月22日')
  expect(dateText('2026-11-02', 'en')).toBe('2 Nov 2026')
})

test('an instant is read on the branch’s clock, wherever the reader is', () => {
  expect(instantText('2026-11-21T23:42:00.000Z', 'zh')).toBe('11月22日 07:42')
  expect(instantText('2026-11-21T23:42:00.000Z', 'en')).toBe('22 Nov 07:42')
  expect(clockText('2026-11-22T16:00:00.000Z')).toBe('00:00')
})

test('months are read with and without a hyphen, and what is no month stays as it is', () => {
  expect(monthText('202611', 'zh')).toBe('2026年11月')
  expect(monthText('2026-01', 'en')).toBe('Jan 2026')
  expect(monthText('上月', 'zh')).toBe('上月')
})

test('days are counted over the ends of months and of February', () => {
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
  expect(daysBetween('2026-11-30', '2026-11-22')).toBe(-8)
  expect(firstOfMonth('2026-12-15', 1)).toBe('2027-01-01')
  expect(firstOfMonth('2026-01-31', -1)).toBe('2025-12-01')
})

test.each([
  ['2026-11-22', true],
  ['2026-13-01', false],
  ['2026-02-31', false],
  ['0002-11-22', false],
  ['2026-1-1', false],
  ['tomorrow', false],
  [undefined, false],
])('%s is a day: %s', (text, is) => {
  expect(isDay(text)).toBe(is)
})

test('how far a day is, and how long one waits, is said in words', () => {
  expect([0, 3, -12].map((days) => distanceText(days, 'zh'))).toEqual([
    '今天',
    '3 天后',
    '已过 12 天',
  ])
  expect([1, -1].map((days) => distanceText(days, 'en'))).toEqual(['in 1 day', '1 day ago'])
  expect([0.2, 40, 240].map((seconds) => waitText(seconds, 'zh'))).toEqual([
    '约 1 秒',
    '约 40 秒',
    '约 4 分钟',
  ])
})
