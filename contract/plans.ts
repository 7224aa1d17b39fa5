import { z } from 'zod'
import { BoardPart } from './board.ts'
import { Purpose } from './campaigns.ts'
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
} from './endpoint.ts'
import { Job } from './jobs.ts'
import { Touchpoint, UnitKind } from './organisation.ts'
import { MaskedAddress, MaskedName, MaskedPhone, VisitAddress, VisitLink } from './personal.ts'
import { ResultCode, TaskKind, TaskOrigin, TaskState } from './tasks.ts'

export const Outcome = z.enum(['assigned', 'unassigned', 'suppressed', 'held-out', 'outranked'])

const Losses = z.array(z.object({ reason: z.string(), text: Named, count: Count }))

/** candidates = suppressed + heldOut + outranked + assigned + unassigned, at every level. */
export const PlanCounts = z
  .object({
    base: Count,
    candidates: Count,
    suppressed: Losses,
    heldOut: Count,
    outranked: Count,
    assigned: Count,
    unassigned: Losses,
  })
  .meta({ id: 'PlanCounts' })

export const PlanRow = z
  .object({
    planId: z.string(),
    date: Day,
    snapshotDate: Day,
    /** `publishing` while its tasks are being written: nobody sees them yet. */
    state: z.enum(['draft', 'publishing', 'published', 'superseded']),
    madeAt: Instant,
    madeBy: z.string(),
    /** Their name, or “—” for who is out of scope. */
    madeByName: Named,
    publishedAt: Instant.nullable(),
    publishedBy: z.string().nullable(),
    publishedByName: Named.nullable(),
    counts: PlanCounts,
  })
  .meta({ id: 'PlanRow' })

export const makePlan = {
  operationId: 'makePlan',
  method: 'POST',
  path: '/branches/:branchId/plans',
  needs: 'plan:make',
  summary: { zh: '生成某日计划（草稿）', en: 'Make the draft plan of a day' },
  params: InBranch,
  body: z.object({ date: Day }),
  response: Job,
  refusals: ['branch-unknown', 'not-allowed'],
} as const satisfies Endpoint

export const listPlans = {
  operationId: 'listPlans',
  method: 'GET',
  path: '/branches/:branchId/plans',
  needs: 'anyone',
  summary: { zh: '计划列表', en: 'Plans, latest first' },
  params: InBranch,
  query: PageQuery.extend({ date: Day.optional() }),
  response: pageOf(PlanRow).extend({ can: z.array(z.string()) }),
  refusals: ['branch-unknown', 'sort-unknown', 'cursor-unreadable'],
} as const satisfies Endpoint

const OfPlan = InBranch.extend({ planId: z.string().regex(/^[a-z0-9-]{8,80}$/) })

export const readPlan = {
  operationId: 'readPlan',
  method: 'GET',
  path: '/branches/:branchId/plans/:planId',
  needs: 'anyone',
  summary: { zh: '计划总览（漏斗）', en: 'Plan overview: the funnel from base to assigned' },
  params: OfPlan,
  query: z.object({ unit: Id.optional() }),
  response: PlanRow.extend({
    can: z.array(z.string()),
    /** Children of the unit asked for (default: the own unit). */
    byUnit: z.array(
      z.object({
        unitId: Id,
        name: z.string(),
        kind: UnitKind,
        candidates: Count,
        assigned: Count,
        unassigned: Count,
        people: Count,
      }),
    ),
    byCampaign: z.array(
      z.object({
        campaign: z.string(),
        name: Named,
        candidates: Count,
        suppressed: Count,
        heldOut: Count,
        outranked: Count,
        assigned: Count,
        unassigned: Count,
        warnings: z.array(Reason),
      }),
    ),
    capacity: z.array(
      z.object({ touchpoint: Touchpoint, people: Count, capacity: Count, used: Count }),
    ),
    /** Loads that differ by more than a tenth from the peers’ mean because ownership forces it. */
    imbalances: z.array(
      z.object({
        staffId: Id,
        name: z.string(),
        touchpoint: Touchpoint,
        load: Count,
        peersMean: z.number(),
        text: Named,
      }),
    ),
    warnings: z.array(Reason),
  }),
  refusals: ['branch-unknown', 'plan-unknown'],
} as const satisfies Endpoint

export const DecisionRow = z
  .object({
    subscriberId: Id,
    householdId: z.string(),
    name: MaskedName.nullable(),
    address: MaskedAddress.nullable(),
    unitId: Id,
    campaign: z.string(),
    campaignName: Named,
    outcome: Outcome,
    reason: Reason.nullable(),
    until: Day.nullable(),
    priority: z.number().nullable(),
    taskId: z.string().nullable(),
  })
  .meta({ id: 'DecisionRow' })

