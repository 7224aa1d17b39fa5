import type { AuditAction } from '#contract/audit.ts'
import { type Act, selectActs } from '#platform/audit/store.ts'
import { type Actor, onBehalfOf, type Unit } from '#platform/unit.ts'

/** For so long whoever was made, changed or let in by somebody does not stand beside them. */
const TIED_FOR_DAYS = 30
const DAY_MS = 86_400_000

/** What gives one person a say over who another is here, or gets in as them. */
const TIES: readonly AuditAction[] = [
  'staff.changed',
  'password.given',
  'second-factor.reset',
  'identity.linked',
]

/**
 * Who is no second person for somebody: whose post, account or password they gave or changed within
 * the last 30 days, or let somebody give whom they had made themselves; and who did so to them. The
 * trail knows, which `system` reads.
 */
export async function tiedTo(
  unit: Unit,
  system: Actor,
  staffId: string,
): Promise<ReadonlySet<string>> {
  const since = new Date(unit.now.getTime() - TIED_FOR_DAYS * DAY_MS)
  const acts = await onBehalfOf(unit, system, (own) =>
    selectActs(own, { actions: TIES, kind: 'staff', since }),
  )
  return tiesAmong(acts, staffId)
}

/** Along the acts and against them, however many lie between. Nobody is tied to themselves. */
function tiesAmong(acts: readonly Act[], staffId: string): ReadonlySet<string> {
  const made = reached(
    Map.groupBy(acts, (act) => act.actor),
    staffId,
    (act) => act.about,
  )
  const makers = reached(
    Map.groupBy(acts, (act) => act.about),
    staffId,
    (act) => act.actor,
  )
  const tied = new Set([...made, ...makers])
  tied.delete(staffId)
  return tied
}

function reached(
  from: ReadonlyMap<string, readonly Act[]>,
  start: string,
  next: (act: Act) => string,
): Set<string> {
  const found = new Set([start])
  for (const id of found) for (const act of from.get(id) ?? []) found.add(next(act)) // it grows as it goes
  return found
}
