import { REFUSALS } from '#contract/refusals.ts'
import * as contract from '#contract/sso.ts'
import type { Http, OpenCall } from '#platform/http.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Works } from '#platform/works.ts'
import { keep } from '../sign-in/session-routes.ts'
import { sessionOf } from '../sign-in/sessions.ts'
import type { SignInWays } from '../sign-in/sign-in-ways.ts'
import type { Provider } from './oidc.ts'
import { linkIdentity, readIdentity, unlinkIdentity } from './oidc-identities.ts'
import { takeLogout } from './oidc-sessions.ts'
import { beginSso, endSso, FLOW_MS } from './oidc-sign-in.ts'

const DONE = { done: true } as const
const CODE = 'second-factor'
/** What the browser keeps while it is at the provider. */
const FLOW_COOKIE = 'gridkeeper_sign_in'

export function ssoRoutes(http: Http, works: Works, ways: SignInWays): void {
  http.serveOpen(contract.readSignInWays, async (call, { refused }) => ({
    password: ways.breakGlass === null ? ('everybody' as const) : ('break-glass' as const),
    provider: ways.provider && { name: ways.provider.settings.name },
    refused: sentenceFor(refused),
    codeDue: call.token !== undefined && (await sessionOf(works, call.token))?.due === CODE,
  }))
  http.redirect(contract.startSso, (call, { to }) =>
    orSignIn(async () => {
      const { url, kept } = await beginSso(works, providerOf(ways), to)
      call.setCookie(FLOW_COOKIE, kept, FLOW_MS / 1000)
      return url.href
    }),
  )
  http.redirect(contract.finishSso, (call, answer) =>
    orSignIn(() => comeBack(works, providerOf(ways), call, answer)),
  )
  http.form(contract.backChannelLogout, async (_, __, { logout_token }) => {
    await takeLogout(works, providerOf(ways), logout_token)
    return DONE
  })
  identityRoutes(http, works, ways)
}

/** What the sign-in page says; nothing for a code that is none of single sign-on. */
function sentenceFor(refused: string | undefined) {
  const code = contract.SSO_REFUSALS.find((known) => known === refused)
  return code === undefined ? null : REFUSALS[code]
}

async function comeBack(
  works: Works,
  provider: Provider,
  call: OpenCall,
  answer: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const kept = call.cookie(FLOW_COOKIE)
  call.setCookie(FLOW_COOKIE, '', 0) // it is good for one return
  const given = Object.entries(answer).filter(
    (each): each is [string, string] => each[1] !== undefined,
  )
  const { session, to } = await endSso(works, provider, {
    ...{ kept, address: call.ip, device: call.device },
    answer: new URLSearchParams(given),
  })
  keep(call, session)
  return to
}

function identityRoutes(http: Http, works: Works, ways: SignInWays): void {
  http.serve(contract.readIdentity, (unit, { staffId }) =>
    readIdentity(unit, { works, provider: providerOf(ways), staffId }),
  )
  http.serve(contract.linkIdentity, async (unit, { staffId }, { subject }) => {
    await linkIdentity(unit, { works, provider: providerOf(ways), staffId, subject })
    return DONE
  })
  http.serve(contract.unlinkIdentity, async (unit, { staffId }) => {
    await unlinkIdentity(unit, { works, provider: providerOf(ways), staffId })
    return DONE
  })
}

function providerOf({ provider }: SignInWays): Provider {
  if (!provider) throw new Refusal('not-found', 'sso-off')
  return provider
}

/** A browser that is refused is shown the sign-in page, which says why. */
async function orSignIn(work: () => Promise<string>): Promise<string> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal) return `/sign-in?refused=${error.code}`
    throw error
  }
}
