import { abilitiesToSettle, auditSettings, levelsOf, maySettle, namePeople } from '#people'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import { insertPrivacy, selectPrivacy, selectPrivacyHistory } from './unmask-store.ts'

export type PrivacyRules = Readonly<{ unmaskLimit: number }>

/** What holds where nobody has said anything else. */
const USUAL: PrivacyRules = { unmaskLimit: 30 }

/** The rules at a unit, whose version they are, and the strictest unit above. */
async function standingRules(unit: Unit, unitId: string) {
  const levels = await levelsOf(unit, unitId)
  const saved = await selectPrivacy(
    unit,
    levels.map((level) => level.unitId),
  )
  const versions = levels.flatMap(({ unitId: id, name }) => {
    const version = saved.find((each) => each.unitId === id)
    return version ? [{ ...version, name }] : []
  })
  const [nearest] = versions
  const [strictest] = versions
    .filter((each) => each.unitId !== unitId)
    .toSorted((a, b) => a.unmaskLimit - b.unmaskLimit)
  const wanted = nearest?.unmaskLimit ?? USUAL.unmaskLimit
  const unmaskLimit = Math.min(wanted, strictest?.unmaskLimit ?? wanted)
  return { inForce: { unmaskLimit }, from: nearest, strictest }
}

/** How many subscribers a person may see in clear text a day in a branch, outside the own tasks. */
export async function unmaskLimitOf(unit: Unit, branchId: string): Promise<number> {
  return (await standingRules(unit, branchId)).inForce.unmaskLimit
}

/** What holds at a unit, what is set from above, and what the unit has saved. */
export async function readPrivacySettings(unit: Unit, unitId: string) {
  const { inForce, from, strictest } = await standingRules(unit, unitId)
  const history = await selectPrivacyHistory(unit, unitId)
  const whoIs = await namePeople(
    unit,
    history.map(({ savedBy }) => savedBy),
  )
  const by = (name: string) => ({ zh: name, en: name })
  return {
    inForce,
    from: from ? { unitId: from.unitId, name: from.name, version: from.version } : null,
    limits: strictest
      ? [{ setting: 'unmaskLimit', limit: strictest.unmaskLimit, by: by(strictest.name) }]
      : [],
    history: history.map(({ version, savedAt, savedBy, unmaskLimit }) => ({
      ...{ version, savedAt: savedAt.toISOString(), savedBy, savedByName: whoIs(savedBy) },
      setting: { unmaskLimit },
    })),
    can: await abilitiesToSettle(unit, unitId),
  }
}

/**
 * Says how many a person may see a day, from now on. The same again changes nothing.
 * @throws Refusal `not-allowed`, `unit-unknown`, `settings-not-here`, `unmask-rules-too-loose`
 */
export async function setPrivacyRules(
  unit: Unit,
  unitId: string,
  { unmaskLimit }: PrivacyRules,
): Promise<void> {
  await maySettle(unit, unitId)
  const { from, strictest } = await standingRules(unit, unitId)
  if (strictest && unmaskLimit > strictest.unmaskLimit)
    throw new Refusal('invalid', 'unmask-rules-too-loose', {
      level: strictest.name,
      limit: strictest.unmaskLimit,
    })
  if (from?.unitId === unitId && from.unmaskLimit === unmaskLimit) return
  await insertPrivacy(unit, unitId, unmaskLimit)
  await auditSettings(unit, unitId, 'privacy', { unmaskLimit })
}
