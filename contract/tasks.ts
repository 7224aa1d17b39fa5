import { z } from 'zod'
import { Count, Day, type Endpoint, Fen, Id, InBranch, Instant, Reason, Uuid } from './endpoint.ts'
import type { Sentence } from './language.ts'
import { LapseReason } from './lapsed.ts'
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

export const TASK_KIND_NAMES: Readonly<Record<TaskKind, Sentence>> = {
  renewal_visit: { zh: '续费走访', en: 'Renewal visit' },
  lapsed_sweep: { zh: '过期未续清扫', en: 'Lapsed sweep' },
  wake_up: { zh: '休眠唤醒', en: 'Wake-up' },
  collection: { zh: '欠费催缴', en: 'Collection' },
  upgrade: { zh: '升级', en: 'Upgrade' },
  box_recovery: { zh: '旧盒回收', en: 'Old box recovery' },
  competitor_survey: { zh: '竞争摸排', en: 'Competitor survey' },
  event: { zh: '现场活动', en: 'Event' },
  card_seeding: { zh: '发展手机卡', en: 'Card seeding' },
  group_joining: { zh: '入群', en: 'Group joining' },
  coaching: { zh: '陪访帮带', en: 'Coaching' },
}

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
    reason: LapseReason.nullable(),
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
    ...(['promise-out-of-range', 'try-again-out-of-range'] as const),
    ...(['touch-told-otherwise', 'next-day-unfit'] as const),
    ...(['result-unfit', 'done-unfit', 'done-part-missing'] as const),
  ],
} as const satisfies Endpoint

/** How a day stands: planned = done + promised + refused + notAtHome + otherwise + left. */
export const DayCounts = z
  .object({
    planned: Count,
    done: Count,
    promised: Count,
    refused: Count,
    notAtHome: Count,
    /** Moved, with a competitor, wrong data, handed over. */
    otherwise: Count,
    left: Count,
  })
  .meta({ id: 'DayCounts' })

export const readMyDay = {
  operationId: 'readMyDay',
  method: 'GET',
  path: '/branches/:branchId/people/:staffId/day',
  needs: { orElse: 'worklist:read-all' },
  summary: { zh: '我的一天（进度、每日必有单）', en: 'How a person’s day stands, and its orders' },
  params: InBranch.extend({ staffId: Id }),
  query: z.object({ date: Day.optional() }),
  response: z.object({
    date: Day,
    staffId: Id,
    counts: DayCounts,
    /** What was open before the day and is so still: promises that are overdue, and other tries. */
    overdue: Count,
    /** Orders of the day by what they are, each told once. */
    orders: z.object({ renewal: Count, new: Count, box: Count, third_party: Count }),
    /** Each day has an order (每日必有单): whether there is one. */
    orderToday: z.boolean(),
    /**
     * The own place among so many with work that day, by orders, then by what was done; who is even
     * shares one. Null where the branch does not show it, to others, and while there is nothing to compare.
     */
    rank: z
      .object({ place: Count.positive(), of: Count.positive(), within: z.enum(['crew', 'hall']) })
      .nullable(),
  }),
  refusals: ['branch-unknown', 'staff-unknown'],
} as const satisfies Endpoint

const TaskIds = z.array(OfTask.shape.taskId).min(1).max(500)

/** What became of tasks that were to go into other hands. */
const Handed = z
  .object({
    /** Those that went. */
    taskIds: z.array(z.string()),
    /** Those that stayed as they are, and why. */
    left: z.array(z.object({ taskId: z.string(), because: Reason })),
  })
  .meta({ id: 'HandedTasks' })

/** So many households are given at once, and so many days ahead. */
export const GIVEN_MOST = 200
export const GIVEN_DAYS_AHEAD = 90

export const createTasks = {
  operationId: 'createTasks',
  method: 'POST',
  path: '/branches/:branchId/tasks',
  needs: 'task:assign',
  summary: { zh: '指派任务', en: 'Give a person tasks of one kind for a day' },
  params: InBranch,
  body: z.strictObject({
    /** One task a household; of several who live together the first. */
    subscriberIds: z.array(Id).min(1).max(GIVEN_MOST),
    kind: TaskKind,
    touchpoint: z.enum(['door', 'installer', 'hall', 'call_out']),
    /** Today, or within `GIVEN_DAYS_AHEAD`. */
    on: Day,
    to: Id,
  }),
  response: z.object({
    given: z.array(z.object({ subscriberId: Id, taskId: z.string() })),
    /** Who got none, why, and from when on they may be met, where that can be told. */
    left: z.array(z.object({ subscriberId: Id, because: Reason, opens: Instant.nullable() })),
  }),
  refusals: [
    ...(['branch-unknown', 'staff-unknown', 'subscriber-unknown', 'task-day-unfit'] as const),
    ...(['staff-cannot-work-tasks', 'not-allowed'] as const),
  ],
} as const satisfies Endpoint

export const reassignTasks = {
  operationId: 'reassignTasks',
  method: 'POST',
  path: '/branches/:branchId/tasks/reassignments',
  needs: 'task:assign',
  summary: { zh: '改派任务', en: 'Give open tasks to somebody else' },
  params: InBranch,
  body: z.strictObject({ taskIds: TaskIds, to: Id }),
  response: Handed,
  refusals: [
    ...(['branch-unknown', 'task-unknown', 'staff-unknown', 'not-allowed'] as const),
    'staff-cannot-work-tasks',
  ],
} as const satisfies Endpoint

export const takeBackTasks = {
  operationId: 'takeBackTasks',
  method: 'POST',
  path: '/branches/:branchId/tasks/take-backs',
  needs: 'task:assign',
  summary: { zh: '收回任务', en: 'Take open tasks back: nobody’s until they are given again' },
  params: InBranch,
  body: z.strictObject({ taskIds: TaskIds }),
  response: Handed,
  refusals: ['branch-unknown', 'task-unknown', 'not-allowed'],
} as const satisfies Endpoint

export const splitTasks = {
  operationId: 'splitTasks',
  method: 'POST',
  path: '/branches/:branchId/tasks/splits',
  needs: 'task:assign',
  summary: {
    zh: '分派任务：把一人（如请假）或一个班组当日未办的任务分给多人',
    en: 'Divide the open tasks of a person, such as one who is away, or of a crew among people',
  },
  params: InBranch,
  body: z.strictObject({
    /** Either a person, or the unit whose crew’s tasks are divided. */
    from: Id.nullable(),
    unit: Id.nullable().default(null),
    date: Day,
    /** Among whom; null: whoever of the unit works on the day, but for `from`. */
    among: z.array(Id).min(1).max(50).nullable().default(null),
    /** Evenly by what each can do, or so that each looks after as many subscribers as the others. */
    by: z.enum(['capacity', 'subscribers']).default('capacity'),
    /** Only tells how they would be divided. */
    dryRun: z.boolean(),
  }),
  response: z.object({
    /** Everybody among whom they are divided; villages are kept together as far as there is room. */
    shares: z.array(
      z.object({
        staffId: Id,
        staffName: z.string(),
        /** What there was room for before. */
        room: Count,
        tasks: Count,
        subscribers: Count,
        places: z.array(z.object({ town: z.string().nullable(), place: z.string().nullable() })),
      }),
    ),
    /** How many went, or would go; and how many nobody has room for. */
    moved: Count,
    left: Count,
  }),
  refusals: [
    ...([
      'branch-unknown',
      'staff-unknown',
      'unit-unknown',
      'split-of-one',
      'not-allowed',
    ] as const),
    'staff-cannot-work-tasks',
  ],
} as const satisfies Endpoint
