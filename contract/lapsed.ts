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
import { MaskedAddress, MaskedName, MaskedPhone } from './personal.ts'
import { SubscriberStatus } from './subscribers.ts'

/**
 * Why somebody let a contract end, or does not renew, buy or pay; `unknown`: they were asked, and it
 * was not to be learned.
 */
export const LapseReason = z.enum([
  'price',
  'competitor',
  'moved',
  'away',
  'trouble',
  'unused',
  'deceased',
  'unknown',
])
export type LapseReason = z.infer<typeof LapseReason>

/** The second level of the reason tree: what is behind each reason. */
export const LAPSE_DETAILS = {
  price: ['too-dear', 'offer-ended', 'fees-unclear'],
  competitor: ['cheaper', 'gift', 'bundle', 'faster'],
  moved: ['in-county', 'out-of-county', 'demolished'],
  away: ['for-work', 'with-children', 'season'],
  trouble: ['faults', 'slow', 'repair-late', 'manners', 'billing'],
  unused: ['phone-instead', 'second-home', 'old-alone'],
  deceased: [],
  unknown: ['would-not-say', 'nobody-knew'],
} as const satisfies Record<LapseReason, readonly string[]>
export type LapseDetail = (typeof LAPSE_DETAILS)[LapseReason][number]
export const LapseDetail = z.enum(Object.values(LAPSE_DETAILS).flat() as [LapseDetail])

/** `lapsed`: to be won back; `won-back`: renewed, or paid for; `over`: terminated or gone. */
export const LapseStanding = z.enum(['lapsed', 'won-back', 'over'])
/** Nobody has asked; asked without an answer; a reason is known. */
export const ReasonKnown = z.enum(['unasked', 'unknown', 'known'])

/** A reason as it was told. */
const Told = {
  reason: LapseReason,
  detail: LapseDetail.nullable(),
  askedAt: Instant,
  askedByName: Named,
}

const Lapse = z
  .object({
    lapseId: z.string(),
    subscriberId: Id,
    name: MaskedName.nullable(),
    phone: MaskedPhone.nullable(),
    address: MaskedAddress.nullable(),
    unitId: Id,
    unitName: z.string(),
    /** The village or building, by its code; null where the address could not be placed. */
    place: z.string().nullable(),
    placeName: z.string().nullable(),
    status: SubscriberStatus,
    /** The last contract. */
    contractEnd: Day,
    plan: z.string().nullable(),
    product: z.string().nullable(),
    monthlyFeeFen: Fen.nullable(),
    standing: LapseStanding,
    /** What was learned last; null: nobody has asked. */
    told: z.object(Told).nullable(),
    /**
     * Counted only after payment: `payment`, a receipt was recorded and no extract says so yet;
     * `extract`, a later extract has the contract renewed, until `until`.
     */
    wonBack: z
      .object({ by: z.enum(['payment', 'extract']), on: Day, until: Day.nullable() })
      .nullable(),
    /** Why it is over without having been won back. */
    over: z.enum(['terminated', 'gone', 'corrected']).nullable(),
    nextSweepOn: Day.nullable(),
    /** What does not fit together, for somebody to look at. */
    doubts: z.array(Reason),
  })
  .meta({ id: 'Lapse' })

const ListQuery = z.object({
  unit: Id.optional(),
  /** A town, village, community, compound or building, with everything in it. */
  place: Id.optional(),
  standing: LapseStanding.default('lapsed'),
  known: ReasonKnown.optional(),
  reason: LapseReason.optional(),
  /** Contract end in [from, to). */
  endedFrom: Day.optional(),
  endedTo: Day.optional(),
  /** Whom this sweep goes to, however they stand. */
  sweep: Uuid.optional(),
})

export const listLapsed = {
  operationId: 'listLapsed',
  method: 'GET',
  path: '/branches/:branchId/lapsed',
  needs: 'subscriber:read',
  summary: { zh: '失效用户登记', en: 'The lapsed register' },
  params: InBranch,
  query: PageQuery.extend(ListQuery.shape),
  response: pageOf(Lapse).extend({ asOf: Day.nullable() }),
  refusals: ['sort-unknown', 'cursor-unreadable'],
} as const satisfies Endpoint

