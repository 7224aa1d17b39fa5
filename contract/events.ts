import { z } from 'zod'
import {
  Count,
  Day,
  type Endpoint,
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
import {
  Clock,
  EventKind,
  EventState,
  OnSiteEvent,
  Proof,
  Report,
  Result,
} from './on-site-event.ts'
import { Position } from './tasks.ts'

export const EVENT_KIND_NAMES: Readonly<Record<EventKind, Sentence>> = {
  village: { zh: '进村', en: 'Village' },
  enterprise: { zh: '进企业', en: 'Enterprise' },
  community: { zh: '进小区', en: 'Community' },
  market: { zh: '集市', en: 'Market' },
  hall: { zh: '厅内', en: 'In the hall' },
}

/** Everything that is known of one event. */
const EventFile = z
  .object({
    event: OnSiteEvent,
    /** What was sent from there, in the order in which it came. */
    proofs: z.array(
      z.object({
        recordedAt: Instant,
        recordedByName: Named,
        /** When it was told where there was no network; null: as it was recorded. */
        toldAt: Instant.nullable(),
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
        /** When it was told where there was no network; null: as it was recorded. */
        toldAt: Instant.nullable(),
        /** Whether this is what came of the event: the latest that is not kept beside another. */
        stands: z.boolean(),
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
  body: z.strictObject(Proof),
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
  body: z.strictObject(Report),
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
