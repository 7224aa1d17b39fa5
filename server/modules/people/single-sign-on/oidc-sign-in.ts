import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { SsoRefusal } from '#contract/sso.ts'
import { audit } from '#platform/audit/audit.ts'
import type { Sealer } from '#platform/keys.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { selectBranchOf } from '../organisation/unit-store.ts'
import { PROVIDER_SESSIONS } from '../sealed-texts.ts'
import { selectNeedsFactor, selectSecondFactor } from '../sign-in/second-factor-store.ts'
import type { Due } from '../sign-in/session-store.ts'
import { type From, openSession, type Session } from '../sign-in/sessions.ts'
import { replaceLastSignIn, selectHolder } from '../sign-in/sign-in-store.ts'
import { normaliseAccount } from '../staff/accounts.ts'
import { hasSecondFactor, isPermitted, type Proven, type Provider } from './oidc.ts'
import { NotProven, ProviderAway } from './oidc-errors.ts'
import { type Holder, insertIdentity, insertProviderSession, selectLinked } from './oidc-store.ts'

/** How long somebody may take on the provider’s pages. */
export const FLOW_MS = 10 * 60_000

const Underway = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** The page of this site that is wanted afterwards. */
  to: z.string(),
  until: z.number(),
})
type Underway = z.output<typeof Underway>

const flowSealer = ({ keys }: Works): Sealer => keys.sealerFor('people.sign_in_underway')
export const sessionSealer = ({ keys }: Works): Sealer => keys.sealerFor(PROVIDER_SESSIONS)

/** Only pages of this site are gone to. */
export function insideOf(to: string | undefined): string {
  if (to === undefined || !URL.canParse(to, INSIDE)) return '/'
  const { origin, pathname, search, hash } = new URL(to, INSIDE)
  return origin === INSIDE ? `${pathname}${search}${hash}` : '/'
}
const INSIDE = 'https://inside.invalid'

/**
 * Begins a sign-in: where the browser goes, and what it keeps meanwhile, sealed, so that nobody
 * else can come back in its place. @throws Refusal `provider-away`.
 */
export async function beginSso(
  works: Works,
  provider: Provider,
  to: string | undefined,
): Promise<Readonly<{ url: URL; kept: string }>> {
  const random = () => randomBytes(32).toString('base64url')
  const flow = { state: random(), nonce: random(), verifier: random() }
  const url = await provider.startUrl(flow).catch(refuseAway)
  const until = works.clock().getTime() + FLOW_MS
  const underway: Underway = { ...flow, to: insideOf(to), until }
  return { url, kept: flowSealer(works).seal(JSON.stringify(underway), 'browser') }
}

type Coming = Readonly<{
  kept: string | undefined
  answer: URLSearchParams
  address: string
  device: string | null
}>

/**
 * Ends a sign-in: the session of the person whose account the main account stands for, and the page
 * that was wanted. @throws Refusal: one of the codes of `SSO_REFUSALS`.
 */
export async function endSso(
  works: Works,
  provider: Provider,
  { kept, answer, address, device }: Coming,
): Promise<Readonly<{ session: Session; to: string }>> {
  const underway = readUnderway(works, kept)
  if (!underway) throw new Refusal('invalid', 'sso-expired')
  const told = { provider, address }
  const proven = await provider.exchange(answer, underway).catch(async (error: unknown) => {
    if (!(error instanceof NotProven)) return refuseAway(error)
    return refuse(works, { ...told, code: 'sso-failed', subject: null, fault: error.fault })
  })
  const { subject } = proven
  if (!isPermitted(provider.settings, proven.claims))
    return refuse(works, { ...told, code: 'identity-not-permitted', subject })
  const session = await works.run(works.system, async (unit) => {
    const holder = await holderOf(unit, provider, proven)
    if (!holder) return 'identity-unknown'
    const due = await factorDue(unit, provider, proven, holder)
    if (due === 'refused') return 'second-factor-not-proven'
    const from = { address, device }
    return keepSession(unit, { works, provider, proven, holder, from, due })
  })
  if (typeof session === 'string') return refuse(works, { ...told, code: session, subject })
  return { session, to: underway.to }
}

