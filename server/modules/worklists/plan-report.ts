import { HANDS_ON } from './crews.ts'
import type { PlanDetails, PlanRecord } from './details.ts'
import { countsOf, type Load, type PlanCounts, type Tally } from './plan.ts'

/** What a touchpoint could do on the day, and does. */
export type CapacityUse = Readonly<{
  touchpoint: (typeof HANDS_ON)[number]
  people: number
  capacity: number
  used: number
}>

/** Capacity by touchpoint; a touchpoint in which nobody has any is there with zeros. */
export function capacityOf(loads: readonly Load[]): CapacityUse[] {
  return HANDS_ON.map((touchpoint) => {
    const own = loads.filter((load) => load.touchpoint === touchpoint)
    return {
      touchpoint,
      people: own.length,
      capacity: own.reduce((sum, load) => sum + load.capacity, 0),
      used: own.reduce((sum, { load }) => sum + load, 0),
    }
  })
}

/** The funnel of each campaign of a plan, in its order, with what it warns of. */
export function byCampaign({ campaigns }: PlanDetails, tallies: readonly Tally[]) {
  return campaigns.map(({ id, name, warnings }) => {
    const counts = countsOf(tallies.filter(({ campaign }) => campaign === id))
    return { campaign: id, name: { ...name }, warnings: [...warnings], counts }
  })
}

/** `plan.json`: what a plan comes to, without a word on when and where it was made. */
export function reportOf(plan: PlanRecord, tallies: readonly Tally[], loads: readonly Load[]) {
  return {
    plan: plan.planId,
    branch: plan.branchId,
    date: plan.day,
    snapshot: { id: plan.snapshotId, date: plan.snapshotDate },
    ...flat(countsOf(tallies)),
    rules: { may_overflow: plan.details.rules.mayOverflow },
    campaigns: byCampaign(plan.details, tallies).map(({ campaign, name, counts, warnings }) => {
      const { base: _, ...funnel } = flat(counts)
      return { campaign, name, ...funnel, warnings }
    }),
    capacity: capacityOf(loads),
    imbalances: loads.flatMap(({ staffId, touchpoint, load, peersMean, forcedBy }) =>
      peersMean === null
        ? []
        : [{ staff_id: staffId, touchpoint, load, peers_mean: peersMean, forced_by: forcedBy }],
    ),
    warnings: plan.details.warnings,
  }
}

/** The numbers as the command line prints them. */
function flat(counts: PlanCounts) {
  const byReason = (losses: PlanCounts['suppressed']) =>
    Object.fromEntries(losses.map(({ reason, count }) => [reason, count]))
  return {
    base: counts.base,
    candidates: counts.candidates,
    suppressed: byReason(counts.suppressed),
    held_out: counts.heldOut,
    outranked: counts.outranked,
    assigned: counts.assigned,
    unassigned: byReason(counts.unassigned),
  }
}
