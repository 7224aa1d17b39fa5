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
import { insertProof, insertReport, nextVersion, type PhotoOf } from './told-store.ts'

type Proof = z.output<typeof proofCall.body>
type Report = z.output<typeof reportCall.body>

/** Something that is told of an event; `at`: when it was told where there was no network, null: now. */
export type Telling<Told> = Readonly<{ of: OfEvent; told: Told; at: Date | null }>

/** What of it could not be taken as it was told, which is refused where it is told just now. */
export type Amiss = Readonly<{
  isCalledOff: boolean
  /** How many photos have not arrived. */
  photosMissing: number
  isPositionUnusable: boolean
  /** The version that stands, beside which it is kept. */
  beside: number | null
}>
const NOTHING_AMISS = {
  ...{ isCalledOff: false, photosMissing: 0, isPositionUnusable: false, beside: null },
}

/** For so many days after an event photos and positions are taken. */
const PROOF_DAYS = 7

/**
 * Keeps photos and a position as proof of an event that the actor goes to, from its day on. A
 * position that cannot be is kept as none, and that is said; a photo that proved another event is kept,
 * and does not count.
 * @throws Refusal `branch-unknown`, `event-unknown`, `event-not-yours`, `event-called-off`,
 * `event-not-yet`, `event-over`, `event-proof-empty`, `event-photo-unknown`
 */
export async function proveEvent(unit: Unit, around: Around, of: OfEvent, told: Proof) {
  await keepProof(unit, around, { of, told, at: null })
  return viewEventFile(unit, around, of)
}

/** As `proveEvent`; what was told where there was no network is kept with what is amiss. */
export function keepProof(
  unit: Unit,
  around: Around,
  { of, told, at }: Telling<Proof>,
): Promise<Amiss> {
  return tell(unit, around, { of, at }, async (house, event) => {
    if (daysBetween(event.onDay, dayOf(at ?? house.now)) > PROOF_DAYS)
      throw new Refusal('conflict', 'event-over', { days: PROOF_DAYS })
    if (told.photos.length === 0 && told.position === null)
      throw new Refusal('invalid', 'event-proof-empty')
    const { photos, missing } = await photosOf(house, around, { event, photoIds: told.photos })
    const hasNothing = photos.length === 0 && told.position === null
    if (missing[0] !== undefined && (at === null || hasNothing))
      throw new Refusal('not-found', 'event-photo-unknown', { photo: missing[0] })
    const position = usablePosition(told)
    const isUnusable = told.position !== null && position === null
    await insertProof(house, of, { photos, position, isUnusable, toldAt: at, by: unit.actor.id })
    if (event.state !== 'called-off') await updateTold(house, of, 'held_at')
    audit(house, {
      ...{ branchId: of.branchId, action: 'event.proved', actor: unit.actor.id },
      about: { kind: 'event', id: of.eventId },
      values: { unit: event.unitId, photos: photos.length, positioned: position !== null },
    })
    return { photosMissing: missing.length, isPositionUnusable: isUnusable }
  })
}

/** The photos by their numbers, each sent by somebody who goes and not gone; and which are not. */
async function photosOf(
  unit: Unit,
  { photosSent }: Around,
  { event, photoIds }: Readonly<{ event: EventRow; photoIds: readonly string[] }>,
) {
  const evidenceIds = [...new Set(photoIds)]
  const sent = await photosSent(unit, { branchId: event.branchId, evidenceIds })
  const known = new Map(sent.map((photo) => [photo.evidenceId, photo]))
  const photos: PhotoOf[] = []
  const missing: string[] = []
  for (const photoId of evidenceIds) {
    const photo = known.get(photoId)
    const isProof = photo && photo.goneAt === null && event.staffIds.includes(photo.staffId)
    if (isProof) photos.push({ photoId, sha256: photo.sha256 })
    else missing.push(photoId)
  }
  return { photos, missing }
}

/**
 * Keeps what came of an event that the actor goes to. The first result stands until a later version
 * amends it; the former are kept.
 * @throws Refusal `branch-unknown`, `event-unknown`, `event-not-yours`, `event-called-off`,
 * `event-not-yet`, `event-reported-already`, `event-amends-unfit`, `event-leads-unfit`,
 * `event-orders-twice`
 */
export async function reportEvent(unit: Unit, around: Around, of: OfEvent, told: Report) {
  await keepReport(unit, around, { of, told, at: null })
  return viewEventFile(unit, around, of)
}

/**
 * As `reportEvent`; what was told where there was no network, while somebody else reported, is kept
 * beside the version that stands.
 */
export async function keepReport(
  unit: Unit,
  around: Around,
  { of, told, at }: Telling<Report>,
): Promise<Amiss> {
  if (told.leads > told.met) throw new Refusal('invalid', 'event-leads-unfit')
  if (new Set(told.orders.map(({ what }) => what)).size < told.orders.length)
    throw new Refusal('invalid', 'event-orders-twice')
  return tell(unit, around, { of, at }, async (house, event) => {
    const latest = event.version ?? 0
    const isBeside = (told.amends ?? 0) !== latest
    if (isBeside && at === null) {
      const code = told.amends === null ? 'event-reported-already' : 'event-amends-unfit'
      throw new Refusal('conflict', code, { version: latest })
    }
    const version = await nextVersion(house, of)
    const { met, leads, orders } = told
    const note = told.note === '' ? null : told.note
    await insertReport(house, of, {
      ...{ version, met, leads, orders, note, toldAt: at, isBeside, by: unit.actor.id },
    })
    if (event.state !== 'called-off') await updateTold(house, of, 'reported_at')
    audit(house, {
      ...{ branchId: of.branchId, action: 'event.reported', actor: unit.actor.id },
      about: { kind: 'event', id: of.eventId },
      values: { unit: event.unitId, version, met, leads },
    })
    return { beside: isBeside ? latest : null }
  })
}

/**
 * Does `work` with the event locked, for somebody who goes to it, from its day on. The event may be of
 * a hall beyond the post of whoever goes, so the house writes.
 */
async function tell(
  unit: Unit,
  { works }: Around,
  { of, at }: Omit<Telling<unknown>, 'told'>,
  work: (house: Unit, event: EventRow) => Promise<Partial<Amiss>>,
): Promise<Amiss> {
  mayDo(unit.actor, 'event:report')
  await readBranch(unit, of.branchId)
  const seen = await selectEvent(unit, of)
  if (!seen) throw new Refusal('not-found', 'event-unknown', { event: of.eventId })
  if (!seen.staffIds.includes(unit.actor.id)) throw new Refusal('forbidden', 'event-not-yours')
  return onBehalfOf(unit, works.system, async (house) => {
    const event = await lockEvent(house, of)
    if (!event) throw new Refusal('not-found', 'event-unknown', { event: of.eventId })
    const isCalledOff = event.state === 'called-off'
    if (isCalledOff && at === null) throw new Refusal('conflict', 'event-called-off')
    if (dayOf(at ?? house.now) < event.onDay)
      throw new Refusal('conflict', 'event-not-yet', { day: event.onDay })
    return { ...NOTHING_AMISS, isCalledOff, ...(await work(house, event)) }
  })
}
