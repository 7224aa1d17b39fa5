import { staffNames, type UnitRef, unitNames } from '#people'
import type { Unit } from '#platform/unit.ts'
import { maskAddress, stillMasked } from '#subscribers'
import { campaignOf, nameOfCampaign, type PlanRecord } from './details.ts'
import { tell } from './reasons.ts'
import { mapLink, type TaskRow } from './task.ts'

/** What a task is shown with: its plan, and what people and units are called. */
export type TaskContext = Readonly<{
  plan: PlanRecord
  staff: ReadonlyMap<string, string>
  units: ReadonlyMap<string, UnitRef>
}>

export async function readTaskContext(unit: Unit, plan: PlanRecord): Promise<TaskContext> {
  return {
    plan,
    staff: await staffNames(unit, plan.branchId),
    units: await unitNames(unit, plan.branchId),
  }
}

/** A task as it is shown in lists: masked. */
export function taskView(task: TaskRow, of: TaskContext) {
  const campaign = campaignOf(of.plan.details, task.campaign)
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
    campaignName: nameOfCampaign(of.plan.details, task.campaign),
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
    reasons: task.reasons.map((reason) => tell(reason, of.plan.day)),
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
