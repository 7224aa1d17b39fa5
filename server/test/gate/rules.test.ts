import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  CONTACT_RULES,
  type Intent,
  type Known,
  mayTouch,
  type Rules,
  TOUCHPOINT_OF,
} from '#contacts'
import { dayOf } from '#platform/day.ts'
import { history, RESIDENTS, ROUNDS, toldBy } from './histories.ts'
import { type Held, standsAgainst, type Told, type Touched } from './oracle.ts'

// `GRIDKEEPER_FULL=1 npx vitest run --project house server/test/gate/rules.test.ts` tries ten times as many.
const HISTORIES = process.env.GRIDKEEPER_FULL === '1' ? 100_000 : 10_000
const RULES: Rules = {
  policy: CONTACT_RULES.usual,
  quietHours: [
    { channel: 'door', from: '20:30', to: '06:00' },
    { channel: 'call', from: '20:00', to: '09:00' },
    { channel: 'sms', from: '21:00', to: '08:00' },
  ],
}
const TASK = { channel: 'installer', purpose: 'marketing', offer: 'A' } as const

const wish = fc.record({
  who: fc.constantFrom(...RESIDENTS),
  by: fc.constantFrom('p', 'q'),
  touchpoint: fc.constantFrom('door', 'call_out', 'hall', 'installer', 'sms', 'online'),
  purpose: fc.constantFrom(
    ...([
      'marketing',
      'marketing',
      'renewal',
      'retention',
      'survey',
      'service',
      'collection',
    ] as const),
  ),
  offer: fc.constantFrom(null, 'A', 'B'),
  at: fc
    .integer({ min: -40 * 1440, max: 200 * 1440 })
    .map((minutes) => Number(ROUNDS.at(-1)) + minutes * 60_000 + 1_000),
})
const hold = fc.option(
  fc.record({
    by: fc.constantFrom('p', 'q'),
    since: fc.integer({ min: -30, max: 0 }),
    minutes: fc.integer({ min: 1, max: 30 }),
  }),
)

/** What the ledger gathers of a home at an instant, by all that was told of it. */
function knownOf(told: readonly Told[], who: string, at: number): Omit<Known, 'hold'> {
  const answer = (subject: string, channel: string | null) => {
    const said = told.flatMap((each) =>
      each.kind === 'word' && each.who === who && each.subject === subject ? [each] : [],
    )
    const [latest] = said
      .filter((each) => each.channel === channel && each.at <= at)
      .sort((a, b) => b.at - a.at)
    return latest ? latest.answer === 'yes' : null
  }
  const touches = told.filter((each): each is Touched => each.kind === 'touch')
  const toAll = answer('marketing', null)
  const agrees = (channel: string) =>
    toAll === false ? false : (answer('marketing', channel) ?? toAll)
  const counting = touches.filter(
    ({ channel, purpose, result }) =>
      channel !== 'call_in' && purpose === 'marketing' && !/^no/.test(result),
  )
  return {
    ...{ hasLeft: false, extractKnown: true, asksPortOut: answer('port-out', null) === true },
    ...{ unsubscribed: toAll === false },
    ...{ agreesToMessages: agrees('sms'), agreesToCalls: agrees('call') },
    touches: counting.map(({ at: then, channel }) => ({
      ...{ day: dayOf(new Date(then)), touchpoint: TOUCHPOINT_OF[channel as 'door'] },
    })),
    refusals: touches
      .filter((each) => each.result === 'refused' && each.at <= at)
      .map((each) => ({
        ...{ refusedOn: dayOf(new Date(each.at)), offer: each.offer },
        ...{ scope: each.scope as 'all', channel: each.channel as 'door' },
        until:
          each.until === null ? null : new Date(each.until * 86_400_000).toISOString().slice(0, 10),
      })),
  }
}

test(`${HISTORIES} histories: the gate says of each wish what the rules say, and nothing else`, () => {
  const counts = new Map<string, number>()
  fc.assert(
    fc.property(history, wish, hold, (steps, wished, held) => {
      const told = steps.flatMap((step, nth) => toldBy(step, Number(ROUNDS[nth]), TASK) ?? [])
      const { at } = wished
      const there: Held | null = held && {
        by: held.by,
        since: at + held.since * 60_000,
        until: at + (held.since + held.minutes) * 60_000,
      }
      const expected = standsAgainst(wished, told, { now: at, hold: there })
      const isOther = there !== null && there.by !== wished.by
      const known: Known = {
        ...knownOf(told, wished.who, at),
        hold: isOther
          ? { post: '1网格', since: new Date(there.since), until: new Date(there.until) }
          : null,
      }
      const intent: Intent = { ...wished, at: new Date(at) }
      const { against } = mayTouch(intent, known, RULES)
      const codes = against.map(({ code }) => code)
      expect(codes.toSorted()).toEqual(expected)
      for (const code of codes.length > 0 ? codes : ['open'])
        counts.set(code, (counts.get(code) ?? 0) + 1)
    }),
    { numRuns: HISTORIES, seed: 20_261_121 },
  )
  console.log(Object.fromEntries(counts))
  for (const code of ['open', 'refused', 'capped', 'opted-out', 'port-out-request', 'held'])
    expect(counts.get(code), code).toBeGreaterThan(HISTORIES / 40)
})
