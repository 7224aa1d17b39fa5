import { z } from 'zod'
import {
  Count,
  Day,
  type Endpoint,
  Fen,
  Id,
  InBranch,
  Instant,
  Named,
  PageQuery,
  pageOf,
  Reason,
  Uuid,
} from './endpoint.ts'
import type { Sentence } from './language.ts'
import { DoneWhat, Position } from './tasks.ts'

/** Where an event is held; what is held in the hall itself does not count towards the quota. */
export const EventKind = z.enum(['village', 'enterprise', 'community', 'market', 'hall'])
export type EventKind = z.infer<typeof EventKind>

export const EVENT_KIND_NAMES: Readonly<Record<EventKind, Sentence>> = {
  village: { zh: '进村', en: 'Village' },
  enterprise: { zh: '进企业', en: 'Enterprise' },
  community: { zh: '进小区', en: 'Community' },
  market: { zh: '集市', en: 'Market' },
  hall: { zh: '厅内', en: 'In the hall' },
}

/** `held`: somebody proved to be there; `reported`: its result is told. */
export const EventState = z.enum(['planned', 'held', 'reported', 'called-off'])
export type EventState = z.infer<typeof EventState>

const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const Orders = z.strictObject({
  what: DoneWhat,
  count: z.int().min(1).max(10_000),
  /** Of all of them together. */
  amountFen: Fen.min(0).max(10_000_000_000),
})
const People = z.int().min(0).max(100_000)

