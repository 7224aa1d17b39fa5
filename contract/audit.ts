import { z } from 'zod'
import { Day, type Endpoint, Id, InBranch, Instant, Named, PageQuery, pageOf } from './endpoint.ts'

/** What is audited, and what people call it. */
export const AUDIT_ACTIONS = {
  'session.opened': { zh: '登录', en: 'Signed in' },
  'session.refused': { zh: '登录失败', en: 'Sign-in refused' },
  'session.closed': { zh: '退出登录', en: 'Signed out' },
  'session.ended': { zh: '结束其他登录', en: 'Ended sessions' },
  'account.unlocked': { zh: '解锁帐号', en: 'Unlocked an account' },
  'second-factor.enrolled': { zh: '启用二次验证', en: 'Set up a second factor' },
  'second-factor.removed': { zh: '停用二次验证', en: 'Took the own second factor away' },
  'second-factor.reset': { zh: '重置他人二次验证', en: 'Reset somebody’s second factor' },
  'second-factor.recovered': { zh: '使用恢复码', en: 'Used a recovery code' },
  'password.changed': { zh: '修改本人密码', en: 'Changed the own password' },
  'password.given': { zh: '为他人设置密码', en: 'Gave somebody a password' },
  'unit.changed': { zh: '修改组织机构', en: 'Changed a unit' },
  'zones.changed': { zh: '片区调整', en: 'Re-zoned' },
  'staff.changed': { zh: '修改人员与权限', en: 'Changed a person or permissions' },
  'token.made': { zh: '生成服务令牌', en: 'Made a service token' },
  'token.revoked': { zh: '吊销服务令牌', en: 'Revoked a service token' },
  'webhook.made': { zh: '添加事件推送', en: 'Added a webhook' },
  'webhook.changed': { zh: '修改事件推送', en: 'Changed a webhook' },
  'webhook.paused': { zh: '暂停事件推送', en: 'Paused a webhook' },
  'webhook.resumed': { zh: '恢复事件推送', en: 'Let a webhook go on' },
  'webhook.deleted': { zh: '删除事件推送', en: 'Deleted a webhook' },
  'webhook.tested': { zh: '测试事件推送', en: 'Tried a webhook' },
  'webhook.disabled': { zh: '停用失败的事件推送', en: 'Gave a failing webhook up' },
  'identity.linked': { zh: '关联主帐号', en: 'Linked a main account' },
  'identity.unlinked': { zh: '解除主帐号关联', en: 'Unlinked a main account' },
  'identity.refused': { zh: '单点登录被拒', en: 'Single sign-on refused' },
  'identity.ended': { zh: '认证平台终止会话', en: 'The identity provider ended sessions' },
  'calendar.changed': { zh: '修改日历', en: 'Changed the calendar' },
  'settings.changed': { zh: '修改规则', en: 'Changed a rule' },
  'portrait.read': { zh: '查看用户画像', en: 'Read a portrait' },
  'personal.unmasked': { zh: '查看明文', en: 'Read personal data in clear' },
  'alarm.raised': { zh: '触发个人信息异常提醒', en: 'Set off an alarm about personal data' },
  'subject.told': { zh: '向用户本人提供其个人信息', en: 'Told somebody what is kept of them' },
  'consent.recorded': { zh: '登记同意或退订', en: 'Recorded a consent' },
  'import.recorded': { zh: '导入文件', en: 'Imported a file' },
  'import.withdrawn': { zh: '撤回导入', en: 'Withdrew an import' },
  'profile.saved': { zh: '保存列映射方案', en: 'Saved a profile' },
  'campaign.saved': { zh: '保存营销活动', en: 'Saved a campaign' },
  'plan.made': { zh: '制定计划', en: 'Made a plan' },
  'plan.published': { zh: '发布计划', en: 'Published a plan' },
  'export.requested': { zh: '申请导出', en: 'Asked for an export' },
  'export.approved': { zh: '批准导出', en: 'Approved an export' },
  'export.declined': { zh: '驳回导出', en: 'Declined an export' },
  'export.downloaded': { zh: '下载导出文件', en: 'Downloaded an export' },
  'export.deleted': { zh: '删除到期导出文件', en: 'Deleted an export that had ended' },
  'export.made': { zh: '导出', en: 'Made an export' },
  'backup.made': { zh: '备份', en: 'Made a backup' },
  'audit.read': { zh: '查询审计日志', en: 'Searched the audit trail' },
} as const
export type AuditAction = keyof typeof AUDIT_ACTIONS

export const AuditEntry = z
  .object({
    seq: z.int(),
    at: Instant,
    actor: z.object({ id: z.string(), name: Named }),
    action: z.string(),
    actionName: Named,
    /** What it was about: its kind and id; null for acts on nothing in particular. */
    about: z.object({ kind: z.string(), id: z.string() }).nullable(),
    values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    hash: z.string(),
  })
  .meta({ id: 'AuditEntry' })

export const listAudit = {
  operationId: 'listAudit',
  method: 'GET',
  path: '/branches/:branchId/audit',
  needs: 'audit:read',
  summary: { zh: '查询审计日志', en: 'Search the audit trail' },
  params: InBranch,
  query: PageQuery.omit({ sort: true }).extend({
    from: Day.optional(),
    to: Day.optional(),
    actor: Id.optional(),
    action: z.enum(Object.keys(AUDIT_ACTIONS) as [AuditAction, ...AuditAction[]]).optional(),
    about: Id.optional(),
  }),
  response: pageOf(AuditEntry),
  refusals: ['cursor-unreadable'],
} as const satisfies Endpoint
