import type { Move } from '#contract/rezoning.ts'
import type { Unit } from '../../../place.ts'

/** A re-zoning as it is being drawn: where units go, which zones are opened, which closed. */
export type Draft = Readonly<{
  to: Readonly<Record<string, string>>
  opened: readonly Readonly<{ unitId: string; name: string }>[]
  closed: readonly string[]
}>

export const NOTHING_DRAWN: Draft = { to: {}, opened: [], closed: [] }

/** The steps of a draft; a unit that is put back where it was takes none. */
export function movesOf(draft: Draft, units: readonly Unit[]): Move[] {
  const parents = new Map(units.map(({ unitId, parentId }) => [unitId, parentId]))
  return [
    ...draft.opened.map((zone) => ({ kind: 'open' as const, ...zone })),
    ...Object.entries(draft.to)
      .filter(([unitId, parentId]) => parents.get(unitId) !== parentId)
      .map(([unitId, parentId]) => ({ kind: 'move' as const, unitId, parentId })),
    ...draft.closed.map((unitId) => ({ kind: 'close' as const, unitId })),
  ]
}

/** A unit that others can hang below. */
export type Parent = Readonly<{ unitId: string; name: string; kind: Unit['kind'] }>

const LEVELS = ['branch', 'zone', 'hall', 'grid']

/** Where a unit of `kind` may go: units above its level, those about to open too, none that closes. */
export function parentsFor(
  kind: Unit['kind'],
  inBranch: readonly Unit[],
  draft: Draft,
): readonly Parent[] {
  const level = LEVELS.indexOf(kind)
  const higher = inBranch.filter(
    (unit) => LEVELS.indexOf(unit.kind) < level && !draft.closed.includes(unit.unitId),
  )
  return [...higher, ...draft.opened.map((zone) => ({ ...zone, kind: 'zone' as const }))]
}

/** The first free id of a zone of a branch. */
export function freeZoneId(branchId: string, taken: Iterable<string>): string {
  const known = new Set(taken)
  let number = 1
  while (known.has(`${branchId}-Z${number}`)) number += 1
  return `${branchId}-Z${number}`
}

/** The units of a branch that are in scope: itself, and all below it. */
export function unitsOfBranch(units: readonly Unit[], branchId: string): readonly Unit[] {
  const byId = new Map(units.map((unit) => [unit.unitId, unit]))
  const isInside = (unit: Unit): boolean => {
    const seen = new Set<string>()
    for (let at: Unit | undefined = unit; at && !seen.has(at.unitId); ) {
      if (at.unitId === branchId) return true
      seen.add(at.unitId)
      at = at.parentId === null ? undefined : byId.get(at.parentId)
    }
    return false
  }
  return units.filter((unit) => unit.inScope && isInside(unit))
}
