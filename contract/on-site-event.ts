import { z } from 'zod'
import { Count, Day, Fen, Id, Instant, Named, Reason, Uuid } from './endpoint.ts'
import { DoneWhat, Position } from './tasks.ts'

/** An on-site event as phones take it along and tell of it; what is asked of the server stands in events.ts. */

/** Where an event is held; what is held in the hall itself does not count towards the quota. */
export const EventKind = z.enum(['village', 'enterprise', 'community', 'market', 'hall'])
export type EventKind = z.infer<typeof EventKind>

/** `held`: somebody proved to be there; `reported`: its result is told. */
export const EventState = z.enum(['planned', 'held', 'reported', 'called-off'])
export type EventState = z.infer<typeof EventState>

export const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const Orders = z.strictObject({
  what: DoneWhat,
  count: z.int().min(1).max(10_000),
  /** Of all of them together. */
  amountFen: Fen.min(0).max(10_000_000_000),
})
const People = z.int().min(0).max(100_000)

/** What came of an event, as it was told last. */
export const Result = {
  met: Count,
  leads: Count,
  orders: z.array(Orders),
}

/** An event as lists show it. */
export const OnSiteEvent = z
  .object({
    eventId: Uuid,
    /** The hall whose event it is. */
    unitId: Id,
    unitName: z.string(),
    kind: EventKind,
    placeName: z.string(),
    onDay: Day,
    starts: Clock,
    ends: Clock,
    goes: z.array(z.object({ staffId: Id, name: Named })),
    /** What is offered there. */
    campaign: z.object({ id: Id, campaignName: Named }).nullable(),
    state: EventState,
    /** Whether it counts towards the quota of its week; if not, why. */
    counts: z.boolean(),
    against: z.array(Reason),
    photos: Count,
    hasPosition: z.boolean(),
    result: z.object({ ...Result, version: Count }).nullable(),
    calledOff: z.object({ at: Instant, recordedByName: Named, note: z.string() }).nullable(),
    plannedAt: Instant,
    plannedByName: Named,
    can: z.array(z.enum(['call-off', 'prove', 'report'])),
  })
  .meta({ id: 'OnSiteEvent' })

/** What proves an event. */
export const Proof = {
  /** Evidence that is uploaded before. */
  photos: z.array(Uuid).max(6),
  /** A place that cannot be (0, 0) or is vaguer than 5 km is kept as no position. */
  position: Position.nullable(),
}

/** What came of an event, as it is told. */
export const Report = {
  /** The version that this one corrects; null: it is the first. */
  amends: z.int().min(1).max(1_000).nullable(),
  met: People,
  /** People who want to be called on again; no more than were met. */
  leads: People,
  /** One line for each kind. */
  orders: z.array(Orders).max(6),
  /** No names and no numbers of customers. */
  note: z.string().trim().max(500).nullable(),
}

/** What somebody tells of an event where there is no network; `at` by the clock of the device. */
export const EventTold = z.discriminatedUnion('tells', [
  z.strictObject({ tells: z.literal('proof'), at: Instant, ...Proof }),
  z.strictObject({ tells: z.literal('report'), at: Instant, ...Report }),
])
export type EventTold = z.output<typeof EventTold>

/** What became of it. */
export const EventTaken = z
  .object({
    eventId: Uuid,
    /** What had happened meanwhile, and what of it was of no use; empty: it was taken as it was told. */
    conflicts: z.array(Reason),
  })
  .meta({ id: 'EventTaken' })
