import type { Day } from '#platform/day.ts'
import { dayOf } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import type { Version } from '../organisation/versions.ts'
import { actionsInNameAt, inWhoseName, isOwnerOfHouse } from '../policy.ts'
import { actionsOf, mayGive, type Role, rolesThat } from '../roles.ts'
import { selectIsManagedBy, selectPosts } from './post-store.ts'
import { selectStaffVersions } from './staff-store.ts'

/** Roles in a unit: what somebody has, or is to have. */
export type Held = Readonly<{ unitId: string; roles: readonly Role[] }>

/**
 * Whoever appoints gives no role whose rights exceed the own in that unit, and changes nobody who
 * has such a role. @throws Refusal `role-above-own`.
 */
export async function refuseAbove(unit: Unit, held: Held): Promise<void> {
  const above = await findAbove(unit, held)
  if (above !== undefined) throw new Refusal('forbidden', 'role-above-own', { role: above })
}

/** The first of the roles whose rights exceed those of whoever appoints. */
export async function findAbove(unit: Unit, { unitId, roles }: Held): Promise<Role | undefined> {
  const own = await actionsInNameAt(unit, unitId)
  return roles.find((role) => !mayGive(own, role))
}

/** Nobody appoints, moves or prolongs oneself. @throws Refusal `own-post`. */
export function refuseOwn(unit: Unit, staffId: string): void {
  if (isOneself(unit, staffId)) throw new Refusal('forbidden', 'own-post')
}

/** Whether somebody is who acts, or in whose name a job does. */
export const isOneself = (unit: Unit, staffId: string): boolean =>
  (unit.actor.kind === 'person' ? unit.actor.id : inWhoseName(unit)) === staffId

/** Whether a version holds on a day or later. */
export const holdsFrom = (day: Day, { validFrom, validTo }: Dated): boolean =>
  validFrom !== validTo && (validTo === null || day < validTo)
type Dated = Pick<Version<unknown>, 'validFrom' | 'validTo'>

/**
 * Whether the actor may give, change or take the account of somebody. An account opens all that the
 * person does, so of every post, today’s and later ones, the rights are the own ones there, or it
 * lies where the actor gives passwords.
 */
export async function mayGiveAccount(unit: Unit, staffId: string): Promise<boolean> {
  if (isOwnerOfHouse(unit)) return true
  // Of posts out of scope a person is told nothing but that there are some.
  const organises = rolesThat('organisation:write')
  if (unit.actor.kind !== 'system' && !(await selectIsManagedBy(unit, staffId, organises)))
    return false
  const today = dayOf(unit.now)
  const main = await selectStaffVersions(unit, { unitIds: [], staffIds: [staffId] })
  const held = [
    ...main.filter((each) => holdsFrom(today, each)).map(({ of }) => of),
    ...(await selectPosts(unit, staffId)).filter((each) => holdsFrom(today, each)),
  ]
  for (const { unitId, roles } of held) {
    const own = await actionsInNameAt(unit, unitId)
    if (own.has('staff:passwords')) continue
    if ([...actionsOf(roles)].some((action) => !own.has(action))) return false
  }
  return true
}
