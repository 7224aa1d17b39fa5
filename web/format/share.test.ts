import { expect, test } from 'vitest'
import { shareOf, shareText } from './share.ts'
import { sizeText } from './size.ts'

const SHARES: readonly [share: number | null, text: string, because: string][] = [
  [0, '0%', 'none'],
  [0.0004, '<0.1%', 'some, never rounded to none'],
  [0.304, '30.4%', 'one decimal'],
  [0.9996, '99.9%', 'not all, never rounded to all'],
  [1, '100%', 'all'],
  [1.2, '120%', 'over capacity'],
  [null, '–', 'a share of nothing'],
]
test.each(SHARES)('%s is %s: %s', (share, text) => {
  expect(shareText(share)).toBe(text)
})

test('there is no share of nothing', () => {
  expect(shareOf(0, 0)).toBeNull()
  expect(shareOf(1, 4)).toBe(0.25)
})

test('sizes are read in the largest unit that keeps them above one', () => {
  expect([0, 1_023, 1_024, 5_368_709, 2 * 1024 ** 3].map(sizeText)).toEqual([
    '0 B',
    '1,023 B',
    '1 KB',
    '5.1 MB',
    '2 GB',
  ])
})
