import { type SettingKind, settingAt } from '#people'
import type { Unit } from '#platform/unit.ts'
import { EVENT_RULES_VERSIONS, type EventRules } from './rules-store.ts'

/** When events are due, and how many: from 4 January to New Year’s Eve two a week and hall. */
export const EVENT_RULES: SettingKind<EventRules, never> = {
  id: 'events',
  versions: EVENT_RULES_VERSIONS,
  usual: { perWeek: 2, fromMonth: 1, fromDate: 4, daysBeforeFestival: 1 },
}

/** What a branch asks of its halls now. @throws Refusal `unit-unknown` */
export const readEventRules = (unit: Unit, branchId: string): Promise<EventRules> =>
  settingAt(unit, branchId, EVENT_RULES)
