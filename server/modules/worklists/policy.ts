import { mayDo, unitsInScope, unitsWhere } from '#people'
import { daysBetween } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Actor, Unit } from '#platform/unit.ts'

/** Who reads: the own tasks, and everybody’s in the units where a post allows it. */
export type Reader = Readonly<{ staffId: string; unitIds: readonly string[] }>

/** Whose tasks the actor reads; null: everybody’s in scope. */
export async function readerOf(unit: Unit): Promise<Reader | null> {
  if (unit.actor.kind === 'system') return null
  const unitIds = await unitsWhere(unit, 'worklist:read-all')
  const all = unitIds.length === (await unitsInScope(unit)).length
  return all ? null : { staffId: unit.actor.id, unitIds }
}

export const mayReadTask = (
  reader: Reader | null,
  task: Readonly<{ assigneeId: string; assigneeUnitId: string; unitId: string }>,
): boolean =>
  reader === null ||
  task.assigneeId === reader.staffId ||
  reader.unitIds.includes(task.unitId) ||
  reader.unitIds.includes(task.assigneeUnitId)

/** The own list is everybody’s to read; another’s takes the permission. */
export function mayReadList(actor: Actor, of: Readonly<{ staffId: string }>): void {
  if (actor.id !== of.staffId) mayDo(actor, 'worklist:read-all')
}

/** For how many days a list says where its visits went. */
const WHOLE_FOR_DAYS = 7

/**
 * Whether the actor is told where a visit goes: whoever goes, and whoever may print the lists of the
 * unit that the assignee is posted in (`units`: where they may), while the list is younger than a week.
 */
export function mayReadWhole(
  actor: Actor,
  task: Readonly<{ assigneeId: string; assigneeUnitId: string; day: string }>,
  { today, units }: Readonly<{ today: string; units: ReadonlySet<string> }>,
): boolean {
  if (daysBetween(task.day, today) >= WHOLE_FOR_DAYS) return false
  if (actor.kind === 'system' || actor.id === task.assigneeId) return true
  return units.has(task.assigneeUnitId)
}

/**
 * The own list may be taken along as a file; others’ lists take the permission to export. A token is
 * no person whose name could stand on the sheets. @throws Refusal `not-for-tokens`, `not-allowed`
 */
export function mayTakeLists(actor: Actor, of: Readonly<{ person?: string | undefined }>): void {
  if (actor.kind === 'token') throw new Refusal('forbidden', 'not-for-tokens')
  if (actor.id !== of.person) mayDo(actor, 'export:lists')
}
