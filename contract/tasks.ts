import { z } from 'zod'
import { Day, type Endpoint, Fen, Id, InBranch, Instant, Reason, Uuid } from './endpoint.ts'
import type { Sentence } from './language.ts'
import { RefusalScope } from './touches.ts'

/** What a task is about; what its form asks for follows from it. */
export const TaskKind = z.enum([
  'renewal_visit',
  'lapsed_sweep',
  'wake_up',
  'collection',
  'upgrade',
  'box_recovery',
  'competitor_survey',
  'event',
  'card_seeding',
  'group_joining',
  'coaching',
])
export type TaskKind = z.infer<typeof TaskKind>

/**
 * `open` until a result closes it: `done`, `promised` (a follow-up task holds the promise), `refused`,
 * or `ended` by any other result. `taken_back`: nobody’s until it is given to somebody.
 * `withdrawn`: its plan was replaced.
 */
export const TaskState = z.enum([
  'open',
  'done',
  'promised',
  'refused',
  'ended',
  'taken_back',
  'withdrawn',
])
export type TaskState = z.infer<typeof TaskState>

/** Where a task comes from: the plan of the day, a result before it, or somebody’s hand. */
export const TaskOrigin = z.enum(['plan', 'follow-up', 'hand'])
export type TaskOrigin = z.infer<typeof TaskOrigin>

/** What came of a task. */
export const ResultCode = z.enum([
  'done',
  'promised',
  'refused',
  'not_at_home',
  'moved',
  'competitor',
  'wrong_data',
  'handed_over',
])
export type ResultCode = z.infer<typeof ResultCode>

export const RESULT_NAMES: Readonly<Record<ResultCode, Sentence>> = {
  done: { zh: '办成', en: 'Done' },
  promised: { zh: '约定再办', en: 'Promised' },
  refused: { zh: '拒绝', en: 'Refused' },
  not_at_home: { zh: '未遇', en: 'Not at home' },
  moved: { zh: '已搬走', en: 'Moved' },
  competitor: { zh: '已用竞品', en: 'With a competitor' },
  wrong_data: { zh: '资料有误', en: 'Wrong data' },
  handed_over: { zh: '转交', en: 'Handed over' },
}

/** What was done: an order of the day is one of the first four (每日必有单). */
export const DoneWhat = z.enum(['renewal', 'new', 'box', 'third_party', 'payment', 'other'])
export type DoneWhat = z.infer<typeof DoneWhat>

/** Why a household does not renew, buy or pay. */
export const ResultReason = z.enum([
  'price',
  'competitor',
  'moved',
  'away',
  'trouble',
  'unused',
  'deceased',
  'unknown',
])
export type ResultReason = z.infer<typeof ResultReason>

/** The parts of a result beside its code; exactly the one of the code is filled. */
export const ResultPart = z.enum([
  'done',
  'promised',
  'refused',
  'notAtHome',
  'moved',
  'competitor',
  'wrongData',
  'handedOver',
])
export type ResultPart = z.infer<typeof ResultPart>

const Wrong = z.strictObject({ field: z.enum(['name', 'phone', 'address', 'other']) })
const Text = (most: number) => z.string().trim().min(1).max(most)

/** Where somebody stood when a result was told, as the device says. */
export const Position = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  accuracyM: z.number().min(0).max(1_000_000),
  at: Instant,
})

export const TaskResult = z
  .strictObject({
    /** Made where it is recorded: told again it is the same. */
    resultId: Uuid,
    /** By the clock of the device, at most five minutes ahead; null: now. */
    at: Instant.nullable(),
    result: ResultCode,
    done: z
      .strictObject({
        what: DoneWhat,
        product: Text(80).nullable(),
        amountFen: Fen.min(0).max(100_000_000).nullable(),
        receipt: Text(80).nullable(),
      })
      .nullable(),
    /** A later day, within 90 days: a task of that day follows. */
    promised: z.strictObject({ on: Day }).nullable(),
    /** `until`: not before this day, where a later one was asked for than the rules say. */
    refused: z.strictObject({ scope: RefusalScope, until: Day.nullable() }).nullable(),
    /** Null: another window of the same day or the next one. */
    notAtHome: z.strictObject({ tryAgain: Day.nullable() }).nullable(),
    moved: Wrong.nullable(),
    competitor: z
      .strictObject({
        operator: Text(40),
        monthlyFeeFen: Fen.min(0).max(10_000_000).nullable(),
        expiresOn: Day.nullable(),
      })
      .nullable(),
    wrongData: Wrong.nullable(),
    handedOver: z.strictObject({ to: Id }).nullable(),
    reason: ResultReason.nullable(),
    note: z.string().trim().max(500).nullable(),
    /** When the card was opened. */
    startedAt: Instant.nullable(),
    /** A place that cannot be (0, 0) or is vaguer than 5 km is kept as no position. */
    position: Position.nullable(),
    /** Evidence that is uploaded apart, before or after. */
    photos: z.array(Uuid).max(6),
  })
  .meta({ id: 'TaskResult' })
export type TaskResult = z.output<typeof TaskResult>

/** What became of a result: `beside` is kept, and left the task as it was. */
export const ResultTaken = z
  .object({
    resultId: Uuid,
    taskId: z.string(),
    taskState: TaskState,
    standing: z.enum(['first', 'beside']),
    /** What happened meanwhile. */
    conflicts: z.array(Reason),
    /** What stood against the touch when it was made; it is kept all the same. */
    against: z.array(Reason),
    followUp: z.object({ taskId: z.string(), dueOn: Day }).nullable(),
  })
  .meta({ id: 'ResultTaken' })

export const OfTask = InBranch.extend({ taskId: z.string().min(1).max(80) })

export const recordResult = {
  operationId: 'recordResult',
  method: 'POST',
  path: '/branches/:branchId/tasks/:taskId/results',
  needs: 'task:work',
  summary: { zh: '登记任务结果', en: 'Record what came of a task' },
  params: OfTask,
  body: TaskResult,
  response: ResultTaken,
  refusals: [
    ...(['branch-unknown', 'task-unknown', 'task-not-yours', 'result-told-otherwise'] as const),
    ...(['result-in-future', 'result-part-missing', 'result-part-extra'] as const),
    ...(['promise-out-of-range', 'try-again-out-of-range', 'refused-offer-missing'] as const),
  ],
} as const satisfies Endpoint
