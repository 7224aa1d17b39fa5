import { mayDo } from '#people'
import { daysBetween } from '#platform/day.ts'
import type { Actor } from '#platform/unit.ts'

/** Whose tasks the actor reads: everybody’s in scope, or, without that permission, the own ones. */
export function ownOnly(actor: Actor): string | null {
  return actor.kind === 'system' || actor.can.has('worklist:read-all') ? null : actor.id
}

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

/** The own list may be taken along as a file; others’ lists take the permission to export. */
export function mayTakeLists(actor: Actor, of: Readonly<{ person?: string | undefined }>): void {
  if (actor.id !== of.person) mayDo(actor, 'export:lists')
}
