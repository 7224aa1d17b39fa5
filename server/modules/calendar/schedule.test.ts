import { expect, test } from 'vitest'
import { weekday } from '#platform/day.ts'
import { lunarOf } from './lunar.ts'
import { type DayKind, isPublished, scheduledDay, worksOn } from './schedule.ts'

test.each([
  { day: '2026-10-01', kind: 'holiday', because: 'it is the National Day' },
  { day: '2026-10-07', kind: 'holiday', because: 'a weekday can be free instead of a weekend day' },
  { day: '2026-10-10', kind: 'makeup', because: 'that Saturday is worked for it' },
  { day: '2026-02-28', kind: 'makeup', because: 'so is one for the Spring Festival' },
  { day: '2026-11-20', kind: 'workday', because: 'it is an ordinary Friday' },
  { day: '2026-11-22', kind: 'weekend', because: 'it is an ordinary Sunday' },
])('$day is a $kind: $because', ({ day, kind }) => {
  expect(scheduledDay(day)).toMatchObject({ kind, source: 'published' })
})

test('while a year is not published its weekdays decide, and the day says so', () => {
  expect(isPublished(2026)).toBe(true)
  expect(isPublished(2027)).toBe(false)
  expect(scheduledDay('2027-10-01')).toEqual({ kind: 'workday', name: null, source: 'weekday' })
  expect(scheduledDay('2027-10-02')).toMatchObject({ kind: 'weekend', source: 'weekday' })
})

const works = (days: string, day: string, kind: DayKind = scheduledDay(day).kind) =>
  worksOn(days, kind, weekday(day))

test.each([
  { days: '1234567', day: '2026-10-01', works: true, because: 'visits happen on holidays' },
  { days: '1234567', day: '2026-11-22', works: true, because: 'and on Sundays' },
  { days: '12345', day: '2026-11-20', works: true, because: 'Friday is one of five' },
  { days: '12345', day: '2026-11-22', works: false, because: 'Sunday is not' },
  { days: '12345', day: '2026-10-01', works: false, because: 'a holiday is free, Thursday or not' },
  { days: '12345', day: '2026-10-10', works: true, because: 'and is made up for on a Saturday' },
  { days: '123456', day: '2026-10-10', works: true, because: 'Saturday is one of six anyway' },
  { days: '123456', day: '2026-11-22', works: false, because: 'Sunday is not one of six' },
  { days: '135', day: '2026-11-19', works: false, because: 'Thursday is not one of three' },
  { days: '135', day: '2026-10-10', works: false, because: 'part-time people make up for nothing' },
])('who works on $days works on $day: $works, for $because', ({ days, day, works: expected }) => {
  expect(works(days, day)).toBe(expected)
})

test.each([
  { day: '2026-02-17', lunar: '正月初一', term: null },
  { day: '2026-04-05', lunar: '二月十八', term: 'Clear and Bright' },
  { day: '2026-11-22', lunar: '十月十四', term: 'Minor Snow' },
])('$day is $lunar by the farmers’ calendar', ({ day, lunar, term }) => {
  expect(lunarOf(day)).toMatchObject({ lunar, solarTerm: term === null ? null : { en: term } })
})
