import fc from 'fast-check'
import { dayOf, type Told } from './oracle.ts'

/** Who lives in a home, and who works there. */
export const RESIDENTS = ['a', 'b'] as const
export const STAFF = ['p', 'q'] as const
const OFFERS = ['A', 'B'] as const

/** How many minutes before it is told something was: mostly just now, or today, or weeks ago. */
const ago = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 90 }) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 12 * 1440 }) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 130 * 1440 }) },
)
const who = fc.constantFrom(...RESIDENTS)
const by = fc.constantFrom(...STAFF)
const offer = fc.constantFrom(null, ...OFFERS)

const touch = fc.record({
  do: fc.constant('touch' as const),
  ...{ who, by, ago, offer },
  channel: fc.constantFrom(
    ...(['door', 'door', 'call_out', 'call_out', 'hall', 'call_in'] as const),
    ...(['sms', 'wecom', 'installer', 'online'] as const),
  ),
  purpose: fc.constantFrom(
    ...(['marketing', 'marketing', 'marketing', 'renewal', 'retention', 'survey'] as const),
    ...(['service', 'collection'] as const),
  ),
  result: fc.constantFrom('done', 'promised', 'refused', 'refused', 'no_answer', 'not_reached'),
  scope: fc.constantFrom('all', 'channel', 'offer'),
  /** Of a refusal: days after it that they asked for. */
  rest: fc.option(fc.integer({ min: 1, max: 200 })),
})
const word = fc.record({
  do: fc.constant('word' as const),
  ...{ who, ago },
  subject: fc.constantFrom('marketing', 'marketing', 'marketing', 'port-out'),
  channel: fc.constantFrom(null, 'sms', 'call'),
  answer: fc.constantFrom('yes', 'no'),
})
const open = fc.record({ do: fc.constant('open' as const), by })
const release = fc.record({ do: fc.constant('release' as const), by })
const call = fc.record({
  do: fc.constant('call' as const),
  by,
  purpose: fc.constantFrom(undefined, undefined, 'marketing', 'renewal', 'service'),
})
/** What a phone tells of a task of its own, some of it hours after it was. */
const result = fc.record({
  do: fc.constant('result' as const),
  by,
  ago: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 600 })),
  result: fc.constantFrom('promised', 'refused', 'not_at_home', 'competitor'),
  scope: fc.constantFrom('all', 'channel', 'offer'),
})

type Of<Arbitrary> = Arbitrary extends fc.Arbitrary<infer Value> ? Value : never
export type Step = Of<
  typeof touch | typeof word | typeof open | typeof release | typeof call | typeof result
>

/** When the rounds of a day begin, in milliseconds; no two instants of a history are the same. */
export const ROUNDS = [0, 12, 25, 31, 70, 95, 130, 200, 215, 290].map(
  (minutes, nth) => Date.parse('2026-11-21T01:31:00Z') + minutes * 60_000 + nth * 7_000,
)

/** What happens to one home, one step a round. */
export const history: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: touch },
    { weight: 2, arbitrary: word },
    { weight: 3, arbitrary: open },
    { weight: 2, arbitrary: call },
    { weight: 2, arbitrary: result },
    { weight: 1, arbitrary: release },
  ),
  { minLength: ROUNDS.length, maxLength: ROUNDS.length },
)

/** What a step tells at `now` of the home, where it tells anything. */
export function toldBy(
  step: Step,
  now: number,
  task: { channel: string; purpose: string; offer: string },
): Told | null {
  if (step.do === 'word') {
    const { who, subject, answer } = step
    const channel = subject === 'marketing' ? step.channel : null
    return { kind: 'word', who, subject, answer, channel, at: now - step.ago * 60_000 }
  }
  if (step.do !== 'touch' && step.do !== 'result') return null
  const at = now - step.ago * 60_000
  const isRefusal = step.result === 'refused'
  if (step.do === 'result') {
    const result = step.result === 'not_at_home' ? 'not_reached' : step.result
    return { kind: 'touch', at, ...task, result, scope: isRefusal ? step.scope : null, until: null }
  }
  const scope = step.scope === 'offer' && step.offer === null ? 'all' : step.scope
  const rest = isRefusal ? step.rest : null
  return {
    ...{ kind: 'touch', at, channel: step.channel, purpose: step.purpose, result: step.result },
    ...{ scope: isRefusal ? scope : null, offer: step.offer },
    until: rest === null ? null : dayOf(at) + rest,
  }
}
