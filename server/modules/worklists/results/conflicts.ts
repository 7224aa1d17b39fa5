import { refusalsOf, stands } from '#contacts'
import type { TaskResult } from '#contract/tasks.ts'
import { staffNames } from '#people'
import { addDays, type Day, dayOf } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'
import { readCard } from '#subscribers'
import { selectAccounts } from '../close/account-store.ts'
import { DAYS_TO_ACT } from '../plan.ts'
import type { BareReason } from '../reasons.ts'
import type { TaskRow } from '../task.ts'
import { selectRenewedSince } from './result-store.ts'

type Of = Readonly<{ task: TaskRow; staffId: string }>

/** Why a result cannot change its task; undefined where it can. */
export async function whyBeside(
  unit: Unit,
  { task, staffId }: Of,
): Promise<BareReason | undefined> {
  if (task.closedBy !== null) return { code: 'task-closed-already', values: {} }
  if (task.state === 'taken_back') return { code: 'task-taken-back', values: {} }
  if (task.state === 'withdrawn') return whyWithdrawn(unit, task)
  if (task.assigneeId === staffId) return undefined
  const names = await staffNames(unit, task.branchId, [task.assigneeId])
  return { code: 'task-reassigned', values: { name: names.get(task.assigneeId) ?? '—' } }
}

async function whyWithdrawn(unit: Unit, task: TaskRow): Promise<BareReason> {
  const accounts = await selectAccounts(unit, task)
  const isDropped = accounts.some(({ outcome }) => outcome === 'dropped')
  return { code: isDropped ? 'task-dropped' : 'task-withdrawn', values: {} }
}

/** What happened since the task was made, and what of the result was of no use. */
export async function meanwhile(
  unit: Unit,
  of: Of & Readonly<{ told: TaskResult; at: Date; isPlaced: boolean; clockOffMs: number }>,
): Promise<BareReason[]> {
  const found: BareReason[] = []
  const accounts = await selectAccounts(unit, of.task)
  if (accounts.some(({ day }) => day === dayOf(of.at)))
    found.push({ code: 'day-closed', values: { on: dayOf(of.at) } })
  if (await hasRefused(unit, of)) found.push({ code: 'refused-meanwhile', values: {} })
  if (await hasRenewed(unit, of)) found.push({ code: 'renewed-meanwhile', values: {} })
  if (of.told.position && !of.isPlaced) found.push({ code: 'position-unusable', values: {} })
  if (of.clockOffMs !== 0) {
    const minutes = Math.round(Math.abs(of.clockOffMs) / 60_000)
    found.push({ code: 'clock-corrected', values: { minutes } })
  }
  return found
}

/** A refusal of the household since the task was made, before this result is told. */
async function hasRefused(unit: Unit, { task, at }: Of & Readonly<{ at: Date }>) {
  const since = task.reasons[0]?.values.since
  const made = task.origin === 'follow-up' && typeof since === 'string' ? since : task.day
  const day = dayOf(at)
  const from = earlier(made, day)
  const refusals = await refusalsOf(unit, { ...task, at })
  return refusals.some((refusal) => refusal.refusedOn >= from && stands(refusal, day))
}

/** A task that was carried over since the visit is of a later day than that. */
const earlier = (day: Day, visited: Day): Day => (day < visited ? day : visited)

async function hasRenewed(unit: Unit, { task, staffId, at }: Of & Readonly<{ at: Date }>) {
  if (task.kind !== 'renewal_visit' && task.kind !== 'lapsed_sweep') return false
  const { branchId, subscriberId, dueOn } = task
  const day = earlier(task.day, dayOf(at))
  if (await selectRenewedSince(unit, { branchId, subscriberId, staffId, day })) return true
  const card = await readCard(unit, branchId, subscriberId)
  if (!card?.contractEnd || card.snapshotDate < day) return false
  // A renewal is due by the contract’s end; of one that lapsed no end is ahead.
  const isByContract = task.kind === 'lapsed_sweep' || dueOn !== addDays(day, DAYS_TO_ACT)
  return isByContract && card.contractEnd > dueOn
}
