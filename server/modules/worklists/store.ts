import { type JSONColumnType, sql } from 'kysely'
import type { Mark, Order } from '#platform/page.ts'
import { along, beyond, countUpTo, keyOf } from '#platform/page-store.ts'
import type { Unit } from '#platform/unit.ts'
import { versionsIn } from '#platform/versions-store.ts'
import type { PlanRules } from './assignment.ts'
import type { PlanDetails, PlanRecord } from './details.ts'
import type { Load, OfPlan, Tally } from './plan.ts'

type Tables = {
  'worklists.plan': {
    branch_id: string
    plan_id: string
    day: string
    snapshot_id: string
    snapshot_date: string
    state: PlanRecord['state']
    made_at: Date
    made_by: string
    published_at: Date | null
    published_by: string | null
    details: JSONColumnType<PlanDetails>
  }
}

const PLAN = sql`plan.branch_id as "branchId", plan.plan_id as "planId", plan.day,
  plan.snapshot_id as "snapshotId", plan.snapshot_date as "snapshotDate", plan.state,
  plan.made_at as "madeAt", plan.made_by as "madeBy", plan.published_at as "publishedAt",
  plan.published_by as "publishedBy", plan.details`

type Draft = Omit<PlanRecord, 'state' | 'madeAt' | 'madeBy' | 'publishedAt' | 'publishedBy'>

/**
 * Records a draft with its numbers. A plan that was recorded before keeps them, for they are the
 * same; only what is said of its files, which were made anew, is said anew.
 */
export async function insertDraft(
  unit: Unit,
  plan: Draft,
  madeBy: string,
  numbers: Readonly<{ tallies: readonly Tally[]; loads: readonly Load[] }>,
): Promise<void> {
  const inserted = await unit.db
    .$extendTables<Tables>()
    .insertInto('worklists.plan')
    .values({
      branch_id: plan.branchId,
      plan_id: plan.planId,
      day: plan.day,
      snapshot_id: plan.snapshotId,
      snapshot_date: plan.snapshotDate,
      state: 'draft',
      made_at: unit.now,
      made_by: madeBy,
      published_at: null,
      published_by: null,
      details: JSON.stringify(plan.details),
    })
    .onConflict((on) => on.doNothing())
    .returning('plan_id')
    .executeTakeFirst()
  if (!inserted) {
    await sql`
      update worklists.plan set details = ${JSON.stringify(plan.details)}
       where (branch_id, plan_id) = (${plan.branchId}, ${plan.planId})
    `.execute(unit.db)
    return redraft(unit, plan, madeBy)
  }
  await sql`
    insert into worklists.tally (branch_id, plan_id, unit_id, campaign, outcome, reason, count)
    select ${plan.branchId}, ${plan.planId}, "unitId", campaign, outcome, reason, count
      from jsonb_to_recordset(${JSON.stringify(numbers.tallies)}::jsonb)
        as tally ("unitId" text, campaign text, outcome text, reason text, count integer)
  `.execute(unit.db)
  await sql`
    insert into worklists.load (branch_id, plan_id, staff_id, touchpoint, unit_id, capacity, load,
        peers_mean, forced_by)
    select ${plan.branchId}, ${plan.planId}, "staffId", touchpoint, "unitId", capacity, load,
        "peersMean", "forcedBy"
      from jsonb_to_recordset(${JSON.stringify(numbers.loads)}::jsonb)
        as load ("staffId" text, touchpoint text, "unitId" text, capacity integer, load integer,
            "peersMean" numeric, "forcedBy" text)
  `.execute(unit.db)
}

/** Records what the files of a plan are now. */
export async function updateFiles(
  unit: Unit,
  plan: OfPlan,
  files: PlanDetails['files'],
): Promise<void> {
  await sql`
    update worklists.plan set details = jsonb_set(details, '{files}', ${JSON.stringify(files)}::jsonb)
     where (branch_id, plan_id) = (${plan.branchId}, ${plan.planId})
  `.execute(unit.db)
}

