import { dayOf } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import { readOnce, type Unit } from '#platform/unit.ts'
import type { UnitRef } from './tree.ts'
import {
  type StandingUnit,
  selectAbove,
  selectAllAbove,
  selectBelow,
  selectBranch,
  selectBranchesInScope,
  selectTree,
  selectUnit,
  selectUnitsInScope,
  selectVisible,
} from './unit-store.ts'

/** Units by id. */
export type UnitNames = ReadonlyMap<string, UnitRef>

/** Ids of the units in scope: what may be filtered by where the database’s policies do not reach. */
export const unitsInScope = (unit: Unit): Promise<readonly string[]> =>
  readOnce(unit, { from: ['people'], what: 'units' }, () => selectUnitsInScope(unit))
export const branchesInScope = (unit: Unit): Promise<readonly string[]> =>
  readOnce(unit, { from: ['people'], what: 'branches' }, () => selectBranchesInScope(unit))

/** A branch that the actor works in or above. @throws Refusal `branch-unknown` for any other. */
export async function readBranch(
  unit: Unit,
  branchId: string,
): Promise<Readonly<{ unitId: string; name: string }>> {
  const branch = await readOnce(unit, { from: ['people'], what: `branch ${branchId}` }, () =>
    selectBranch(unit, branchId, dayOf(unit.now)),
  )
  if (!branch) throw new Refusal('not-found', 'branch-unknown', { branch: branchId })
  return { unitId: branch.unitId, name: branch.name }
}

/** A unit in scope, or on the path above. @throws Refusal `unit-unknown`. */
export async function readUnit(unit: Unit, unitId: string): Promise<UnitRef> {
  const found = await findUnit(unit, unitId)
  if (!found) throw new Refusal('not-found', 'unit-unknown', { unit: unitId })
  return found
}

const findUnit = (unit: Unit, unitId: string): Promise<UnitRef | undefined> =>
  readOnce(unit, { from: ['people'], what: `unit ${unitId}` }, () =>
    selectUnit(unit, unitId, dayOf(unit.now)),
  )

/** What units in scope are called. @throws Refusal `unit-unknown`. */
export async function nameUnits(
  unit: Unit,
  unitIds: readonly string[],
): Promise<(unitId: string) => string> {
  const names = new Map<string, string>()
  for (const unitId of new Set(unitIds)) names.set(unitId, (await readUnit(unit, unitId)).name)
  return (unitId) => names.get(unitId) ?? unitId
}

/** The branch that a unit in scope belongs to; null for a city and a province. */
export async function branchOf(unit: Unit, unitId: string): Promise<string | null> {
  const own = await findUnit(unit, unitId)
  if (!own || own.kind === 'branch') return own?.unitId ?? null
  const above = await selectAbove(unit, unitId)
  return above.find(({ kind }) => kind === 'branch')?.unitId ?? null
}

/** A unit and all below it; none when it is not in scope. */
export async function subtreeOf(unit: Unit, unitId: string): Promise<string[]> {
  const below = await selectBelow(unit, unitId, dayOf(unit.now))
  return below.map((each) => each.unitId)
}

/** The units of a branch that are in scope as they stand on `day`, ended ones included; by id. */
export async function unitsOf(
  unit: Unit,
  branchId: string,
  day: string,
): Promise<readonly UnitRef[]> {
  await readBranch(unit, branchId)
  const inScope = await unitsInScope(unit)
  // Whoever does not see the branch itself belongs to a unit inside it, and sees nothing else.
  const isWhole = inScope.includes(branchId)
  return readOnce(unit, { from: ['people'], what: `units ${branchId} ${day}` }, () =>
    isWhole ? selectBelow(unit, branchId, day) : selectVisible(unit, day),
  )
}

/** All that is known of what lies above a unit, by id. */
export const unitsAbove = (unit: Unit, unitId: string): Promise<UnitNames> =>
  readOnce(unit, { from: ['people'], what: `above ${unitId}` }, async () => {
    const above = await selectAllAbove(unit, unitId)
    return new Map(above.map((each) => [each.unitId, each]))
  })

/** What the units of a branch in scope are called, ended ones included, and those above them. */
export async function unitNames(unit: Unit, branchId: string): Promise<UnitNames> {
  const inside = await unitsOf(unit, branchId, dayOf(unit.now))
  const above = await unitsAbove(unit, branchId)
  return new Map([...above.values(), ...inside].map((each) => [each.unitId, each]))
}

/** The tree that holds on `day`, default today. */
export function readTree(unit: Unit, day: string = dayOf(unit.now)): Promise<StandingUnit[]> {
  return selectTree(unit, day)
}
