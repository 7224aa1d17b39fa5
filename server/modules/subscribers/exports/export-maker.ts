import type { ExportOrder } from '#contract/exports.ts'
import { branchOf, unitsInScope } from '#people'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import type { Watch, Works } from '#platform/works.ts'

export type ExportKind = ExportOrder['what']
export type OrderOf<Kind extends ExportKind> = Extract<ExportOrder, { what: Kind }>

/** How one kind of export is asked for and made; modules hand theirs in. */
export type ExportMaker<Kind extends ExportKind = ExportKind> = Readonly<{
  what: Kind
  /**
   * The unit whose rows are asked for; whoever approves has it in scope. Asked on behalf of the
   * requester. @throws Refusal for what they do not see or may not have.
   */
  unitOf(unit: Unit, branchId: string, order: OrderOf<Kind>): Promise<string>
  formatOf(order: OrderOf<Kind>): 'xlsx' | 'csv'
  /** Writes the file, on behalf of the system, with the watermark on each sheet; says how many rows. */
  write(works: Works, of: Making<Kind>, watch: Watch): Promise<number>
}>

export type Making<Kind extends ExportKind = ExportKind> = Readonly<{
  branchId: string
  order: OrderOf<Kind>
  path: string
  watermark: string
}>

/** A unit of the branch that the actor has in scope. @throws Refusal `unit-unknown`. */
export async function unitInBranch(unit: Unit, branchId: string, unitId: string): Promise<string> {
  const known = (await unitsInScope(unit)).includes(unitId)
  if (!known || (await branchOf(unit, unitId)) !== branchId)
    throw new Refusal('not-found', 'unit-unknown', { unit: unitId })
  return unitId
}
