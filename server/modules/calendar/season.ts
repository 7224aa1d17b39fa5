import { type Day, isDay } from '#platform/day.ts'
import type { Named } from './named.ts'

/** What a season asks of visits at the door. */
export type Advice = 'avoid' | 'evening-only' | 'early-morning-only' | 'favourable'

/** A farming season; its first and last day come back every year, and it may run over new year. */
export type Season = Readonly<{
  seasonId: string
  name: Named
  crop: string
  /** Division codes of the towns it holds in, nine digits; empty for the whole branch. */
  towns: readonly string[]
  /** Month and day, `MM-DD`, inclusive. */
  from: string
  to: string
  advice: Advice
}>

export function covers({ from, to }: Pick<Season, 'from' | 'to'>, day: Day): boolean {
  const date = day.slice(5)
  return from <= to ? from <= date && date <= to : date >= from || date <= to
}

/** Whether a season holds in a town; whoever lives in no known town may be a farmer as well. */
export function holdsIn({ towns }: Pick<Season, 'towns'>, townCode: string | null): boolean {
  return towns.length === 0 || townCode === null || towns.includes(townCode.slice(0, 9))
}

/** The first season that cannot be kept: an id twice, or a day that no year has. */
export function findFaultySeason(seasons: readonly Season[]): Season | undefined {
  const ids = new Set<string>()
  return seasons.find(({ seasonId, from, to }) => {
    const twice = ids.has(seasonId)
    ids.add(seasonId)
    return twice || !isDay(`2024-${from}`) || !isDay(`2024-${to}`) // a leap year has them all
  })
}
