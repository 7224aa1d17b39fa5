import { z } from 'zod'
import { Count, Day, Done, type Endpoint, Id, InBranch, Instant, Named, Uuid } from './endpoint.ts'

/** One step of a re-zoning: a hall or grid goes elsewhere, a zone is opened, an empty zone is closed. */
export const Move = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('move'), unitId: Id, parentId: Id }),
  z.object({ kind: z.literal('open'), unitId: Id, name: z.string().min(1).max(60) }),
  z.object({ kind: z.literal('close'), unitId: Id }),
])
export type Move = z.output<typeof Move>

/** All steps together, from one day on: a zone is split by opening one, merged by closing one. */
const Rezoning = z.object({ validFrom: Day, moves: z.array(Move).min(1).max(200) })

const Sums = z.object({ households: Count, subscribers: Count, openTasks: Count, people: Count })

const FAULTS = [
  ...(['branch-unknown', 'not-allowed', 'unit-unknown', 'unit-elsewhere', 'unit-circle'] as const),
  ...(['unit-level-turned', 'rezoning-past', 'rezoning-twice', 'rezoning-not-a-zone'] as const),
  ...(['zone-not-empty', 'unit-dates-turned', 'staff-unknown'] as const),
] as const

export const previewRezoning = {
  operationId: 'previewRezoning',
  method: 'POST',
  asks: true,
  path: '/branches/:branchId/rezonings/preview',
  needs: 'organisation:write',
  summary: {
    zh: '预览片区调整：各片区调整前后的家庭、用户、未办任务、人员',
    en: 'Preview a re-zoning: households, subscribers, open tasks and people of each zone',
  },
  params: InBranch,
  body: Rezoning,
  response: z.object({
    /** `unitId` null: what belongs to no zone. The sums before and after are the same in all. */
    zones: z.array(
      z.object({ unitId: Id.nullable(), name: z.string().nullable(), before: Sums, after: Sums }),
    ),
  }),
  refusals: FAULTS,
} as const satisfies Endpoint

export const publishRezoning = {
  operationId: 'publishRezoning',
  method: 'POST',
  path: '/branches/:branchId/rezonings',
  needs: 'organisation:write',
  summary: { zh: '发布片区调整（自某日起生效）', en: 'Publish a re-zoning from a day on' },
  params: InBranch,
  body: Rezoning,
  response: z.object({ rezoningId: Uuid }),
  refusals: FAULTS,
} as const satisfies Endpoint

export const listRezonings = {
  operationId: 'listRezonings',
  method: 'GET',
  path: '/branches/:branchId/rezonings',
  needs: 'anyone',
  summary: { zh: '片区调整记录', en: 'Re-zonings, the latest first' },
  params: InBranch,
  response: z.object({
    rezonings: z.array(
      z
        .object({
          rezoningId: Uuid,
          validFrom: Day,
          moves: z.array(Move),
          madeAt: Instant,
          madeBy: z.string(),
          madeByName: Named,
          undoneAt: Instant.nullable(),
          /** Whether it may be undone: its day has not come. */
          open: z.boolean(),
        })
        .meta({ id: 'Rezoning' }),
    ),
  }),
  refusals: ['branch-unknown', 'not-allowed'],
} as const satisfies Endpoint

export const undoRezoning = {
  operationId: 'undoRezoning',
  method: 'POST',
  path: '/branches/:branchId/rezonings/:rezoningId/undo',
  needs: 'organisation:write',
  summary: { zh: '生效前撤销片区调整', en: 'Undo a re-zoning before its day' },
  params: InBranch.extend({ rezoningId: Uuid }),
  response: Done,
  refusals: [
    ...(['branch-unknown', 'not-allowed', 'rezoning-unknown'] as const),
    ...(['rezoning-begun', 'rezoning-overtaken'] as const),
  ],
} as const satisfies Endpoint
