import type { z } from 'zod'
import type { proveEvent as proofCall, reportEvent as reportCall } from '#contract/events.ts'
import { mayDo, readBranch } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { dayOf, daysBetween } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import { onBehalfOf, type Unit } from '#platform/unit.ts'
import { usablePosition } from '#worklists'
import type { Around } from './around.ts'
import { type EventRow, lockEvent, type OfEvent, selectEvent, updateTold } from './event-store.ts'
import { viewEventFile } from './event-view.ts'
import { insertProof, insertReport, type PhotoOf } from './told-store.ts'

/** For so many days after an event photos and positions are taken. */
const PROOF_DAYS = 7

/**
 * Keeps photos and a position as proof of an event that the actor goes to, from its day on. A
 * position that cannot be is kept as none, and that is said; a photo that proved another event is kept,
 * and does not count.
 * @throws Refusal `branch-unknown`, `event-unknown`, `event-not-yours`, `event-called-off`,
 * `event-not-yet`, `event-over`, `event-proof-empty`, `event-photo-unknown`
 */
export async function proveEvent(
  unit: Unit,
  around: Around,
  of: OfEvent,
  told: z.output<typeof proofCall.body>,
) {
  await tell(unit, around, of, async (house, event) => {
    if (daysBetween(event.onDay, dayOf(house.now)) > PROOF_DAYS)
      throw new Refusal('conflict', 'event-over', { days: PROOF_DAYS })
    if (told.photos.length === 0 && told.position === null)
      throw new Refusal('invalid', 'event-proof-empty')
    const photos = await photosOf(house, around, { event, photoIds: told.photos })
    const position = usablePosition(told)
    const isUnusable = told.position !== null && position === null
    await insertProof(house, of, { photos, position, isUnusable, by: unit.actor.id })
    await updateTold(house, of, 'held_at')
    audit(house, {
      ...{ branchId: of.branchId, action: 'event.proved', actor: unit.actor.id },
      about: { kind: 'event', id: of.eventId },
      values: { unit: event.unitId, photos: photos.length, positioned: position !== null },
    })
  })
  return viewEventFile(unit, around, of)
}

/** The photos by their numbers, each sent by somebody who goes and not gone. */
async function photosOf(
  unit: Unit,
  { photosSent }: Around,
  { event, photoIds }: Readonly<{ event: EventRow; photoIds: readonly string[] }>,
): Promise<PhotoOf[]> {
  const evidenceIds = [...new Set(photoIds)]
  const sent = await photosSent(unit, { branchId: event.branchId, evidenceIds })
  const known = new Map(sent.map((photo) => [photo.evidenceId, photo]))
  return evidenceIds.map((photoId) => {
    const photo = known.get(photoId)
    if (!photo || photo.goneAt !== null || !event.staffIds.includes(photo.staffId))
      throw new Refusal('not-found', 'event-photo-unknown', { photo: photoId })
    return { photoId, sha256: photo.sha256 }
  })
}

/**
 * Keeps what came of an event that the actor goes to. The first result stands until a later version
 * amends it; the former are kept.
 * @throws Refusal `branch-unknown`, `event-unknown`, `event-not-yours`, `event-called-off`,
 * `event-not-yet`, `event-reported-already`, `event-amends-unfit`, `event-leads-unfit`,
 * `event-orders-twice`
 */
export async function reportEvent(
  unit: Unit,
  around: Around,
  of: OfEvent,
  told: z.output<typeof reportCall.body>,
) {
  if (told.leads > told.met) throw new Refusal('invalid', 'event-leads-unfit')
  if (new Set(told.orders.map(({ what }) => what)).size < told.orders.length)
    throw new Refusal('invalid', 'event-orders-twice')
  await tell(unit, around, of, async (house, event) => {
    const latest = event.version ?? 0
    if (told.amends === null && latest > 0)
      throw new Refusal('conflict', 'event-reported-already', { version: latest })
    if (told.amends !== null && told.amends !== latest)
      throw new Refusal('conflict', 'event-amends-unfit', { version: latest })
    const version = latest + 1
    const { met, leads, orders } = told
    const note = told.note === '' ? null : told.note
    await insertReport(house, of, { version, met, leads, orders, note, by: unit.actor.id })
    await updateTold(house, of, 'reported_at')
    audit(house, {
      ...{ branchId: of.branchId, action: 'event.reported', actor: unit.actor.id },
      about: { kind: 'event', id: of.eventId },
      values: { unit: event.unitId, version, met, leads },
    })
  })
  return viewEventFile(unit, around, of)
}

/**
 * Does `work` with the event locked, for somebody who goes to it, from its day on. The event may be of
 * a hall beyond the post of whoever goes, so the house writes.
 */
async function tell(
  unit: Unit,
  { works }: Around,
  of: OfEvent,
  work: (house: Unit, event: EventRow) => Promise<void>,
): Promise<void> {
  mayDo(unit.actor, 'event:report')
  await readBranch(unit, of.branchId)
  const seen = await selectEvent(unit, of)
  if (!seen) throw new Refusal('not-found', 'event-unknown', { event: of.eventId })
  if (!seen.staffIds.includes(unit.actor.id)) throw new Refusal('forbidden', 'event-not-yours')
  await onBehalfOf(unit, works.system, async (house) => {
    const event = await lockEvent(house, of)
    if (!event) throw new Refusal('not-found', 'event-unknown', { event: of.eventId })
    if (event.state === 'called-off') throw new Refusal('conflict', 'event-called-off')
    if (dayOf(house.now) < event.onDay)
      throw new Refusal('conflict', 'event-not-yet', { day: event.onDay })
    await work(house, event)
  })
}
