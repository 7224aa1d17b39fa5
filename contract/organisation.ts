import { z } from 'zod'
import { Count, Day, Done, type Endpoint, Id, PageQuery, pageOf } from './endpoint.ts'
import type { Sentence } from './language.ts'

/** Levels of the tree, highest first; levels may be left out, never turned round. */
export const UnitKind = z.enum(['province', 'city', 'branch', 'zone', 'hall', 'grid'])
export type UnitKind = z.infer<typeof UnitKind>

export const Role = z.enum([
  'branch_manager',
  'zone_manager',
  'area_director',
  'hall_manager',
  'hall_clerk',
  'community_manager',
  'micro_seller',
  'marketer',
  'village_agent',
  'hotline_agent',
  'support_lead',
  'installer',
  'retention_agent',
  'account_manager',
  'channel_manager',
  'analyst',
  'administrator',
  'auditor',
])
export type Role = z.infer<typeof Role>

/** What roles are called. */
export const ROLE_NAMES = {
  branch_manager: { zh: '分公司经理', en: 'Branch manager' },
  zone_manager: { zh: '片区经理', en: 'Zone manager' },
  area_director: { zh: '区域总监', en: 'Area director' },
  hall_manager: { zh: '营业厅经理', en: 'Hall manager' },
  hall_clerk: { zh: '营业员', en: 'Hall clerk' },
  community_manager: { zh: '社区经理', en: 'Community manager' },
  micro_seller: { zh: '微销售', en: 'Micro-seller' },
  marketer: { zh: '行销员', en: 'Marketer' },
  village_agent: { zh: '村级代办员', en: 'Village agent' },
  hotline_agent: { zh: '热线员', en: 'Hotline agent' },
  support_lead: { zh: '支撑组长', en: 'Support lead' },
  installer: { zh: '装维员', en: 'Installer' },
  retention_agent: { zh: '拆挽专席', en: 'Retention agent' },
  account_manager: { zh: '客户经理', en: 'Account manager' },
  channel_manager: { zh: '渠道经理', en: 'Channel manager' },
  analyst: { zh: '经营分析', en: 'Analyst' },
  administrator: { zh: '系统管理员', en: 'Administrator' },
  auditor: { zh: '审计', en: 'Auditor' },
} as const satisfies Record<Role, Sentence>

/** Where a household can be met; `door`, `call_out`, `hall` and `installer` take a person’s time. */
export const Touchpoint = z.enum(['door', 'call_out', 'hall', 'installer', 'sms', 'online'])
export type Touchpoint = z.infer<typeof Touchpoint>

export const Unit = z
  .object({
    unitId: Id,
    parentId: Id.nullable(),
    kind: UnitKind,
    name: z.string(),
    divisionCode: z.string().nullable(),
    headStaffId: Id.nullable(),
    headName: z.string().nullable(),
    validFrom: Day,
    validTo: Day.nullable(),
    /** People who belong to the unit itself, on the day asked for. */
    staff: Count,
    /** Villages, communities and buildings that belong to the unit (grids have them). */
    places: Count,
    /** False for the units above the own one: shown for the path, nothing inside is visible. */
    inScope: z.boolean(),
  })
  .meta({ id: 'OrganisationUnit' })

export const readTree = {
  operationId: 'readTree',
  method: 'GET',
  path: '/organisation/units',
  needs: 'anyone',
  summary: { zh: '组织树', en: 'The tree of units in scope, and the units above them' },
  query: z.object({ on: Day.optional() }),
  response: z.object({ units: z.array(Unit), can: z.array(z.string()) }),
  refusals: [],
} as const satisfies Endpoint

export const putUnit = {
  operationId: 'putUnit',
  method: 'PUT',
  path: '/organisation/units/:unitId',
  needs: 'organisation:write',
  summary: { zh: '新增或修改单位（自某日起生效）', en: 'Add or change a unit from a day on' },
  params: z.object({ unitId: Id }),
  body: z.object({
    parentId: Id.nullable(),
    kind: UnitKind,
    name: z.string().min(1).max(60),
    divisionCode: z.string().max(20).nullable(),
    headStaffId: Id.nullable(),
    validFrom: Day,
    validTo: Day.nullable(),
  }),
  response: Done,
  refusals: [
    'not-allowed',
    'unit-unknown',
    'unit-elsewhere',
    'unit-circle',
    'unit-level-turned',
    'unit-dates-turned',
    'day-past',
    'staff-unknown',
  ],
} as const satisfies Endpoint

/** What a column of whole numbers holds at most. */
const MOST = 2_147_483_647
const Tasks = Count.max(MOST)
export const Capacity = z.object({
  door: Tasks,
  call_out: Tasks,
  hall: Tasks,
  installer: Tasks,
})

/** Where the call platform rings somebody of the staff: digits. */
export const Extension = z.string().regex(/^\d{2,12}$/)

