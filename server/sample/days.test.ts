import { expect, test } from 'vitest'
import { addMonths, iso, parseDay, ymd } from './days.ts'

const day = (text: string) => parseDay(text) ?? expect.fail(`${text} is no day`)

test.each([
  { from: '2026-11-20', months: 12, to: '2027-11-20', because: 'most days exist in every month' },
  { from: '2026-08-31', months: 3, to: '2026-11-30', because: 'November has no 31st' },
  { from: '2026-11-30', months: 3, to: '2027-02-28', because: 'February ends early' },
  { from: '2027-11-30', months: 3, to: '2028-02-29', because: '2028 is a leap year' },
  { from: '2026-01-15', months: -2, to: '2025-11-15', because: 'months count backwards too' },
])('$months months from $from is $to: $because', ({ from, months, to }) => {
  expect(iso(addMonths(day(from), months))).toBe(to)
})

test('what is no day is told apart from a day', () => {
  expect(ymd(day('2024-02-29'))).toBe('20240229')
  for (const text of ['2026-02-29', '2026-13-01', '20261120', '2026-1-2', ''])
    expect(parseDay(text)).toBeNull()
})
