/**
 * How long a search may go on: the share of its budget that is used up when so many rounds are
 * done, from 0; at 1 the search ends. Counted in rounds the search finds the same everywhere.
 */
export type Budget = (rounds: number) => number

export const roundsOf =
  (most: number): Budget =>
  (rounds) =>
    rounds / most

/** A budget of milliseconds by the given clock; it begins now. */
export function millisecondsOf(most: number, clock: () => number): Budget {
  const from = clock()
  return () => (clock() - from) / most
}
