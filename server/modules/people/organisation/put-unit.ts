import { dayOf } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import { selectUnitsOrganised } from '../staff/post-store.ts'
import { selectPerson } from '../staff/staff-store.ts'
import { refusePast } from './listed.ts'
import { findFault, type Node, refuseTreeFault, treeOf } from './tree.ts'
import {
  insertUnitVersions,
  lockTree,
  selectAboveOwn,
  selectForeignUnits,
  selectUnitsInScope,
  selectUnitVersions,
  selectVisible,
  type UnitOf,
  updateUnitVersions,
} from './unit-store.ts'
import { reconcile, standing, type Version } from './versions.ts'

/** What a unit is from `validFrom` on. */
export type UnitInput = UnitOf & Readonly<{ validFrom: string; validTo: string | null }>

/**
 * Adds or changes one unit from a day on. Moving it changes at once, on that day, who sees it and
 * all below it. Answers whether more than names changed. @throws Refusal `unit-unknown` for a unit
 * or a parent outside the scope, `unit-elsewhere` for an id borne there, `unit-circle`,
 * `unit-level-turned`, `staff-unknown`, `unit-dates-turned`, `day-past`.
 */
export async function putUnit(
  unit: Unit,
  unitId: string,
  input: UnitInput,
): Promise<Readonly<{ moved: boolean }>> {
  const { validFrom, validTo, ...of } = input
  refusePast(unit, validFrom)
  if (validTo !== null && validTo < validFrom)
    throw new Refusal('invalid', 'unit-dates-turned', { from: validFrom, to: validTo })
  await lockTree(unit)
  if ((await selectForeignUnits(unit, [unitId])).has(unitId))
    throw new Refusal('conflict', 'unit-elsewhere', { unit: unitId })
  const held = await selectUnitVersions(unit, [unitId])
  const before = standing(held, validFrom)
  await refuseParent(unit, { unitId, of, before })
  await refuseFaults(unit, { unitId, of, validFrom })
  await refuseHead(unit, of, before)
  const { begun, amended } = reconcile({
    held,
    stated: [{ id: unitId, validFrom, validTo, of }],
    day: validFrom,
    mayEnd: () => false,
  })
  await updateUnitVersions(unit, amended)
  await insertUnitVersions(unit, begun)
  const stays =
    before?.of.parentId === of.parentId && before.of.kind === of.kind && before.validTo === validTo
  return { moved: begun.length + amended.length > 0 && !stays }
}

type Put = Readonly<{ unitId: string; of: UnitOf; before: Version<UnitOf> | undefined }>

/** The highest own unit keeps its parent; any other one hangs below a unit in scope. */
async function refuseParent(unit: Unit, { unitId, of, before }: Put): Promise<void> {
  const { parentId } = of
  if (unit.actor.kind === 'system' && parentId === null) return
  if (before && before.of.parentId === parentId) return
  const organised = await selectUnitsOrganised(unit)
  if (parentId === null || !organised.includes(parentId))
    throw new Refusal('not-found', 'unit-unknown', { unit: parentId ?? unitId })
}

/** The tree must be one on the first day, and on every later day on which it changes. */
async function refuseFaults(
  unit: Unit,
  { unitId, of, validFrom }: Readonly<{ unitId: string; of: UnitOf; validFrom: string }>,
): Promise<void> {
  const above = await selectAboveOwn(unit)
  const own: Node = { unitId, parentId: of.parentId, kind: of.kind }
  const inScope = await selectUnitsInScope(unit)
  const versions = await selectUnitVersions(unit, inScope)
  const later = versions.map((version) => version.validFrom).filter((day) => day > validFrom)
  for (const day of [validFrom, ...new Set(later)]) {
    const others = (await selectVisible(unit, day)).filter((each) => each.unitId !== unitId)
    const tree = treeOf<Node>([...above, ...others, own])
    const children = others.filter((each) => each.parentId === unitId)
    refuseTreeFault(findFault(tree, [own, ...children]))
  }
}

async function refuseHead(unit: Unit, { headStaffId }: UnitOf, before: Put['before']) {
  if (headStaffId === null || before?.of.headStaffId === headStaffId) return
  if (!(await selectPerson(unit, headStaffId, dayOf(unit.now))))
    throw new Refusal('not-found', 'staff-unknown', { staff: headStaffId })
}
