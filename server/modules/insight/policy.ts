import { abilitiesToSettle, auditSettings, levelsOf, maySettle, namePeople } from '#people'
import type { Unit } from '#platform/unit.ts'
import { insertDormantDays, selectDormancies, selectDormancyHistory } from './store.ts'

/** After so many days without use somebody counts as dormant where nobody says otherwise. */
const DORMANT_DAYS = 90

/** The version in force at a unit: its own, else that of the nearest unit above. */
async function standingDormancy(unit: Unit, unitId: string) {
  const levels = await levelsOf(unit, unitId)
  const saved = await selectDormancies(
    unit,
    levels.map((level) => level.unitId),
  )
  for (const { unitId: id, name } of levels) {
    const version = saved.find((each) => each.unitId === id)
    if (version) return { ...version, name }
  }
  return undefined
}

/** The days without use after which a subscriber of the branch counts as dormant. */
export async function dormantDaysOf(unit: Unit, branchId: string): Promise<number> {
  return (await standingDormancy(unit, branchId))?.dormantDays ?? DORMANT_DAYS
}

/** What holds at a unit, and what the unit has saved. */
export async function readDormancy(unit: Unit, unitId: string) {
  const from = await standingDormancy(unit, unitId)
  const history = await selectDormancyHistory(unit, unitId)
  const whoIs = await namePeople(
    unit,
    history.map(({ savedBy }) => savedBy),
  )
  return {
    inForce: { dormantDays: from?.dormantDays ?? DORMANT_DAYS },
    from: from ? { unitId: from.unitId, name: from.name, version: from.version } : null,
    limits: [],
    history: history.map(({ version, savedAt, savedBy, dormantDays }) => ({
      ...{ version, savedAt: savedAt.toISOString(), savedBy, savedByName: whoIs(savedBy) },
      setting: { dormantDays },
    })),
    can: await abilitiesToSettle(unit, unitId),
  }
}

/**
 * Sets after how many days without use (1 to 1,000) a subscriber counts as dormant; the same again
 * changes nothing. @throws Refusal `not-allowed`, `unit-unknown`, `settings-not-here`
 */
export async function saveDormantDays(unit: Unit, unitId: string, days: number): Promise<void> {
  await maySettle(unit, unitId)
  const from = await standingDormancy(unit, unitId)
  if (from?.unitId === unitId && from.dormantDays === days) return
  await insertDormantDays(unit, unitId, days)
  await auditSettings(unit, unitId, 'dormancy', { dormantDays: days })
}
