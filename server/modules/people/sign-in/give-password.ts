import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import { normaliseAccount } from '../staff/accounts.ts'
import { readPerson } from '../staff/staff.ts'
import { createFirstAdministrator } from './first-administrator.ts'
import { resetFactor, unlock } from './help.ts'
import { setPassword } from './passwords.ts'
import { selectHolder } from './sign-in-store.ts'

/**
 * Gives the holder of an account a password, as whoever owns the data folder may: it ends the
 * person’s sessions, takes a lock off, and has to be changed at the first sign-in; with
 * `withoutFactor` a second factor that was lost goes as well. In a branch that has no administrator
 * yet the account is opened for one. In a unit of the system.
 * @throws Refusal `account-unknown`, and as `setPassword`.
 */
export async function givePassword(
  unit: Unit,
  of: Readonly<{
    branchId: string | null
    account: string
    password: string
    withoutFactor?: boolean
  }>,
): Promise<Readonly<{ staffId: string; opened: boolean }>> {
  const account = normaliseAccount(of.account)
  const staffId = await selectHolder(unit, account)
  if (staffId !== undefined) {
    await setPassword(unit, staffId, of.password, { given: true })
    const person = await readPerson(unit, staffId)
    await unlock(unit, person)
    if (of.withoutFactor) await resetFactor(unit, person)
    return { staffId, opened: false }
  }
  const { branchId, password } = of
  const first = branchId
    ? await createFirstAdministrator(unit, { branchId, account, password, name: account })
    : null
  if (!first) throw new Refusal('not-found', 'account-unknown', { account })
  return { ...first, opened: true }
}
