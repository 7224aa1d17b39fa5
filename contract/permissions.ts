import { z } from 'zod'
import type { Endpoint } from './endpoint.ts'
import { Named } from './endpoint.ts'
import { Role } from './organisation.ts'

/** What actions are done to. */
export const RESOURCES = {
  organisation: { zh: '组织与人员', en: 'Organisation and people' },
  subscribers: { zh: '用户', en: 'Subscribers' },
  imports: { zh: '数据导入', en: 'Imports' },
  plans: { zh: '计划与活动', en: 'Plans and campaigns' },
  worklists: { zh: '清单与导出', en: 'Lists and exports' },
  settings: { zh: '日历与规则', en: 'Calendar and rules' },
  audit: { zh: '审计', en: 'Audit' },
} as const
export type Resource = keyof typeof RESOURCES

/**
 * Everything that a role may allow. `whole`: done to a branch as a whole, so the branch itself must
 * be below the post that allows it; the others are done to what lies below that post. `apart`:
 * administrators, who give it to others, do not hold it themselves.
 */
export const ACTIONS = {
  'organisation:write': {
    ...{ resource: 'organisation', whole: false },
    name: { zh: '修改组织与人员', en: 'Change units and people' },
  },
  'staff:passwords': {
    ...{ resource: 'organisation', whole: false },
    name: {
      zh: '任命管理员和审计员、设置他人密码',
      en: 'Appoint administrators and auditors, give passwords',
    },
  },
  'token:write': {
    ...{ resource: 'organisation', whole: false },
    name: { zh: '生成、吊销服务令牌', en: 'Make and revoke service tokens' },
  },
  'webhook:write': {
    ...{ resource: 'organisation', whole: true },
    name: { zh: '设置事件推送', en: 'Set up webhooks' },
  },
  'device:wipe': {
    ...{ resource: 'organisation', whole: false },
    name: { zh: '查看、远程清除他人的手机', en: 'See and wipe the phones of others' },
  },
  'subscriber:read': {
    ...{ resource: 'subscribers', whole: false },
    name: { zh: '查看用户（脱敏）', en: 'Read subscribers, masked' },
  },
  'subscriber:unmask': {
    ...{ resource: 'subscribers', whole: false, apart: true },
    name: { zh: '凭用途查看用户明文', en: 'Read a subscriber in clear for a stated purpose' },
  },
  'touch:record': {
    ...{ resource: 'subscribers', whole: false, apart: true },
    name: { zh: '登记与用户的接触', en: 'Record touches of a subscriber' },
  },
  'subject:correct': {
    ...{ resource: 'subscribers', whole: false, apart: true },
    name: {
      zh: '登记、撤回个人信息更正',
      en: 'Record and take back corrections of personal data',
    },
  },
  'subject:erase': {
    ...{ resource: 'subscribers', whole: true },
    name: { zh: '登记个人信息删除申请', en: 'Ask for the erasure of personal data' },
  },
  'subject:approve': {
    ...{ resource: 'subscribers', whole: true, apart: true },
    name: { zh: '审批他人登记的删除申请', en: 'Decide on erasures that others ask for' },
  },
  'import:write': {
    ...{ resource: 'imports', whole: true },
    name: { zh: '导入、撤回文件，保存列映射方案', en: 'Import and withdraw files, save profiles' },
  },
  'plan:make': {
    ...{ resource: 'plans', whole: true },
    name: { zh: '制定计划', en: 'Make plans' },
  },
  'plan:publish': {
    ...{ resource: 'plans', whole: true },
    name: { zh: '发布计划', en: 'Publish plans' },
  },
  'campaign:write': {
    ...{ resource: 'plans', whole: true },
    name: { zh: '修改营销活动', en: 'Change campaigns' },
  },
  'worklist:read-all': {
    ...{ resource: 'worklists', whole: false },
    name: { zh: '查看他人的清单', en: 'Read the lists of others' },
  },
  'task:work': {
    ...{ resource: 'worklists', whole: false, apart: true },
    name: { zh: '登记本人任务的结果', en: 'Record the results of the own tasks' },
  },
  'task:assign': {
    ...{ resource: 'worklists', whole: false, apart: true },
    name: { zh: '改派、收回任务', en: 'Give tasks to others and take them back' },
  },
  'sweep:plan': {
    ...{ resource: 'worklists', whole: false, apart: true },
    name: { zh: '安排扫楼扫村', en: 'Plan sweeps of villages and buildings' },
  },
  'event:plan': {
    ...{ resource: 'worklists', whole: false, apart: true },
    name: { zh: '安排、取消现场活动', en: 'Plan on-site events and call them off' },
  },
  'event:report': {
    ...{ resource: 'worklists', whole: false, apart: true },
    name: { zh: '上报本人参加的现场活动', en: 'Prove and report the events one goes to' },
  },
  'export:lists': {
    ...{ resource: 'worklists', whole: false },
    name: { zh: '导出他人的清单', en: 'Export the lists of others' },
  },
  'export:personal': {
    ...{ resource: 'worklists', whole: false },
    name: { zh: '申请导出明文个人信息', en: 'Ask for an export of personal data in clear' },
  },
  'export:approve': {
    ...{ resource: 'worklists', whole: false, apart: true },
    name: { zh: '审批他人的导出申请', en: 'Decide on the exports that others ask for' },
  },
  'calendar:write': {
    ...{ resource: 'settings', whole: true },
    name: { zh: '修改日历、农时、走访时段', en: 'Change the calendar, seasons and visit times' },
  },
  'settings:write': {
    ...{ resource: 'settings', whole: true },
    name: { zh: '修改规则', en: 'Change rules' },
  },
  'job:retry': {
    ...{ resource: 'settings', whole: true },
    name: { zh: '查看、重试未完成的后台任务', en: 'See failed jobs and try them again' },
  },
  'alarm:read': {
    ...{ resource: 'audit', whole: false, apart: true },
    name: { zh: '查看个人信息异常提醒', en: 'Read alarms about personal data' },
  },
  'audit:read': {
    ...{ resource: 'audit', whole: true, apart: true },
    name: { zh: '查询审计日志', en: 'Search the audit trail' },
  },
} as const satisfies Record<
  string,
  Readonly<{
    resource: Resource
    whole: boolean
    apart?: true
    name: Readonly<{ zh: string; en: string }>
  }>
>
export type Action = keyof typeof ACTIONS

export const isAction = (text: string): text is Action => Object.hasOwn(ACTIONS, text)

/**
 * What a call takes besides being in scope: an action; `own`: it concerns the caller alone;
 * `anyone`: nothing more, and for an `open` call not even a sign-in. With `orElse` the own is free
 * and another’s takes the action.
 */
export type Needs = Action | 'own' | 'anyone' | Readonly<{ orElse: Action }>

/** The action without which the call is refused whatever it is about; null where there is none. */
export const neededAction = (needs: Needs | undefined): Action | null =>
  typeof needs === 'string' && isAction(needs) ? needs : null

export const readPermissions = {
  operationId: 'readPermissions',
  method: 'GET',
  path: '/permissions',
  needs: 'anyone',
  summary: { zh: '岗位权限表', en: 'What each role may do' },
  response: z.object({
    roles: z.array(z.object({ role: Role, name: Named, may: z.array(z.string()) })),
    actions: z.array(
      z.object({
        action: z.string(),
        name: Named,
        resource: z.string(),
        resourceName: Named,
        whole: z.boolean(),
      }),
    ),
  }),
  refusals: [],
} as const satisfies Endpoint
