import { expect, test } from 'vitest'
import { addDays } from '../../format/day.ts'
import { endsOfSpan, SPAN_NAMES } from './spans.ts'

const TODAY = '2026-11-22'

test('every day on which a contract can have ended lies in one span', () => {
  for (let days = 1; days <= 800; days += 1) {
    const end = addDays(TODAY, -days)
    const spans = SPAN_NAMES.filter(({ span }) => {
      const { endedFrom, endedTo } = endsOfSpan(span, TODAY)
      return (endedFrom === undefined || end >= endedFrom) && end < endedTo
    })
    expect(spans, `${days} days ago`).toHaveLength(1)
  }
})

test('who lapsed within 30 days ended from 30 days ago to yesterday', () => {
  expect(endsOfSpan('month', TODAY)).toEqual({ endedFrom: '2026-10-23', endedTo: '2026-11-22' })
})
