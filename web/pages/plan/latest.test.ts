import { expect, test } from 'vitest'
import { dayOfLists, type Plan, planFor, planToShow } from './latest.ts'

const NOTHING = {
  base: 0,
  candidates: 0,
  suppressed: [],
  heldOut: 0,
  outranked: 0,
  assigned: 0,
  unassigned: [],
}
const plan = (planId: string, date: string, state: Plan['state']): Plan => ({
  planId,
  date,
  state,
  snapshotDate: date,
  madeAt: '2026-11-21T12:00:00.000Z',
  madeBy: '',
  madeByName: { zh: '', en: '' },
  publishedAt: null,
  publishedBy: null,
  publishedByName: null,
  counts: NOTHING,
})

test('the published plan of a day counts before a newer draft, a superseded one never', () => {
  const plans = [
    plan('draft', '2026-11-22', 'draft'),
    plan('published', '2026-11-22', 'published'),
    plan('old', '2026-11-23', 'superseded'),
  ]
  expect(planFor(plans, '2026-11-22')?.planId).toBe('published')
  expect(planFor(plans, '2026-11-23')).toBeUndefined()
})

const LISTS: readonly [days: readonly string[], shown: string, because: string][] = [
  [['2026-11-22', '2026-11-23'], '2026-11-22', 'today’s'],
  [['2026-11-20', '2026-11-24', '2026-11-23'], '2026-11-23', 'else the next that is published'],
  [['2026-11-19', '2026-11-20'], '2026-11-20', 'else the last'],
  [[], '2026-11-22', 'else today, which is empty'],
]
test.each(LISTS)('of lists on %j people see %s: %s', (days, shown) => {
  const plans = days.map((day) => plan(day, day, 'published'))
  expect(dayOfLists(plans, '2026-11-22')).toBe(shown)
})

test('the plan opened first is tomorrow’s, the one that is worked on', () => {
  const plans = [plan('today', '2026-11-22', 'published'), plan('next', '2026-11-23', 'draft')]
  expect(planToShow(plans, '2026-11-22')?.planId).toBe('next')
  expect(planToShow(plans, '2026-12-24')?.planId).toBe('today')
})