/** Every plan of a branch, whatever became of it. */
export async function selectPlanIds(unit: Unit, branchId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select plan_id as id from worklists.plan where branch_id = ${branchId} order by day, plan_id
  `.execute(unit.db)
  return rows.map(({ id }) => id)
}

/** Makes a superseded plan a draft again; any other stays what it is. */
export async function redraft(unit: Unit, plan: OfPlan, madeBy: string): Promise<void> {
  await sql`
    update worklists.plan
       set state = 'draft', published_at = null, published_by = null,
           made_at = ${unit.now}, made_by = ${madeBy}
     where (branch_id, plan_id) = (${plan.branchId}, ${plan.planId}) and state = 'superseded'
  `.execute(unit.db)
}

export async function selectPlan(unit: Unit, of: OfPlan): Promise<PlanRecord | undefined> {
  const { rows } = await sql<PlanRecord>`
    select ${PLAN} from worklists.plan
     where (branch_id, plan_id) = (${of.branchId}, ${of.planId})
  `.execute(unit.db)
  return rows[0]
}

/** Plans of a branch by id. */
export async function selectPlansById(
  unit: Unit,
  branchId: string,
  planIds: readonly string[],
): Promise<PlanRecord[]> {
  if (planIds.length === 0) return []
  const { rows } = await sql<PlanRecord>`
    select ${PLAN} from worklists.plan
     where branch_id = ${branchId} and plan_id = any (${[...planIds]})
  `.execute(unit.db)
  return rows
}

/** The plan people work by on `day`: the published one. */
export async function selectPublished(
  unit: Unit,
  of: Readonly<{ branchId: string; day: string }>,
): Promise<PlanRecord | undefined> {
  const { rows } = await sql<PlanRecord>`
    select ${PLAN} from worklists.plan
     where (branch_id, day, state) = (${of.branchId}, ${of.day}, 'published')
  `.execute(unit.db)
  return rows[0]
}

/** The plan that says most about `day`: the published one, else the draft made last; latest day. */
export async function selectTelling(
  unit: Unit,
  of: Readonly<{ branchId: string; day: string | null }>,
): Promise<PlanRecord | undefined> {
  const { rows } = await sql<PlanRecord>`
    select ${PLAN} from worklists.plan
     where branch_id = ${of.branchId} and day = coalesce(${of.day}::date, day)
       and state <> 'superseded'
     order by day desc, (state = 'published') desc, made_at desc, plan_id limit 1
  `.execute(unit.db)
  return rows[0]
}

/** The plan before this one: of an earlier day, published if any is, the latest; or of this day. */
export async function selectBefore(unit: Unit, plan: PlanRecord): Promise<PlanRecord | undefined> {
  const { rows } = await sql<PlanRecord>`
    select ${PLAN} from worklists.plan
     where branch_id = ${plan.branchId} and plan_id <> ${plan.planId} and day <= ${plan.day}
       and (day < ${plan.day} or made_at <= ${plan.madeAt})
     order by (day < ${plan.day} and state = 'published') desc, day desc,
        (state = 'published') desc, made_at desc, plan_id limit 1
  `.execute(unit.db)
  return rows[0]
}

type PlansAsked = Readonly<{ branchId: string; day: string | null; limit: number }>

/** One more than `limit`, along `order` from `mark` on; and how many there are, counted so far. */
export async function selectPlans(
  unit: Unit,
  of: PlansAsked,
  order: Order,
  mark: Mark | undefined,
): Promise<{ rows: (PlanRecord & { key: string })[]; total: number }> {
  const where = sql`branch_id = ${of.branchId} and day = coalesce(${of.day}::date, day)`
  const { rows } = await sql<PlanRecord & { key: string }>`
    select ${PLAN}, (${keyOf(order)})::text as key from worklists.plan
     where ${where} ${beyond(order, mark, sql`plan_id`)}
     order by ${along(order, sql`plan_id`)} limit ${of.limit + 1}
  `.execute(unit.db)
  return { rows, total: await countUpTo(unit, sql`worklists.plan where ${where}`) }
}

/** What is in scope of the numbers of a plan. */
export async function selectTallies(unit: Unit, of: OfPlan): Promise<Tally[]> {
  const { rows } = await sql<Tally>`
    select unit_id as "unitId", campaign, outcome, reason, count from worklists.tally
     where (branch_id, plan_id) = (${of.branchId}, ${of.planId})
     order by unit_id, campaign, outcome, reason
  `.execute(unit.db)
  return rows
}

/** The sums of those numbers for several plans. */
export async function selectTallySums(
  unit: Unit,
  branchId: string,
  planIds: readonly string[],
): Promise<(Pick<Tally, 'outcome' | 'reason' | 'count'> & { planId: string })[]> {
  const { rows } = await sql<Pick<Tally, 'outcome' | 'reason' | 'count'> & { planId: string }>`
    select plan_id as "planId", outcome, reason, sum(count)::integer as count
      from worklists.tally
     where branch_id = ${branchId} and plan_id = any (${planIds})
     group by plan_id, outcome, reason
  `.execute(unit.db)
  return rows
}

export async function selectLoads(unit: Unit, of: OfPlan): Promise<Load[]> {
  const { rows } = await sql<Load>`
    select staff_id as "staffId", unit_id as "unitId", touchpoint, capacity, load,
        peers_mean::float8 as "peersMean", forced_by as "forcedBy" from worklists.load
     where (branch_id, plan_id) = (${of.branchId}, ${of.planId})
     order by staff_id, touchpoint
  `.execute(unit.db)
  return rows
}

/** Draft to publishing; stays so while tasks are written, whoever is asked to go on with it. */
export async function markPublishing(unit: Unit, of: OfPlan): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update worklists.plan set state = 'publishing'
     where (branch_id, plan_id) = (${of.branchId}, ${of.planId})
       and state in ('draft', 'publishing')
  `.execute(unit.db)
  return numAffectedRows === 1n
}

