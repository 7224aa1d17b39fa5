import { Refusal } from '#platform/refusal.ts'
import type { Works } from '#platform/works.ts'
import { type OidcSettings, openProvider, type Provider } from '../single-sign-on/oidc.ts'
import { normaliseAccount } from '../staff/accounts.ts'
import { readPerson } from '../staff/staff.ts'

/** How people sign in to this installation. */
export type SignInWays = Readonly<{
  provider: Provider | null
  /**
   * The one account that still signs in with a password where all others sign in through the
   * provider; null where everybody may use a password.
   */
  breakGlass: string | null
}>

/** What the configuration says of signing in. */
export type SignInSettings = Readonly<{ oidc: OidcSettings | null; breakGlass: string | null }>

export const waysOf = ({ oidc, breakGlass }: SignInSettings, clock: () => Date): SignInWays => ({
  provider: oidc && openProvider(oidc, clock),
  breakGlass,
})

/** @throws Refusal `passwords-off` for an account that signs in through the provider alone. */
export function refusePassword({ breakGlass }: SignInWays, account: string): void {
  if (breakGlass !== null && normaliseAccount(account) !== normaliseAccount(breakGlass))
    throw new Refusal('forbidden', 'passwords-off')
}

/**
 * The same for somebody signed in: a session that the provider opened, and may end, does not turn
 * into one by a password. @throws Refusal `passwords-off`.
 */
export async function refuseOwnPassword(
  works: Works,
  ways: SignInWays,
  staffId: string,
): Promise<void> {
  if (ways.breakGlass === null) return
  const { account } = await works.run(works.system, (unit) => readPerson(unit, staffId))
  refusePassword(ways, account ?? staffId)
}
