import {
  abilitiesInBranch,
  type CalledBy,
  namePeople,
  readBranch,
  staffNames,
  unitNames,
  unitsInScope,
} from '#people'
import { orderBy, pageOfRows, readCursor } from '#platform/page.ts'
import type { Unit } from '#platform/unit.ts'
import type { PlanRecord } from './details.ts'
import { below, linesBelow, linesOf, topUnits, type View } from './funnel.ts'
import { countsOf, type Load, type OfPlan, type Tally } from './plan.ts'
import { byCampaign, capacityOf } from './plan-report.ts'
import { readPlanRecord } from './publish-plan.ts'
import { selectLoads, selectPlans, selectTallies, selectTallySums } from './store.ts'

export type Page = Readonly<{
  cursor?: string | undefined
  limit: number
  sort?: string | undefined
}>

/** A plan as lists show it, with the numbers that are in the actor’s scope. */
export function planRow(
  plan: PlanRecord,
  tallies: readonly Pick<Tally, 'outcome' | 'reason' | 'count'>[],
  whoIs: (id: string) => CalledBy,
) {
  return {
    planId: plan.planId,
    date: plan.day,
    snapshotDate: plan.snapshotDate,
    state: plan.state,
    madeAt: plan.madeAt.toISOString(),
    ...{ madeBy: plan.madeBy, madeByName: whoIs(plan.madeBy) },
    publishedAt: plan.publishedAt?.toISOString() ?? null,
    publishedBy: plan.publishedBy,
    publishedByName: plan.publishedBy === null ? null : whoIs(plan.publishedBy),
    counts: countsOf(tallies),
  }
}

const PLAN_SORTS = {
  date: { sql: 'plan.day', type: 'date' },
  madeAt: {
    sql: "to_char(plan.made_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
    type: 'text',
  },
} as const

/** @throws Refusal `branch-unknown`, `sort-unknown`, `cursor-unreadable`. */
export async function listPlans(
  unit: Unit,
  of: Page & Readonly<{ branchId: string; date?: string | undefined }>,
) {
  await readBranch(unit, of.branchId)
  const order = orderBy(of.sort, PLAN_SORTS, '-date')
  const asked = { branchId: of.branchId, day: of.date ?? null, limit: of.limit }
  const mark = readCursor(of.cursor, order.column.type)
  const found = await selectPlans(unit, asked, order, mark)
  const page = pageOfRows(found.rows, of.limit, ({ key, planId }) => ({ value: key, id: planId }))
  const ids = page.rows.map(({ planId }) => planId)
  const sums = Map.groupBy(await selectTallySums(unit, of.branchId, ids), ({ planId }) => planId)
  const whoIs = await namePeople(unit, page.rows.flatMap(actorsOf))
  const rows = page.rows.map((plan) => planRow(plan, sums.get(plan.planId) ?? [], whoIs))
  return {
    rows,
    next: page.next,
    total: found.total,
    can: await abilitiesInBranch(unit, of.branchId),
  }
}

/**
 * A plan from base to assigned, for one unit with everything below it; without one, for all that
 * the actor sees. Every number is a sum of tallies, so children add up to their parent.
 * @throws Refusal `branch-unknown`, `plan-unknown`.
 */
export async function readPlan(unit: Unit, of: OfPlan & Readonly<{ unit?: string | undefined }>) {
  const plan = await readPlanRecord(unit, of)
  const view = await readView(unit, of.branchId)
  const roots = of.unit === undefined ? topUnits(view, of.branchId) : [of.unit]
  const within = new Set(roots.flatMap((root) => [...below(view.units, root)]))
  const isWithin = ({ unitId }: { unitId: string }) => within.has(unitId)
  const tallies = (await selectTallies(unit, of)).filter(isWithin)
  const loads = (await selectLoads(unit, of)).filter(isWithin)
  const names = await staffNames(unit, of.branchId)
  const [root] = roots
  return {
    ...planRow(plan, tallies, await namePeople(unit, actorsOf(plan))),
    can: await abilitiesInBranch(unit, of.branchId),
    byUnit:
      root !== undefined && roots.length === 1
        ? linesBelow(view, root, tallies, loads)
        : linesOf(view, roots, tallies, loads),
    byCampaign: byCampaign(plan.details, tallies).map(({ counts, ...campaign }) => ({
      ...campaign,
      candidates: counts.candidates,
      suppressed: sum(counts.suppressed),
      heldOut: counts.heldOut,
      outranked: counts.outranked,
      assigned: counts.assigned,
      unassigned: sum(counts.unassigned),
    })),
    capacity: capacityOf(loads),
    imbalances: loads.flatMap((load) => imbalance(load, names)),
    warnings: [...plan.details.warnings],
  }
}

/** Who made a plan, and who published it. */
export const actorsOf = ({ madeBy, publishedBy }: PlanRecord) => [madeBy, publishedBy]

/** The units of the branch as the actor sees them. */
export async function readView(unit: Unit, branchId: string): Promise<View> {
  return {
    units: await unitNames(unit, branchId),
    inScope: new Set(await unitsInScope(unit)),
  }
}

const sum = (losses: readonly Readonly<{ count: number }>[]) =>
  losses.reduce((all, { count }) => all + count, 0)

const FORCED_BY = {
  ownership: {
    zh: '责任区的候选用户与同等能力的同事不同，超出一成。',
    en: 'The own area has more, or fewer, candidates than those of peers.',
  },
  'whole-tasks': {
    zh: '任务不可拆分，与平均相差不到一件。',
    en: 'Tasks are whole: less than one off the mean.',
  },
} as const

function imbalance(
  { staffId, touchpoint, load, peersMean, forcedBy }: Load,
  names: ReadonlyMap<string, string>,
) {
  if (peersMean === null || forcedBy === null) return []
  const text = { ...FORCED_BY[forcedBy] }
  return [{ staffId, name: names.get(staffId) ?? staffId, touchpoint, load, peersMean, text }]
}
