import { z } from 'zod'
import {
  Count,
  Day,
  Done,
  type Endpoint,
  Id,
  InBranch,
  Instant,
  Named,
  PageQuery,
  pageOf,
  Uuid,
} from './endpoint.ts'
import { SubscriberStatus } from './subscribers.ts'

/** The columns of an export of subscribers, in the order of the file. */
export const ExportColumn = z.enum([
  'subscriberId',
  'name',
  'phone',
  'address',
  'unitName',
  'status',
  'product',
  'plan',
  'monthlyFeeFen',
  'contractEnd',
  'arrearsFen',
  'tenureMonths',
])
export type ExportColumn = z.infer<typeof ExportColumn>

const Why = z.string().trim().min(4).max(400)

/** What is asked for: in clear text, so a second person decides. */
export const ExportOrder = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('subscribers'),
    why: Why,
    unit: Id,
    columns: z.array(ExportColumn).min(1).max(12),
    format: z.enum(['xlsx', 'csv']),
    status: SubscriberStatus.nullable(),
    /** Contract end in [from, to). */
    endsFrom: Day.nullable(),
    endsTo: Day.nullable(),
  }),
  z.object({
    what: z.literal('worklists'),
    why: Why,
    unit: Id,
    planId: z.string().regex(/^[a-z0-9-]{8,80}$/),
  }),
  z.object({ what: z.literal('rejects'), why: Why, importId: Uuid }),
  z.object({ what: z.literal('duplicates'), why: Why, importId: Uuid }),
])
export type ExportOrder = z.infer<typeof ExportOrder>

/**
 * `requested` → `approved` (being made) → `ready` → `ended`; or `declined`; or `lapsed`, when nobody
 * decided within a day.
 */
export const ExportState = z.enum(['requested', 'approved', 'ready', 'ended', 'declined', 'lapsed'])
export type ExportState = z.infer<typeof ExportState>

export const ExportRow = z
  .object({
    exportId: Uuid,
    /** As it stands in the watermark. */
    number: z.string(),
    order: ExportOrder,
    unitId: Id,
    unitName: z.string(),
    state: ExportState,
    requestedBy: Id,
    requestedByName: Named,
    requestedAt: Instant,
    /** Until when it can be decided, or downloaded. */
    until: Instant.nullable(),
    decidedByName: Named.nullable(),
    decidedAt: Instant.nullable(),
    decisionNote: z.string().nullable(),
    rows: Count.nullable(),
    downloads: Count,
    /** What the caller may do with it: `decide`, `download`. */
    can: z.array(z.enum(['decide', 'download'])),
  })
  .meta({ id: 'ExportRow' })

export const requestExport = {
  operationId: 'requestExport',
  method: 'POST',
  path: '/branches/:branchId/exports',
  needs: 'export:personal',
  summary: { zh: '申请导出明文个人信息', en: 'Ask for an export of personal data in clear text' },
  params: InBranch,
  body: ExportOrder,
  response: ExportRow,
  refusals: [
    'branch-unknown',
    'unit-unknown',
    'plan-unknown',
    'import-unknown',
    'export-too-large',
    'not-allowed',
  ],
} as const satisfies Endpoint

export const listExports = {
  operationId: 'listExports',
  method: 'GET',
  path: '/branches/:branchId/exports',
  needs: 'own',
  summary: {
    zh: '导出申请（本人的，及可审批的）',
    en: 'Exports: the own, and those one may decide on',
  },
  params: InBranch,
  query: PageQuery.omit({ sort: true }),
  response: pageOf(ExportRow),
  refusals: ['branch-unknown', 'cursor-unreadable'],
} as const satisfies Endpoint

const OfExport = InBranch.extend({ exportId: Uuid })

export const decideExport = {
  operationId: 'decideExport',
  method: 'POST',
  path: '/branches/:branchId/exports/:exportId/decision',
  needs: 'export:approve',
  summary: { zh: '批准或驳回他人的导出申请', en: 'Approve or decline an export of somebody else' },
  params: OfExport,
  body: z.object({ approve: z.boolean(), note: z.string().trim().max(400) }),
  response: Done,
  refusals: [
    'branch-unknown',
    'export-unknown',
    'export-own-request',
    'second-person-tied',
    'export-decided',
    'not-allowed',
  ],
} as const satisfies Endpoint

export const downloadExport = {
  operationId: 'downloadExport',
  method: 'GET',
  path: '/branches/:branchId/exports/:exportId/file',
  needs: 'own',
  summary: { zh: '下载已批准的导出文件', en: 'Download an export that was approved' },
  params: OfExport,
  response: z.string(),
  refusals: ['branch-unknown', 'export-unknown', 'export-not-yours', 'export-not-ready'],
  kind: 'download',
} as const satisfies Endpoint