/** What came of an event, as it was told last. */
const Result = {
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

/** Everything that is known of one event. */
const EventFile = z
  .object({
    event: OnSiteEvent,
    /** What was sent from there, in the order in which it came. */
    proofs: z.array(
      z.object({
        recordedAt: Instant,
        recordedByName: Named,
        position: Position.nullable(),
        /** What is to be said of it: a position that cannot be or is of another time, a photo used before. */
        doubts: z.array(Reason),
        /** `isKept`: it can be looked at. */
        photos: z.array(z.object({ photoId: Uuid, usedBefore: z.boolean(), isKept: z.boolean() })),
      }),
    ),
    /** Every version of the result, the latest first. */
    reports: z.array(
      z.object({
        ...Result,
        version: Count,
        note: z.string().nullable(),
        recordedAt: Instant,
        recordedByName: Named,
      }),
    ),
  })
  .meta({ id: 'EventFile' })

const OfEvent = InBranch.extend({ eventId: Uuid })

export const planEvent = {
  operationId: 'planEvent',
  method: 'POST',
  path: '/branches/:branchId/events',
  needs: 'event:plan',
  summary: { zh: '安排现场活动', en: 'Plan an on-site event' },
  params: InBranch,
  body: z.strictObject({
    /** A hall. */
    unitId: Id,
    kind: EventKind,
    /** The village, firm or community. */
    placeName: z.string().trim().min(2).max(60),
    /** Today, or one of the next 180 days. */
    onDay: Day,
    starts: Clock,
    ends: Clock,
    staffIds: z.array(Id).min(1).max(20),
    campaignId: Id.nullable(),
  }),
  response: EventFile,
  refusals: [
    ...(['branch-unknown', 'unit-unknown', 'event-not-a-hall', 'event-day-unfit'] as const),
    ...(['event-hours-unfit', 'staff-unknown', 'event-staff-unfit', 'campaign-unknown'] as const),
  ],
} as const satisfies Endpoint

export const listEvents = {
  operationId: 'listEvents',
  method: 'GET',
  path: '/branches/:branchId/events',
  needs: 'anyone',
  summary: { zh: '现场活动', en: 'On-site events' },
  params: InBranch,
  query: PageQuery.extend({
    unit: Id.optional(),
    /** Day in [from, to). */
    from: Day.optional(),
    to: Day.optional(),
    state: EventState.optional(),
    /** `mine`: those the caller goes to. */
    whose: z.enum(['all', 'mine']).default('all'),
  }),
  response: pageOf(OnSiteEvent),
  refusals: ['branch-unknown', 'sort-unknown', 'cursor-unreadable'],
} as const satisfies Endpoint

export const readEvent = {
  operationId: 'readEvent',
  method: 'GET',
  path: '/branches/:branchId/events/:eventId',
  needs: 'anyone',
  summary: { zh: '一场现场活动', en: 'One on-site event, with its proof and its result' },
  params: OfEvent,
  response: EventFile,
  refusals: ['branch-unknown', 'event-unknown'],
} as const satisfies Endpoint

export const readEventPhoto = {
  operationId: 'readEventPhoto',
  method: 'GET',
  path: '/branches/:branchId/events/:eventId/photos/:evidenceId',
  needs: 'anyone',
  summary: { zh: '查看活动的现场照片（留痕）', en: 'See a photo of an event; audited' },
  params: OfEvent.extend({ evidenceId: Uuid }),
  response: z.string(),
  refusals: [
    ...(['branch-unknown', 'event-unknown', 'event-photo-none', 'evidence-unknown'] as const),
    ...(['evidence-gone', 'evidence-damaged', 'not-for-tokens'] as const),
  ],
  kind: 'download',
} as const satisfies Endpoint

export const callOffEvent = {
  operationId: 'callOffEvent',
  method: 'POST',
  path: '/branches/:branchId/events/:eventId/call-off',
  needs: 'event:plan',
  summary: { zh: '取消现场活动', en: 'Call an event off' },
  params: OfEvent,
  body: z.strictObject({ note: z.string().trim().min(2).max(200) }),
  response: EventFile,
  refusals: ['branch-unknown', 'event-unknown', 'event-called-off', 'event-held-already'],
} as const satisfies Endpoint

export const proveEvent = {
  operationId: 'proveEvent',
  method: 'POST',
  path: '/branches/:branchId/events/:eventId/proofs',
  needs: 'event:report',
  summary: { zh: '上传现场凭证（照片、定位）', en: 'Prove an event with photos and a position' },
  params: OfEvent,
  body: z.strictObject({
    /** Evidence that is uploaded before. */
    photos: z.array(Uuid).max(6),
    /** A place that cannot be (0, 0) or is vaguer than 5 km is kept as no position. */
    position: Position.nullable(),
  }),
  response: EventFile,
  refusals: [
    ...(['branch-unknown', 'event-unknown', 'event-not-yours', 'event-called-off'] as const),
    ...(['event-not-yet', 'event-over', 'event-proof-empty', 'event-photo-unknown'] as const),
  ],
} as const satisfies Endpoint

export const reportEvent = {
  operationId: 'reportEvent',
  method: 'POST',
  path: '/branches/:branchId/events/:eventId/reports',
  needs: 'event:report',
  summary: { zh: '上报活动结果', en: 'Report what came of an event' },
  params: OfEvent,
  body: z.strictObject({
    /** The version that this one corrects; null: it is the first. */
    amends: z.int().min(1).max(1_000).nullable(),
    met: People,
    /** People who want to be called on again; no more than were met. */
    leads: People,
    /** One line for each kind. */
    orders: z.array(Orders).max(6),
    /** No names and no numbers of customers. */
    note: z.string().trim().max(500).nullable(),
  }),
  response: EventFile,
  refusals: [
    ...(['branch-unknown', 'event-unknown', 'event-not-yours', 'event-called-off'] as const),
    ...(['event-not-yet', 'event-reported-already', 'event-amends-unfit'] as const),
    ...(['event-leads-unfit', 'event-orders-twice'] as const),
  ],
} as const satisfies Endpoint

/** How many events are due, planned, held, and count. */
const Counted = {
  /** What the rule asks for. */
  due: Count,
  /** All that are not called off. */
  planned: Count,
  held: Count,
  /** Held outside the hall, with a photo not used before and a position. */
  counted: Count,
  /** Of weeks that have begun: how many are missing so far. */
  short: Count,
  /** Still to be planned, so that the quota can be met; none for a week that is over. */
  toPlan: Count,
}

export const readEventCoverage = {
  operationId: 'readEventCoverage',
  method: 'GET',
  path: '/branches/:branchId/event-coverage',
  needs: 'anyone',
  summary: { zh: '旺季活动场次（按厅按周）', en: 'Events of the season by hall and week' },
  params: InBranch,
  query: z.object({
    /** Of the spring festival that ends the season; left out: the next one. */
    year: z.coerce.number().int().min(2000).max(2100).optional(),
    unit: Id.optional(),
  }),
  response: z
    .object({
      year: z.int(),
      season: z.object({ from: Day, to: Day, festival: Day }),
      perWeek: Count,
      /** What the rule asks for and what counts, in words. */
      rules: z.array(Reason),
      asOf: Instant,
      weeks: z.array(
        z.object({
          /** `2027-W01`, by ISO 8601. */
          week: z.string(),
          /** Its days in the season, [from, to). */
          from: Day,
          to: Day,
          state: z.enum(['over', 'now', 'to-come']),
        }),
      ),
      halls: z.array(
        z.object({
          unitId: Id,
          unitName: z.string(),
          sum: z.object(Counted),
          /** In the order of the weeks. */
          cells: z.array(z.object({ ...Counted, week: z.string(), reasons: z.array(Reason) })),
        }),
      ),
      sum: z.object(Counted),
    })
    .meta({ id: 'EventCoverage' }),
  refusals: ['branch-unknown', 'unit-unknown'],
} as const satisfies Endpoint
