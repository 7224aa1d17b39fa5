import { z } from 'zod'
import { Count, type Endpoint, Id, Instant, Named } from './endpoint.ts'
import { Role } from './organisation.ts'

/** A branch, a city or a province. */
const OfUnit = z.object({ unitId: Id })

/**
 * What is in force at a unit, how far it may go, and the versions that the unit itself has saved,
 * latest first.
 */
const settingsOf = <Setting extends z.ZodType>(setting: Setting) =>
  z.object({
    inForce: setting,
    /** Whose version that is; null while nobody at the unit or above it has saved one. */
    from: z.object({ unitId: Id, name: z.string(), version: Count }).nullable(),
    /** What the law or a unit above sets: nothing looser is saved here. */
    limits: z.array(
      z.object({ setting: z.string(), limit: z.union([z.number(), z.boolean()]), by: Named }),
    ),
    history: z.array(
      z.object({
        version: Count,
        savedAt: Instant,
        savedBy: z.string(),
        /** Their name, or “—” for who is out of scope. */
        savedByName: Named,
        setting,
      }),
    ),
    can: z.array(z.string()),
  })

const Days = z.int().min(1).max(366)

export const ContactPolicy = z
  .object({
    /** Marketing touches that reached a household: so many on one channel in so many days … */
    perChannel: z.int().min(1).max(100),
    perChannelDays: Days,
    /** … and so many on all channels together. */
    inTotal: z.int().min(1).max(100),
    totalDays: Days,
    /** Calendar months that a refusal holds at least. */
    refusalMonths: z.int().min(1).max(60),
    /** Whether the renewal of one’s own contract counts as marketing. */
    renewalIsMarketing: z.boolean(),
  })
  .meta({ id: 'ContactPolicy' })

export const PlanRules = z
  .object({
    /** Whether full crews hand over to others of the same hall, then zone. */
    mayOverflow: z.boolean(),
  })
  .meta({ id: 'PlanRules' })

export const Dormancy = z
  .object({
    /** After so many days without use somebody active counts as dormant. */
    dormantDays: z.int().min(1).max(1000),
  })
  .meta({ id: 'Dormancy' })

export const PrivacyRules = z
  .object({
    /** How many subscribers a person may see in clear text a day, outside the own tasks. */
    unmaskLimit: z.int().min(1).max(1000),
  })
  .meta({ id: 'PrivacyRules' })

export const SignInRules = z
  .object({
    /** Roles that sign in with a second factor, here and below. */
    secondFactorFor: z.array(Role),
  })
  .meta({ id: 'SignInRules' })

export const readContactPolicy = {
  operationId: 'readContactPolicy',
  method: 'GET',
  path: '/organisation/units/:unitId/settings/contacts',
  needs: 'anyone',
  summary: {
    zh: '接触规则（频次上限、拒绝期）',
    en: 'Rules of contact: caps and how long a “no” holds',
  },
  params: OfUnit,
  response: settingsOf(ContactPolicy),
  refusals: ['unit-unknown', 'settings-not-here'],
} as const satisfies Endpoint

export const putContactPolicy = {
  operationId: 'putContactPolicy',
  method: 'PUT',
  path: '/organisation/units/:unitId/settings/contacts',
  needs: 'settings:write',
  summary: { zh: '保存接触规则（新版本）', en: 'Save the rules of contact as a new version' },
  params: OfUnit,
  body: ContactPolicy,
  response: settingsOf(ContactPolicy),
  refusals: ['not-allowed', 'unit-unknown', 'settings-not-here', 'contact-policy-too-loose'],
} as const satisfies Endpoint

export const readPlanRules = {
  operationId: 'readPlanRules',
  method: 'GET',
  path: '/organisation/units/:unitId/settings/plans',
  needs: 'anyone',
  summary: { zh: '计划规则（是否可溢出）', en: 'Rules of plans: whether full crews hand over' },
  params: OfUnit,
  response: settingsOf(PlanRules),
  refusals: ['unit-unknown', 'settings-not-here'],
} as const satisfies Endpoint

export const putPlanRules = {
  operationId: 'putPlanRules',
  method: 'PUT',
  path: '/organisation/units/:unitId/settings/plans',
  needs: 'settings:write',
  summary: { zh: '保存计划规则（新版本）', en: 'Save the rules of plans as a new version' },
  params: OfUnit,
  body: PlanRules,
  response: settingsOf(PlanRules),
  refusals: ['not-allowed', 'unit-unknown', 'settings-not-here', 'plan-rules-too-loose'],
} as const satisfies Endpoint

export const readDormancy = {
  operationId: 'readDormancy',
  method: 'GET',
  path: '/organisation/units/:unitId/settings/dormancy',
  needs: 'anyone',
  summary: { zh: '沉默天数', en: 'After how many days without use somebody is dormant' },
  params: OfUnit,
  response: settingsOf(Dormancy),
  refusals: ['unit-unknown', 'settings-not-here'],
} as const satisfies Endpoint

export const putDormancy = {
  operationId: 'putDormancy',
  method: 'PUT',
  path: '/organisation/units/:unitId/settings/dormancy',
  needs: 'settings:write',
  summary: { zh: '保存沉默天数（新版本）', en: 'Save the days of dormancy as a new version' },
  params: OfUnit,
  body: Dormancy,
  response: settingsOf(Dormancy),
  refusals: ['not-allowed', 'unit-unknown', 'settings-not-here'],
} as const satisfies Endpoint

export const readPrivacyRules = {
  operationId: 'readPrivacyRules',
  method: 'GET',
  path: '/organisation/units/:unitId/settings/privacy',
  needs: 'anyone',
  summary: { zh: '个人信息规则（明文上限）', en: 'Rules of privacy: how much clear text a day' },
  params: OfUnit,
  response: settingsOf(PrivacyRules),
  refusals: ['unit-unknown', 'settings-not-here'],
} as const satisfies Endpoint

export const putPrivacyRules = {
  operationId: 'putPrivacyRules',
  method: 'PUT',
  path: '/organisation/units/:unitId/settings/privacy',
  needs: 'settings:write',
  summary: { zh: '保存个人信息规则（新版本）', en: 'Save the rules of privacy as a new version' },
  params: OfUnit,
  body: PrivacyRules,
  response: settingsOf(PrivacyRules),
  refusals: ['not-allowed', 'unit-unknown', 'settings-not-here', 'unmask-rules-too-loose'],
} as const satisfies Endpoint

export const readSignInRules = {
  operationId: 'readSignInRules',
  method: 'GET',
  path: '/organisation/units/:unitId/settings/sign-in',
  needs: 'anyone',
  summary: {
    zh: '登录规则（须二次验证的岗位）',
    en: 'Rules of signing in: which roles take a second factor',
  },
  params: OfUnit,
  response: settingsOf(SignInRules),
  refusals: ['unit-unknown', 'settings-not-here'],
} as const satisfies Endpoint

export const putSignInRules = {
  operationId: 'putSignInRules',
  method: 'PUT',
  path: '/organisation/units/:unitId/settings/sign-in',
  needs: 'settings:write',
  summary: { zh: '保存登录规则（新版本）', en: 'Save the rules of signing in as a new version' },
  params: OfUnit,
  body: SignInRules,
  response: settingsOf(SignInRules),
  refusals: ['not-allowed', 'unit-unknown', 'settings-not-here', 'sign-in-rules-too-loose'],
} as const satisfies Endpoint
