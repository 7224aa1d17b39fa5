import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, daysBetween } from '#platform/day.ts'
import { closes, firstAllowedDay, type HouseholdRefusal, stands } from './refusals.ts'

test.each([
  { refusedOn: '2026-08-31', allowed: '2026-11-30', because: 'November has no 31st' },
  { refusedOn: '2026-11-30', allowed: '2027-02-28', because: 'February 2027 has 28 days' },
  { refusedOn: '2027-11-30', allowed: '2028-02-29', because: 'February 2028 has 29 days' },
  { refusedOn: '2026-08-20', allowed: '2026-11-20', because: 'it is the same day of the month' },
  { refusedOn: '2026-12-01', allowed: '2027-03-01', because: 'the year may turn' },
])('who refused on $refusedOn is asked again on $allowed: $because', ({ refusedOn, allowed }) => {
  expect(firstAllowedDay(refusedOn)).toBe(allowed)
})

test('a later day that was agreed overrides the rule, an earlier one does not', () => {
  expect(firstAllowedDay('2026-08-20', '2027-03-01')).toBe('2027-03-01')
  expect(firstAllowedDay('2026-08-20', '2026-09-01')).toBe('2026-11-20')
})

const days = fc.integer({ min: 0, max: 20_000 }).map((nth) => addDays('2000-01-01', nth))
const refusals = fc.record({
  refusedOn: days,
  scope: fc.constantFrom('offer', 'channel', 'all'),
  channel: fc.constantFrom('door', 'hall', 'call_in', 'call_out', 'sms', 'wecom', 'online'),
  offer: fc.option(fc.constantFrom('a', 'b')),
  until: fc.option(days),
}) satisfies fc.Arbitrary<HouseholdRefusal>

test('a refusal rests for 89 to 92 days, on the same day or the last of the month', () => {
  fc.assert(
    fc.property(days, (refusedOn) => {
      const allowed = firstAllowedDay(refusedOn)
      const rest = daysBetween(refusedOn, allowed)
      expect(rest).toBeGreaterThanOrEqual(89)
      expect(rest).toBeLessThanOrEqual(92)
      const sameDay = allowed.slice(8) === refusedOn.slice(8)
      const lastOfMonth = addDays(allowed, 1).slice(8) === '01'
      expect(sameDay || lastOfMonth).toBe(true)
    }),
  )
})

test('a refusal stands without a gap from its day to the day before the first allowed one', () => {
  fc.assert(
    fc.property(refusals, (refusal) => {
      const allowed = firstAllowedDay(refusal.refusedOn, refusal.until)
      expect(stands(refusal, addDays(refusal.refusedOn, -1))).toBe(false)
      expect(stands(refusal, refusal.refusedOn)).toBe(true)
      expect(stands(refusal, addDays(allowed, -1))).toBe(true)
      expect(stands(refusal, allowed)).toBe(false)
    }),
  )
})

test('whatever was refused, nobody markets at the door', () => {
  fc.assert(
    fc.property(refusals, fc.option(fc.constantFrom('a', 'b')), (refusal, offer) => {
      expect(closes(refusal, { touchpoint: 'door', offer })).toBe(true)
    }),
  )
})

test.each([
  {
    scope: 'channel',
    offer: null,
    at: 'call_out',
    closed: true,
    because: 'it was said on the phone',
  },
  { scope: 'channel', offer: null, at: 'hall', closed: false, because: 'nobody refused the hall' },
  {
    scope: 'offer',
    offer: 'a',
    at: 'call_out',
    closed: true,
    because: 'the offer is the refused one',
  },
  { scope: 'offer', offer: 'b', at: 'call_out', closed: false, because: 'another was refused' },
  { scope: 'offer', offer: null, at: 'call_out', closed: true, because: 'nobody knows which' },
  { scope: 'all', offer: null, at: 'online', closed: true, because: 'all is all' },
] as const)('a call refused for $scope $offer closes $at: $closed, for $because', (row) => {
  const refusal = { ...row, refusedOn: '2026-10-01', channel: 'call_out', until: null } as const
  expect(closes(refusal, { touchpoint: row.at, offer: 'a' })).toBe(row.closed)
})
