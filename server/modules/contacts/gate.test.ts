import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, instantOf } from '#platform/day.ts'
import { type Intent, type Known, mayTouch, type Rules } from './gate.ts'
import { CONTACT_RULES } from './policy.ts'
import type { HouseholdRefusal } from './refusals.ts'

const DAY = '2026-11-21'
const at = (clock: string, day = DAY) => instantOf(day, clock)
const RULES: Rules = {
  policy: CONTACT_RULES.usual,
  quietHours: [
    { channel: 'door', from: '20:30', to: '06:00' },
    { channel: 'call', from: '20:00', to: '09:00' },
    { channel: 'sms', from: '21:00', to: '08:00' },
  ],
}
const NOTHING: Known = {
  ...{ hasLeft: false, asksPortOut: false, unsubscribed: false },
  ...{ agreesToMessages: null, agreesToCalls: null, refusals: [], touches: [] },
  ...{ hold: null, extractKnown: true },
}
const SELL: Intent = { touchpoint: 'door', purpose: 'marketing', offer: 'A', at: at('10:00') }
const REFUSED: HouseholdRefusal = {
  ...{ refusedOn: '2026-10-01', scope: 'channel', channel: 'sms', offer: null, until: null },
}

/** The codes that stand against it, and when it opens: the day and the clock of the branch. */
function judged(intent: Partial<Intent>, known: Partial<Known>) {
  const { against, opens } = mayTouch({ ...SELL, ...intent }, { ...NOTHING, ...known }, RULES)
  const local = opens && new Date(opens.getTime() + 8 * 3_600_000).toISOString().slice(0, 16)
  return { against: against.map(({ code }) => code), opens: local?.replace('T', ' ') ?? null }
}

test('a household that said nothing may be visited and called, and gets no message', () => {
  expect(judged({}, {})).toEqual({ against: [], opens: '2026-11-21 10:00' })
  expect(judged({ touchpoint: 'call_out' }, {}).against).toEqual([])
  expect(judged({ touchpoint: 'sms' }, {})).toEqual({ against: ['opted-out'], opens: null })
})

test('a refused message closes the door as well, for three calendar months, and no call', () => {
  const known = { refusals: [REFUSED] }
  expect(judged({}, known)).toEqual({ against: ['refused'], opens: '2027-01-01 06:00' })
  expect(judged({ touchpoint: 'call_out' }, known).against).toEqual([])
  expect(judged({ touchpoint: 'sms' }, { ...known, agreesToMessages: true }).against).toEqual([
    'refused',
  ])
})

test('a refused offer is refused everywhere, another one may be told by telephone', () => {
  const known = { refusals: [{ ...REFUSED, scope: 'offer', offer: 'A' } as const] }
  expect(judged({ touchpoint: 'hall' }, known).against).toEqual(['refused'])
  expect(judged({ touchpoint: 'call_out', offer: 'B' }, known).against).toEqual([])
})

test('renewal, collection and service are not closed by refusals, but by a port-out or the end', () => {
  const known = { refusals: [{ ...REFUSED, scope: 'all' } as const] }
  for (const purpose of ['renewal', 'collection', 'service'] as const)
    expect(judged({ purpose }, known).against).toEqual([])
  expect(judged({ purpose: 'renewal' }, { asksPortOut: true }).against).toEqual([
    'port-out-request',
  ])
  expect(judged({ purpose: 'collection' }, { asksPortOut: true }).against).toEqual([])
  expect(judged({ purpose: 'collection' }, { hasLeft: true }).against).toEqual(['terminated'])
})

test('in the quiet hours it opens with their end; service comes when it is wanted', () => {
  const late = { touchpoint: 'call_out', at: at('22:00') } as const
  expect(judged(late, {})).toEqual({ against: ['quiet-hours'], opens: '2026-11-22 09:00' })
  expect(judged({ ...late, at: at('07:00') }, {}).opens).toBe('2026-11-21 09:00')
  expect(judged({ ...late, purpose: 'service' }, {}).against).toEqual([])
})

test('one touch a week on a channel, and three a month on all; a cap opens at the first good hour', () => {
  const touches = [{ day: '2026-11-20', touchpoint: 'call_out' }] as const
  expect(judged({ touchpoint: 'call_out' }, { touches })).toEqual({
    ...{ against: ['capped'], opens: '2026-11-27 09:00' },
  })
  expect(judged({}, { touches }).against).toEqual([])
  const three = ['2026-11-01', '2026-11-05', '2026-11-20'].map((day) => ({
    ...{ day, touchpoint: 'hall' as const },
  }))
  expect(judged({}, { touches: three })).toEqual({ against: ['capped'], opens: '2026-12-01 06:00' })
})

test('a touch of this morning counts this afternoon', () => {
  const touches = [{ day: DAY, touchpoint: 'door' }] as const
  expect(judged({ at: at('16:00') }, { touches }).opens).toBe('2026-11-28 06:00')
})

