import { expect, test } from 'vitest'
import { EventKind, EventState } from '#contract/on-site-event.ts'
import { addDays, daysBetween, instantOf } from '#platform/day.ts'
import { againstOf } from './against.ts'
import { type CountedEvent, cellsOf, sumOf } from './coverage.ts'
import { isoWeekOf, seasonOf, weeksOf } from './season.ts'

const YEAR = 2027
const RULES = { perWeek: 2, fromMonth: 1, fromDate: 6, daysBeforeFestival: 1 }
const season = seasonOf(YEAR, RULES)
const weeks = weeksOf(season)

/** Numbers in [0, 1), the same on every run. */
function random(seed: number) {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

/** The second one is of its time, as is the third by an hour less a minute. */
const CLOCKS = ['06:30', '10:00', '11:59', '12:00']

function eventsOf(seed: number): CountedEvent[] {
  const next = random(seed)
  const below = (most: number) => Math.floor(next() * most)
  return Array.from({ length: below(40) }, () => {
    const state = EventState.options[below(4)] ?? 'planned'
    const isProved = state === 'held' || (state === 'reported' && next() < 0.8)
    const photos = isProved ? below(4) : 0
    // Also beyond the season on either side.
    const onDay = addDays(season.from, below(daysBetween(season.from, season.to) + 14) - 7)
    return {
      ...{ unitId: 'H01', state, kind: EventKind.options[below(5)] ?? 'village' },
      ...{ onDay, starts: '09:00', ends: '11:00' },
      ...{ photos, usedBefore: Math.min(photos, below(4)) },
      positionTimes:
        isProved && next() < 0.8 ? [instantOf(onDay, CLOCKS[below(4)] ?? '10:00')] : [],
    }
  })
}

/** The rule told once more, event by event. */
const countsByHand = (event: CountedEvent) =>
  (event.state === 'held' || event.state === 'reported') &&
  event.kind !== 'hall' &&
  event.photos - event.usedBefore > 0 &&
  event.positionTimes.some((at) => ['02:00', '03:59'].includes(at.toISOString().slice(11, 16)))

test('for random events each week counts what a walk over the days counts', () => {
  let missing = 0
  for (let seed = 1; seed <= 500; seed++) {
    const events = eventsOf(seed)
    const today = addDays(season.from, (seed % 45) - 5)
    const cells = cellsOf(events, { weeks, perWeek: RULES.perWeek, today })
    const days = new Map<string, number>()
    const counted = new Map<string, number>()
    for (let day = season.from; day < season.to; day = addDays(day, 1)) {
      const week = isoWeekOf(day)
      days.set(week, (days.get(week) ?? 0) + 1)
      const own = events.filter((event) => event.onDay === day && countsByHand(event)).length
      counted.set(week, (counted.get(week) ?? 0) + own)
    }
    expect(cells.map(({ week, counted: n }) => [week, n])).toEqual([...counted])
    for (const [nth, cell] of cells.entries()) {
      expect(cell.due).toBe(Math.floor((2 * (days.get(cell.week) ?? 0)) / 7))
      const isBegun = (weeks[nth]?.from ?? '') <= today
      const left = Math.max(0, cell.due - cell.counted)
      expect(cell.short).toBe(isBegun ? left : 0)
      expect(cell.toPlan).toBeLessThanOrEqual(left)
      expect(cell.counted).toBeLessThanOrEqual(cell.held)
      expect(cell.held).toBeLessThanOrEqual(cell.planned)
      missing += cell.short
    }
    expect(sumOf(cells).counted).toBe([...counted.values()].reduce((sum, n) => sum + n, 0))
  }
  expect(missing, 'some weeks are short').toBeGreaterThan(250)
})

test('an event counts where nothing stands against it, and nowhere else', () => {
  for (let seed = 1; seed <= 500; seed++)
    for (const event of eventsOf(seed))
      expect(againstOf(event).length === 0).toBe(countsByHand(event))
})

const HELD: CountedEvent = {
  ...{ unitId: 'H01', kind: 'village', state: 'held', onDay: '2027-01-12' },
  ...{ starts: '09:00', ends: '11:00', photos: 1, usedBefore: 0 },
  positionTimes: [instantOf('2027-01-12', '10:00')],
}
const PLANNED = { ...HELD, state: 'planned', photos: 0, positionTimes: [] } as const
const ask = (events: readonly CountedEvent[], today: string) =>
  cellsOf(events, { weeks, perWeek: 2, today })[1]

test('of a week that is on, what is planned still is not asked for again', () => {
  const events = [HELD, { ...PLANNED, onDay: '2027-01-15' }]
  expect(ask(events, '2027-01-13')).toMatchObject({ counted: 1, short: 1, toPlan: 0, reasons: [] })
  expect(ask(events, '2027-01-16')).toMatchObject({
    ...{ counted: 1, short: 1, toPlan: 1 },
    reasons: [{ code: 'not-held', values: { count: 1 } }],
  })
  expect(ask(events, '2027-01-18')).toMatchObject({ short: 1, toPlan: 0 })
  expect(ask(events, '2027-01-10')).toMatchObject({ short: 0, toPlan: 0 })
})

test('the reasons of a week say how many events each is about', () => {
  const events = [
    { ...HELD, positionTimes: [] },
    { ...HELD, positionTimes: [], usedBefore: 1 },
    { ...HELD, kind: 'hall' as const },
    { ...HELD, state: 'called-off' as const },
  ]
  const cell = ask(events, '2027-01-20')
  expect(cell).toMatchObject({ planned: 3, counted: 0, short: 2 })
  expect(cell?.reasons.map(({ code, values }) => [code, values.count])).toEqual([
    ['no-position', 2],
    ['photos-used-before', 1],
    ['in-the-hall', 1],
  ])
})

const found = (...instants: [day: string, clock: string][]) => ({
  ...HELD,
  positionTimes: instants.map(([day, clock]) => instantOf(day, clock)),
})
test.each([
  {
    because: 'before the hour before it',
    event: found(['2027-01-12', '08:00']),
    says: 'position-out-of-hours',
  },
  { because: 'within that hour', event: found(['2027-01-12', '08:01']), says: undefined },
  { because: 'within an hour of its end', event: found(['2027-01-12', '11:59']), says: undefined },
  {
    because: 'an hour after its end',
    event: found(['2027-01-12', '12:00']),
    says: 'position-out-of-hours',
  },
  {
    because: 'on the day before',
    event: found(['2027-01-11', '10:00']),
    says: 'position-of-another-day',
  },
  {
    because: 'late, and on another day',
    event: found(['2027-01-13', '10:00'], ['2027-01-12', '20:00']),
    says: 'position-out-of-hours',
  },
  {
    because: 'late, and once in time',
    event: found(['2027-01-12', '20:00'], ['2027-01-12', '10:00']),
    says: undefined,
  },
])('a position that was found $because proves the event or says why not', ({ event, says }) => {
  expect(againstOf(event)).toEqual(says ? [says] : [])
})

test('of a week in part its share is due, and that is said', () => {
  const [first] = cellsOf([], { weeks, perWeek: 2, today: '2027-02-10' })
  expect(first).toMatchObject({
    ...{ due: 1, short: 1 },
    reasons: [{ code: 'week-in-part', values: { days: 5, due: 1 } }],
  })
})
