import { isDeepStrictEqual } from 'node:util'
import { auditSettings, levelsOf, maySettle, type UnitRef } from '#people'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import { MONTHS_OF_REST } from './refusals.ts'
import { insertPolicy, type PolicyVersion, selectPolicies } from './store.ts'

/**
 * What may be done to a household for marketing: at most `perChannel` touches on one channel within
 * `perChannelDays`, and `inTotal` on all of them within `totalDays`; a refusal holds for at least
 * `refusalMonths`. The renewal of a running contract may be treated as marketing too.
 */
export type ContactPolicy = Readonly<{
  perChannel: number
  perChannelDays: number
  inTotal: number
  totalDays: number
  refusalMonths: number
  renewalIsMarketing: boolean
}>

export const DEFAULT_POLICY: ContactPolicy = {
  perChannel: 1,
  perChannelDays: 7,
  inTotal: 3,
  totalDays: 30,
  refusalMonths: MONTHS_OF_REST,
  renewalIsMarketing: false,
}

type Setting = keyof ContactPolicy
type Words = Readonly<{ zh: string; en: string }>

/** What each setting is called, and which of two values is the stricter one. */
const SETTINGS = {
  perChannel: { stricter: 'less', zh: '单一渠道次数', en: 'touches on one channel' },
  perChannelDays: { stricter: 'more', zh: '单一渠道天数', en: 'days on one channel' },
  inTotal: { stricter: 'less', zh: '全部渠道次数', en: 'touches in total' },
  totalDays: { stricter: 'more', zh: '全部渠道天数', en: 'days in total' },
  refusalMonths: { stricter: 'more', zh: '拒绝后月数', en: 'months after a refusal' },
  renewalIsMarketing: { stricter: 'more', zh: '续费视同营销', en: 'renewal counts as marketing' },
} as const satisfies Record<Setting, Words & { stricter: 'less' | 'more' }>
const NAMES = Object.keys(SETTINGS) as Setting[]

/** What the law or a unit above sets. */
export type Limit = Readonly<{ setting: Setting; limit: number | boolean; by: Words }>

const LAW: Limit = {
  setting: 'refusalMonths',
  limit: MONTHS_OF_REST,
  by: { zh: '法规', en: 'the law' },
}

/** The rules that hold at a unit, whose version they are, and how far that unit may go. */
export type Standing = Readonly<{
  inForce: ContactPolicy
  from: (PolicyVersion & Readonly<{ name: string }>) | null
  limits: readonly Limit[]
}>

/**
 * The rules at a unit: the latest version of it or, while it has none, of the nearest unit above,
 * else those of the house; and nowhere looser than any unit above says today.
 */
export async function standingPolicy(unit: Unit, unitId: string): Promise<Standing> {
  const levels = await levelsOf(unit, unitId)
  const saved = await selectPolicies(
    unit,
    levels.map((level) => level.unitId),
  )
  const versions = levels.flatMap(({ unitId: id, name }) => {
    const version = saved.find((each) => each.unitId === id)
    return version ? [{ ...version, name }] : []
  })
  const [nearest] = versions
  const limits = limitsOf(levels, saved)
  const own = nearest?.policy ?? DEFAULT_POLICY
  const inForce = { ...own }
  for (const { setting, limit } of limits)
    if (isLooser(setting, inForce[setting], limit)) Object.assign(inForce, { [setting]: limit })
  return { inForce, from: nearest ?? null, limits }
}

export async function contactPolicy(unit: Unit, branchId: string): Promise<ContactPolicy> {
  return (await standingPolicy(unit, branchId)).inForce
}

/** The strictest that the law and the units above say of each setting, and who says so. */
function limitsOf(levels: readonly UnitRef[], saved: readonly PolicyVersion[]): Limit[] {
  const above = levels.slice(1).flatMap(({ unitId, name }) => {
    const version = saved.find((each) => each.unitId === unitId)
    return version ? [{ policy: version.policy, by: { zh: name, en: name } }] : []
  })
  return NAMES.flatMap((setting): Limit[] => {
    const said: Limit[] = above.map(({ policy, by }) => ({ setting, limit: policy[setting], by }))
    const [strictest] = [...(setting === LAW.setting ? [LAW] : []), ...said].sort((a, b) =>
      isLooser(setting, a.limit, b.limit) ? 1 : isLooser(setting, b.limit, a.limit) ? -1 : 0,
    )
    return strictest ? [strictest] : []
  })
}

function isLooser(setting: Setting, wanted: number | boolean, limit: number | boolean): boolean {
  return SETTINGS[setting].stricter === 'less' ? wanted > limit : wanted < limit
}

const said = (value: number | boolean): string | number =>
  typeof value === 'number' ? value : value ? '是 / yes' : '否 / no'

/**
 * Saves the rules of a unit as its next version; the same again changes nothing.
 * @throws Refusal `not-allowed`, `unit-unknown`, `settings-not-here`, `contact-policy-too-loose`
 */
export async function saveContactPolicy(
  unit: Unit,
  unitId: string,
  policy: ContactPolicy,
): Promise<void> {
  await maySettle(unit, unitId)
  const { limits, from } = await standingPolicy(unit, unitId)
  for (const { setting, limit, by } of limits) {
    if (!isLooser(setting, policy[setting], limit)) continue
    const { zh, en } = SETTINGS[setting]
    throw new Refusal('invalid', 'contact-policy-too-loose', {
      ...{ setting, settingZh: zh, settingEn: en, levelZh: by.zh, levelEn: by.en },
      ...{ wanted: said(policy[setting]), limit: said(limit) },
    })
  }
  if (from?.unitId === unitId && isDeepStrictEqual(from.policy, policy)) return
  await insertPolicy(unit, unitId, policy)
  await auditSettings(unit, unitId, 'contacts', policy)
}
