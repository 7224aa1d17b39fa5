import { TASK_KIND_NAMES } from '#contract/tasks.ts'
import { staffNames, type UnitRef, unitNames } from '#people'
import type { Unit } from '#platform/unit.ts'
import { maskAddress, stillMasked } from '#subscribers'
import { campaignOf, nameOfCampaign, type PlanRecord } from './details.ts'
import { tell } from './reasons.ts'
import { selectPlansById } from './store.ts'
import { mapLink, type TaskRow } from './task.ts'

/** What a task is shown with: the plans that have words for it, and what people and units are called. */
export type TaskContext = Readonly<{
  plans: ReadonlyMap<string, PlanRecord>
  staff: ReadonlyMap<string, string>
  units: ReadonlyMap<string, UnitRef>
}>

/** The context of tasks; `known` are plans that are at hand. */
export async function readTaskContext(
  unit: Unit,
  branchId: string,
  { tasks = [], known = [] }: Readonly<{ tasks?: Spoken[]; known?: PlanRecord[] }>,
): Promise<TaskContext> {
  return {
    plans: await plansOf(unit, branchId, tasks, known),
    staff: await staffNames(
      unit,
      branchId,
      tasks.map(({ assigneeId }) => assigneeId),
    ),
    units: await unitNames(unit, branchId),
  }
}

/** Which plan has words for it. */
type Spoken = Pick<TaskRow, 'wordsOf' | 'assigneeId'>

export async function plansOf(
  unit: Unit,
  branchId: string,
  tasks: readonly Spoken[],
  known: readonly PlanRecord[],
): Promise<ReadonlyMap<string, PlanRecord>> {
  const plans = new Map(known.map((plan) => [plan.planId, plan]))
  const wanted = new Set(tasks.flatMap(({ wordsOf }) => wordsOf ?? []))
  const missing = [...wanted].filter((planId) => !plans.has(planId))
  const found = await selectPlansById(unit, branchId, missing)
  return new Map([...plans, ...found.map((plan) => [plan.planId, plan] as const)])
}

/** What the campaign of a task is called; one that no plan made by what it is about. */
export function campaignNameOf(
  plans: TaskContext['plans'],
  task: Pick<TaskRow, 'wordsOf' | 'campaign' | 'kind'>,
): { zh: string; en: string } {
  const plan = plans.get(task.wordsOf ?? '')
  return plan ? nameOfCampaign(plan.details, task.campaign) : { ...TASK_KIND_NAMES[task.kind] }
}

/** A task as it is shown in lists: masked. */
export function taskView(task: TaskRow, of: TaskContext) {
  const plan = of.plans.get(task.wordsOf ?? '')
  const campaign = plan && campaignOf(plan.details, task.campaign)
  const offer = campaign?.offers.find(({ id }) => id === task.offer)
  return {
    taskId: task.taskId,
    subscriberId: task.subscriberId,
    householdId: task.householdId,
    name: task.name,
    phone: stillMasked(task.phone),
    address: maskAddress(task.address),
    town: task.townName,
    place: task.placeName,
    campaign: task.campaign,
    campaignName: campaignNameOf(of.plans, task),
    touchpoint: task.touchpoint,
    assigneeId: task.assigneeId,
    assigneeName: of.staff.get(task.assigneeId) ?? task.assigneeId,
    unitId: task.unitId,
    unitName: of.units.get(task.unitId)?.name ?? task.unitId,
    visitOrder: task.visitOrder,
    windowStart: new Date(task.windowStart).toISOString(),
    windowEnd: new Date(task.windowEnd).toISOString(),
    dueOn: task.dueOn,
    offer: {
      id: task.offer,
      name: { ...(offer?.name ?? { zh: task.offer, en: task.offer }) },
      monthlyFeeFen: offer?.monthlyFeeFen ?? null,
      terms: { ...(offer?.terms ?? { zh: '', en: '' }) },
    },
    script: { ...(campaign?.script ?? { zh: '', en: '' }) },
    priority: task.priority,
    reasons: task.reasons.map((reason) => tell(reason, task.day)),
    state: task.state,
    kind: task.kind,
    purpose: task.purpose,
    origin: task.origin,
    fromTask: task.fromTask,
    attempt: task.attempt,
    result: task.closedAs,
    closedAt: task.closedAt && new Date(task.closedAt).toISOString(),
  }
}

/** The same on the list of whoever goes; `whole` says where the visit goes, with the way there. */
export function visitView(task: TaskRow, of: TaskContext, whole: boolean) {
  return {
    ...taskView(task, of),
    visitAddress: whole ? task.address : null,
    mapLink: whole ? mapLink(task.address) : null,
  }
}
