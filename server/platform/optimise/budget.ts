/**
 * How long a search may go on: the share of its budget that is used up when so many rounds are
 * done, from 0; at 1 the search ends. Counted in rounds the search finds the same everywhere.
 */
export type Budget = (rounds: number) => number

export const roundsOf =
  (most: number): Budget =>
  (rounds) =>
    rounds / most

/** The clock is looked at only so often: asking it takes as long as a small round. */
const ROUNDS_BETWEEN = 64

/** A budget of milliseconds by the given clock; it begins now. */
export function millisecondsOf(most: number, clock: () => number): Budget {
  const from = clock()
  let used = 0
  return (rounds) => {
    if (rounds % ROUNDS_BETWEEN === 0) used = (clock() - from) / most
    return used
  }
}
