import { abilitiesToSettle, auditSettings, levelsOf, maySettle, namePeople } from '#people'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import type { PlanRules } from './assignment.ts'
import { insertRules, selectRules, selectRulesHistory } from './store.ts'

/** What holds where nobody has said anything else. */
const USUAL: PlanRules = { mayOverflow: true }

/** The rules at a unit, whose version they are, and the nearest unit above that forbids more. */
async function standingRules(unit: Unit, unitId: string) {
  const levels = await levelsOf(unit, unitId)
  const saved = await selectRules(
    unit,
    levels.map((level) => level.unitId),
  )
  const versions = levels.flatMap(({ unitId: id, name }) => {
    const version = saved.find((each) => each.unitId === id)
    return version ? [{ ...version, name }] : []
  })
  const [nearest] = versions
  const forbids = versions.find((each) => each.unitId !== unitId && !each.mayOverflow)
  const inForce = forbids ? { mayOverflow: false } : rulesIn(nearest ?? USUAL)
  return { inForce, from: nearest, forbids }
}

const rulesIn = ({ mayOverflow }: PlanRules): PlanRules => ({ mayOverflow })

export async function readRules(unit: Unit, branchId: string): Promise<PlanRules> {
  return (await standingRules(unit, branchId)).inForce
}

/** What holds at a unit, what is set from above, and what the unit has saved. */
export async function readRuleSettings(unit: Unit, unitId: string) {
  const { inForce, from, forbids } = await standingRules(unit, unitId)
  const history = await selectRulesHistory(unit, unitId)
  const whoIs = await namePeople(
    unit,
    history.map(({ savedBy }) => savedBy),
  )
  return {
    inForce,
    from: from ? { unitId: from.unitId, name: from.name, version: from.version } : null,
    limits: forbids
      ? [{ setting: 'mayOverflow', limit: false, by: { zh: forbids.name, en: forbids.name } }]
      : [],
    history: history.map(({ version, savedAt, savedBy, mayOverflow }) => ({
      ...{ version, savedAt: savedAt.toISOString(), savedBy, savedByName: whoIs(savedBy) },
      setting: { mayOverflow },
    })),
    can: await abilitiesToSettle(unit, unitId),
  }
}

/**
 * Says how a unit wants the next plans made below it; plans that are made stay as they are. The
 * same again changes nothing.
 * @throws Refusal `not-allowed`, `unit-unknown`, `settings-not-here`, `plan-rules-too-loose`
 */
export async function setRules(unit: Unit, unitId: string, rules: PlanRules): Promise<void> {
  await maySettle(unit, unitId)
  const { from, forbids } = await standingRules(unit, unitId)
  if (forbids && rules.mayOverflow)
    throw new Refusal('invalid', 'plan-rules-too-loose', { level: forbids.name })
  if (from?.unitId === unitId && from.mayOverflow === rules.mayOverflow) return
  await insertRules(unit, unitId, rules)
  await auditSettings(unit, unitId, 'plans', rules)
}
