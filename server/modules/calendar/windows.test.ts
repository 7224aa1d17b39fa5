import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instantOf } from '#platform/day.ts'
import { covers, findFaultySeason, holdsIn } from './season.ts'
import { USUAL_QUIET_HOURS, USUAL_WINDOWS } from './seeds.ts'
import { findFaultyWindow, isQuietAt, openTimes, windowsOn } from './windows.ts'

const ids = (windows: readonly { windowId: string }[]) => windows.map(({ windowId }) => windowId)

test.each([
  { kind: 'workday', advice: [], expected: ['evening', 'early-morning'] },
  { kind: 'weekend', advice: [], expected: ['weekend', 'evening'] },
  { kind: 'holiday', advice: [], expected: ['holiday', 'evening'] },
  { kind: 'workday', advice: ['evening-only'], expected: ['evening'] },
  { kind: 'holiday', advice: ['evening-only'], expected: ['evening'] },
  { kind: 'workday', advice: ['early-morning-only'], expected: ['early-morning'] },
  { kind: 'weekend', advice: ['favourable'], expected: ['weekend', 'evening'] },
  { kind: 'weekend', advice: ['favourable', 'evening-only'], expected: ['evening'] },
  { kind: 'weekend', advice: ['avoid'], expected: [] },
] as const)('on a $kind with the advice $advice people are met $expected', (day) => {
  expect(ids(windowsOn(USUAL_WINDOWS, day.kind, day.advice))).toEqual(day.expected)
})

test.each([
  { channel: 'door', clock: '20:29', quiet: false },
  { channel: 'door', clock: '20:30', quiet: true },
  { channel: 'door', clock: '05:59', quiet: true },
  { channel: 'door', clock: '06:00', quiet: false },
  { channel: 'call', clock: '08:59', quiet: true },
  { channel: 'sms', clock: '08:59', quiet: false },
] as const)('at $clock the $channel is quiet: $quiet', ({ channel, clock, quiet }) => {
  expect(isQuietAt(USUAL_QUIET_HOURS, channel, instantOf('2026-11-20', clock))).toBe(quiet)
})

const clock = fc
  .integer({ min: 0, max: 24 * 60 - 1 })
  .map((minute) => new Date(minute * 60_000).toISOString().slice(11, 16))

test('the open times of a day are just the minutes that are not quiet', () => {
  const hours = fc.record({ channel: fc.constant('call' as const), from: clock, to: clock })
  fc.assert(
    fc.property(fc.array(hours, { maxLength: 3 }), clock, (quiet, at) => {
      const instant = instantOf('2026-11-20', at)
      const open = openTimes(quiet, 'call', '2026-11-20')
      const inside = open.some(({ start, end }) => start <= instant && instant < end)
      expect(inside).toBe(!isQuietAt(quiet, 'call', instant))
      for (const [n, { start, end }] of open.entries()) {
        expect(start < end).toBe(true)
        expect(n === 0 || (open[n - 1]?.end ?? end) < start).toBe(true)
      }
    }),
    { seed: 7, numRuns: 1000 },
  )
})

test('a season covers its first and last day, and may run over new year', () => {
  const harvest = { from: '09-20', to: '10-31' }
  expect(covers(harvest, '2026-09-19')).toBe(false)
  expect(covers(harvest, '2026-09-20')).toBe(true)
  expect(covers(harvest, '2027-10-31')).toBe(true)
  const rest = { from: '12-15', to: '02-10' }
  expect([
    covers(rest, '2026-12-31'),
    covers(rest, '2027-02-10'),
    covers(rest, '2026-06-01'),
  ]).toEqual([true, true, false])
})

test('a season of some towns holds there, and where the town is not known', () => {
  const towns = ['370686101']
  expect(holdsIn({ towns }, '370686101')).toBe(true)
  expect(holdsIn({ towns }, '370686001')).toBe(false)
  expect(holdsIn({ towns }, null)).toBe(true)
  expect(holdsIn({ towns: [] }, '370686001')).toBe(true)
})

test('an id twice, a day that no year has and an end before its start are found', () => {
  const name = { zh: '采收', en: 'Harvest' }
  const season = { name, crop: '苹果', towns: [], advice: 'avoid' } as const
  const seasons = [
    { ...season, seasonId: 'a', from: '02-29', to: '03-01' },
    { ...season, seasonId: 'b', from: '04-31', to: '05-01' },
  ]
  expect(findFaultySeason(seasons)?.seasonId).toBe('b')
  expect(findFaultySeason([...seasons.slice(0, 1), ...seasons.slice(0, 1)])?.seasonId).toBe('a')
  expect(findFaultyWindow([...USUAL_WINDOWS])).toBeUndefined()
  const turned = { windowId: 'x', name, from: '10:00', to: '10:00', on: ['workday' as const] }
  expect(findFaultyWindow([turned])?.windowId).toBe('x')
})
