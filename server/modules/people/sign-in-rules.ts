import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import { abilitiesToSettle, auditSettings, levelsOf, maySettle } from './levels.ts'
import { namePeople } from './name-people.ts'
import { isRole, ROLES, type Role } from './roles.ts'
import { insertSignInRule, selectSignInRules, selectSignInRulesOf } from './second-factor-store.ts'

/** What holds at a unit: its own latest version, and what the units above ask. */
async function standing(unit: Unit, unitId: string) {
  const levels = await levelsOf(unit, unitId)
  const saved = await selectSignInRules(
    unit,
    levels.map((level) => level.unitId),
  )
  const versions = levels.flatMap(({ unitId: id, name }) => {
    const version = saved.find((each) => each.unitId === id)
    return version ? [{ ...version, name }] : []
  })
  const asked = versions
    .filter((each) => each.unitId !== unitId)
    .flatMap(({ roles, name }) => roles.map((role) => ({ role, level: name })))
  const roles = [...new Set(versions.flatMap((version) => version.roles))].filter(isRole).sort()
  return { from: versions[0], asked, roles }
}

/** What holds at a unit, what is asked from above, and what the unit has saved. */
export async function readSignInRules(unit: Unit, unitId: string) {
  const { from, asked, roles } = await standing(unit, unitId)
  const history = await selectSignInRulesOf(unit, unitId)
  const whoIs = await namePeople(
    unit,
    history.map(({ savedBy }) => savedBy),
  )
  return {
    inForce: { secondFactorFor: roles },
    from: from ? { unitId: from.unitId, name: from.name, version: from.version } : null,
    limits: asked.map(({ role, level }) => ({
      ...{ setting: role, limit: true, by: { zh: level, en: level } },
    })),
    history: history.map(({ version, savedAt, savedBy, roles: saved }) => ({
      ...{ version, savedAt: savedAt.toISOString(), savedBy, savedByName: whoIs(savedBy) },
      setting: { secondFactorFor: saved.filter(isRole) },
    })),
    can: await abilitiesToSettle(unit, unitId),
  }
}

/**
 * Says which roles sign in with a second factor at a unit and below it; the same again changes
 * nothing. @throws Refusal `not-allowed`, `unit-unknown`, `settings-not-here`,
 * `sign-in-rules-too-loose` where a unit above asks it of a role that is left out.
 */
export async function setSignInRules(
  unit: Unit,
  unitId: string,
  wanted: readonly Role[],
): Promise<void> {
  await maySettle(unit, unitId)
  const { from, asked } = await standing(unit, unitId)
  for (const { role, level } of asked)
    if (!wanted.includes(role))
      throw new Refusal('invalid', 'sign-in-rules-too-loose', {
        ...{ level, role: ROLES[role].name.zh },
      })
  const roles = [...new Set(wanted)].sort()
  const held = from?.unitId === unitId ? [...from.roles].sort() : []
  if (roles.join() === held.join()) return
  await insertSignInRule(unit, unitId, roles)
  await auditSettings(unit, unitId, 'sign-in', { secondFactorFor: roles.join(' ') })
}
