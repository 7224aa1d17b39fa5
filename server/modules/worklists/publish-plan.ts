import { mayDoInBranch, readBranch } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Actor, Unit } from '#platform/unit.ts'
import type { Watch, Works } from '#platform/works.ts'
import { erasedOf } from '#subscribers'
import type { PlanRecord } from './details.ts'
import { PHASES } from './phases.ts'
import type { OfPlan } from './plan.ts'
import { soundFiles } from './plan-folder.ts'
import { listsOf, readPlannedTasks } from './planned-tasks.ts'
import { finishPublishing, markPublishing, selectPlan, stepBack } from './store.ts'
import { eraseTasks, upsertTasks } from './task-store.ts'

/** A plan in scope. @throws Refusal `branch-unknown`, `plan-unknown`. */
export async function readPlanRecord(unit: Unit, of: OfPlan): Promise<PlanRecord> {
  await readBranch(unit, of.branchId)
  const plan = await selectPlan(unit, of)
  if (!plan) throw new Refusal('not-found', 'plan-unknown', { plan: of.planId })
  return plan
}

/** Whether the actor may have a plan published now. @throws Refusal that says why not. */
export async function mayPublish(unit: Unit, of: OfPlan): Promise<void> {
  await mayDoInBranch(unit, of.branchId, 'plan:publish')
  const { state } = await readPlanRecord(unit, of)
  if (state === 'published' || state === 'superseded')
    throw new Refusal('conflict', 'plan-not-draft', { plan: of.planId })
}

/**
 * Puts the tasks of a plan on everybody’s list: one transaction a person, and at the end one that
 * makes all of them visible and takes back the open tasks of the plan published for the day
 * before. Until then nobody sees any. Doing it again, or going on after a crash, changes nothing
 * that is done. A published plan stays as it is, and is told to the trail once, however many publish
 * it at the same time.
 * @throws Refusal `plan-unknown`, `plan-not-draft`, `plan-damaged`.
 */
export async function publishPlan(
  works: Works,
  of: OfPlan & Readonly<{ by?: Actor }>,
  watch: Watch,
): Promise<void> {
  const plan = await works.run(works.system, (unit) => readPlanRecord(unit, of))
  if (plan.state === 'published') return
  if (!(await works.run(works.system, (unit) => markPublishing(unit, of))))
    throw new Refusal('conflict', 'plan-not-draft', { plan: of.planId })
  try {
    await writeTasks(works, plan, watch)
  } catch (error) {
    await works.run(works.system, (unit) => stepBack(unit, of)) // so that it can be tried again
    throw error
  }
  const publishedBy = of.by?.id ?? works.system.id
  await works.run(works.system, (unit) => finish(unit, plan, publishedBy))
}

async function finish(unit: Unit, plan: PlanRecord, publishedBy: string): Promise<void> {
  const { branchId, planId, day } = plan
  const superseded = await finishPublishing(unit, { branchId, planId, day, publishedBy })
  if (!superseded) return refuseUnlessPublished(unit, plan)
  // The files of the plan may still name who was erased meanwhile.
  await eraseTasks(unit, { branchId, subscriberIds: await erasedOf(unit, branchId) })
  const of = { branchId, actor: publishedBy }
  for (const id of superseded)
    audit(unit, {
      ...{ ...of, action: 'plan.withdrawn', about: { kind: 'plan', id } },
      values: { day, replacedBy: planId },
    })
  audit(unit, {
    ...{ ...of, action: 'plan.published', about: { kind: 'plan', id: planId }, values: { day } },
  })
}

/** Whoever comes second finds it done; one that gave way to another plan was not published. */
async function refuseUnlessPublished(unit: Unit, of: OfPlan): Promise<void> {
  const { state } = await readPlanRecord(unit, of)
  if (state !== 'published') throw new Refusal('conflict', 'plan-not-draft', { plan: of.planId })
}

async function writeTasks(works: Works, plan: PlanRecord, watch: Watch): Promise<void> {
  const files = await soundFiles(works, plan)
  await using session = await works.lake.session()
  const tasks = await readPlannedTasks(works, session, plan, files.tasks)
  let done = 0
  for (const [, list] of listsOf(tasks)) {
    watch.signal.throwIfAborted()
    await works.run(works.system, (unit) => upsertTasks(unit, plan, list))
    done += list.length
    watch.tell({ ...PHASES.publish, done, total: tasks.length })
  }
}
