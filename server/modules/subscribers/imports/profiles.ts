import { type CalledBy, namePeople, readBranch } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import { readProfile } from './profile.ts'
import { insertProfile, type ProfileRecord, selectProfiles } from './profile-store.ts'

/** The profiles of a branch, each in its latest version. */
export async function readProfiles(unit: Unit, branchId: string) {
  await readBranch(unit, branchId)
  const saved = await selectProfiles(unit, branchId)
  const whoIs = await namePeople(
    unit,
    saved.map(({ savedBy }) => savedBy),
  )
  return { profiles: saved.map((each) => rowOf(each, whoIs(each.savedBy))) }
}

/** Saves the next version of a profile. @throws Refusal `profile-invalid`, saying where. */
export async function putProfile(
  unit: Unit,
  of: Readonly<{ branchId: string; name: string; yaml: string }>,
) {
  await readBranch(unit, of.branchId)
  const { kind, name } = readProfile(of.yaml)
  if (name !== of.name)
    throw new Refusal('invalid', 'profile-invalid', { detail: `name: ${name} ≠ ${of.name}` })
  const saved = await insertProfile(unit, { ...of, kind })
  audit(unit, {
    ...{ branchId: of.branchId, action: 'profile.saved' },
    about: { kind: 'profile', id: name },
    values: { version: saved.version },
  })
  return rowOf(saved, (await namePeople(unit, [saved.savedBy]))(saved.savedBy))
}

function rowOf(
  { name, kind, version, savedAt, savedBy, yaml }: ProfileRecord,
  savedByName: CalledBy,
) {
  return { name, kind, version, savedAt: savedAt.toISOString(), savedBy, savedByName, yaml }
}
