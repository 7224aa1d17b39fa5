import { mayDo } from '#people'
import type { Unit } from '#platform/unit.ts'

/** The calendar of a branch is everybody’s to read there, and for few to change. */
export function mayEdit(unit: Unit): void {
  mayDo(unit.actor, 'calendar:write')
}