export const listDecisions = {
  operationId: 'listDecisions',
  method: 'GET',
  path: '/branches/:branchId/plans/:planId/decisions',
  needs: 'subscriber:read',
  summary: { zh: '决策明细', en: 'Decisions behind a number of the funnel' },
  params: OfPlan,
  query: PageQuery.extend({
    outcome: Outcome.optional(),
    reason: z.string().max(60).optional(),
    campaign: z.string().max(60).optional(),
    unit: Id.optional(),
  }),
  response: pageOf(DecisionRow),
  refusals: ['branch-unknown', 'plan-unknown', 'plan-damaged', 'sort-unknown', 'cursor-unreadable'],
} as const satisfies Endpoint

export const comparePlans = {
  operationId: 'comparePlans',
  method: 'GET',
  path: '/branches/:branchId/plans/:planId/comparison',
  needs: 'anyone',
  summary: { zh: '与前一份计划比较', en: 'Compare with the plan before it' },
  params: OfPlan,
  query: z.object({ with: z.string().max(80).optional() }),
  response: z.object({
    with: PlanRow.nullable(),
    /** Households that come onto the lists, leave them, or stay. */
    appeared: Count,
    gone: Count,
    kept: Count,
    moved: Count,
    byCampaign: z.array(
      z.object({ campaign: z.string(), name: Named, before: Count, after: Count }),
    ),
    byPerson: z.array(z.object({ staffId: Id, name: z.string(), before: Count, after: Count })),
  }),
  refusals: ['branch-unknown', 'plan-unknown', 'plan-damaged'],
} as const satisfies Endpoint

export const publishPlan = {
  operationId: 'publishPlan',
  method: 'POST',
  path: '/branches/:branchId/plans/:planId/publish',
  needs: 'plan:publish',
  summary: { zh: '发布计划', en: 'Publish a plan: its tasks go to everybody’s list' },
  params: OfPlan,
  response: Job,
  refusals: ['branch-unknown', 'not-allowed', 'plan-unknown', 'plan-not-draft'],
} as const satisfies Endpoint

export const downloadWorklists = {
  operationId: 'downloadWorklists',
  method: 'GET',
  path: '/branches/:branchId/plans/:planId/worklists.xlsx',
  needs: { orElse: 'export:lists' },
  summary: { zh: '下载清单（每人一张表）', en: 'Download the lists, one sheet a person' },
  params: OfPlan,
  query: z.object({
    unit: Id.optional(),
    person: Id.optional(),
    /** Of the words in it. */
    lang: z.enum(['zh', 'en']).default('zh'),
  }),
  response: z.string(),
  refusals: ['branch-unknown', 'plan-unknown', 'plan-damaged', 'not-allowed'],
  kind: 'download',
} as const satisfies Endpoint

export const Task = z
  .object({
    taskId: z.string(),
    subscriberId: Id,
    householdId: z.string(),
    name: MaskedName.nullable(),
    phone: MaskedPhone.nullable(),
    address: MaskedAddress.nullable(),
    town: z.string().nullable(),
    place: z.string().nullable(),
    campaign: z.string(),
    campaignName: Named,
    touchpoint: Touchpoint,
    assigneeId: Id,
    assigneeName: z.string(),
    unitId: Id,
    unitName: z.string(),
    visitOrder: Count,
    windowStart: Instant,
    windowEnd: Instant,
    dueOn: Day,
    offer: z.object({ id: z.string(), name: Named, monthlyFeeFen: Fen.nullable(), terms: Named }),
    script: Named,
    priority: z.number(),
    /** In order of weight; the first is the line in words that the card shows. */
    reasons: z.array(Reason),
    state: TaskState,
    kind: TaskKind,
    purpose: Purpose,
    origin: TaskOrigin,
    /** The task whose result it follows from. */
    fromTask: z.string().nullable(),
    /** Which attempt to meet the household it is, from 1. */
    attempt: Count,
    /** What came of it; null while nothing has. */
    result: ResultCode.nullable(),
    closedAt: Instant.nullable(),
  })
  .meta({ id: 'Task' })

/** A task on a list in somebody’s hand, which says where the visit goes: decision 10. */
export const VisitTask = Task.extend({
  /** Null for whoever neither goes nor leads who goes, and on a list that is a week old. */
  visitAddress: VisitAddress.nullable(),
  /** Opens a map application at that address. */
  mapLink: VisitLink.nullable(),
}).meta({ id: 'VisitTask' })

