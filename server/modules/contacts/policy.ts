import { type Limit, type SettingKind, settingAt, strictnessOf } from '#people'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import { MONTHS_OF_REST } from './refusals.ts'
import { POLICY_VERSIONS } from './store.ts'

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

/** What each value is called, and which of two values is the stricter one. */
const VALUES = {
  perChannel: { stricter: 'less', zh: '单一渠道次数', en: 'touches on one channel' },
  perChannelDays: { stricter: 'more', zh: '单一渠道天数', en: 'days on one channel' },
  inTotal: { stricter: 'less', zh: '全部渠道次数', en: 'touches in total' },
  totalDays: { stricter: 'more', zh: '全部渠道天数', en: 'days in total' },
  refusalMonths: { stricter: 'more', zh: '拒绝后月数', en: 'months after a refusal' },
  renewalIsMarketing: { stricter: 'more', zh: '续费视同营销', en: 'renewal counts as marketing' },
} as const satisfies Record<keyof ContactPolicy, object>

const LAW: Limit<'refusalMonths'> = {
  setting: 'refusalMonths',
  limit: MONTHS_OF_REST,
  by: { zh: '法规', en: 'the law' },
}

/** The rules of contact, which neither the law nor a unit above lets anybody loosen. */
export const CONTACT_RULES: SettingKind<ContactPolicy, keyof ContactPolicy> = {
  id: 'contacts',
  versions: POLICY_VERSIONS,
  usual: {
    perChannel: 1,
    perChannelDays: 7,
    inTotal: 3,
    totalDays: 30,
    refusalMonths: MONTHS_OF_REST,
    renewalIsMarketing: false,
  },
  strictness: strictnessOf({ values: VALUES, law: [LAW], tooLoose }),
}

/** What may be done to households in a branch now. @throws Refusal `unit-unknown` */
export const contactPolicy = (unit: Unit, branchId: string): Promise<ContactPolicy> =>
  settingAt(unit, branchId, CONTACT_RULES)

function tooLoose({ setting, limit, by }: Limit<keyof ContactPolicy>, wanted: ContactPolicy) {
  const { zh, en } = VALUES[setting]
  return new Refusal('invalid', 'contact-policy-too-loose', {
    ...{ setting, settingZh: zh, settingEn: en, levelZh: by.zh, levelEn: by.en },
    ...{ wanted: said(wanted[setting]), limit: said(limit) },
  })
}

const said = (value: number | boolean): string | number =>
  typeof value === 'number' ? value : value ? '是 / yes' : '否 / no'
