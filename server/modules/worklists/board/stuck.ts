import { type Day, instantOf } from '#platform/day.ts'

/** Somebody who has tasks on a day, with what was told of it so far. */
export type AtWork = Readonly<{
  staffId: string
  left: number
  told: number
  notAtHome: number
  orders: number
  lastAt: Date | null
}>

/** So many doors without anybody behind them are worth a question. */
const MANY_DOORS = 3

/**
 * Since when somebody with work left should have told something, as it stands at `now`: from ten in
 * the morning since the day began, from noon since ten. Null before ten, and of days to come.
 */
export function askedSince(day: Day, now: Date): Date | null {
  if (now >= instantOf(day, '12:00')) return instantOf(day, '10:00')
  return now >= instantOf(day, '10:00') ? instantOf(day, '00:00') : null
}

/** Has work left and told nothing since. */
export const isQuiet = (person: AtWork, since: Date | null): boolean =>
  since !== null && person.left > 0 && (person.lastAt === null || person.lastAt < since)

/** Knocked at many doors and met nobody. */
export const metNobody = ({ told, notAtHome }: AtWork): boolean =>
  told >= MANY_DOORS && told === notAtHome