/** Published lists, grouped by zone, hall, grid, person or campaign. */
export const listWorklists = {
  operationId: 'listWorklists',
  method: 'GET',
  path: '/branches/:branchId/worklists',
  needs: 'anyone',
  summary: {
    zh: '清单（按片区、营业厅、人员、活动）',
    en: 'Lists by zone, hall, grid, person, campaign',
  },
  params: InBranch,
  query: PageQuery.extend({
    date: Day,
    by: z.enum(['zone', 'hall', 'grid', 'person', 'campaign']),
    unit: Id.optional(),
    campaign: z.string().max(60).optional(),
    search: z.string().max(60).optional(),
  }),
  response: pageOf(
    z.object({
      key: z.string(),
      name: Named,
      unitName: z.string().nullable(),
      tasks: Count,
      people: Count,
      capacity: Count.nullable(),
      touchpoints: z.array(z.object({ touchpoint: Touchpoint, tasks: Count })),
      valueFen: Fen,
    }),
  ).extend({ planId: z.string().nullable() }),
  refusals: ['branch-unknown', 'sort-unknown', 'cursor-unreadable'],
} as const satisfies Endpoint

export const listTasks = {
  operationId: 'listTasks',
  method: 'GET',
  path: '/branches/:branchId/tasks',
  needs: 'subscriber:read',
  summary: {
    zh: '某日任务（含后续任务和逾期的约定）',
    en: 'Tasks of a day, with those that follow from results and are due',
  },
  params: InBranch,
  query: PageQuery.extend({
    date: Day,
    unit: Id.optional(),
    assignee: Id.optional(),
    campaign: z.string().max(60).optional(),
    touchpoint: Touchpoint.optional(),
    /** Left out: whatever is on somebody’s list. */
    state: TaskState.optional(),
    /** What a number of the board counts. */
    part: BoardPart.optional(),
  }),
  response: pageOf(Task),
  refusals: ['branch-unknown', 'sort-unknown', 'cursor-unreadable'],
} as const satisfies Endpoint

/** The list a person holds in the hand: villages as headings, households in order of visit. */
export const readPersonList = {
  operationId: 'readPersonList',
  method: 'GET',
  path: '/branches/:branchId/people/:staffId/list',
  needs: { orElse: 'worklist:read-all' },
  summary: { zh: '个人清单', en: 'A person’s list of a day' },
  params: InBranch.extend({ staffId: Id }),
  query: z.object({ date: Day.optional() }),
  response: z.object({
    date: Day,
    person: z.object({ staffId: Id, name: z.string(), unitName: z.string() }),
    planId: z.string().nullable(),
    publishedAt: Instant.nullable(),
    stops: z.array(
      z.object({
        town: z.string().nullable(),
        place: z.string().nullable(),
        tasks: z.array(VisitTask),
      }),
    ),
    total: Count,
  }),
  refusals: ['branch-unknown', 'staff-unknown'],
} as const satisfies Endpoint

/** Why this subscriber is, or is not, on somebody’s list. */
export const explainSubscriber = {
  operationId: 'explainSubscriber',
  method: 'GET',
  path: '/branches/:branchId/subscribers/:subscriberId/explanation',
  needs: 'subscriber:read',
  summary: { zh: '为什么在（或不在）清单上', en: 'Why a subscriber is, or is not, on a list' },
  params: InBranch.extend({ subscriberId: Id }),
  query: z.object({ date: Day.optional() }),
  response: z
    .object({
      date: Day.nullable(),
      planId: z.string().nullable(),
      summary: Named,
      decisions: z.array(
        z.object({
          campaign: z.string(),
          campaignName: Named,
          outcome: Outcome,
          reasons: z.array(Reason),
          until: Day.nullable(),
          factors: z
            .object({
              p: z.number(),
              c: z.number(),
              v: z.number(),
              l: z.number(),
              priority: z.number(),
            })
            .nullable(),
          task: Task.nullable(),
        }),
      ),
      /** Campaigns that did not select the subscriber, each with the condition that failed. */
      notSelected: z.array(z.object({ campaign: z.string(), campaignName: Named, because: Named })),
    })
    .meta({ id: 'Explanation' }),
  refusals: [
    'branch-unknown',
    'subscriber-unknown',
    'plan-damaged',
    'no-snapshot',
    'snapshot-damaged',
  ],
} as const satisfies Endpoint
