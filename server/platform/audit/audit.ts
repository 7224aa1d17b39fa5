import type { AuditAction } from '#contract/audit.ts'
import { beforeCommit, type Unit } from '../unit.ts'
import { tellOutside } from '../webhooks/tell.ts'
import { appendEvents } from './store.ts'

/** Something that has to be told later: who did it and when are the unit’s own. */
export type AuditEvent = Readonly<{
  /** In which branch; null for what belongs to none. */
  branchId: string | null
  action: AuditAction
  about?: Readonly<{ kind: AuditedKind; id: string }>
  /** What happened, without personal data in clear: the trail is kept longer than they are. */
  values?: Readonly<Record<string, string | number | boolean | null>>
  /** Only the system may say for whom it acts. */
  actor?: string
}>

export type AuditedKind =
  | 'account'
  | 'address'
  | 'staff'
  | 'identity'
  | 'token'
  | 'webhook'
  | 'unit'
  | 'place'
  | 'rezoning'
  | 'calendar'
  | 'settings'
  | 'subscriber'
  | 'snapshot'
  | 'import'
  | 'profile'
  | 'campaign'
  | 'plan'
  | 'task'
  | 'sweep'
  | 'event'
  | 'export'
  | 'erasure'
  | 'job'
  | 'backup'
  | 'device'

const waiting = new WeakMap<Unit, AuditEvent[]>()

/**
 * Records an event in the chain of its branch, in the transaction of the unit: what is undone leaves
 * no entry, and what is done cannot be without one. It is appended as the unit commits,
 * after the messages for those outside who are told of it.
 */
export function audit(unit: Unit, event: AuditEvent): void {
  const told = waiting.get(unit)
  if (told) {
    told.push(event)
    return
  }
  const events = [event]
  waiting.set(unit, events)
  beforeCommit(unit, async () => {
    await tellOutside(unit, events)
    appendEvents(unit, events)
  })
}
