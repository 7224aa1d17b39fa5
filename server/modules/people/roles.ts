/** What a person may do with what is in scope; each module’s policy asks for one of these. */
export const ACTIONS = [
  'import:write',
  'plan:make',
  'plan:publish',
  'campaign:write',
  'organisation:write',
  'staff:passwords',
  'calendar:write',
  'settings:write',
  'subscriber:read',
  'subscriber:unmask',
  'worklist:read-all',
  'export:lists',
  'audit:read',
] as const
export type Action = (typeof ACTIONS)[number]

type RoleOf = Readonly<{ name: Readonly<{ zh: string; en: string }>; may: readonly Action[] }>

const VISITS = ['subscriber:read'] as const
const LEADS = ['subscriber:read', 'worklist:read-all'] as const

/** Every role, what it is called, and what it allows. Whose rows it allows it on is the scope’s. */
export const ROLES = {
  branch_manager: {
    name: { zh: '县分公司经理', en: 'Branch manager' },
    may: [
      ...LEADS,
      'plan:make',
      'plan:publish',
      'campaign:write',
      'calendar:write',
      'organisation:write',
      'export:lists',
      'import:write',
    ],
  },
  zone_manager: {
    name: { zh: '片区经理', en: 'Zone manager' },
    may: [...LEADS, 'export:lists'],
  },
  area_director: {
    name: { zh: '片区总监', en: 'Area director' },
    may: [...LEADS, 'export:lists'],
  },
  hall_manager: {
    name: { zh: '营业厅经理', en: 'Hall manager' },
    may: [...LEADS, 'export:lists'],
  },
  hall_clerk: { name: { zh: '营业员', en: 'Hall clerk' }, may: VISITS },
  community_manager: { name: { zh: '社区经理', en: 'Community manager' }, may: VISITS },
  micro_seller: { name: { zh: '微销售', en: 'Micro-seller' }, may: VISITS },
  marketer: { name: { zh: '行销员', en: 'Marketer' }, may: VISITS },
  village_agent: { name: { zh: '村级代办员', en: 'Village agent' }, may: VISITS },
  hotline_agent: { name: { zh: '热线员', en: 'Hotline agent' }, may: VISITS },
  support_lead: {
    name: { zh: '支撑主管', en: 'Support lead' },
    may: [...LEADS, 'import:write', 'plan:make', 'plan:publish', 'calendar:write', 'export:lists'],
  },
  installer: { name: { zh: '装维员', en: 'Installer' }, may: VISITS },
  retention_agent: { name: { zh: '维系员', en: 'Retention agent' }, may: VISITS },
  account_manager: { name: { zh: '客户经理', en: 'Account manager' }, may: VISITS },
  channel_manager: { name: { zh: '渠道经理', en: 'Channel manager' }, may: LEADS },
  analyst: {
    name: { zh: '分析员', en: 'Analyst' },
    may: [...LEADS, 'import:write', 'plan:make', 'campaign:write'],
  },
  administrator: {
    name: { zh: '系统管理员', en: 'Administrator' },
    may: [
      ...LEADS,
      'organisation:write',
      'staff:passwords',
      'calendar:write',
      'settings:write',
      'import:write',
      'campaign:write',
      'plan:make',
      'plan:publish',
      'export:lists',
    ],
  },
  auditor: {
    name: { zh: '审计员', en: 'Auditor' },
    may: [...LEADS, 'audit:read'],
  },
} as const satisfies Record<string, RoleOf>

export type Role = keyof typeof ROLES

export const isRole = (text: string): text is Role => Object.hasOwn(ROLES, text)

/** Everything that the roles together allow. */
export function actionsOf(roles: readonly Role[]): ReadonlySet<Action> {
  return new Set(roles.flatMap((role): readonly Action[] => ROLES[role].may))
}

/** Visits happen on evenings, weekends and holidays: who makes them works all seven days. */
export function usualDays(roles: readonly Role[]): string {
  const visits = roles.includes('community_manager') || roles.includes('micro_seller')
  return visits ? '1234567' : '12345'
}
