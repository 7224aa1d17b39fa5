import { addDays } from '../../format/day.ts'
import { type Plan, planFor } from '../plan/latest.ts'

/** What a person should do now; `plan` is the one it is about. */
export type Next =
  | Readonly<{ kind: 'import' }>
  | Readonly<{ kind: 'make'; day: string }>
  | Readonly<{ kind: 'publish' | 'look'; plan: Plan }>
  | Readonly<{ kind: 'wait'; day: string }>

/**
 * The one next step. Who plans is led from import to publication, today’s draft before tomorrow’s;
 * who does not plan looks at the lists, or waits for them.
 */
export function nextStep(of: {
  plans: readonly Plan[]
  today: string
  hasSubscribers: boolean
  mayPlan: boolean
}): Next {
  const tomorrow = addDays(of.today, 1)
  const todays = planFor(of.plans, of.today)
  const next = planFor(of.plans, tomorrow)
  if (!of.mayPlan) {
    if (todays?.state === 'published') return { kind: 'look', plan: todays }
    if (next?.state === 'published') return { kind: 'look', plan: next }
    return { kind: 'wait', day: of.today }
  }
  if (!of.hasSubscribers) return { kind: 'import' }
  const plan = todays?.state === 'draft' ? todays : next
  if (!plan) return { kind: 'make', day: tomorrow }
  return { kind: plan.state === 'published' ? 'look' : 'publish', plan }
}
