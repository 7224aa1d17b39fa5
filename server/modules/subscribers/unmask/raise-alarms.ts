import { readPerson } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { dayOf } from '#platform/day.ts'
import { onBehalfOf, type Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import type { Unusual } from './unmask-alarms.ts'
import { raiseAlarm } from './unmask-store.ts'

/**
 * Raises alarms about the actor, in the transaction of what they did. Nobody writes alarms about
 * themselves: the system finds what is unusual, and writes it.
 */
export async function raiseAlarms(
  unit: Unit,
  works: Works,
  of: Readonly<{
    branchId: string
    unusualOn: (system: Unit, day: string) => Promise<readonly Unusual[]>
  }>,
): Promise<void> {
  const { branchId, unusualOn } = of
  const staffId = unit.actor.id
  const day = dayOf(unit.now)
  const { unitId } = await readPerson(unit, staffId)
  const raised = await onBehalfOf(unit, works.system, async (system) => {
    const reasons: string[] = []
    for (const alarm of await unusualOn(system, day))
      if (await raiseAlarm(system, { branchId, staffId, day, unitId, ...alarm }))
        reasons.push(alarm.reason)
    return reasons
  })
  for (const reason of raised)
    audit(unit, {
      ...{ branchId, action: 'alarm.raised', about: { kind: 'staff', id: staffId } },
      values: { reason, day, unitId },
    })
}
