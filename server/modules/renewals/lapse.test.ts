import { expect, test } from 'vitest'
import { LAPSE_DETAILS, LapseReason } from '#contract/lapsed.ts'
import { doubtsOf, fateOf, isDetailOf, purposeFor } from './lapse.ts'

const TODAY = '2026-11-21'
const OPEN = {
  ...{ lapseId: 'S1~2026-10-01', subscriberId: 'S1', contractEnd: '2026-10-01' },
  foundOn: '2026-11-10',
}
const now = (more: object = {}) => ({
  ...{ status: 'active', contractEnd: '2027-10-01', snapshotDate: '2026-11-20', ...more },
})

test.each([
  { card: now(), fate: 'renewed', because: 'a later extract has an end to come' },
  {
    card: now({ contractEnd: TODAY }),
    fate: 'renewed',
    because: 'it ends today, and counts today',
  },
  {
    card: now({ snapshotDate: '2026-11-10' }),
    fate: 'corrected',
    because: 'the same night, told otherwise',
  },
  {
    card: now({ snapshotDate: '2026-11-01' }),
    fate: 'corrected',
    because: 'an older night stands again',
  },
  {
    card: now({ contractEnd: '2026-11-01' }),
    fate: 'corrected',
    because: 'another end, also past',
  },
  { card: now({ contractEnd: null }), fate: 'corrected', because: 'no end is stated any more' },
  { card: now({ status: 'terminated' }), fate: 'terminated', because: 'they have left' },
  { card: now({ status: 'pending' }), fate: 'terminated', because: 'they begin anew' },
  { card: undefined, fate: 'gone', because: 'the extract has them no more' },
])('$fate: $because', ({ card, fate }) => {
  const { closedAs, renewedTo } = fateOf(OPEN, card, TODAY)
  expect(closedAs).toBe(fate)
  expect(renewedTo).toBe(fate === 'renewed' ? card?.contractEnd : null)
})

test('a detail belongs to one reason alone, and a reason may stand without one', () => {
  for (const reason of LapseReason.options) {
    expect(isDetailOf(reason, null)).toBe(true)
    for (const other of LapseReason.options)
      for (const detail of LAPSE_DETAILS[other])
        expect(isDetailOf(reason, detail), `${reason} ${detail}`).toBe(reason === other)
  }
})

test('somebody said to be deceased who renews is for somebody to look at', () => {
  const lapse = {
    reason: 'deceased',
    standing: 'won-back',
    paidOn: null,
    closedAs: 'renewed',
  } as const
  expect(doubtsOf(lapse, TODAY)).toMatchObject([{ code: 'deceased-renewed' }])
  expect(doubtsOf({ ...lapse, standing: 'lapsed', closedAs: null }, TODAY)).toEqual([])
})

test.each([
  { asOf: '2026-11-16', doubts: 0, because: 'extracts are given a week' },
  { asOf: '2026-11-17', doubts: 1, because: 'the week is over' },
  { asOf: null, doubts: 0, because: 'there is no extract' },
])('a receipt that no extract shows: $doubts doubt, $because', ({ asOf, doubts }) => {
  const lapse = {
    reason: null,
    standing: 'won-back',
    paidOn: '2026-11-10',
    closedAs: null,
  } as const
  expect(doubtsOf(lapse, asOf)).toHaveLength(doubts)
  expect(doubtsOf({ ...lapse, closedAs: 'renewed' }, asOf)).toEqual([])
})

test('who has not said why is asked first, everybody else is woken', () => {
  expect([null, 'unknown' as const, 'price' as const].map(purposeFor)).toEqual([
    ...['find-reason', 'find-reason', 'wake'],
  ])
})
