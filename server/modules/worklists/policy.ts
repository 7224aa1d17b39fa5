import { mayDo } from '#people'
import type { Actor } from '#platform/unit.ts'

/** Whose tasks the actor reads: everybody’s in scope, or, without that permission, the own ones. */
export function ownOnly(actor: Actor): string | null {
  return actor.kind === 'system' || actor.can.has('worklist:read-all') ? null : actor.id
}

/** The own list is everybody’s to read; another’s takes the permission. */
export function mayReadList(actor: Actor, of: Readonly<{ staffId: string }>): void {
  if (actor.id !== of.staffId) mayDo(actor, 'worklist:read-all')
}

/** The own list may be taken along as a file; others’ lists take the permission to export. */
export function mayTakeLists(actor: Actor, of: Readonly<{ person?: string | undefined }>): void {
  if (actor.id !== of.person) mayDo(actor, 'export:lists')
}
