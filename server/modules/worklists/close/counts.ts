import type { CloseAccount, CloseCounts } from '#contract/close.ts'
import type { Account, Outcome } from './account-store.ts'
import type { ToClose } from './close-store.ts'

/** What the ledger calls an outcome, and what the counts do. */
export const OUTCOME_OF = {
  ...{ done: 'done', promised: 'promised', refused: 'refused', notAtHome: 'not_at_home' },
  ...{ otherwise: 'otherwise', carried: 'carried', given: 'given', takenBack: 'taken_back' },
  dropped: 'dropped',
} as const satisfies Record<CloseAccount, Outcome>
export const ACCOUNT_OF = Object.fromEntries(
  Object.entries(OUTCOME_OF).map(([account, outcome]) => [outcome, account]),
) as Record<Outcome, CloseAccount>

/** What became of a task without anybody deciding on it; null: it is open. */
export function outcomeOf({ state, closedAs }: ToClose): Account['outcome'] | null {
  if (state === 'done' || state === 'promised' || state === 'refused') return state
  if (state === 'taken_back') return 'taken_back'
  if (state === 'ended') return closedAs === 'not_at_home' ? 'not_at_home' : 'otherwise'
  return null
}

/** How often a task went to another day already. */
export function timesOf({ reasons }: Pick<ToClose, 'reasons'>): number {
  const times = reasons.find(({ code }) => code === 'carried-over')?.values.times
  return typeof times === 'number' ? times : 0
}

/** How many tasks there are of each outcome; null: left. */
export function countsOf(outcomes: readonly (Outcome | null)[], orders: number): CloseCounts {
  const of = (outcome: Outcome | null) => outcomes.filter((each) => each === outcome).length
  return {
    ...{ planned: outcomes.length, done: of('done'), promised: of('promised') },
    ...{ refused: of('refused'), notAtHome: of('not_at_home'), otherwise: of('otherwise') },
    ...{ left: of(null), carried: of('carried'), given: of('given') },
    ...{ takenBack: of('taken_back'), dropped: of('dropped'), orders },
  }
}
