import { type SettingKind, settingAt, strictnessOf } from '#people'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import type { PlanRules } from './assignment.ts'
import { RULES_VERSIONS } from './store.ts'

/** How the next plans are made; plans that are made stay as they are. */
export const PLAN_RULES: SettingKind<PlanRules, keyof PlanRules> = {
  id: 'plans',
  versions: RULES_VERSIONS,
  usual: { mayOverflow: true },
  strictness: strictnessOf({
    values: { mayOverflow: { stricter: 'less' } },
    tooLoose: ({ by }) => new Refusal('invalid', 'plan-rules-too-loose', { level: by.zh }),
  }),
}

/** How plans of a branch are made now. @throws Refusal `unit-unknown` */
export const readRules = (unit: Unit, branchId: string): Promise<PlanRules> =>
  settingAt(unit, branchId, PLAN_RULES)
