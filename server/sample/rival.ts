import { RIVALS } from './catalogue.ts'
import { addMonths, type Day } from './days.ts'
import { type Draws, stream, weighted } from './draws.ts'
import type { Household } from './household.ts'

/** What field staff saw of another operator’s line in a household. */
export type Rival = Readonly<{
  operator: (typeof RIVALS)[number]
  monthlyFen: number
  expiresOn: Day
  seenOn: Day
}>

const SEEN = stream('rival seen')
const RIVAL = stream('rival')

/** The rival in a household, where one was seen: more often where there is no broadband of ours. */
export function rivalOf(date: Day, chance: Draws, { number, lines }: Household): Rival | null {
  const ours = lines.some(({ kind, slot }) => kind === 'broadband' && slot === 1)
  const courted = lines.some(({ life }) => life.traits.courtedByRival)
  if (!chance.happens((ours ? 0.05 : 0.16) + (courted ? 0.3 : 0), SEEN, number)) return null
  const anniversary = chance.below(365, RIVAL, number, 1)
  const lastAnniversary = date - ((((date - anniversary) % 365) + 365) % 365)
  const seenOn = date - ((((date - chance.below(180, RIVAL, number, 2)) % 180) + 180) % 180)
  return {
    operator: weighted(
      [
        [RIVALS[0], 52],
        [RIVALS[1], 30],
        [RIVALS[2], 18],
      ],
      chance.share(RIVAL, number),
    ),
    monthlyFen: [39_00, 49_00, 59_00, 69_00, 88_00, 99_00][chance.below(6, RIVAL, number, 3)] ?? 0,
    expiresOn: addMonths(lastAnniversary, 12),
    seenOn,
  }
}
