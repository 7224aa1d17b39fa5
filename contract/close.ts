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
} from './endpoint.ts'
import { MaskedAddress, MaskedName } from './personal.ts'
import { OfTask, ResultCode } from './tasks.ts'

/**
 * Why nobody goes there any more. Two are found by the close: `covered`, the household is on the list of
 * the next day; `may-not-be-met`, a refusal, a limit or the like closes it then.
 */
export const DropReason = z.enum([
  ...(['no-way', 'weather', 'staff-ill', 'wrong-data', 'other'] as const),
  ...(['covered', 'may-not-be-met'] as const),
])
export type DropReason = z.infer<typeof DropReason>

const NextDay = z.strictObject({ outcome: z.literal('next-day') })
const Given = z.strictObject({ outcome: z.literal('given'), to: Id })
const TakenBack = z.strictObject({ outcome: z.literal('taken-back') })
const Dropped = z.strictObject({
  outcome: z.literal('dropped'),
  reason: DropReason.exclude(['covered', 'may-not-be-met', 'other']),
})
const DroppedOtherwise = z.strictObject({
  outcome: z.literal('dropped'),
  reason: z.literal('other'),
  note: z.string().trim().min(1).max(200),
})
/** What becomes of an open task: `next-day` and `given` put it on the list of the day after. */
const CloseOutcome = z
  .discriminatedUnion('outcome', [
    NextDay,
    Given,
    TakenBack,
    z.discriminatedUnion('reason', [Dropped, DroppedOtherwise]),
  ])
  .meta({ id: 'CloseOutcome' })
export type CloseOutcome = z.output<typeof CloseOutcome>

/**
 * Planned = done + promised + refused + notAtHome + otherwise + left + carried + given + takenBack +
 * dropped; once closed nothing is left.
 */
const CloseCounts = z
  .object({
    ...{ planned: Count, done: Count, promised: Count, refused: Count, notAtHome: Count },
    ...{ otherwise: Count, left: Count, carried: Count, given: Count, takenBack: Count },
    ...{ dropped: Count, orders: Count },
  })
  .meta({ id: 'CloseCounts' })
export type CloseCounts = z.output<typeof CloseCounts>

const Close = z
  .object({
    unitId: Id,
    unitName: z.string(),
    closedAt: Instant,
    closedBy: Id,
    closedByName: Named,
    /** As they were closed: of the people of the unit, without units below that closed before. */
    counts: CloseCounts,
  })
  .meta({ id: 'DayClose' })

const CloseView = z.object({
  date: Day,
  unitId: Id,
  unitName: z.string(),
  asOf: Instant,
  /** The close of the unit, or of one above it; null: the day is not closed yet. */
  closed: Close.nullable(),
  /** Closes of units below. */
  below: z.array(Close),
  /** What no close accounts for yet. */
  counts: CloseCounts,
  people: z.array(
    z.object({
      staffId: Id,
      staffName: z.string(),
      unitName: z.string().nullable(),
      planned: Count,
      left: Count,
      /** When a phone of theirs was heard of last; what it recorded since is not here yet. */
      lastSeenAt: Instant.nullable(),
    }),
  ),
  /** Each open task, and how often it went to another day before. */
  tasks: z.array(z.object({ taskId: z.string(), staffId: Id, times: Count })),
  /** Results of the day that arrived after its close: they are in none of its counts. */
  late: z.array(
    z.object({
      taskId: z.string(),
      staffId: Id,
      staffName: z.string(),
      result: ResultCode,
      recordedAt: Instant,
    }),
  ),
})

export const readClose = {
  operationId: 'readClose',
  method: 'GET',
  path: '/branches/:branchId/closes',
  needs: 'worklist:read-all',
  summary: { zh: '查看日清日结', en: 'What a day’s close has to account for, and did' },
  params: InBranch,
  query: z.object({ date: Day.optional(), unit: Id }),
  response: CloseView,
  refusals: ['branch-unknown', 'unit-unknown'],
} as const satisfies Endpoint

export const closeDay = {
  operationId: 'closeDay',
  method: 'POST',
  path: '/branches/:branchId/closes',
  needs: 'task:assign',
  summary: { zh: '日清日结', en: 'Close the day of the people of a unit' },
  params: InBranch,
  body: z.strictObject({
    date: Day,
    unit: Id,
    /** What has a result, or was taken back, by now keeps it, whatever is decided here. */
    decisions: z
      .array(z.strictObject({ taskId: OfTask.shape.taskId, what: CloseOutcome }))
      .max(10_000),
    /** For open tasks that are not among the decisions; null: none may be missing. */
    rest: CloseOutcome.nullable(),
  }),
  response: CloseView,
  refusals: [
    ...(['branch-unknown', 'unit-unknown', 'not-allowed', 'day-not-begun'] as const),
    ...(['day-closed-already', 'tasks-left', 'decision-twice', 'task-unknown'] as const),
    ...(['staff-unknown', 'staff-cannot-work-tasks'] as const),
  ],
} as const satisfies Endpoint

/** How a close accounts for a task, in the words of its counts. */
export const CloseAccount = CloseCounts.keyof().exclude(['planned', 'left', 'orders'])
export type CloseAccount = z.infer<typeof CloseAccount>

export const listClosed = {
  operationId: 'listClosed',
  method: 'GET',
  path: '/branches/:branchId/closes/tasks',
  needs: 'worklist:read-all',
  summary: {
    zh: '日清日结逐项去向',
    en: 'What became of each task of the people of a unit when a day was closed',
  },
  params: InBranch,
  query: PageQuery.extend({
    date: Day,
    unit: Id,
    account: CloseAccount.optional(),
    staff: Id.optional(),
  }),
  response: pageOf(
    z
      .object({
        taskId: z.string(),
        subscriberId: Id,
        name: MaskedName.nullable(),
        address: MaskedAddress.nullable(),
        campaignName: Named,
        /** Who had it, and where they were posted. */
        staffId: Id,
        staffName: z.string(),
        unitName: z.string(),
        account: CloseAccount,
        /** To whom it was given. */
        toStaffId: Id.nullable(),
        toStaffName: Named.nullable(),
        /** How often it went to another day by then. */
        times: Count.nullable(),
        reason: DropReason.nullable(),
        /** Why it was dropped, where no reason of the list says so. */
        note: z.string().nullable(),
      })
      .meta({ id: 'ClosedTask' }),
  ),
  refusals: [...(['branch-unknown', 'unit-unknown', 'sort-unknown', 'cursor-unreadable'] as const)],
} as const satisfies Endpoint
