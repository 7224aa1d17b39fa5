import { audit } from '#platform/audit/audit.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import { actionsAt, mayDo, mayDoAt } from './policy.ts'
import { lockSettings, selectAbove, selectAboveOwn } from './store.ts'
import type { UnitRef } from './tree.ts'
import { branchOf, readUnit } from './units.ts'

/** Levels that may settle how work is done below them. */
const SETTLES: ReadonlySet<string> = new Set(['branch', 'city', 'province'])

/**
 * The unit and those above it, lowest first: each may settle within what the ones above it allow.
 * @throws Refusal `unit-unknown` where it is out of sight, `settings-not-here` below a branch.
 */
export async function levelsOf(unit: Unit, unitId: string): Promise<UnitRef[]> {
  const own = await readUnit(unit, unitId)
  if (!SETTLES.has(own.kind))
    throw new Refusal('invalid', 'settings-not-here', { unit: unitId, kind: own.kind })
  const above = [...(await selectAboveOwn(unit)), ...(await selectAbove(unit, unitId))]
  const byId = new Map(above.map((each) => [each.unitId, each]))
  const levels = [own]
  for (let next = byId.get(own.parentId ?? ''); next; next = byId.get(next.parentId ?? '')) {
    byId.delete(next.unitId) // so that it ends, whatever the tree says
    levels.push(next)
  }
  return levels
}

/**
 * For settings of a unit: the action must be allowed, and the unit be in scope, not just above. Two
 * who settle at once do so one after the other.
 */
export async function maySettle(unit: Unit, unitId: string): Promise<void> {
  mayDo(unit.actor, 'settings:write')
  await readUnit(unit, unitId)
  await mayDoAt(unit, unitId, 'settings:write')
  await lockSettings(unit, unitId)
}

/** Tells the audit trail what a unit has settled. */
export async function auditSettings(unit: Unit, unitId: string, what: string, values: object) {
  audit(unit, {
    ...{ branchId: await branchOf(unit, unitId), action: 'settings.changed' },
    about: { kind: 'settings', id: what },
    values: { unit: unitId, ...values },
  })
}

/** What the actor may do with the settings of a unit. */
export async function abilitiesToSettle(unit: Unit, unitId: string): Promise<string[]> {
  const here = await actionsAt(unit, unitId)
  return ['settings:write'].filter((action) => here.has(action))
}
