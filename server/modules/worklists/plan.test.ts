import { expect, test } from 'vitest'
import { nameOfLoss } from './losses.ts'
import { countsOf, type Tally } from './plan.ts'

const tally = (outcome: Tally['outcome'], count: number, reason = ''): Tally => ({
  unitId: 'G1',
  campaign: 'renewal-due',
  outcome,
  reason,
  count,
})

test('the candidates are the sum of what became of them, and the base is not among them', () => {
  const counts = countsOf([
    tally('base', 100),
    tally('assigned', 5),
    tally('unassigned', 3, 'no_capacity'),
    tally('suppressed', 4, 'refused'),
    tally('suppressed', 2, 'capped'),
    tally('held-out', 1),
    tally('outranked', 6),
  ])
  expect(counts).toMatchObject({ base: 100, candidates: 21, assigned: 5, heldOut: 1, outranked: 6 })
})

test('losses to one reason are one line, the largest first', () => {
  const { suppressed } = countsOf([
    tally('suppressed', 2, 'capped'),
    tally('suppressed', 4, 'refused'),
    tally('suppressed', 3, 'capped'),
  ])
  expect(suppressed.map(({ reason, count }) => [reason, count])).toEqual([
    ['capped', 5],
    ['refused', 4],
  ])
})

test('a reason that nobody named yet is shown by its code', () => {
  expect(nameOfLoss('no-such-thing')).toEqual({ zh: 'no-such-thing', en: 'no-such-thing' })
})
