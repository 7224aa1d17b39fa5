import type { Unit } from '#platform/unit.ts'
import { putUnit, type UnitInput } from './put-unit.ts'
import { branchOf } from './units.ts'

/**
 * Those who stand on the tree without owning it: the cards of subscribers. `hold` waits until
 * nobody else moves the cards of a branch; `rehome` brings them to the units that they belong to
 * now, whoever sees them; `count` says what lies in each unit. The house hands this in, for people knows no subscriber.
 */
export type Homes = Readonly<{
  hold(unit: Unit, branchId: string): Promise<void>
  rehome(unit: Unit, branchId: string): Promise<unknown>
  count(
    unit: Unit,
    branchId: string,
  ): Promise<
    readonly Readonly<{
      unitId: string
      households: number
      subscribers: number
      openTasks: number
    }>[]
  >
}>

/**
 * Adds or changes a unit as `putUnit` does, and in the same transaction brings everybody home in
 * the branches that it belonged to before and belongs to now.
 */
export async function reshape(
  unit: Unit,
  { unitId, ...input }: UnitInput & Readonly<{ unitId: string }>,
  homes: Homes,
): Promise<void> {
  const ids = [unitId, ...(input.parentId === null ? [] : [input.parentId])]
  const found: (string | null)[] = []
  for (const id of ids) found.push(await branchOf(unit, id))
  const branches = [...new Set(found)].filter((id) => id !== null).sort()
  // Before the tree is touched, as imports do: two that hold in another order wait for ever.
  for (const branchId of branches) await homes.hold(unit, branchId)
  const { moved } = await putUnit(unit, unitId, input)
  if (moved) for (const branchId of branches) await homes.rehome(unit, branchId)
}
