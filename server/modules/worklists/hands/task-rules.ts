import { type SettingKind, settingAt } from '#people'
import type { Unit } from '#platform/unit.ts'
import { TASK_RULES_VERSIONS, type TaskRules } from './hand-store.ts'

export type { TaskRules }

/** How often a household is tried, and when untouched work is taken back. */
export const TASK_RULES: SettingKind<TaskRules, never> = {
  id: 'tasks',
  versions: TASK_RULES_VERSIONS,
  usual: { attempts: 3, takeBack: false, takeBackDays: 3 },
}

/** How work is followed up in a branch now. @throws Refusal `unit-unknown` */
export const readTaskRules = (unit: Unit, branchId: string): Promise<TaskRules> =>
  settingAt(unit, branchId, TASK_RULES)