/** Publishing that did not come to its end: a draft again, of which nobody sees a task. */
export async function stepBack(unit: Unit, of: OfPlan): Promise<void> {
  await sql`
    update worklists.plan set state = 'draft'
     where (branch_id, plan_id, state) = (${of.branchId}, ${of.planId}, 'publishing')
  `.execute(unit.db)
}

/**
 * Publishing to published; what was published for the day before steps back, all at once: the ids of
 * those plans. Undefined, and nothing is changed, when somebody else has published the plan
 * meanwhile, or put another before it.
 */
export async function finishPublishing(
  unit: Unit,
  of: OfPlan & Readonly<{ day: string; publishedBy: string }>,
): Promise<string[] | undefined> {
  // Plans of a day that end together wait for each other here; the last one supersedes the others.
  const { rows } = await sql<{ isOpen: boolean; planId: string }>`
    select plan_id as "planId", state in ('draft', 'publishing') as "isOpen" from worklists.plan
     where (branch_id, day) = (${of.branchId}, ${of.day}) order by plan_id for update
  `.execute(unit.db)
  // A draft is one that a failing attempt beside this one stepped back to.
  if (!rows.some(({ planId, isOpen }) => isOpen && planId === of.planId)) return undefined
  const { rows: earlier } = await sql<{ planId: string }>`
    update worklists.plan set state = 'superseded'
     where (branch_id, day, state) = (${of.branchId}, ${of.day}, 'published')
    returning plan_id as "planId"
  `.execute(unit.db)
  const superseded = earlier.map(({ planId }) => planId)
  const left = sql`branch_id = ${of.branchId} and state = 'open' and plan_id = any (${superseded})`
  // In order of id, as everybody holds tasks, so that two wait in turn.
  await sql`select from worklists.task where ${left} order by task_id for update`.execute(unit.db)
  await sql`
    update worklists.task set state = 'withdrawn' where ${left}
  `.execute(unit.db)
  // What was closed today, or somebody goes to by then without a plan, is not on a list once more.
  await sql`
    update worklists.task set state = 'withdrawn'
     where (branch_id, plan_id, state) = (${of.branchId}, ${of.planId}, 'open')
       and (exists (
         select from worklists.task as closed
          where (closed.branch_id, closed.day) = (${of.branchId}, ${of.day})
            and closed.closed_by is not null and closed.plan_id is distinct from ${of.planId}
            and closed.household_id = task.household_id and closed.touchpoint = task.touchpoint)
       or exists (
         select from worklists.task as beside
          where (beside.branch_id, beside.household_id) = (${of.branchId}, task.household_id)
            and beside.plan_id is null and beside.state = 'open' and beside.day <= ${of.day}
            and beside.touchpoint = task.touchpoint))
  `.execute(unit.db)
  await sql`
    update worklists.plan
       set state = 'published', published_at = ${unit.now}, published_by = ${of.publishedBy}
     where (branch_id, plan_id) = (${of.branchId}, ${of.planId})
  `.execute(unit.db)
  return superseded
}

export const RULES_VERSIONS = versionsIn<PlanRules>({
  table: 'worklists.rules',
  setting: sql`jsonb_build_object('mayOverflow', may_overflow)`,
  columns: ({ mayOverflow }) => ({ may_overflow: mayOverflow }),
  told: 'recorded',
})
