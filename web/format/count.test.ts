import { expect, test } from 'vitest'
import { changeText, countText, shortCount, totalText } from './count.ts'

test.each([
  [0, '0', '0', 'nothing'],
  [9_999, '9,999', '9,999', 'below 万 it is exact'],
  [10_000, '1万', '10,000', 'one 万'],
  [61_234, '6.12万', '61,234', 'two decimals'],
  [1_234_567, '123.5万', '1,234,567', 'from a hundred 万 on one decimal says enough'],
  [240_000_000, '2.4亿', '240,000,000', 'all of cable'],
  [-78_200, '−7.82万', '-78,200', 'less than nothing'],
])('%i is %s for Chinese readers, exactly %s: %s', (count, text, exact) => {
  expect(shortCount(count, 'zh')).toEqual({ text: text.replace('−', '-'), exact })
})

test('English readers see every digit below a million', () => {
  expect(shortCount(61_234, 'en').text).toBe('61,234')
  expect(shortCount(1_234_567, 'en').text).toBe('1.23 M')
})

test('a total that the server stopped counting says so', () => {
  expect(totalText(10_000)).toBe('10,000')
  expect(totalText(10_001)).toBe('10,000+')
})

test('a change carries its sign', () => {
  expect([12, 0, -3].map(changeText)).toEqual(['+12', '0', '−3'])
  expect(countText(1_000)).toBe('1,000')
})
