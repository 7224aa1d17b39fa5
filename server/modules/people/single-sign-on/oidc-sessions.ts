import { audit } from '#platform/audit/audit.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Actor, Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { selectBranchOf } from '../organisation/unit-store.ts'
import type { Provider } from './oidc.ts'
import { NotProven, ProviderAway } from './oidc-errors.ts'
import { opened, refuseAway, sessionSealer } from './oidc-sign-in.ts'
import {
  claimDue,
  type DueSession,
  deleteProviderSessions,
  selectIdToken,
  takeNotice,
  updateRefresh,
} from './oidc-store.ts'

/** Whether a main account still stands is asked once in so long, for each session that can be asked. */
export const ASKED_EVERY_MS = 10 * 60_000
const ASKED_AT_ONCE = 50

/**
 * Ends the sessions that a notice of the provider is about. The same notice twice does nothing.
 * @throws Refusal `logout-token-invalid`, `provider-away`.
 */
export async function takeLogout(works: Works, provider: Provider, token: string): Promise<void> {
  const notice = await provider.readLogout(token).catch((error: unknown) => {
    if (!(error instanceof NotProven)) return refuseAway(error)
    throw new Refusal('malformed', 'logout-token-invalid', { fault: error.fault })
  })
  const { subject, sid, jti, expiresAt } = notice
  const issuer = provider.settings.issuer.href
  await works.run(works.system, async (unit) => {
    if (!(await takeNotice(unit, { issuer, jti, expiresAt }))) return
    // A session of the provider is named more exactly than whose it is.
    await endAll(unit, { issuer, subject, sid }, 'back-channel')
  })
}

/** Ends sessions opened through the provider, and tells so for each person. */
async function endAll(
  unit: Unit,
  of: Readonly<{ issuer: string; subject: string | null; sid: string | null }>,
  way: 'back-channel' | 'asked',
  fault: string | null = null,
): Promise<void> {
  const ended = await deleteProviderSessions(unit, of)
  for (const staffId of new Set(ended))
    audit(unit, {
      branchId: await selectBranchOf(unit, staffId),
      ...{ action: 'identity.ended', about: { kind: 'staff', id: staffId } },
      values: { way, fault, sessions: ended.filter((id) => id === staffId).length },
    })
}

/**
 * Asks the provider about main accounts whose sessions were not asked about for ten minutes, and
 * ends the sessions of those that no longer stand. While the provider is away all sessions stay.
 */
export async function askAboutSessions(works: Works, provider: Provider): Promise<void> {
  const issuer = provider.settings.issuer.href
  const due = await works.run(works.system, (unit) =>
    claimDue(unit, {
      ...{ issuer, limit: ASKED_AT_ONCE },
      before: new Date(unit.now.getTime() - ASKED_EVERY_MS),
    }),
  )
  for (const session of due) if (!(await askAbout(works, provider, session))) return
}

/** False while the provider is away: the others need not be asked about now. */
async function askAbout(works: Works, provider: Provider, session: DueSession): Promise<boolean> {
  const { ticket, subject, refresh } = session
  const issuer = provider.settings.issuer.href
  const sealer = sessionSealer(works)
  const refreshToken = opened(sealer, refresh, ticket)
  try {
    const found =
      refreshToken === undefined
        ? ({ stands: false, fault: 'key-gone' } as const)
        : await provider.ask({ refreshToken, subject })
    await works.run(works.system, (unit) =>
      found.stands
        ? updateRefresh(unit, ticket, sealer.seal(found.refreshToken, ticket))
        : endAll(unit, { issuer, subject, sid: null }, 'asked', found.fault),
    )
    return true
  } catch (error) {
    if (error instanceof ProviderAway) return false
    throw error
  }
}

/** Where somebody who signs out here signs out of the provider too; null where that is not known. */
export async function leaveUrl(
  works: Works,
  provider: Provider | null,
  actor: Actor,
): Promise<string | null> {
  if (!provider) return null
  const issuer = provider.settings.issuer.href
  const sealed = await works.run(works.system, (unit) => selectIdToken(unit, issuer, actor.ticket))
  const idToken = sealed && opened(sessionSealer(works), sealed, actor.ticket)
  if (!idToken) return null
  return provider.endUrl(idToken).catch((error: unknown) => {
    if (error instanceof ProviderAway) return null // signing out here does not wait for it
    throw error
  })
}
