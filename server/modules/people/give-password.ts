import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import { normaliseAccount } from './accounts.ts'
import { createFirstAdministrator } from './first-administrator.ts'
import { setPassword } from './passwords.ts'
import { selectCredential } from './sign-in-store.ts'

/**
 * Gives the holder of an account a password, as whoever owns the data folder may: it ends the
 * person’s sessions. In a branch that has no administrator yet the account is opened for one. In a
 * unit of the system. @throws Refusal `account-unknown`, `password-too-weak`.
 */
export async function givePassword(
  unit: Unit,
  of: Readonly<{ branchId: string | null; account: string; password: string }>,
): Promise<Readonly<{ staffId: string; opened: boolean }>> {
  const account = normaliseAccount(of.account)
  const held = await selectCredential(unit, account)
  if (held) {
    await setPassword(unit, held.staffId, of.password, account)
    return { staffId: held.staffId, opened: false }
  }
  const { branchId, password } = of
  const first = branchId
    ? await createFirstAdministrator(unit, { branchId, account, password, name: account })
    : null
  if (!first) throw new Refusal('not-found', 'account-unknown', { account })
  return { ...first, opened: true }
}
