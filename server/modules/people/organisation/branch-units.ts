import type { Unit } from '#platform/unit.ts'
import type { Listed } from './listed.ts'
import { selectBelow, selectUnitVersions } from './unit-store.ts'
import { holds } from './versions.ts'

/** The units of a branch: all it ever had, itself included, and those that are open or will be. */
export async function branchUnits(
  unit: Unit,
  of: Pick<Listed, 'branchId' | 'date'>,
): Promise<Readonly<{ all: readonly string[]; open: ReadonlySet<string> }>> {
  const below = await selectBelow(unit, of.branchId, of.date)
  const all = below.map((each) => each.unitId)
  const versions = await selectUnitVersions(unit, all)
  const open = versions.filter((each) => holds(each, of.date) || each.validFrom > of.date)
  return { all, open: new Set(open.map(({ id }) => id)) }
}
