import { expect, test } from 'vitest'
import { type Day, monthsOf, spansOf, stepFrom, termsOf, workingDays } from './year-grid.ts'

function day(on: string, kind: Day['kind'], zh?: string): Day {
  return {
    day: on,
    kind,
    name: zh ? { zh, en: zh } : null,
    solarTerm: null,
    lunar: '',
    source: 'published',
    seasons: [],
  }
}

test('a year has twelve months of whole weeks that begin on Monday', () => {
  const months = monthsOf(2026)
  expect(months.map(({ month }) => month)).toHaveLength(12)
  const [january] = months
  expect(january?.weeks[0]).toEqual([
    null,
    null,
    null,
    '2026-01-01',
    '2026-01-02',
    '2026-01-03',
    '2026-01-04',
  ])
  expect(months.flatMap(({ weeks }) => weeks.flat()).filter((one) => one !== null)).toHaveLength(
    365,
  )
})

test('a leap year has its day', () => {
  const days = monthsOf(2028).flatMap(({ weeks }) => weeks.flat())
  expect(days).toContain('2028-02-29')
})

test.each([
  { from: '2026-11-22', key: 'ArrowRight', to: '2026-11-23', because: 'a day on' },
  { from: '2026-11-22', key: 'ArrowUp', to: '2026-11-15', because: 'a week before' },
  {
    from: '2026-01-01',
    key: 'ArrowLeft',
    to: '2025-12-31',
    because: 'the year before is left to the page',
  },
  { from: '2026-01-31', key: 'PageDown', to: '2026-02-28', because: 'February is shorter' },
  { from: '2026-03-30', key: 'PageUp', to: '2026-02-28', because: 'February is shorter' },
  { from: '2026-11-22', key: 'PageUp', to: '2026-10-22', because: 'the same date' },
  { from: '2026-11-22', key: 'a', to: undefined, because: 'no way leads there' },
])('$key leads from $from to $to: $because', ({ from, key, to }) => {
  expect(stepFrom(from, key)).toBe(to)
})

test('a festival is one span of free days, with the days worked for it', () => {
  const days = [
    day('2026-02-14', 'makeup', '春节调休上班'),
    day('2026-02-15', 'holiday', '春节'),
    day('2026-02-16', 'holiday', '春节'),
    day('2026-02-17', 'workday'),
    day('2026-04-05', 'holiday', '清明'),
    day('2026-04-06', 'holiday', '劳动节'),
  ]
  expect(spansOf(days)).toEqual([
    {
      name: { zh: '春节', en: '春节' },
      from: '2026-02-15',
      to: '2026-02-16',
      days: 2,
      worked: ['2026-02-14'],
    },
    { name: { zh: '清明', en: '清明' }, from: '2026-04-05', to: '2026-04-05', days: 1, worked: [] },
    {
      name: { zh: '劳动节', en: '劳动节' },
      from: '2026-04-06',
      to: '2026-04-06',
      days: 1,
      worked: [],
    },
  ])
})

test('days worked instead of a holiday are working days, free ones are not', () => {
  const days = [day('a', 'workday'), day('b', 'makeup'), day('c', 'weekend'), day('d', 'holiday')]
  expect(workingDays(days)).toBe(2)
})

test('a solar term is named on the day on which it begins', () => {
  const snow = { ...day('2026-11-22', 'weekend'), solarTerm: { zh: '小雪', en: 'Minor Snow' } }
  expect(termsOf([day('2026-11-21', 'weekend'), snow])).toEqual([
    { day: '2026-11-22', name: { zh: '小雪', en: 'Minor Snow' } },
  ])
})
