import { type SettingKind, settingAt } from '#people'
import type { Unit } from '#platform/unit.ts'
import { DORMANCY_VERSIONS } from './store.ts'

/** After how many days without use (1 to 1,000) somebody active counts as dormant. */
export type Dormancy = Readonly<{ dormantDays: number }>

export const DORMANCY: SettingKind<Dormancy> = {
  id: 'dormancy',
  versions: DORMANCY_VERSIONS,
  usual: { dormantDays: 90 },
}

/**
 * The days without use after which a subscriber of the branch counts as dormant.
 * @throws Refusal `unit-unknown`
 */
export async function dormantDaysOf(unit: Unit, branchId: string): Promise<number> {
  return (await settingAt(unit, branchId, DORMANCY)).dormantDays
}
