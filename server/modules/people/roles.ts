import { ROLE_NAMES } from '#contract/organisation.ts'
import { type Action, ACTIONS as NAMED } from '#contract/permissions.ts'

export type { Action }
/** What a person may do with what is in scope; each module’s policy asks for one of these. */
export const ACTIONS = Object.keys(NAMED) as Action[]

type RoleOf = Readonly<{ name: Readonly<{ zh: string; en: string }>; may: readonly Action[] }>

const VISITS = ['subscriber:read', 'touch:record', 'task:work', 'event:report'] as const
const LOOKS = ['subscriber:read', 'worklist:read-all'] as const
/** Sees what others do, and goes along. */
const WATCHES = [...LOOKS, 'touch:record', 'task:work', 'event:report'] as const
const LEADS = [...WATCHES, 'task:assign', 'sweep:plan', 'event:plan'] as const
/** Whoever has customers before them or on the line. */
const SERVES = [...VISITS, 'subscriber:unmask', 'subject:correct'] as const
/** Whoever answers for what is done with personal data. */
const ANSWERS = [
  'subscriber:unmask',
  'subject:correct',
  'export:personal',
  'export:approve',
  'alarm:read',
] as const

/** Every role, what it is called, and what it allows. Whose rows it allows it on is the scope’s. */
export const ROLES = {
  branch_manager: {
    name: ROLE_NAMES.branch_manager,
    may: [
      ...LEADS,
      ...ANSWERS,
      'plan:make',
      'plan:publish',
      'campaign:write',
      'calendar:write',
      'organisation:write',
      'device:wipe',
      'export:lists',
      'import:write',
      'subject:erase',
      'subject:approve',
    ],
  },
  zone_manager: {
    name: ROLE_NAMES.zone_manager,
    may: [...LEADS, ...ANSWERS, 'device:wipe', 'export:lists'],
  },
  area_director: {
    name: ROLE_NAMES.area_director,
    may: [...LEADS, ...ANSWERS, 'device:wipe', 'export:lists'],
  },
  hall_manager: {
    name: ROLE_NAMES.hall_manager,
    may: [
      ...LEADS,
      'subscriber:unmask',
      'subject:correct',
      'export:personal',
      'alarm:read',
      'device:wipe',
      'export:lists',
    ],
  },
  hall_clerk: { name: ROLE_NAMES.hall_clerk, may: SERVES },
  community_manager: { name: ROLE_NAMES.community_manager, may: [...VISITS, 'sweep:plan'] },
  micro_seller: { name: ROLE_NAMES.micro_seller, may: VISITS },
  marketer: { name: ROLE_NAMES.marketer, may: VISITS },
  village_agent: { name: ROLE_NAMES.village_agent, may: VISITS },
  hotline_agent: { name: ROLE_NAMES.hotline_agent, may: SERVES },
  support_lead: {
    name: ROLE_NAMES.support_lead,
    may: [
      ...LEADS,
      'subscriber:unmask',
      'subject:correct',
      'export:personal',
      'export:approve',
      'import:write',
      'plan:make',
      'plan:publish',
      'calendar:write',
      'export:lists',
      'subject:erase',
      'subject:approve',
    ],
  },
  installer: { name: ROLE_NAMES.installer, may: VISITS },
  retention_agent: { name: ROLE_NAMES.retention_agent, may: SERVES },
  account_manager: { name: ROLE_NAMES.account_manager, may: SERVES },
  channel_manager: { name: ROLE_NAMES.channel_manager, may: WATCHES },
  analyst: {
    name: ROLE_NAMES.analyst,
    may: [...LOOKS, 'import:write', 'plan:make', 'campaign:write', 'export:personal'],
  },
  administrator: {
    name: ROLE_NAMES.administrator,
    may: [
      ...LOOKS,
      'organisation:write',
      'device:wipe',
      'staff:passwords',
      'token:write',
      'webhook:write',
      'calendar:write',
      'settings:write',
      'job:retry',
      'import:write',
      'campaign:write',
      'plan:make',
      'plan:publish',
      'export:lists',
      'export:personal',
      'subject:erase',
    ],
  },
  auditor: {
    name: ROLE_NAMES.auditor,
    may: [...LOOKS, 'audit:read', 'alarm:read'],
  },
} as const satisfies Record<string, RoleOf>

export type Role = keyof typeof ROLES

export const isRole = (text: string): text is Role => Object.hasOwn(ROLES, text)

/** Everything that the roles together allow; one that this release does not know allows nothing. */
export function actionsOf(roles: readonly string[]): ReadonlySet<Action> {
  return new Set(roles.filter(isRole).flatMap((role): readonly Action[] => ROLES[role].may))
}

/** The roles that allow an action. */
export function rolesThat(action: Action): Role[] {
  return (Object.keys(ROLES) as Role[]).filter((role) => actionsOf([role]).has(action))
}

/**
 * Whether whoever may do `own` in a unit may give a role there: one whose rights do not exceed the
 * own. Administrators also give the rights that are kept apart from theirs, such as those to audit
 * and to approve, which they do not hold themselves.
 */
export function mayGive(own: ReadonlySet<string>, role: string): boolean {
  const watches = role === 'administrator' || role === 'auditor'
  if (watches && !own.has('staff:passwords')) return false
  return [...actionsOf([role])].every(
    (action) => own.has(action) || (own.has('staff:passwords') && isApart(action)),
  )
}

const isApart = (action: Action): boolean => 'apart' in NAMED[action]

/** Visits happen on evenings, weekends and holidays: who makes them works all seven days. */
export function usualDays(roles: readonly Role[]): string {
  const visits = roles.includes('community_manager') || roles.includes('micro_seller')
  return visits ? '1234567' : '12345'
}
