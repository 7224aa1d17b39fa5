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
  Reason,
  SentName,
} from './endpoint.ts'
import { Touchpoint } from './organisation.ts'

/** A typed column that conditions may ask about. */
export const Field = z
  .object({
    field: z.string(),
    label: Named,
    group: z.string(),
    type: z.enum(['text', 'code', 'int', 'fen', 'number', 'bool', 'date', 'month']),
    unit: Named.nullable(),
    /** For codes: the values and what they are called. */
    values: z.array(z.object({ value: z.string(), label: Named })).nullable(),
    operators: z.array(z.string()),
    /** False: the latest snapshot has no such column; a condition on it selects nobody. */
    delivered: z.boolean(),
  })
  .meta({ id: 'Field' })

export const listFields = {
  operationId: 'listFields',
  method: 'GET',
  path: '/branches/:branchId/fields',
  needs: 'anyone',
  summary: { zh: '字段目录', en: 'The field catalogue' },
  params: InBranch,
  response: z.object({ asOf: Day.nullable(), fields: z.array(Field) }),
  refusals: ['branch-unknown', 'snapshot-damaged'],
} as const satisfies Endpoint

const Scalar = z.union([z.string().max(200), z.number(), z.boolean()])

/**
 * A condition tree: `all`, `any` and `not` over comparisons of one field. At most 8 levels and 200
 * nodes. `within_days` / `days_ago` compare a day with the planning day D: `within_days n` means
 * D ≤ value < D + n + 1; `older_than_days n` means value < D − n.
 */
export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | { field: string; op: Operator; value?: Scalar | Scalar[] | undefined }
type Scalar = z.infer<typeof Scalar>

export const Operator = z.enum([
  'eq',
  'ne',
  'in',
  'not_in',
  'lt',
  'lte',
  'gt',
  'gte',
  'range',
  'contains',
  'starts_with',
  'is_true',
  'is_false',
  'known',
  'unknown',
  'within_days',
  'older_than_days',
  'before_today',
])
export type Operator = z.infer<typeof Operator>

export const Condition: z.ZodType<Condition> = z
  .lazy(() =>
    z.union([
      z.strictObject({ all: z.array(Condition).max(200) }),
      z.strictObject({ any: z.array(Condition).max(200) }),
      z.strictObject({ not: Condition }),
      z.strictObject({
        field: z.string().max(60),
        op: Operator,
        value: z.union([Scalar, z.array(Scalar).max(200)]).optional(),
      }),
    ]),
  )
  .meta({ id: 'Condition' })

export const countSegment = {
  operationId: 'countSegment',
  method: 'POST',
  asks: true,
  path: '/branches/:branchId/segments/count',
  needs: 'subscriber:read',
  summary: { zh: '实时人数', en: 'Count whom a condition selects' },
  params: InBranch,
  body: z.object({ conditions: Condition, date: Day.optional() }),
  response: z.object({
    count: Count,
    households: Count,
    base: Count,
    asOf: Day.nullable(),
    notDelivered: z.array(z.object({ field: z.string(), label: Named })),
  }),
  refusals: [
    'branch-unknown',
    'field-unknown',
    'condition-invalid',
    'condition-too-deep',
    'snapshot-damaged',
  ],
} as const satisfies Endpoint

export const Offer = z
  .strictObject({
    id: z.string().min(1).max(60),
    name: SentName,
    /** What it costs a month, or once; the public tariff. */
    monthlyFeeFen: Fen.nullable(),
    oneOffFen: Fen.nullable(),
    /** 资费标准、有效期、办理条件、到期后资费, as the rules on tariff text demand. */
    terms: SentName,
    /** The offer is for subscribers who also meet this. The first offer that fits is proposed. */
    conditions: Condition.optional(),
  })
  .meta({ id: 'Offer' })

export const Purpose = z.enum([
  'marketing',
  'renewal',
  'collection',
  'service',
  'survey',
  'retention',
])

/** A campaign as data; the same shape in YAML files, in the web and in the ledger. */
export const Campaign = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9-]{2,60}$/),
    name: SentName,
    purpose: Purpose,
    /** In order of preference. */
    touchpoints: z.array(Touchpoint).min(1).max(6),
    conditions: Condition,
    /** Columns without which the campaign selects nobody, and says so. */
    needs: z.array(z.string()).max(40),
    deadline: z
      .strictObject({
        /** Days before contract end at which the pressure rises, most distant first. */
        ladder: z.array(z.int().min(0).max(400)).max(12),
        relativeTo: z.literal('contract_end'),
      })
      .nullable(),
    offers: z.array(Offer).min(1).max(20),
    script: SentName,
    /** What a success is worth, in fen. */
    valueFen: Fen.nonnegative(),
    /** The share of contacts that succeed, until a model says better. */
    propensity: z.number().min(0).max(1),
    /** Business lever: 1 is neutral. */
    lever: z.number().min(0).max(10),
    holdOutShare: z.number().min(0).max(0.5),
    /** Only people who have this skill meet these households; absent: anybody. */
    skill: z.string().trim().min(1).max(40).optional(),
    /** Visit windows it may be done in; empty: any window of the day. */
    windows: z.array(z.string().max(60)).max(20),
    valid: z.strictObject({ from: Day, to: Day.nullable() }),
    ownerUnit: Id,
    enabled: z.boolean(),
  })
  .meta({ id: 'Campaign' })
export type Campaign = z.infer<typeof Campaign>

const CampaignRow = z.object({
  campaign: Campaign,
  version: Count,
  savedAt: Instant,
  savedBy: z.string(),
  /** Their name, or “—” for who is out of scope. */
  savedByName: Named,
  /** Whom it selects on the latest snapshot; null while none is imported. */
  count: Count.nullable(),
  warnings: z.array(Reason),
})

export const listCampaigns = {
  operationId: 'listCampaigns',
  method: 'GET',
  path: '/branches/:branchId/campaigns',
  needs: 'anyone',
  summary: { zh: '活动列表', en: 'Campaigns with their live count' },
  params: InBranch,
  response: z.object({
    rows: z.array(CampaignRow),
    asOf: Day.nullable(),
    can: z.array(z.string()),
  }),
  refusals: ['branch-unknown', 'snapshot-damaged'],
} as const satisfies Endpoint

const OfCampaign = InBranch.extend({ campaignId: z.string().max(60) })

export const readCampaign = {
  operationId: 'readCampaign',
  method: 'GET',
  path: '/branches/:branchId/campaigns/:campaignId',
  needs: 'anyone',
  summary: { zh: '一项活动', en: 'One campaign' },
  params: OfCampaign,
  response: CampaignRow.extend({ yaml: z.string(), can: z.array(z.string()) }),
  refusals: ['branch-unknown', 'campaign-unknown', 'snapshot-damaged'],
} as const satisfies Endpoint

export const putCampaign = {
  operationId: 'putCampaign',
  method: 'PUT',
  path: '/branches/:branchId/campaigns/:campaignId',
  needs: 'campaign:write',
  summary: { zh: '保存活动（新版本）', en: 'Save a campaign as a new version' },
  params: OfCampaign,
  body: z.union([z.object({ campaign: Campaign }), z.object({ yaml: z.string().max(200_000) })]),
  response: CampaignRow,
  refusals: [
    'branch-unknown',
    'snapshot-damaged',
    'not-allowed',
    'campaign-invalid',
    'campaign-id-differs',
    'field-unknown',
    'condition-invalid',
    'condition-too-deep',
  ],
} as const satisfies Endpoint
