import { addMonths, type Day, parseDay } from './days.ts'
import { type Draws, stream, weighted } from './draws.ts'

/**
 * The life of one line (a television, broadband or mobile place in a household): who holds it, from
 * contract to contract, told from a fixed first day up to the date asked for. The same line asked
 * for a day later is the same line a day older, which is what nightly differences are tested with.
 */
export type LineKind = 'tv' | 'broadband' | 'mobile'

/** Why somebody may leave; drawn once a subscriber, and shown by habits that an extract can see. */
export type Traits = Readonly<{
  priceSensitive: boolean
  courtedByRival: boolean
  troubled: boolean
  unused: boolean
  /** Lives elsewhere and comes home for the spring festival. */
  away: boolean
}>

export type Life = Readonly<{
  /** Who holds the line: the first, the second … */
  holder: number
  /** Names the subscriber in every draw. */
  key: number
  traits: Traits
  activatedOn: Day
  months: number
  /** False for a mobile line without a contract: its end is nobody’s to see. */
  contracted: boolean
  /** When this contract was agreed: on renewal, which may come before the last one ends. */
  agreedOn: Day
  endsOn: Day
  /** How often the subscriber has renewed so far. */
  renewals: number
  /** Whether this contract is the last one. */
  leaving: boolean
  /** When the line is, or will be, given up; null while the subscriber stays. */
  leavesOn: Day | null
}>

const dayOf = (text: string): Day => parseDay(text) ?? Number.NaN
/** Lives begin here; nobody’s earlier contracts are told. */
const FIRST_DAY = dayOf('2016-01-01')
const OLDEST_DAY = dayOf('2004-03-01')
/** The last day on which somebody moves into a line that nobody held at first. */
const LAST_ENTRY = dayOf('2026-06-30')
/** A terminated subscriber stays in the extract for so many days. */
const SHOWN_AFTER_TERMINATION = 120
const MOST_HOLDERS = 31

const TRAITS = stream('traits')
const HELD_FIRST = stream('held at first')
const ENTRY = stream('entry')
const TERM = stream('term')
const LEAVES = stream('leaves')
const TIMING = stream('renewal timing')
const DAYS = stream('renewal days')

const TERMS: Record<LineKind, readonly (readonly [months: number, weight: number])[]> = {
  tv: [
    [12, 92],
    [24, 4],
    [6, 4],
  ],
  broadband: [
    [12, 88],
    [24, 12],
  ],
  mobile: [
    [24, 45],
    [12, 55],
  ],
}
const HELD_AT_FIRST: Record<LineKind, number> = { tv: 0.85, broadband: 0.35, mobile: 0.2 }

/** Who holds the line on `date`, or left it so lately that the extract still shows it; else null. */
export function lifeOn(
  date: Day,
  chance: Draws,
  line: { key: number; kind: LineKind; away: boolean },
): Life | null {
  const held = chance.happens(HELD_AT_FIRST[line.kind], HELD_FIRST, line.key)
  let enters = held
    ? OLDEST_DAY + chance.below(FIRST_DAY - OLDEST_DAY, ENTRY, line.key)
    : FIRST_DAY + chance.below(LAST_ENTRY - FIRST_DAY, ENTRY, line.key)
  for (let holder = 0; holder < MOST_HOLDERS && enters <= date; holder++) {
    const life = holderOn(date, chance, line, holder, enters)
    if (life.leavesOn === null || date < life.leavesOn + SHOWN_AFTER_TERMINATION) return life
    const gap = 20 + chance.below(500, ENTRY, life.key, 1)
    enters = life.leavesOn + SHOWN_AFTER_TERMINATION + gap
  }
  return null
}

function holderOn(
  date: Day,
  chance: Draws,
  line: { key: number; kind: LineKind; away: boolean },
  holder: number,
  activatedOn: Day,
): Life {
  const key = (line.key * 32 + holder) >>> 0
  const traits = traitsOf(chance, key, line.away)
  const contracted = line.kind !== 'mobile' || chance.happens(0.5, TERM, key, 1)
  const months = weighted(TERMS[line.kind], chance.share(TERM, key))
  let startsOn = activatedOn < FIRST_DAY ? firstContractDay(chance, key) : activatedOn
  let agreedOn = startsOn
  for (let renewals = 0; ; renewals++) {
    const endsOn = addMonths(startsOn, months) - 1
    const leaving = chance.happens((leaveChance(traits) * months) / 12, LEAVES, key, renewals)
    const leavesOn = leaving ? leavesAfter(chance, key, renewals, endsOn, contracted) : null
    const renewsOn = leaving ? null : renewalDay(chance, key, renewals, endsOn)
    if (renewsOn === null || renewsOn > date)
      return {
        ...{ holder, key, traits, activatedOn, months, contracted },
        ...{ agreedOn, endsOn, renewals, leaving, leavesOn },
      }
    startsOn = endsOn + 1 // who renews late pays for the days between
    agreedOn = renewsOn
  }
}

/** Contracts run from any day of the year, more of them from the weeks before the year’s end. */
function firstContractDay(chance: Draws, key: number): Day {
  const atYearsEnd = chance.happens(0.14, ENTRY, key, 3)
  return FIRST_DAY - 1 - chance.below(atYearsEnd ? YEARS_END_DAYS : 365, ENTRY, key, 2)
}
const YEARS_END_DAYS = 60

function traitsOf(chance: Draws, key: number, away: boolean): Traits {
  const has = (probability: number, nth: number) => chance.happens(probability, TRAITS, key, nth)
  return {
    priceSensitive: has(0.22, 0),
    courtedByRival: has(0.14, 1),
    troubled: has(0.1, 2),
    unused: has(0.08, 3),
    away,
  }
}

/** The probability of not renewing, for a contract of a year. */
function leaveChance(traits: Traits): number {
  return (
    0.045 +
    (traits.priceSensitive ? 0.06 : 0) +
    (traits.courtedByRival ? 0.14 : 0) +
    (traits.troubled ? 0.12 : 0) +
    (traits.unused ? 0.14 : 0) +
    (traits.away ? 0.06 : 0)
  )
}

/** Many renew early, most others when it is due, the rest while lapsed. */
function renewalDay(chance: Draws, key: number, nth: number, endsOn: Day): Day {
  const when = chance.share(TIMING, key, nth)
  if (when < 0.38) return endsOn - 1 - chance.below(22, DAYS, key, nth)
  if (when < 0.8) return endsOn - chance.below(4, DAYS, key, nth)
  return endsOn + 2 + chance.below(75, DAYS, key, nth)
}

/** Mobile lines without a contract go at once; some others cancel; most just lie lapsed for long. */
function leavesAfter(
  chance: Draws,
  key: number,
  nth: number,
  endsOn: Day,
  contracted: boolean,
): Day {
  if (!contracted || chance.happens(0.2, TIMING, key, nth)) return endsOn + 1
  return endsOn + 120 + chance.below(400, DAYS, key, nth)
}