/**
 * What is due where a role takes a second factor and the provider does not say that it was given:
 * the one kept here, without which nobody gets in.
 */
async function factorDue(
  unit: Unit,
  { settings }: Provider,
  { claims }: Proven,
  { staffId }: Holder,
): Promise<Extract<Due, 'second-factor'> | 'refused' | null> {
  if (hasSecondFactor(settings, claims) || !(await selectNeedsFactor(unit, staffId))) return null
  const factor = await selectSecondFactor(unit, staffId)
  return factor?.confirmedAt ? 'second-factor' : 'refused'
}

/** Who the main account stands for: linked before, or now where accounts of one name are linked. */
async function holderOf(
  unit: Unit,
  { settings }: Provider,
  { subject, claims }: Proven,
): Promise<Holder | undefined> {
  const main = { issuer: settings.issuer.href, subject }
  const linked = await selectLinked(unit, main)
  const account = claims[settings.accountClaim]
  if (linked || !settings.linkByAccount || typeof account !== 'string') return linked
  const named = normaliseAccount(account)
  const staffId = await selectHolder(unit, named)
  if (staffId === undefined) return undefined
  if (!(await insertIdentity(unit, { ...main, staffId, linkedBy: BY_ACCOUNT })))
    return selectLinked(unit, main) // another sign-in was first, or the person has another
  audit(unit, {
    branchId: await selectBranchOf(unit, staffId),
    ...{ action: 'identity.linked', about: { kind: 'staff', id: staffId } },
    values: { subject, way: BY_ACCOUNT },
    actor: staffId,
  })
  return { staffId, account: named }
}
/** How a link came about that nobody made by hand. */
export const BY_ACCOUNT = 'by-account'

async function keepSession(
  unit: Unit,
  of: Readonly<{
    works: Works
    provider: Provider
    proven: Proven
    holder: Holder
    from: From
    due: Due | null
  }>,
): Promise<Session> {
  const { proven, holder, from, due } = of
  const { staffId, account } = holder
  const session = await openSession(unit, staffId, { ...from, due })
  const { ticket } = session.actor
  const sealer = sessionSealer(of.works)
  await insertProviderSession(unit, {
    ...{ ticket, issuer: of.provider.settings.issuer.href },
    ...{ subject: proven.subject, sid: proven.sid },
    idToken: sealer.seal(proven.idToken, ticket),
    refresh: proven.refreshToken === null ? null : sealer.seal(proven.refreshToken, ticket),
  })
  if (due === 'second-factor') return session // it is told once that is given
  await replaceLastSignIn(unit, staffId, from)
  audit(unit, {
    branchId: await selectBranchOf(unit, staffId),
    ...{ action: 'session.opened', about: { kind: 'account', id: account ?? staffId } },
    values: { address: from.address, way: 'single-sign-on' },
    actor: staffId,
  })
  return session
}

/** What the browser kept, unless it was made up, changed, or took too long. */
function readUnderway(works: Works, kept: string | undefined): Underway | undefined {
  if (kept === undefined) return undefined
  const text = opened(flowSealer(works), kept, 'browser')
  const underway = text === undefined ? undefined : Underway.parse(JSON.parse(text))
  return underway && underway.until > works.clock().getTime() ? underway : undefined
}

/** What was sealed; undefined where it was changed since, or the key is gone. */
export function opened(sealer: Sealer, sealed: string, about: string): string | undefined {
  try {
    return sealer.open(sealed, about)
  } catch {
    return undefined // the seal does not hold: it is no better than nothing
  }
}

async function refuse(
  works: Works,
  of: Readonly<{
    provider: Provider
    code: SsoRefusal
    subject: string | null
    fault?: string
    address: string
  }>,
): Promise<never> {
  const { code, subject, fault = null, address } = of
  await works.run(works.system, async (unit) =>
    audit(unit, {
      branchId: null,
      action: 'identity.refused',
      ...(subject !== null && { about: { kind: 'identity', id: subject } as const }),
      values: { code, fault, address },
    }),
  )
  throw new Refusal('forbidden', code)
}

export function refuseAway(error: unknown): never {
  if (error instanceof ProviderAway) throw new Refusal('unavailable', 'provider-away')
  throw error
}
