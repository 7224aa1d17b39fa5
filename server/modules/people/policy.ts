import { Refusal } from '#platform/refusal.ts'
import type { Actor } from '#platform/unit.ts'
import { ACTIONS, type Action } from './roles.ts'

/** Refuses what none of the actor’s roles allows. The system, which runs jobs, may do everything. */
export function mayDo(actor: Actor, action: Action): void {
  if (actor.kind === 'person' && !actor.can.has(action))
    throw new Refusal('forbidden', 'not-allowed', { action })
}

/** What the actor may do, for the `can` of a list: faces disable the rest, with the reason. */
export function abilities(actor: Actor): string[] {
  return ACTIONS.filter((action) => actor.kind === 'system' || actor.can.has(action))
}
