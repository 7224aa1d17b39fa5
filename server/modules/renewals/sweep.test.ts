import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LapseReason } from '#contract/lapsed.ts'
import { chooseMembers, sayLeftOut } from './sweep.ts'
import type { Candidate } from './sweep-store.ts'

const TODAY = '2026-11-21'
const candidate = (nth: number, more: Partial<Candidate> = {}): Candidate => ({
  ...{ lapseId: `S${nth}~2026-10-01`, subscriberId: `S${nth}`, contractEnd: '2026-10-01' },
  ...{ reason: null, nextSweepOn: null },
  ...more,
})
const open = () => undefined
const wish = (more: object = {}) => ({ purpose: 'all' as const, most: 500, today: TODAY, ...more })

test('who has not said why comes before whom there is to wake, each group in its order', () => {
  const all = [
    candidate(1, { reason: 'price' }),
    candidate(2),
    candidate(3, { reason: 'unknown' }),
    candidate(4, { reason: 'away' }),
  ]
  const { members, leftOut } = chooseMembers(all, wish({ most: 3 }), open)
  expect(members.map(({ subscriberId, purpose }) => [subscriberId, purpose])).toEqual([
    ['S2', 'find-reason'],
    ['S3', 'find-reason'],
    ['S1', 'wake'],
  ])
  expect([...leftOut]).toEqual([['beyond-most', 1]])
})

test.each([
  { of: { reason: 'deceased' }, wanted: {}, why: 'deceased' },
  { of: { nextSweepOn: TODAY }, wanted: {}, why: 'swept-already' },
  { of: { nextSweepOn: '2026-11-20' }, wanted: {}, why: undefined },
  { of: { reason: 'price' }, wanted: { purpose: 'find-reason' }, why: 'reason-known' },
  { of: { reason: 'unknown' }, wanted: { purpose: 'find-reason' }, why: undefined },
  { of: {}, wanted: { purpose: 'wake' }, why: 'no-reason-yet' },
] as const)('left out as $why: $of for $wanted', ({ of, wanted, why }) => {
  const { members, leftOut } = chooseMembers([candidate(1, of)], wish(wanted), open)
  expect([...leftOut.keys()]).toEqual(why ? [why] : [])
  expect(members).toHaveLength(why ? 0 : 1)
})

test('whoever lapsed there is gone to or counted among those who are not, once', () => {
  const reasons = fc.constantFrom(null, ...LapseReason.options)
  const sweeps = fc.constantFrom(null, '2026-11-20', TODAY, '2026-12-01')
  const closed = fc.constantFrom(undefined, 'refused' as const, 'port-out-request' as const)
  fc.assert(
    fc.property(
      fc.array(fc.record({ reason: reasons, nextSweepOn: sweeps, closed }), { maxLength: 60 }),
      fc.constantFrom('find-reason' as const, 'wake' as const, 'all' as const),
      fc.integer({ min: 1, max: 20 }),
      (households, purpose, most) => {
        const candidates = households.map((of, nth) => candidate(nth, of))
        const gate = ({ subscriberId }: Candidate) =>
          households[Number(subscriberId.slice(1))]?.closed
        const { members, leftOut } = chooseMembers(candidates, wish({ purpose, most }), gate)
        const counted = [...leftOut.values()].reduce((sum, count) => sum + count, 0)
        expect(members.length + counted).toBe(candidates.length)
        expect(members.length).toBeLessThanOrEqual(most)
        for (const member of members) {
          expect(gate(member), 'nobody behind a closed door').toBeUndefined()
          expect(member.reason).not.toBe('deceased')
          if (purpose !== 'all') expect(member.purpose).toBe(purpose)
        }
      },
    ),
    { seed: 4, numRuns: 2000 },
  )
})

test('those left out are told most first, in both languages', () => {
  expect(sayLeftOut({ refused: 2, deceased: 1, capped: 5 })).toMatchObject([
    { why: { code: 'capped', text: { zh: '近期接触次数已满' } }, count: 5 },
    { why: { code: 'refused' }, count: 2 },
    { why: { code: 'deceased' }, count: 1 },
  ])
})
