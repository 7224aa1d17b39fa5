import { readBranch } from '#people'
import { audit } from '#platform/audit/audit.ts'
import type { Download } from '#platform/http.ts'
import { Refusal } from '#platform/refusal.ts'
import { type Actor, onBehalfOf } from '#platform/unit.ts'
import type { Around } from './around.ts'
import { type OfEvent, selectEvent } from './event-store.ts'
import { hasPhoto } from './told-store.ts'

/**
 * A photo that proves an event, for everybody who sees the event; each look is in the trail.
 * @throws Refusal `branch-unknown`, `event-unknown`, `event-photo-none`, `evidence-gone`,
 * `evidence-damaged`, `not-for-tokens`
 */
export async function readEventPhoto(
  { works, openPhoto }: Around,
  actor: Actor,
  of: OfEvent & Readonly<{ evidenceId: string }>,
): Promise<Download> {
  if (actor.kind !== 'person') throw new Refusal('forbidden', 'not-for-tokens')
  const { branchId, eventId, evidenceId } = of
  return works.run(actor, async (unit) => {
    await readBranch(unit, branchId)
    const event = await selectEvent(unit, of)
    if (!event) throw new Refusal('not-found', 'event-unknown', { event: eventId })
    if (!(await hasPhoto(unit, of)))
      throw new Refusal('not-found', 'event-photo-none', { photo: evidenceId })
    // Whoever sent it may be posted in a unit that the actor does not see.
    const photo = await onBehalfOf(unit, works.system, (house) => openPhoto(house, of))
    audit(unit, {
      ...{ branchId, action: 'event.photo-read', about: { kind: 'event', id: eventId } },
      values: { unit: event.unitId, evidenceId },
    })
    return photo
  })
}
