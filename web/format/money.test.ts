import fc from 'fast-check'
import { expect, test } from 'vitest'
import { moneyText, shortMoney } from './money.ts'

test.each([
  [9_800, '¥98', 'whole yuan without decimals'],
  [9_850, '¥98.50', 'fen with both'],
  [5, '¥0.05', 'less than a yuan'],
  [-100, '−¥1', 'money back'],
  [123_456_789, '¥1,234,567.89', 'groups of three'],
  [0, '¥0', 'nothing'],
])('%i fen is %s: %s', (fen, text) => {
  expect(moneyText(fen)).toBe(text)
})

test('large amounts are short, with the exact one beside them', () => {
  expect(shortMoney(66_000_000, 'zh')).toEqual({ text: '¥66万', exact: '¥660,000' })
  expect(shortMoney(66_000_000, 'en').text).toBe('¥660,000')
  expect(shortMoney(-1_234_500_000_000, 'zh').text).toBe('−¥123.45亿')
})

test('no fen is lost: what is written reads back', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), (fen) => {
      const read = Number(moneyText(fen).replaceAll(/[¥,]/g, '').replace('−', '-'))
      expect(Math.round(read * 100)).toBe(fen)
    }),
  )
})
