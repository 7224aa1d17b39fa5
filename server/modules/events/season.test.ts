import { expect, test } from 'vitest'
import { addDays, weekday } from '#platform/day.ts'
import type { EventRules } from './rules-store.ts'
import { dueIn, isoWeekOf, seasonOf, seasonYearOn, weeksOf } from './season.ts'

const USUAL: EventRules = { perWeek: 2, fromMonth: 1, fromDate: 4, daysBeforeFestival: 1 }

test.each([
  [2025, '2025-01-04', '2025-01-29'],
  [2026, '2026-01-04', '2026-02-17'],
  [2027, '2027-01-04', '2027-02-06'],
  [2028, '2028-01-04', '2028-01-26'],
  [2033, '2033-01-04', '2033-01-31'],
])('the season of %i begins on %s and ends before the festival of %s', (year, from, festival) => {
  expect(seasonOf(year, USUAL)).toEqual({ from, to: festival, festival })
})

test.each([
  ['from December on it begins in the year before', { fromMonth: 12, fromDate: 1 }, '2026-12-01'],
  ['a day that the month has not is its last', { fromMonth: 11, fromDate: 31 }, '2026-11-30'],
  ['the end of February too', { fromMonth: 2, fromDate: 30 }, '2027-02-28'],
])('%s', (_, rules, from) => {
  expect(seasonOf(2027, { ...USUAL, ...rules }).from).toBe(from)
})

test('a season that would begin after its end has no week', () => {
  const season = seasonOf(2027, { ...USUAL, fromMonth: 3 })
  expect(season.to).toBe(season.from)
  expect(weeksOf(season)).toEqual([])
})

test.each([
  ['2026-11-21', 2027],
  ['2027-01-04', 2027],
  ['2027-03-08', 2027],
  ['2027-03-09', 2028],
])('on %s the season of %i is looked at', (day, year) => {
  expect(seasonYearOn(day)).toBe(year)
})

test.each([
  ['2021-01-03', '2020-W53'],
  ['2024-12-30', '2025-W01'],
  ['2026-01-04', '2026-W01'],
  ['2027-01-04', '2027-W01'],
  ['2027-12-31', '2027-W52'],
])('%s lies in the week %s', (day, week) => {
  expect(isoWeekOf(day)).toBe(week)
})

test('the weeks of every season are its days, in order, each once, cut at Mondays', () => {
  for (let year = 2000; year <= 2100; year++) {
    const season = seasonOf(year, USUAL)
    const weeks = weeksOf(season)
    expect(weeks[0]?.from).toBe(season.from)
    expect(weeks.at(-1)?.to).toBe(season.to)
    for (const [nth, week] of weeks.entries()) {
      expect(week.to > week.from).toBe(true)
      expect(isoWeekOf(addDays(week.to, -1))).toBe(week.week)
      if (nth > 0) expect([weekday(week.from), weeks[nth - 1]?.to]).toEqual([1, week.from])
    }
  }
})

test('a week in part asks for its share, rounded down', () => {
  const due = [1, 2, 3, 4, 5, 6, 7].map((days) =>
    dueIn({ week: '', from: '2027-01-04', to: addDays('2027-01-04', days) }, 2),
  )
  expect(due).toEqual([0, 0, 0, 1, 1, 1, 2])
})
