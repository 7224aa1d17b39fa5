import type { UnitRef } from '#people'
import { order } from './crews.ts'
import { countsOf, type Load, type Tally } from './plan.ts'

/** The units of a branch that the actor sees, and the one the funnel is drawn for. */
export type View = Readonly<{
  units: ReadonlyMap<string, UnitRef>
  inScope: ReadonlySet<string>
}>

/** One line below the funnel: a unit with everything below it, or what lies in the root itself. */
export type UnitLine = Readonly<{
  unitId: string
  name: string
  kind: UnitRef['kind']
  candidates: number
  assigned: number
  unassigned: number
  people: number
}>

/** A unit and all units below it. */
export function below(units: View['units'], root: string): Set<string> {
  const children = new Map<string, string[]>()
  for (const { unitId, parentId } of units.values())
    if (parentId !== null) children.set(parentId, [...(children.get(parentId) ?? []), unitId])
  const found = new Set([root])
  for (const unitId of found) for (const child of children.get(unitId) ?? []) found.add(child)
  return found
}

/** Where the actor’s own view begins: the units in scope that have nothing in scope above them. */
export function topUnits({ units, inScope }: View, branchId: string): string[] {
  if (inScope.has(branchId)) return [branchId]
  return [...units.values()]
    .filter(({ unitId, parentId }) => inScope.has(unitId) && !inScope.has(parentId ?? ''))
    .map(({ unitId }) => unitId)
    .sort(order)
}

/**
 * The lines below a funnel: the children of `root` that have subscribers or people, by id, and
 * `root` itself for what lies in none of them, so that the lines always add up to the whole.
 */
export function linesBelow(
  view: View,
  root: string,
  tallies: readonly Tally[],
  loads: readonly Load[],
): UnitLine[] {
  const children = [...view.units.values()].filter(({ parentId }) => parentId === root)
  const lines = children
    .sort((a, b) => order(a.unitId, b.unitId))
    .map((child) => lineOf(child, below(view.units, child.unitId), tallies, loads))
  const own = view.units.get(root)
  const rest = own && lineOf(own, new Set([root]), tallies, loads)
  return [...lines, ...(rest ? [rest] : [])].filter(
    ({ candidates, people }) => candidates > 0 || people > 0,
  )
}

/** The lines of somebody who has posts in several units: one each. */
export function linesOf(
  view: View,
  roots: readonly string[],
  tallies: readonly Tally[],
  loads: readonly Load[],
): UnitLine[] {
  return roots.flatMap((root) => {
    const unit = view.units.get(root)
    return unit ? [lineOf(unit, below(view.units, root), tallies, loads)] : []
  })
}

function lineOf(
  { unitId, name, kind }: UnitRef,
  within: ReadonlySet<string>,
  tallies: readonly Tally[],
  loads: readonly Load[],
): UnitLine {
  const counts = countsOf(tallies.filter((tally) => within.has(tally.unitId)))
  const people = new Set(
    loads.filter((load) => within.has(load.unitId)).map(({ staffId }) => staffId),
  )
  return {
    unitId,
    name,
    kind,
    candidates: counts.candidates,
    assigned: counts.assigned,
    unassigned: counts.unassigned.reduce((sum, { count }) => sum + count, 0),
    people: people.size,
  }
}
