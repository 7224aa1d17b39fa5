import type { z } from 'zod'
import type { PlanRow } from '#contract/plans.ts'
import { addDays } from '../../format/day.ts'

export type Plan = z.output<typeof PlanRow>

/** The plan that counts for a day: the published one, else the newest draft. */
export function planFor(plans: readonly Plan[], day: string): Plan | undefined {
  const ofDay = plans.filter(({ date, state }) => date === day && state !== 'superseded')
  return ofDay.find(({ state }) => state === 'published') ?? ofDay[0]
}

/**
 * The day whose lists people want to see: today if it has a published plan, else the next day that
 * has one, else the last that had one, else today.
 */
export function dayOfLists(plans: readonly Plan[], today: string): string {
  const days = plans
    .filter(({ state }) => state === 'published')
    .map(({ date }) => date)
    .sort()
  return days.find((day) => day >= today) ?? days.at(-1) ?? today
}

/** The plan to open first: tomorrow’s, else today’s, else the newest. */
export function planToShow(plans: readonly Plan[], today: string): Plan | undefined {
  return planFor(plans, addDays(today, 1)) ?? planFor(plans, today) ?? plans[0]
}