test('of a touch that is told late, later ones count as well: no span holds more than the cap', () => {
  const touches = [{ day: DAY, touchpoint: 'door' }] as const
  const late = (day: string) => judged({ at: at('10:00', day) }, { touches }).against
  expect(late('2026-11-14')).toEqual([])
  expect(late('2026-11-15')).toEqual(['capped'])
  const two = ['2026-11-10', DAY].map((day) => ({ day, touchpoint: 'hall' as const }))
  const three = [...two, { day: '2026-10-23', touchpoint: 'sms' as const }]
  expect(judged({ at: at('10:00', '2026-11-01') }, { touches: three })).toMatchObject({
    against: ['capped'],
  })
  expect(judged({ at: at('10:00', '2026-11-01') }, { touches: two }).against).toEqual([])
})

test('while somebody else is with the household everybody waits but service', () => {
  const hold = { post: '1网格', since: at('09:50'), until: at('10:20') }
  expect(judged({}, { hold })).toEqual({ against: ['held'], opens: '2026-11-21 10:20' })
  expect(judged({ purpose: 'renewal' }, { hold }).against).toEqual(['held'])
  expect(judged({ purpose: 'service' }, { hold }).against).toEqual([])
  for (const clock of ['09:49', '10:20'])
    expect(judged({ at: at(clock) }, { hold }).against).toEqual([])
})

test('where the extract cannot be asked, only collection and service go on', () => {
  const known = { extractKnown: false }
  for (const purpose of ['marketing', 'renewal', 'retention', 'survey'] as const)
    expect(judged({ purpose }, known)).toEqual({ against: ['extract-unknown'], opens: null })
  for (const purpose of ['collection', 'service'] as const)
    expect(judged({ purpose }, known).against).toEqual([])
})

const days = fc.integer({ min: -220, max: 0 }).map((ago) => addDays(DAY, ago))
const touchpoints = fc.constantFrom('door', 'call_out', 'hall', 'installer', 'sms', 'online')
const knowns: fc.Arbitrary<Known> = fc.record({
  hasLeft: fc.constant(false),
  asksPortOut: fc.constant(false),
  unsubscribed: fc.constant(false),
  agreesToMessages: fc.constant(true),
  agreesToCalls: fc.constantFrom(null, true),
  refusals: fc.array(
    fc.record({
      refusedOn: days,
      scope: fc.constantFrom('offer', 'channel', 'all'),
      channel: fc.constantFrom('door', 'hall', 'call_in', 'call_out', 'sms', 'wecom'),
      offer: fc.constantFrom(null, 'A', 'B'),
      until: fc.option(fc.integer({ min: -50, max: 300 }).map((ahead) => addDays(DAY, ahead))),
    }),
    { maxLength: 4 },
  ),
  touches: fc.array(fc.record({ day: days, touchpoint: touchpoints }), { maxLength: 8 }),
  hold: fc.option(
    fc.record({
      post: fc.constant('1网格'),
      since: fc.constant(at('00:00')),
      until: fc.integer({ min: 1, max: 1439 }).map((m) => new Date(+at('00:00') + m * 60_000)),
    }),
  ),
  extractKnown: fc.constant(true),
})
const intents: fc.Arbitrary<Intent> = fc.record({
  touchpoint: touchpoints,
  purpose: fc.constantFrom('marketing', 'renewal', 'retention', 'survey', 'service'),
  offer: fc.constantFrom(null, 'A', 'B'),
  at: fc
    .integer({ min: 0, max: 1439 })
    .map((minute) => new Date(at('00:00').getTime() + minute * 60_000)),
})

test('what is closed opens at the instant that is told, and not a minute before', () => {
  fc.assert(
    fc.property(intents, knowns, (intent, known) => {
      const { may, opens } = mayTouch(intent, known, RULES)
      if (!opens) throw new Error('nothing here is closed for ever')
      expect(may).toBe(opens.getTime() === intent.at.getTime())
      expect(mayTouch({ ...intent, at: opens }, known, RULES).may).toBe(true)
      if (may) return
      const before = new Date(opens.getTime() - 60_000)
      if (before < intent.at) return
      expect(mayTouch({ ...intent, at: before }, known, RULES).may).toBe(false)
    }),
    { numRuns: 2000, seed: 20_261_121 },
  )
})

test('another refusal, touch or “no” never opens what was closed', () => {
  fc.assert(
    fc.property(intents, knowns, knowns, (intent, known, more) => {
      const both: Known = {
        ...known,
        refusals: [...known.refusals, ...more.refusals],
        touches: [...known.touches, ...more.touches],
        unsubscribed: known.unsubscribed || more.unsubscribed,
      }
      if (!mayTouch(intent, known, RULES).may) expect(mayTouch(intent, both, RULES).may).toBe(false)
    }),
    { numRuns: 2000, seed: 20_261_121 },
  )
})
