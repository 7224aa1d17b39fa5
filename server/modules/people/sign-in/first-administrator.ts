import { dayOf } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'
import { readBranch } from '../organisation/units.ts'
import { hasRole, putStaff } from '../staff/staff.ts'
import { setPassword } from './passwords.ts'

/**
 * Makes the person a new installation begins with, who changes the password at the first sign-in; null where the branch has an administrator
 * already. In a unit of the system. @throws Refusal `branch-unknown`, `account-taken`,
 * `password-too-weak`.
 */
export async function createFirstAdministrator(
  unit: Unit,
  of: Readonly<{ branchId: string; account: string; password: string; name: string }>,
): Promise<Readonly<{ staffId: string }> | null> {
  const branch = await readBranch(unit, of.branchId)
  if (await hasRole(unit, of.branchId, 'administrator')) return null
  const staffId = `${branch.unitId}-ADMIN`
  await putStaff(unit, staffId, {
    name: of.name,
    phone: null,
    account: of.account,
    roles: ['administrator'],
    unitId: branch.unitId,
    skills: [],
    capacity: { door: 0, call_out: 0, hall: 0, installer: 0 },
    days: '12345',
    validFrom: dayOf(unit.now),
    validTo: null,
    agency: null,
  })
  await setPassword(unit, staffId, of.password, { given: true })
  return { staffId }
}
