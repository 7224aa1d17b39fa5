import { z } from 'zod'
import {
  Count,
  Day,
  Done,
  type Endpoint,
  Id,
  Instant,
  Named,
  PageQuery,
  pageOf,
  Uuid,
} from './endpoint.ts'
import { ExportOrder } from './exports.ts'
import { ImportKind } from './imports.ts'
import type { Sentence } from './language.ts'

const ofFile = z.object({ branchId: Id, kind: ImportKind, date: Day })
const ofImport = ofFile.extend({ importId: Uuid })
const ofPlan = z.object({ branchId: Id, planId: Id, day: Day })
const ofExport = z.object({ branchId: Id, exportId: Uuid })
const what = z.enum(ExportOrder.options.map((order) => order.shape.what.value))

/**
 * What other systems are told of, and with what: ids, days and counts. Who was concerned is read
 * through the API by whoever may.
 */
export const WEBHOOK_EVENTS = {
  'import.done': {
    name: { zh: '文件已导入', en: 'A file was imported' },
    data: ofImport.extend({ rows: Count, accepted: Count, rejected: Count, duplicates: Count }),
  },
  'import.refused': {
    name: { zh: '文件被拒收', en: 'A file was refused' },
    // Not with what: its sentence may cite the file.
    data: ofFile.extend({ because: z.string() }),
  },
  'import.withdrawn': {
    name: { zh: '导入已撤回', en: 'An import was withdrawn' },
    data: ofImport,
  },
  'plan.made': { name: { zh: '计划已生成', en: 'A plan was made' }, data: ofPlan },
  'plan.published': { name: { zh: '计划已发布', en: 'A plan was published' }, data: ofPlan },
  'plan.withdrawn': {
    name: { zh: '已发布的计划被撤下', en: 'A published plan was withdrawn' },
    data: ofPlan.extend({ replacedBy: Id }),
  },
  'export.requested': {
    name: { zh: '有人申请导出', en: 'An export was asked for' },
    data: ofExport.extend({ what, unitId: Id }),
  },
  'export.approved': {
    name: { zh: '导出已批准', en: 'An export was approved' },
    data: ofExport.extend({ what }),
  },
  'export.declined': {
    name: { zh: '导出已驳回', en: 'An export was declined' },
    data: ofExport.extend({ what }),
  },
  'export.ready': {
    name: { zh: '导出文件已生成', en: 'An export is ready' },
    data: ofExport.extend({ rows: Count }),
  },
  'alarm.raised': {
    name: { zh: '个人信息异常提醒', en: 'An alarm about personal data' },
    // Not about whom: administrators, who say where messages go, do not read alarms.
    data: z.object({ branchId: Id, unitId: Id, reason: z.string(), day: Day }),
  },
} as const satisfies Record<string, Readonly<{ name: Sentence; data: z.ZodObject }>>
export type WebhookEvent = keyof typeof WEBHOOK_EVENTS
export const WEBHOOK_KINDS = Object.keys(WEBHOOK_EVENTS) as [WebhookEvent, ...WebhookEvent[]]

/** The kind of a message that only tries whether messages arrive. */
export const TEST_KIND = 'webhook.test'

/** Why a message was not delivered where no refusal of the address says it. */
export const POST_FAULTS = {
  'timed-out': { zh: '10 秒内没有应答', en: 'No answer within 10 s' },
  'connection-refused': { zh: '对方拒绝连接', en: 'The connection was refused' },
  'connection-broken': { zh: '连接中断', en: 'The connection broke off' },
  'certificate-not-valid': { zh: '对方的证书无效', en: 'The certificate is not valid' },
  stopped: { zh: '本服务正在停止，稍后再试', en: 'This server was stopping; it is tried again' },
  'secret-unreadable': {
    zh: '本机没有解开签名密钥的密钥文件，请更换密钥后恢复推送',
    en: 'The key that opens the signing secret is not here; renew the secret and let it go on',
  },
} as const satisfies Record<string, Sentence>

/** `disabled`: the server gave up; `paused`: somebody stopped it. Both keep what happens meanwhile. */
export const WebhookState = z.enum(['active', 'paused', 'disabled'])

export const Webhook = z
  .object({
    webhookId: Id,
    name: z.string(),
    unit: z.object({ unitId: Id, name: z.string() }),
    url: z.string(),
    kinds: z.array(z.enum(WEBHOOK_KINDS)),
    state: WebhookState,
    /** Why it is disabled; null while it is not. */
    because: Named.nullable(),
    madeAt: Instant,
    madeBy: Named,
    /** Messages that wait to be sent. */
    waiting: Count,
    /** When the latest message arrived; null: none did. */
    deliveredAt: Instant.nullable(),
  })
  .meta({ id: 'Webhook' })

export const WebhookDelivery = z
  .object({
    eventId: Id,
    kind: z.enum(WEBHOOK_KINDS),
    branchId: Id,
    happenedAt: Instant,
    state: z.enum(['waiting', 'delivered', 'failed']),
    attempts: Count,
    lastAt: Instant.nullable(),
    /** When it is tried next; null when it is not, or not before the webhook goes on. */
    nextAt: Instant.nullable(),
    /** What the latest attempt came to; null before the first. */
    outcome: Named.nullable(),
  })
  .meta({ id: 'WebhookDelivery' })

