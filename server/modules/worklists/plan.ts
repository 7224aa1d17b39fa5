import type { HandsOn } from './crews.ts'
import { type Loss, lossesOf } from './losses.ts'

/** One plan by name. */
export type OfPlan = Readonly<{ branchId: string; planId: string }>

/** Days a task may take where no contract’s end sets the day. */
export const DAYS_TO_ACT = 7

export type Outcome = 'assigned' | 'unassigned' | 'suppressed' | 'held-out' | 'outranked'

/** So many decisions of one kind in one unit; outcome `base` counts subscribers. */
export type Tally = Readonly<{
  unitId: string
  campaign: string
  outcome: Outcome | 'base'
  reason: string
  count: number
}>

/** What one person can do on the day through one touchpoint, and got to do. */
export type Load = Readonly<{
  staffId: string
  unitId: string
  touchpoint: HandsOn
  capacity: number
  load: number
  /** Set where the load is more than a tenth off the mean of the peers, with what forces it. */
  peersMean: number | null
  forcedBy: 'ownership' | 'whole-tasks' | null
}>

/** candidates = suppressed + heldOut + outranked + assigned + unassigned, in every unit and sum. */
export type PlanCounts = Readonly<{
  base: number
  candidates: number
  suppressed: Loss[]
  heldOut: number
  outranked: number
  assigned: number
  unassigned: Loss[]
}>

/** Sums tallies up. The parts are counted, the number of candidates is their sum. */
export function countsOf(
  tallies: readonly Pick<Tally, 'outcome' | 'reason' | 'count'>[],
): PlanCounts {
  const sum = (outcome: Tally['outcome']) =>
    tallies.reduce((all, tally) => all + (tally.outcome === outcome ? tally.count : 0), 0)
  const base = sum('base')
  return {
    base,
    candidates: tallies.reduce((all, { count }) => all + count, 0) - base,
    suppressed: lossesOf(tallies.filter(({ outcome }) => outcome === 'suppressed')),
    heldOut: sum('held-out'),
    outranked: sum('outranked'),
    assigned: sum('assigned'),
    unassigned: lossesOf(tallies.filter(({ outcome }) => outcome === 'unassigned')),
  }
}
