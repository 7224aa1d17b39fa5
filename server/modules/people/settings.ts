import { isDeepStrictEqual } from 'node:util'
import { audit } from '#platform/audit/audit.ts'
import { Refusal } from '#platform/refusal.ts'
import { readOnce, type Unit } from '#platform/unit.ts'
import type { Version, Versions } from '#platform/versions-store.ts'
import { namePeople } from './name-people.ts'
import type { UnitRef } from './organisation/tree.ts'
import { lockSettings } from './organisation/unit-store.ts'
import { branchOf, readUnit, unitsAbove } from './organisation/units.ts'
import { actionsAt, mayDo, mayDoAt } from './policy.ts'
import type { Limit, Strictness } from './strictness.ts'

/** The values of a setting by name; a list of texts is one value. */
type Values = Readonly<Record<string, number | boolean | string | readonly string[]>>

/**
 * How one kind of work is done, as a branch, a city or a province settles it in versions: at a unit
 * holds its own latest version or, while it has none, that of the nearest unit above; and nowhere
 * looser than the law and the units above say today.
 */
export type SettingKind<Setting extends Values, Name extends string = string> = Readonly<{
  /** What the audit trail calls it. */
  id: string
  versions: Versions<Setting>
  /** What holds while nobody has settled anything. */
  usual: Setting
  /** Without it a unit may settle whatever it likes. */
  strictness?: Strictness<Setting, Name>
}>

/** What holds at a unit. @throws Refusal `unit-unknown`, `settings-not-here` */
export const settingAt = <Setting extends Values, Name extends string>(
  unit: Unit,
  unitId: string,
  kind: SettingKind<Setting, Name>,
): Promise<Setting> =>
  readOnce(
    unit,
    { from: ['people', kind.versions.schema], what: `setting ${kind.id} ${unitId}` },
    async () => (await standingOf(unit, unitId, kind)).inForce,
  )

/**
 * What holds at a unit and from where, how far it may go, and what it has saved, latest first.
 * @throws Refusal `unit-unknown`, `settings-not-here`
 */
export async function showSettings<Setting extends Values, Name extends string>(
  unit: Unit,
  unitId: string,
  kind: SettingKind<Setting, Name>,
) {
  const { inForce, nearest, limits } = await standingOf(unit, unitId, kind)
  const history = await kind.versions.history(unit, unitId)
  const whoIs = await namePeople(
    unit,
    history.map(({ savedBy }) => savedBy),
  )
  const here = await actionsAt(unit, unitId)
  return {
    inForce,
    from: nearest ? { unitId: nearest.unitId, name: nearest.name, version: nearest.version } : null,
    limits: [...limits],
    history: history.map(({ version, savedAt, savedBy, setting }) => ({
      ...{ version, savedAt: savedAt.toISOString(), savedBy, savedByName: whoIs(savedBy) },
      setting,
    })),
    can: ['settings:write'].filter((action) => here.has(action)),
  }
}

/**
 * Settles what holds at a unit and below it from now on, as its next version, and shows it; the same
 * again changes nothing. Two who settle at once do so one after the other.
 * @throws Refusal `not-allowed`, `unit-unknown`, `settings-not-here`, or that of the kind where a
 * value is looser than a limit.
 */
export async function settle<Setting extends Values, Name extends string>(
  unit: Unit,
  unitId: string,
  kind: SettingKind<Setting, Name>,
  wanted: Setting,
) {
  mayDo(unit.actor, 'settings:write')
  await readUnit(unit, unitId) // in scope, not just above it
  await mayDoAt(unit, unitId, 'settings:write')
  await lockSettings(unit, unitId)
  const { nearest, limits } = await standingOf(unit, unitId, kind)
  for (const limit of limits)
    if (kind.strictness?.isLooser(wanted, limit)) throw kind.strictness.tooLoose(limit, wanted)
  const isSame = nearest?.unitId === unitId && isDeepStrictEqual(nearest.setting, wanted)
  if (!isSame) {
    await kind.versions.insert(unit, unitId, wanted)
    audit(unit, {
      ...{ branchId: await branchOf(unit, unitId), action: 'settings.changed' },
      about: { kind: 'settings', id: kind.id },
      values: { unit: unitId, ...told(wanted) },
    })
  }
  return showSettings(unit, unitId, kind)
}

/** As the audit trail keeps it: a list is one text. */
const told = (values: Values): Record<string, number | boolean | string> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'object' ? value.join(' ') : value,
    ]),
  )

async function standingOf<Setting extends Values, Name extends string>(
  unit: Unit,
  unitId: string,
  { versions, usual, strictness }: SettingKind<Setting, Name>,
) {
  const levels = await levelsOf(unit, unitId)
  const saved = await versions.latest(
    unit,
    levels.map((level) => level.unitId),
  )
  const settled = levels.flatMap((level): (Version<Setting> & { name: string })[] => {
    const version = saved.find((each) => each.unitId === level.unitId)
    return version ? [{ ...version, name: level.name }] : []
  })
  const [nearest] = settled
  const above = settled.filter((each) => each.unitId !== unitId)
  const limits: readonly Limit<Name>[] = strictness?.limits(above) ?? []
  const inForce = limits.reduce(
    (setting, limit) =>
      strictness?.isLooser(setting, limit) ? strictness.tightened(setting, limit) : setting,
    nearest?.setting ?? usual,
  )
  return { inForce, nearest, limits }
}

/** Levels that may settle how work is done below them. */
const SETTLES: ReadonlySet<string> = new Set(['branch', 'city', 'province'])

/** The unit and those above it, lowest first. */
async function levelsOf(unit: Unit, unitId: string): Promise<UnitRef[]> {
  const own = await readUnit(unit, unitId)
  if (!SETTLES.has(own.kind))
    throw new Refusal('invalid', 'settings-not-here', { unit: unitId, kind: own.kind })
  const byId = new Map(await unitsAbove(unit, unitId))
  const levels = [own]
  for (let next = byId.get(own.parentId ?? ''); next; next = byId.get(next.parentId ?? '')) {
    byId.delete(next.unitId) // so that it ends, whatever the tree says
    levels.push(next)
  }
  return levels
}