const Address = z
  .string()
  .trim()
  .min(1)
  .max(2000)
  .regex(/^[Hh][Tt][Tt][Pp][Ss]?:\/\/[^\s]+$/)
const Wish = z.strictObject({
  name: z.string().trim().min(1).max(60),
  url: Address,
  kinds: z.array(z.enum(WEBHOOK_KINDS)).min(1).max(WEBHOOK_KINDS.length),
})
const OfWebhook = z.object({ webhookId: Id })
const ADDRESS_REFUSALS = [
  ...(['address-malformed', 'address-not-https', 'address-with-password'] as const),
  ...(['address-port', 'address-host-unknown', 'address-inside'] as const),
] as const

export const listWebhooks = {
  operationId: 'listWebhooks',
  method: 'GET',
  path: '/webhooks',
  needs: 'webhook:write',
  summary: { zh: '事件推送', en: 'Webhooks' },
  response: z.object({ webhooks: z.array(Webhook) }),
  refusals: [],
} as const satisfies Endpoint

export const makeWebhook = {
  operationId: 'makeWebhook',
  method: 'POST',
  secret: true,
  path: '/webhooks',
  needs: 'webhook:write',
  summary: {
    zh: '添加事件推送（签名密钥只显示一次）',
    en: 'Add a webhook; its signing secret is shown once',
  },
  body: Wish.extend({ unitId: Id }),
  response: z.object({ secret: z.string(), made: Webhook }),
  refusals: [...ADDRESS_REFUSALS, 'unit-unknown', 'webhook-below-branch', 'webhook-too-many'],
} as const satisfies Endpoint

export const changeWebhook = {
  operationId: 'changeWebhook',
  method: 'PUT',
  path: '/webhooks/:webhookId',
  needs: 'webhook:write',
  summary: { zh: '修改事件推送', en: 'Change a webhook' },
  params: OfWebhook,
  body: Wish,
  response: Webhook,
  refusals: [...ADDRESS_REFUSALS, 'webhook-unknown'],
} as const satisfies Endpoint

export const renewWebhookSecret = {
  operationId: 'renewWebhookSecret',
  method: 'POST',
  secret: true,
  path: '/webhooks/:webhookId/secret',
  needs: 'webhook:write',
  summary: {
    zh: '更换签名密钥（只显示一次，旧密钥再并用一天）',
    en: 'Renew the signing secret, shown once; the one before signs along for a day',
  },
  params: OfWebhook,
  response: z.object({ secret: z.string() }),
  refusals: ['webhook-unknown'],
} as const satisfies Endpoint

export const pauseWebhook = {
  operationId: 'pauseWebhook',
  method: 'POST',
  path: '/webhooks/:webhookId/pause',
  needs: 'webhook:write',
  summary: { zh: '暂停事件推送', en: 'Pause a webhook' },
  params: OfWebhook,
  response: Webhook,
  refusals: ['webhook-unknown'],
} as const satisfies Endpoint

export const resumeWebhook = {
  operationId: 'resumeWebhook',
  method: 'POST',
  path: '/webhooks/:webhookId/resume',
  needs: 'webhook:write',
  summary: {
    zh: '恢复事件推送，补发积压的消息',
    en: 'Let a webhook go on, with all that waited',
  },
  params: OfWebhook,
  response: Webhook,
  refusals: ['webhook-unknown'],
} as const satisfies Endpoint

export const deleteWebhook = {
  operationId: 'deleteWebhook',
  method: 'DELETE',
  path: '/webhooks/:webhookId',
  needs: 'webhook:write',
  summary: { zh: '删除事件推送', en: 'Delete a webhook' },
  params: OfWebhook,
  response: Done,
  refusals: ['webhook-unknown'],
} as const satisfies Endpoint

export const testWebhook = {
  operationId: 'testWebhook',
  method: 'POST',
  path: '/webhooks/:webhookId/test',
  needs: 'webhook:write',
  summary: { zh: '发送一条测试消息', en: 'Send a test message' },
  params: OfWebhook,
  response: z.object({ delivered: z.boolean(), outcome: Named }),
  refusals: ['webhook-unknown'],
} as const satisfies Endpoint

export const listDeliveries = {
  operationId: 'listDeliveries',
  method: 'GET',
  path: '/webhooks/:webhookId/deliveries',
  needs: 'webhook:write',
  summary: { zh: '推送记录', en: 'What a webhook was sent' },
  params: OfWebhook,
  query: PageQuery.omit({ sort: true }),
  response: pageOf(WebhookDelivery),
  refusals: ['webhook-unknown', 'cursor-unreadable'],
} as const satisfies Endpoint

export const resendDelivery = {
  operationId: 'resendDelivery',
  method: 'POST',
  path: '/webhooks/:webhookId/deliveries/:eventId/resend',
  needs: 'webhook:write',
  summary: { zh: '再次发送一条消息', en: 'Send a message again' },
  params: OfWebhook.extend({ eventId: Id }),
  response: WebhookDelivery,
  refusals: ['webhook-unknown', 'delivery-unknown'],
} as const satisfies Endpoint