export const Staff = z
  .object({
    staffId: Id,
    name: z.string(),
    phone: z.string().nullable(),
    account: z.string().nullable(),
    roles: z.array(Role),
    unitId: Id,
    unitName: z.string(),
    skills: z.array(z.string()),
    /** Tasks per working day, by touchpoint. */
    capacity: Capacity,
    /** Working weekdays, Monday is 1. */
    days: z.string(),
    validFrom: Day,
    validTo: Day.nullable(),
    agency: z.string().nullable(),
    extension: Extension.nullable(),
  })
  .meta({ id: 'Staff' })

export const listStaff = {
  operationId: 'listStaff',
  method: 'GET',
  path: '/organisation/staff',
  needs: 'anyone',
  summary: { zh: '人员列表', en: 'The people of a unit and everything below it' },
  query: PageQuery.extend({
    unit: Id.optional(),
    role: Role.optional(),
    /** Only who may do this, by a post on the day. */
    may: z.enum(['task:work']).optional(),
    search: z.string().max(60).optional(),
    on: Day.optional(),
  }),
  response: pageOf(Staff),
  refusals: ['sort-unknown', 'cursor-unreadable'],
} as const satisfies Endpoint

export const putStaff = {
  operationId: 'putStaff',
  method: 'PUT',
  path: '/organisation/staff/:staffId',
  needs: 'organisation:write',
  summary: { zh: '新增或修改人员', en: 'Add or change a person' },
  params: z.object({ staffId: Id }),
  body: z.object({
    name: z.string().min(1).max(60),
    phone: z.string().max(20).nullable(),
    account: z.string().min(2).max(60).nullable(),
    roles: z.array(Role).min(1),
    unitId: Id,
    skills: z.array(z.string().max(40)).max(20),
    capacity: Capacity,
    days: z.string().regex(/^1?2?3?4?5?6?7?$/),
    validFrom: Day,
    validTo: Day.nullable(),
    agency: z.string().max(80).nullable(),
    /** Absent: stays as it is. */
    extension: Extension.nullable().optional(),
  }),
  response: Done,
  refusals: [
    'not-allowed',
    'unit-unknown',
    'person-elsewhere',
    'account-taken',
    'account-above-own',
    'unit-dates-turned',
    'day-past',
    'role-above-own',
    'own-post',
  ],
} as const satisfies Endpoint

/** A post beside the main one: its roles count in its unit and below, while the main one holds. */
export const Post = z
  .object({
    postNo: z.int().positive(),
    unitId: Id,
    unitName: z.string(),
    roles: z.array(Role),
    validFrom: Day,
    validTo: Day.nullable(),
  })
  .meta({ id: 'Post' })

export const listPosts = {
  operationId: 'listPosts',
  method: 'GET',
  path: '/organisation/staff/:staffId/posts',
  needs: 'anyone',
  summary: { zh: '人员的兼任岗位', en: 'The posts of a person beside the main one' },
  params: z.object({ staffId: Id }),
  response: z.object({ posts: z.array(Post) }),
  refusals: ['staff-unknown'],
} as const satisfies Endpoint

export const addPost = {
  operationId: 'addPost',
  method: 'POST',
  path: '/organisation/staff/:staffId/posts',
  needs: 'organisation:write',
  summary: { zh: '新增兼任岗位（自某日起生效）', en: 'Give a person one more post from a day on' },
  params: z.object({ staffId: Id }),
  body: z.object({
    unitId: Id,
    roles: z.array(Role).min(1),
    validFrom: Day,
    validTo: Day.nullable(),
  }),
  response: z.object({ postNo: z.int().positive() }),
  refusals: [
    ...(['not-allowed', 'staff-unknown', 'unit-unknown', 'unit-dates-turned'] as const),
    ...(['own-post', 'role-above-own', 'post-over'] as const),
  ],
} as const satisfies Endpoint

export const endPost = {
  operationId: 'endPost',
  method: 'PUT',
  path: '/organisation/staff/:staffId/posts/:postNo/end',
  needs: 'organisation:write',
  summary: { zh: '结束兼任岗位', en: 'End a post on a day' },
  params: z.object({ staffId: Id, postNo: z.coerce.number().int().positive().max(MOST) }),
  body: z.object({ on: Day }),
  response: Done,
  refusals: ['not-allowed', 'post-unknown', 'own-post', 'role-above-own', 'post-over'],
} as const satisfies Endpoint

export const setStaffPassword = {
  operationId: 'setStaffPassword',
  method: 'PUT',
  secret: true,
  path: '/organisation/staff/:staffId/password',
  needs: 'staff:passwords',
  summary: { zh: '为人员设置密码', en: 'Set a person’s password' },
  params: z.object({ staffId: Id }),
  body: z.object({ password: z.string().min(1).max(200) }),
  response: Done,
  refusals: [
    'not-allowed',
    'staff-unknown',
    'own-account-elsewhere',
    'password-too-short',
    'password-too-weak',
    'password-personal',
  ],
} as const satisfies Endpoint
