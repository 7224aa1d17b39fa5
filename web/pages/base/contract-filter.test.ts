import { expect, test } from 'vitest'
import { endsOf, filtersOf, SPANS, spanOf } from './contract-filter.ts'

const TODAY = '2026-11-22'

test('the list begins with whose contract ends next, unless something else is asked for', () => {
  expect(endsOf({}, TODAY)).toMatchObject({ endsFrom: TODAY })
  expect(endsOf({ search: '0042' }, TODAY)).toMatchObject({ endsFrom: undefined })
  expect(endsOf({ lapsed: 'true' }, TODAY)).toEqual({ lapsed: 'true' })
  expect(endsOf({ endsTo: '2026-12-01' }, TODAY)).toMatchObject({ endsFrom: undefined })
})

test('within 30 days of today is today and the 30 days after it', () => {
  expect(filtersOf('30', TODAY)).toMatchObject({ endsFrom: TODAY, endsTo: '2026-12-23' })
})

test.each(['', 'all', 'lapsed', ...SPANS.map(String)])(
  'the choice “%s” is found again in the address that it makes',
  (span) => {
    expect(spanOf(filtersOf(span, TODAY), TODAY)).toBe(span)
  },
)

test('days that come from the calendar are a choice of their own', () => {
  expect(spanOf({ endsFrom: '2026-12-01', endsTo: '2026-12-02' }, TODAY)).toBe('days')
})
