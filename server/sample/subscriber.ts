import {
  FUSION_BROADBAND_PLANS,
  FUSION_MOBILE_PLAN,
  MOBILE_PLANS,
  type Plan,
  SINGLE_BROADBAND_PLANS,
  TV_PLANS,
} from './catalogue.ts'
import { type Day, firstDayOf, type Month, monthOf, monthOfYear } from './days.ts'
import { type Draws, stream, weighted } from './draws.ts'
import type { Household, Line } from './household.ts'
import type { Life } from './life.ts'
import { type Person, residentOf } from './people.ts'

export type Status = 'active' | 'pending' | 'suspended' | 'stopped' | 'terminated'

/** One subscriber as an extract of one day shows it. Fen, minutes, MB and hours of the last full month. */
export type Subscriber = Readonly<{
  id: string
  line: Line
  life: Life
  household: Household
  person: Person
  resident: number
  plan: Plan
  status: Status
  since: Day
  /** The last full month: what usage and bills are about. */
  month: Month
  /** Null if the subscriber has not been there for a full month. */
  lastUsedOn: Day | null
  usedInMonth: boolean
  arrearsFen: number
  faults: number
  complaints: number
  rivalCalls: number
  portRequested: boolean
}>

const PLAN = stream('plan')
const STOP = stream('stop for a lapsed contract')
const PAUSE = stream('pause while away')
const DORMANT = stream('dormant')
const USED = stream('last used')
const ARREARS = stream('arrears')
const FAULT = stream('fault')
const COMPLAINT = stream('complaint')
const RIVAL_CALL = stream('call to a rival')
const PORT = stream('port request')

export function subscriberOn(
  date: Day,
  chance: Draws,
  household: Household,
  line: Line,
): Subscriber {
  const { life } = line
  const month = monthOf(date) - 1
  const resident = line.kind === 'mobile' ? line.slot - 2 : 0
  const plan = planOf(chance, household, line)
  const { status, since } = standingOn(date, chance, line)
  const still = status === 'active' || status === 'pending' ? date : since
  const lastUsedOn = lastUse(chance, life, month, still)
  const usedInMonth = lastUsedOn !== null && monthOf(lastUsedOn) === month
  return {
    ...{ id: line.subscriberId, line, life, household, resident, plan, status, since, month },
    person: residentOf(chance, household.number, resident),
    ...{ lastUsedOn, usedInMonth },
    arrearsFen: status === 'terminated' ? 0 : arrearsOn(date, chance, line, plan),
    faults: faultsOn(date, chance, life),
    complaints: complaintsOn(date, chance, life),
    rivalCalls: rivalCallsIn(month, chance, life),
    portRequested: status === 'active' && portRequestedOn(date, chance, line),
  }
}

function planOf(chance: Draws, household: Household, line: Line): Plan {
  const at = chance.share(PLAN, line.life.key)
  if (line.kind === 'mobile')
    return household.fusion && line.slot === 2 ? FUSION_MOBILE_PLAN : weighted(MOBILE_PLANS, at)
  if (line.kind === 'broadband')
    return weighted(household.fusion ? FUSION_BROADBAND_PLANS : SINGLE_BROADBAND_PLANS, at)
  const inTown = household.home.building !== null
  const sold = TV_PLANS.filter(([plan]) => !plan.name.includes(inTown ? '农村' : '城镇'))
  return weighted(sold, at)
}

/** What the BSS calls the status, and since when. */
function standingOn(date: Day, chance: Draws, line: Line): { status: Status; since: Day } {
  const { life } = line
  if (life.leavesOn !== null && life.leavesOn <= date)
    return { status: 'terminated', since: life.leavesOn }
  if (date < life.activatedOn + 3) return { status: 'pending', since: life.activatedOn }
  const stopsOn = life.endsOn + 20 + chance.below(45, STOP, life.key, life.renewals)
  if (life.contracted && stopsOn <= date && chance.happens(0.55, STOP, life.key, 1000))
    return { status: 'stopped', since: stopsOn }
  const paused = pausedSince(date, chance, line)
  if (paused !== null) return { status: 'suspended', since: paused }
  return { status: 'active', since: life.activatedOn }
}