/** How far a place, or all of them, is covered: of those lapsed, how many were asked, and answered. */
const Coverage = {
  lapsed: Count,
  asked: Count,
  /** Of whom the reason is known. */
  known: Count,
  /** Of any lapse, won back since the day that the answer names. */
  wonBack: Count,
  monthlyFeeFen: Fen,
}

export const readLapsedPlaces = {
  operationId: 'readLapsedPlaces',
  method: 'GET',
  path: '/branches/:branchId/lapsed-places',
  needs: 'subscriber:read',
  summary: { zh: '失效用户按村和楼栋', en: 'The lapsed by village and building' },
  params: InBranch,
  query: z.object({
    unit: Id.optional(),
    /** The village or community whose buildings are asked for; left out: all villages. */
    within: Id.optional(),
  }),
  response: z.object({
    asOf: Day.nullable(),
    wonBackSince: Day,
    within: z.object({ place: z.string(), placeName: z.string() }).nullable(),
    sum: z.object(Coverage),
    places: z.array(
      z.object({
        ...Coverage,
        /** Null: those whose address could not be placed. */
        place: z.string().nullable(),
        placeName: z.string().nullable(),
        town: z.string().nullable(),
        /** Whether there are buildings to look into. */
        hasBuildings: z.boolean(),
        nextSweepOn: Day.nullable(),
      }),
    ),
  }),
  refusals: ['lapsed-place-unknown'],
} as const satisfies Endpoint

const OfSubscriber = InBranch.extend({ subscriberId: Id })

