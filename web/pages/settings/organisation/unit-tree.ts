import { UnitKind } from '#contract/organisation.ts'
import type { Unit } from '../../../place.ts'

/** A unit with what belongs to it, and the sums of itself and everything below. */
export type Branch = Readonly<{
  unit: Unit
  children: readonly Branch[]
  staffInAll: number
  placesInAll: number
}>

/** The units under their parents, in the order given; one whose parent is not there is a root. */
export function treeOf(units: readonly Unit[]): readonly Branch[] {
  const known = new Set(units.map(({ unitId }) => unitId))
  const below = new Map<string | null, Unit[]>()
  for (const unit of units) {
    const parent = unit.parentId !== null && known.has(unit.parentId) ? unit.parentId : null
    below.set(parent, [...(below.get(parent) ?? []), unit])
  }
  const grow = (unit: Unit): Branch => {
    const children = (below.get(unit.unitId) ?? []).map(grow)
    return {
      unit,
      children,
      staffInAll: children.reduce((sum, { staffInAll }) => sum + staffInAll, unit.staff),
      placesInAll: children.reduce((sum, { placesInAll }) => sum + placesInAll, unit.places),
    }
  }
  return (below.get(null) ?? []).map(grow)
}

/** The branch of that unit; undefined where the tree has none. */
export function findBranch(roots: readonly Branch[], unitId: string): Branch | undefined {
  for (const root of roots) {
    if (root.unit.unitId === unitId) return root
    const found = findBranch(root.children, unitId)
    if (found) return found
  }
  return undefined
}

/** The unit itself and everything below it: where it cannot be moved to. */
export function idsIn(branch: Branch): readonly string[] {
  return [branch.unit.unitId, ...branch.children.flatMap(idsIn)]
}

type Kind = Unit['kind']

/** The levels that a unit below one of `kind` may have; levels may be left out, never turned round. */
export function kindsBelow(kind: Kind | undefined): readonly Kind[] {
  if (kind === undefined) return UnitKind.options
  return UnitKind.options.slice(UnitKind.options.indexOf(kind) + 1)
}

/** Whether a unit of `kind` with these children may stand below one of `parent`. */
export function fitsBelow(
  kind: Kind,
  parent: Kind | undefined,
  children: readonly Kind[] = [],
): boolean {
  return (
    kindsBelow(parent).includes(kind) && children.every((child) => kindsBelow(kind).includes(child))
  )
}
