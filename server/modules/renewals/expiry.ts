import { readBranch, type UnitRef, unitNames, unitsInScope } from '#people'
import { dayOf } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'
import { readExpiry } from '#subscribers'

type Asked = Readonly<{ branchId: string; unit?: string | undefined; from: string; to: string }>

/** How many contracts of one unit end in the days asked for, and how many have lapsed. */
export type UnitEnds = Readonly<{ unitId: string; ending: number; lapsed: number }>

/**
 * The expiry calendar of a branch, or of one unit with everything below it, in the actor’s scope:
 * what ends on each day of [from, to), what has lapsed, and of how many no end is known. The lines
 * by unit are those right below; the unit itself stands for what lies in none of them.
 * @throws Refusal `branch-unknown`.
 */
export async function readExpiryCalendar(unit: Unit, of: Asked) {
  await readBranch(unit, of.branchId)
  const units = await unitNames(unit, of.branchId)
  const found = await readExpiry(unit, of.branchId, {
    ...(of.unit !== undefined && { unitId: of.unit }),
    from: of.from,
    to: of.to,
    on: dayOf(unit.now),
  })
  const inScope = new Set(await unitsInScope(unit))
  const root = of.unit ?? topOf(units, inScope, of.branchId)
  return {
    asOf: found.asOf,
    days: found.days,
    byUnit: rollUp(units, root, found.byUnit).map((line) => ({
      ...line,
      name: units.get(line.unitId)?.name ?? line.unitId,
    })),
    lapsed: found.lapsed,
    notStated: found.notStated,
  }
}

type Units = ReadonlyMap<string, Pick<UnitRef, 'unitId' | 'parentId'>>

/** The lowest unit that has everything in scope below it: the branch, or somebody’s only post. */
export function topOf(units: Units, inScope: ReadonlySet<string>, branchId: string): string {
  if (inScope.has(branchId)) return branchId
  const tops = [...units.values()].filter(
    ({ unitId, parentId }) => inScope.has(unitId) && !inScope.has(parentId ?? ''),
  )
  return tops.length === 1 ? (tops[0]?.unitId ?? branchId) : branchId
}

/** Adds units up to the children of `root`, by id; what lies in none of them is `root`’s own. */
export function rollUp(units: Units, root: string, lines: readonly UnitEnds[]): UnitEnds[] {
  const sums = new Map<string, UnitEnds>()
  for (const line of lines) {
    const unitId = childAbove(units, root, line.unitId)
    const sum = sums.get(unitId) ?? { unitId, ending: 0, lapsed: 0 }
    const { ending, lapsed } = line
    sums.set(unitId, { unitId, ending: sum.ending + ending, lapsed: sum.lapsed + lapsed })
  }
  return [...sums.values()].sort((a, b) => (a.unitId < b.unitId ? -1 : 1))
}

function childAbove(units: Units, root: string, from: string): string {
  for (let unit = units.get(from); unit; unit = units.get(unit.parentId ?? ''))
    if (unit.parentId === root) return unit.unitId
  return root
}
