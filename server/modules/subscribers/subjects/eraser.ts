import type { Unit } from '#platform/unit.ts'
import type { Watch, Works } from '#platform/works.ts'

/** Who is erased from a branch. */
export type Erasing = Readonly<{
  branchId: string
  subscriberIds: readonly string[]
  /** Homes in which nobody else is known, each with one of the subscribers who lived there. */
  leftHomes: readonly Readonly<{ subscriberId: string; householdId: string }>[]
}>

/** How a module takes what identifies somebody out of what it owns; the app hands them in. */
export type Eraser = Readonly<{
  /** In the ledger, on behalf of the system: in the one unit that erases. */
  inLedger(unit: Unit, of: Erasing): Promise<void>
  /** In its files of the lake, after that unit; may run again after a crash. */
  inLake(works: Works, of: Erasing, watch: Watch): Promise<void>
}>