/** Those who live elsewhere often pause the line from March until the festival comes near. */
function pausedSince(date: Day, chance: Draws, line: Line): Day | null {
  if (!line.life.traits.away || line.kind === 'mobile') return null
  if (!chance.happens(0.4, PAUSE, line.life.key)) return null
  const year = Math.floor(monthOf(date) / 12)
  const from = firstDayOf(year * 12 + 2) + chance.below(25, PAUSE, line.life.key, 1)
  const until = firstDayOf(year * 12 + 12) + chance.below(20, PAUSE, line.life.key, 2)
  if (from <= date && from > line.life.activatedOn) return date < until ? from : null
  const lastYear = firstDayOf(year * 12 - 10) + chance.below(25, PAUSE, line.life.key, 1)
  const comesBack = firstDayOf(year * 12) + chance.below(20, PAUSE, line.life.key, 2)
  return date < comesBack && lastYear > line.life.activatedOn ? lastYear : null
}

/** The last day of use up to the end of `month`; null before there is a full month to tell of. */
function lastUse(chance: Draws, life: Life, month: Month, still: Day): Day | null {
  const monthEnds = firstDayOf(month + 1) - 1
  if (life.activatedOn > monthEnds) return null
  let used = monthEnds - chance.below(9, USED, life.key, month)
  if (life.traits.unused) {
    const quiet = (month + chance.below(24, DORMANT, life.key)) % 24
    if (quiet < 17) used = firstDayOf(month - quiet) - 1 - chance.below(25, USED, life.key, 1)
  }
  const sinceFestival = monthOfYear(month) - 1
  if (life.traits.away && sinceFestival > 0)
    used = Math.min(
      used,
      firstDayOf(month - sinceFestival) + 12 + chance.below(14, USED, life.key, 2),
    )
  return Math.max(life.activatedOn, Math.min(used, still - 1))
}

/** Bills left unpaid for some days after they are due, and what a lapsed contract has run up. */
function arrearsOn(date: Day, chance: Draws, { kind, life }: Line, plan: Plan): number {
  const lapsed = life.contracted ? date - life.endsOn : 0
  if (lapsed > 30 && chance.happens(0.4, ARREARS, life.key, 1))
    return plan.monthlyFen * Math.min(3, Math.floor(lapsed / 30))
  const base = { tv: 0.006, broadband: 0.01, mobile: 0.02 }[kind]
  const probability = life.traits.priceSensitive ? base * 4 : base
  for (const month of [monthOf(date), monthOf(date) - 1]) {
    if (!chance.happens(probability, ARREARS, life.key, month)) continue
    const from = firstDayOf(month) + 4 + chance.below(22, ARREARS, life.key, month + 100_000)
    const lasts = 4 + chance.below(36, ARREARS, life.key, month + 200_000)
    if (from > life.activatedOn && from <= date && date < from + lasts)
      return plan.monthlyFen * (lasts > 30 ? 2 : 1)
  }
  return 0
}

function faultsOn(date: Day, chance: Draws, life: Life): number {
  const probability = life.traits.troubled ? 0.22 : 0.006
  let count = 0
  for (let back = 0; back <= 3; back++) {
    const month = monthOf(date) - back
    if (!chance.happens(probability, FAULT, life.key, month)) continue
    const on = firstDayOf(month) + chance.below(28, FAULT, life.key, month + 100_000)
    if (on <= date && on > date - 90 && on >= life.activatedOn) count++
  }
  return count
}

function complaintsOn(date: Day, chance: Draws, life: Life): number {
  const probability = life.traits.troubled ? 0.35 : 0.04
  let count = 0
  for (let back = 0; back <= 2; back++) {
    const year = Math.floor(monthOf(date) / 12) - back
    if (!chance.happens(probability, COMPLAINT, life.key, year)) continue
    const on = firstDayOf(year * 12) + chance.below(365, COMPLAINT, life.key, year + 10_000)
    if (on <= date && on >= life.activatedOn) count++
  }
  return count
}

function rivalCallsIn(month: Month, chance: Draws, life: Life): number {
  const probability = life.traits.courtedByRival ? 0.35 : 0.01
  if (!chance.happens(probability, RIVAL_CALL, life.key, month)) return 0
  return 1 + chance.below(3, RIVAL_CALL, life.key, month + 100_000)
}

/** Some of those who leave with their mobile number ask for it three weeks before. */
function portRequestedOn(date: Day, chance: Draws, { kind, life }: Line): boolean {
  if (kind !== 'mobile' || life.leavesOn === null || date < life.leavesOn - 21) return false
  return chance.happens(life.traits.courtedByRival ? 0.8 : 0.3, PORT, life.key)
}
