import { expect, test } from 'vitest'
import type { Plan } from '../plan/latest.ts'
import { nextStep } from './next.ts'

const TODAY = '2026-11-22'
const plan = (date: string, state: Plan['state']): Plan => ({
  planId: `${date} ${state}`,
  date,
  state,
  snapshotDate: date,
  madeAt: '2026-11-21T12:00:00.000Z',
  madeBy: '',
  madeByName: { zh: '', en: '' },
  publishedAt: null,
  publishedBy: null,
  publishedByName: null,
  counts: {
    base: 0,
    candidates: 0,
    suppressed: [],
    heldOut: 0,
    outranked: 0,
    assigned: 0,
    unassigned: [],
  },
})
const step = (plans: readonly Plan[], { mayPlan = true, hasSubscribers = true } = {}) =>
  nextStep({ plans, today: TODAY, hasSubscribers, mayPlan })

test('without subscribers the next step is to import them', () => {
  expect(step([], { hasSubscribers: false })).toEqual({ kind: 'import' })
})

test('with today published and nothing for tomorrow, tomorrow is to be made', () => {
  expect(step([plan(TODAY, 'published')])).toEqual({ kind: 'make', day: '2026-11-23' })
})

test('today’s draft comes before tomorrow’s: people have no list meanwhile', () => {
  const plans = [plan('2026-11-23', 'draft'), plan(TODAY, 'draft')]
  expect(step(plans)).toMatchObject({ kind: 'publish', plan: { date: TODAY } })
})

test('when both days are published one looks at tomorrow’s lists', () => {
  const plans = [plan('2026-11-23', 'published'), plan(TODAY, 'published')]
  expect(step(plans)).toMatchObject({ kind: 'look', plan: { date: '2026-11-23' } })
})

test('who does not plan is never told to: they look at the lists, or wait for them', () => {
  const asSeller = { mayPlan: false }
  expect(step([plan(TODAY, 'draft')], asSeller)).toEqual({ kind: 'wait', day: TODAY })
  expect(step([plan(TODAY, 'published')], asSeller)).toMatchObject({ kind: 'look' })
})
