import { type SettingKind, settingAt, strictnessOf } from '#people'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import { PRIVACY_VERSIONS } from './unmask-store.ts'

/** How many subscribers a person may see in clear text a day, outside the own tasks. */
export type PrivacyRules = Readonly<{ unmaskLimit: number }>

export const PRIVACY_RULES: SettingKind<PrivacyRules, keyof PrivacyRules> = {
  id: 'privacy',
  versions: PRIVACY_VERSIONS,
  usual: { unmaskLimit: 30 },
  strictness: strictnessOf({
    values: { unmaskLimit: { stricter: 'less' } },
    tooLoose: ({ limit, by }) =>
      new Refusal('invalid', 'unmask-rules-too-loose', { level: by.zh, limit: Number(limit) }),
  }),
}

/** The limit in a branch now. @throws Refusal `unit-unknown` */
export async function unmaskLimitOf(unit: Unit, branchId: string): Promise<number> {
  return (await settingAt(unit, branchId, PRIVACY_RULES)).unmaskLimit
}
