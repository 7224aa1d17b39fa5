import { readBranch, unitsWhere } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import { insertLook, isAlarm } from './unmask-store.ts'

/**
 * Records that the actor looked into an alarm, and what came of it. When it goes on after that, it
 * waits for a look again. @throws Refusal `branch-unknown`, `alarm-unknown`, `alarm-own`.
 */
export async function lookIntoAlarm(
  unit: Unit,
  { branchId }: Readonly<{ branchId: string }>,
  { note, ...which }: Readonly<{ staffId: string; day: string; reason: string; note: string }>,
): Promise<{ done: true }> {
  await readBranch(unit, branchId)
  const units = await unitsWhere(unit, 'alarm:read')
  const alarm = { branchId, ...which }
  if (!(await isAlarm(unit, alarm, units))) throw new Refusal('not-found', 'alarm-unknown')
  if (which.staffId === unit.actor.id) throw new Refusal('forbidden', 'alarm-own')
  await insertLook(unit, alarm, note)
  audit(unit, {
    ...{ branchId, action: 'alarm.looked-into', about: { kind: 'staff', id: which.staffId } },
    values: { reason: which.reason, day: which.day },
  })
  return { done: true }
}
