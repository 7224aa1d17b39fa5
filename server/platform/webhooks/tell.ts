import { randomUUID } from 'node:crypto'
import type { AuditAction } from '#contract/audit.ts'
import { WEBHOOK_EVENTS, type WebhookEvent } from '#contract/webhooks.ts'
import type { AuditEvent } from '../audit/audit.ts'
import type { Unit } from '../unit.ts'
import { insertMessages } from './store.ts'

/** What an entry of the trail is told as, and what its event calls the id that the entry is about. */
type As = Readonly<{ kind: WebhookEvent; id?: string }>
const TOLD_AS: Partial<Record<AuditAction, As>> = {
  'import.recorded': { kind: 'import.done', id: 'importId' },
  'import.refused': { kind: 'import.refused' },
  'import.withdrawn': { kind: 'import.withdrawn', id: 'importId' },
  'plan.made': { kind: 'plan.made', id: 'planId' },
  'plan.published': { kind: 'plan.published', id: 'planId' },
  'plan.withdrawn': { kind: 'plan.withdrawn', id: 'planId' },
  'export.requested': { kind: 'export.requested', id: 'exportId' },
  'export.approved': { kind: 'export.approved', id: 'exportId' },
  'export.declined': { kind: 'export.declined', id: 'exportId' },
  'export.made': { kind: 'export.ready', id: 'exportId' },
  'alarm.raised': { kind: 'alarm.raised' },
}

function asTold({ action, about, branchId }: AuditEvent): As | undefined {
  // Lists that somebody takes for work are made as well: entries about a plan or an import.
  if (branchId === null || (action === 'export.made' && about?.kind !== 'export')) return undefined
  return TOLD_AS[action]
}

/**
 * Writes the messages of a unit’s acts, in its transaction: derived from what the trail says of
 * them, so that an act cannot be told to one and not to the other. What the schema of an event does
 * not name stays inside. @throws ZodError where an act carries less than its event promises.
 */
export async function tellOutside(unit: Unit, events: readonly AuditEvent[]): Promise<void> {
  const messages = events.flatMap((event) => {
    const as = asTold(event)
    if (!as) return []
    const { branchId, about, values } = event
    const data = WEBHOOK_EVENTS[as.kind].data.parse({
      ...{ ...values, branchId },
      ...(as.id && { [as.id]: about?.id }),
    })
    return [
      {
        ...{ branch: branchId, kind: as.kind, id: newEventId() },
        body: bodyOf(as.kind, unit.now, data),
      },
    ]
  })
  if (messages.length > 0) await insertMessages(unit, messages)
}

export const newEventId = (): string => `evt_${randomUUID().replaceAll('-', '')}`

/** A message as Standard Webhooks has it. */
export const bodyOf = (type: string, at: Date, data: unknown): string =>
  JSON.stringify({ type, timestamp: at.toISOString(), data })
