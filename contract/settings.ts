import { z } from 'zod'
import { Count, type Endpoint, Id, Instant, Named } from './endpoint.ts'
import type { Sentence } from './language.ts'
import { Role } from './organisation.ts'
import type { RefusalCode } from './refusals.ts'

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
  .strictObject({
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
  .strictObject({
    /** Whether full crews hand over to others of the same hall, then zone. */
    mayOverflow: z.boolean(),
  })
  .meta({ id: 'PlanRules' })

export const TaskRules = z
  .strictObject({
    /** After so many attempts to meet a household its task ends. */
    attempts: z.int().min(1).max(9),
    /** Whether tasks that nobody has touched are taken back … */
    takeBack: z.boolean(),
    /** … when so many days are over, that of the task the first. */
    takeBackDays: z.int().min(1).max(60),
  })
  .meta({ id: 'TaskRules' })

export const RankRules = z
  .strictObject({
    /** Among whom people see their own place of the day: nobody, the own crew, the whole hall. */
    showRank: z.enum(['none', 'crew', 'hall']),
  })
  .meta({ id: 'RankRules' })

export const EventRules = z
  .strictObject({
    /** Events that count, per hall and week of the season. */
    perWeek: z.int().min(1).max(14),
    /** The season begins on this day; from July on, of the year before the festival. */
    fromMonth: z.int().min(1).max(12),
    fromDate: z.int().min(1).max(31),
    /** Its last day is so many days before the spring festival. */
    daysBeforeFestival: z.int().min(1).max(60),
  })
  .meta({ id: 'EventRules' })

export const Dormancy = z
  .strictObject({
    /** After so many days without use somebody active counts as dormant. */
    dormantDays: z.int().min(1).max(1000),
  })
  .meta({ id: 'Dormancy' })

export const PrivacyRules = z
  .strictObject({
    /** How many subscribers a person may see in clear text a day, outside the own tasks. */
    unmaskLimit: z.int().min(1).max(1000),
  })
  .meta({ id: 'PrivacyRules' })

export const SignInRules = z
  .strictObject({
    /** Roles that sign in with a second factor, here and below. */
    secondFactorFor: z.array(Role),
  })
  .meta({ id: 'SignInRules' })

/** How a rule is read and saved: `readX` and `putX` at one address below the unit. */
function settingCalls<Setting extends z.ZodType>(of: {
  name: string
  at: string
  setting: Setting
  read: Sentence
  put: Sentence
  /** What refuses it where the law or a unit above is stricter. */
  tooLoose?: RefusalCode
}) {
  const both = {
    path: `/organisation/units/:unitId/settings/${of.at}`,
    params: OfUnit,
    response: settingsOf(of.setting),
  }
  const unknown = ['unit-unknown', 'settings-not-here'] as const
  return {
    read: {
      operationId: `read${of.name}`,
      method: 'GET',
      needs: 'anyone',
      summary: of.read,
      refusals: unknown,
      ...both,
    },
    put: {
      operationId: `put${of.name}`,
      method: 'PUT',
      needs: 'settings:write',
      summary: of.put,
      body: of.setting,
      refusals: ['not-allowed', ...unknown, ...(of.tooLoose ? [of.tooLoose] : [])],
      ...both,
    },
  } as const satisfies Record<'read' | 'put', Endpoint>
}

export type SettingCalls<Setting extends z.ZodType> = ReturnType<typeof settingCalls<Setting>>

export const { read: readContactPolicy, put: putContactPolicy } = settingCalls({
  name: 'ContactPolicy',
  at: 'contacts',
  setting: ContactPolicy,
  read: {
    zh: '接触规则（频次上限、拒绝期）',
    en: 'Rules of contact: caps and how long a “no” holds',
  },
  put: { zh: '保存接触规则（新版本）', en: 'Save the rules of contact as a new version' },
  tooLoose: 'contact-policy-too-loose',
})

export const { read: readPlanRules, put: putPlanRules } = settingCalls({
  name: 'PlanRules',
  at: 'plans',
  setting: PlanRules,
  read: { zh: '计划规则（是否可溢出）', en: 'Rules of plans: whether full crews hand over' },
  put: { zh: '保存计划规则（新版本）', en: 'Save the rules of plans as a new version' },
  tooLoose: 'plan-rules-too-loose',
})

export const { read: readTaskRules, put: putTaskRules } = settingCalls({
  name: 'TaskRules',
  at: 'tasks',
  setting: TaskRules,
  read: {
    zh: '任务规则（未遇次数、收回期限）',
    en: 'Rules of tasks: attempts, and when they are taken back',
  },
  put: { zh: '保存任务规则（新版本）', en: 'Save the rules of tasks as a new version' },
})

export const { read: readRankRules, put: putRankRules } = settingCalls({
  name: 'RankRules',
  at: 'ranks',
  setting: RankRules,
  read: {
    zh: '名次规则（本人能否看到名次）',
    en: 'Rules of ranks: among whom people see their place',
  },
  put: { zh: '保存名次规则（新版本）', en: 'Save the rules of ranks as a new version' },
  tooLoose: 'rank-rules-too-loose',
})

export const { read: readEventRules, put: putEventRules } = settingCalls({
  name: 'EventRules',
  at: 'events',
  setting: EventRules,
  read: {
    zh: '现场活动规则（旺季、每周场次）',
    en: 'Rules of on-site events: the season, and how many a week',
  },
  put: {
    zh: '保存现场活动规则（新版本）',
    en: 'Save the rules of on-site events as a new version',
  },
})

export const { read: readDormancy, put: putDormancy } = settingCalls({
  name: 'Dormancy',
  at: 'dormancy',
  setting: Dormancy,
  read: { zh: '休眠天数', en: 'After how many days without use somebody is dormant' },
  put: { zh: '保存休眠天数（新版本）', en: 'Save the days of dormancy as a new version' },
})

export const { read: readPrivacyRules, put: putPrivacyRules } = settingCalls({
  name: 'PrivacyRules',
  at: 'privacy',
  setting: PrivacyRules,
  read: { zh: '个人信息规则（明文上限）', en: 'Rules of privacy: how much clear text a day' },
  put: { zh: '保存个人信息规则（新版本）', en: 'Save the rules of privacy as a new version' },
  tooLoose: 'unmask-rules-too-loose',
})

export const { read: readSignInRules, put: putSignInRules } = settingCalls({
  name: 'SignInRules',
  at: 'sign-in',
  setting: SignInRules,
  read: {
    zh: '登录规则（须二次验证的岗位）',
    en: 'Rules of signing in: which roles take a second factor',
  },
  put: { zh: '保存登录规则（新版本）', en: 'Save the rules of signing in as a new version' },
  tooLoose: 'sign-in-rules-too-loose',
})