/** Everything that is known of one lapse. */
const LapseFile = z
  .object({
    asOf: Day.nullable(),
    lapse: Lapse,
    /** What was said, also with results of tasks, of this lapse and of earlier ones, the latest first. */
    reasons: z.array(
      z.object({
        ...Told,
        reasonId: Uuid,
        /** The end of the contract that it was about. */
        contractEnd: Day,
        evidence: z.string().nullable(),
        touchId: z.string().nullable(),
        recordedAt: Instant,
        recordedByName: Named,
        /** The best word on its lapse, and of equally good ones the last. */
        stands: z.boolean(),
      }),
    ),
    receipts: z.array(
      z.object({
        receiptNo: z.string(),
        paidOn: Day,
        amountFen: Fen,
        recordedAt: Instant,
        recordedByName: Named,
      }),
    ),
    /** What touches since the lapse say of the reason, for somebody to confirm. */
    proposals: z.array(
      z.object({
        reason: LapseReason,
        touchId: z.string(),
        at: Instant,
        channel: z.string(),
        staffName: z.string().nullable(),
      }),
    ),
    /** Receipts that results since the lapse tell of by a number, for somebody to check and record. */
    receiptProposals: z.array(
      z.object({
        touchId: z.string(),
        receiptNo: z.string(),
        paidOn: Day,
        amountFen: Fen.nullable(),
        staffName: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'LapseFile' })

export const readLapse = {
  operationId: 'readLapse',
  method: 'GET',
  path: '/branches/:branchId/lapsed/:subscriberId',
  needs: 'subscriber:read',
  summary: { zh: '一位失效用户的登记', en: 'What the register has of one subscriber' },
  params: OfSubscriber,
  response: LapseFile,
  refusals: ['subscriber-unknown', 'never-lapsed'],
} as const satisfies Endpoint

export const recordLapseReason = {
  operationId: 'recordLapseReason',
  method: 'POST',
  path: '/branches/:branchId/lapsed/:subscriberId/reasons',
  needs: 'touch:record',
  summary: { zh: '登记失效原因', en: 'Record why somebody lapsed' },
  params: OfSubscriber,
  body: z.strictObject({
    reason: LapseReason,
    detail: LapseDetail.nullable(),
    /** When they were asked, not in the future; null: now. */
    askedAt: Instant.nullable(),
    /** Who asked; null: whoever records it. */
    askedBy: Id.nullable(),
    /** Where it is from, in words. */
    evidence: z.string().trim().max(500).nullable(),
    /** The touch in which it was said. */
    touchId: Id.nullable(),
  }),
  response: LapseFile,
  refusals: [
    'subscriber-unknown',
    'never-lapsed',
    'not-lapsed',
    'lapse-detail-unfit',
    'lapse-asked-in-future',
    'lapse-touch-unknown',
    'staff-unknown',
  ],
} as const satisfies Endpoint

/** The number of a receipt, as it may be recorded. */
export const ReceiptNo = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9-]{4,40}$/)

export const recordLapseReceipt = {
  operationId: 'recordLapseReceipt',
  method: 'POST',
  path: '/branches/:branchId/lapsed/:subscriberId/receipts',
  needs: 'touch:record',
  summary: { zh: '登记失效用户缴费', en: 'Record what a lapsed subscriber paid' },
  params: OfSubscriber,
  body: z.strictObject({
    /** The number of the receipt; each counts once. */
    receiptNo: ReceiptNo,
    paidOn: Day,
    amountFen: Fen.min(1).max(100_000_000),
  }),
  response: LapseFile,
  refusals: [
    'subscriber-unknown',
    'never-lapsed',
    'not-lapsed',
    'paid-in-future',
    'paid-before-lapse',
    'receipt-taken',
  ],
} as const satisfies Endpoint

export const SweepPurpose = z.enum(['find-reason', 'wake', 'all'])
export type SweepPurpose = z.infer<typeof SweepPurpose>
/** The most that one sweep goes to. */
export const SWEEP_MOST = 500

const Sweep = z
  .object({
    sweepId: Uuid,
    place: z.string(),
    placeName: z.string(),
    onDay: Day,
    purpose: SweepPurpose,
    /** Who goes: a person, or the crew of a unit. */
    goes: z.object({ staffId: Id.nullable(), unitId: Id.nullable(), name: Named }),
    state: z.enum(['planned', 'today', 'past', 'called-off']),
    members: Count,
    /** Members to be asked for the reason, and members whose reason is known and who are to be woken. */
    toAsk: Count,
    toWake: Count,
    /** Members asked since it was planned, and members won back. */
    asked: Count,
    wonBack: Count,
    /**
     * By the results of its tasks: homes where somebody was met, where nobody was, and that are left.
     * One that was planned before sweeps made tasks has none.
     */
    visits: z.object({ met: Count, notMet: Count, left: Count }),
    /** Who lapsed there and is not gone to, by reason. */
    leftOut: z.array(z.object({ why: Reason, count: Count })),
    plannedAt: Instant,
    plannedByName: Named,
    can: z.array(z.enum(['call-off'])),
  })
  .meta({ id: 'Sweep' })

export const listSweeps = {
  operationId: 'listSweeps',
  method: 'GET',
  path: '/branches/:branchId/sweeps',
  needs: 'subscriber:read',
  summary: { zh: '扫楼扫村安排', en: 'Sweeps of villages and buildings' },
  params: InBranch,
  query: PageQuery.extend({
    unit: Id.optional(),
    /** Day in [from, to). */
    from: Day.optional(),
    to: Day.optional(),
  }),
  response: pageOf(Sweep),
  refusals: ['sort-unknown', 'cursor-unreadable'],
} as const satisfies Endpoint

export const planSweep = {
  operationId: 'planSweep',
  method: 'POST',
  path: '/branches/:branchId/sweeps',
  needs: 'sweep:plan',
  summary: { zh: '安排扫楼扫村', en: 'Plan a sweep' },
  params: InBranch,
  body: z.strictObject({
    /** A village, community, compound or building. */
    place: Id,
    onDay: Day,
    /** Either a person or the unit whose crew goes. */
    staffId: Id.nullable(),
    unitId: Id.nullable(),
    purpose: SweepPurpose,
    most: z.int().min(1).max(SWEEP_MOST),
  }),
  response: Sweep,
  refusals: [
    'lapsed-place-unknown',
    'sweep-day-unfit',
    'sweep-by-one',
    ...(['staff-unknown', 'staff-cannot-work-tasks'] as const),
    'unit-unknown',
    'nobody-to-sweep',
    'no-snapshot',
    'snapshot-damaged',
  ],
} as const satisfies Endpoint

export const callOffSweep = {
  operationId: 'callOffSweep',
  method: 'POST',
  path: '/branches/:branchId/sweeps/:sweepId/call-off',
  needs: 'sweep:plan',
  summary: { zh: '取消扫楼扫村', en: 'Call a sweep off' },
  params: InBranch.extend({ sweepId: Uuid }),
  body: z.strictObject({}),
  response: Sweep,
  refusals: ['sweep-unknown', 'sweep-over'],
} as const satisfies Endpoint
