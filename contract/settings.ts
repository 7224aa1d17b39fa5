import { z } from 'zod'
import { Count, type Endpoint, Id, Instant, Named } from './endpoint.ts'

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
