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
import { ResultCode } from './tasks.ts'

/** Why a manager may want to look at a visit; nothing else follows from it. */
export const VisitFlag = z.enum([
  'visit-far-away',
  'way-impossible',
  'photo-used-before',
  'visit-too-short',
  'visits-too-many',
  'position-missing',
  'clock-corrected',
])
export type VisitFlag = z.infer<typeof VisitFlag>

/** What came of looking at a visit: all is well, it was talked about, it was not made as told. */
export const VisitVerdict = z.enum(['fine', 'talked', 'false'])
export type VisitVerdict = z.infer<typeof VisitVerdict>

/** The last verdict; `new`: nobody has looked. */
export const VisitStanding = z.enum(['new', ...VisitVerdict.options])
export type VisitStanding = z.infer<typeof VisitStanding>

/** Of how many days visits are shown at once. */
export const VISIT_DAYS = 31

const VisitReview = z
  .object({
    at: Instant,
    reviewedByName: Named,
    verdict: VisitVerdict,
    /** The person who made the visit reads it as well; null: nothing was said, or it was erased. */
    note: z.string().nullable(),
  })
  .meta({ id: 'VisitReview' })

/** A visit with something to look at, and the facts that it is judged by. */
export const FlaggedVisit = z
  .object({
    resultId: Uuid,
    taskId: z.string(),
    subscriberId: Id,
    staffId: Id,
    staffName: Named,
    unitName: z.string().nullable(),
    town: z.string().nullable(),
    place: z.string().nullable(),
    result: ResultCode,
    /** When the card was opened. */
    startedAt: Instant.nullable(),
    at: Instant,
    recordedAt: Instant,
    /** What the clock of the device said, where it was wrong. */
    deviceAt: Instant.nullable(),
    /** How far the position is known; `awayM`: from where others stood in the village, if anybody did. */
    position: z.object({ accuracyM: z.number(), awayM: Count.nullable() }).nullable(),
    /** `usedOn`: the day on which the same photo was used before. */
    photos: z.array(z.object({ evidenceId: Uuid, isKept: z.boolean(), usedOn: Day.nullable() })),
    flags: z.array(Reason).min(1),
    standing: VisitStanding,
    /** The latest first. */
    reviews: z.array(VisitReview),
  })
  .meta({ id: 'FlaggedVisit' })

const OfFlag = z.object({
  'visit-far-away': Count,
  'way-impossible': Count,
  'photo-used-before': Count,
  'visit-too-short': Count,
  'visits-too-many': Count,
  'position-missing': Count,
  'clock-corrected': Count,
} satisfies Record<VisitFlag, typeof Count>)

const VisitsQuery = PageQuery.omit({ sort: true }).extend({
  /** Today, where neither is told; one alone is that day. At most 31 days. */
  from: Day.optional(),
  to: Day.optional(),
  flag: VisitFlag.optional(),
  standing: VisitStanding.optional(),
})

const VisitsShown = pageOf(FlaggedVisit).extend({
  from: Day,
  to: Day,
  /** How many visits were told in these days, with and without flags. */
  visits: Count,
  /** Everybody with something to look at, whatever flag or standing is asked for; who has most unseen first. */
  people: z.array(
    z.object({
      staffId: Id,
      staffName: Named,
      unitName: z.string().nullable(),
      visits: Count,
      flagged: Count,
      /** Those that nobody has looked at. */
      unseen: Count,
      flags: OfFlag,
    }),
  ),
})

const REFUSALS = ['branch-unknown', 'visit-days-unfit', 'cursor-unreadable'] as const

export const readVisitFlags = {
  operationId: 'readVisitFlags',
  method: 'GET',
  path: '/branches/:branchId/visit-flags',
  needs: 'worklist:read-all',
  summary: {
    zh: '走访核实：值得看一眼的上门记录及原因（不作处罚依据）',
    en: 'Visits to look at, and why; no penalty follows from them',
  },
  params: InBranch,
  query: VisitsQuery.extend({ unit: Id.optional(), person: Id.optional() }),
  response: VisitsShown,
  refusals: REFUSALS,
} as const satisfies Endpoint

export const readPersonVisitFlags = {
  operationId: 'readPersonVisitFlags',
  method: 'GET',
  path: '/branches/:branchId/people/:staffId/visit-flags',
  needs: { orElse: 'worklist:read-all' },
  summary: {
    zh: '本人或他人的走访核实记录，以及管理人员的意见',
    en: 'The visits of oneself, or of somebody else, to look at, and what was said of them',
  },
  params: InBranch.extend({ staffId: Id }),
  query: VisitsQuery,
  response: VisitsShown,
  refusals: [...REFUSALS, 'staff-unknown', 'not-allowed'],
} as const satisfies Endpoint

const OfResult = InBranch.extend({ resultId: Uuid })

export const reviewVisit = {
  operationId: 'reviewVisit',
  method: 'POST',
  path: '/branches/:branchId/results/:resultId/reviews',
  needs: 'task:assign',
  summary: {
    zh: '登记走访核实意见',
    en: 'Say that one has looked at a visit, and what came of it',
  },
  params: OfResult,
  body: z.strictObject({
    verdict: VisitVerdict,
    note: z.string().trim().max(500).nullable(),
  }),
  response: z.object({ standing: VisitStanding }),
  refusals: ['branch-unknown', 'result-unknown', 'not-allowed', 'visit-own', 'not-for-tokens'],
} as const satisfies Endpoint

export const readEvidence = {
  operationId: 'readEvidence',
  method: 'GET',
  path: '/branches/:branchId/results/:resultId/photos/:evidenceId',
  needs: { orElse: 'worklist:read-all' },
  summary: { zh: '查看结果的现场照片（留痕）', en: 'See a photo of a result; audited' },
  params: OfResult.extend({ evidenceId: Uuid }),
  response: z.string(),
  refusals: [
    ...(['branch-unknown', 'result-unknown', 'evidence-unknown', 'evidence-gone'] as const),
    ...(['evidence-damaged', 'not-for-tokens'] as const),
  ],
  kind: 'download',
} as const satisfies Endpoint
