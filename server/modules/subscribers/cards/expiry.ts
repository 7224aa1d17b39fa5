import { subtreeOf } from '#people'
import type { Unit } from '#platform/unit.ts'
import {
  countNotStated,
  type EndsOf,
  type EndsOn,
  selectAsOf,
  selectEndsByDay,
  selectEndsByUnit,
} from './list-store.ts'

/** When contracts end, as the cards say. */
export type Expiry = Readonly<{
  /** Null before the first extract. */
  asOf: string | null
  days: EndsOn[]
  byUnit: EndsOf[]
  lapsed: number
  /** Those of whom no end was delivered, or who have an open one. */
  notStated: number
}>

/**
 * The contracts that end in [from, to) and those that have lapsed on `on`, of the actor's scope or
 * of one unit with everything below it; whoever has left does not count.
 */
export async function readExpiry(
  unit: Unit,
  branchId: string,
  of: Readonly<{ unitId?: string; from: string; to: string; on: string }>,
): Promise<Expiry> {
  const units = of.unitId === undefined ? null : await subtreeOf(unit, of.unitId)
  const asked = { branchId, units, from: of.from, to: of.to, on: of.on }
  const byUnit = await selectEndsByUnit(unit, asked)
  return {
    asOf: await selectAsOf(unit, branchId),
    days: await selectEndsByDay(unit, asked),
    byUnit,
    lapsed: byUnit.reduce((sum, each) => sum + each.lapsed, 0),
    notStated: await countNotStated(unit, asked),
  }
}
