import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import { actionsAt } from '../policy.ts'
import { mayGive, type Role } from '../roles.ts'

/** Roles in a unit: what somebody has, or is to have. */
export type Held = Readonly<{ unitId: string; roles: readonly Role[] }>

/**
 * Whoever appoints gives no role whose rights exceed the own in that unit, and changes nobody who
 * has such a role. @throws Refusal `role-above-own`.
 */
export async function refuseAbove(unit: Unit, { unitId, roles }: Held): Promise<void> {
  const own = await actionsAt(unit, unitId)
  const above = roles.find((role) => !mayGive(own, role))
  if (above !== undefined) throw new Refusal('forbidden', 'role-above-own', { role: above })
}

/** Nobody appoints, moves or prolongs oneself. @throws Refusal `own-post`. */
export function refuseOwn(unit: Unit, staffId: string): void {
  if (unit.actor.kind === 'person' && unit.actor.id === staffId)
    throw new Refusal('forbidden', 'own-post')
}
