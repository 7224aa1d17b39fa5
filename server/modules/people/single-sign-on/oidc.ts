import * as client from 'openid-client'
import { NotProven, ProviderAway } from './oidc-errors.ts'
import { type LogoutNotice, readLogoutToken } from './oidc-logout-token.ts'

/** A claim that has a value, or has it among others. */
export type Claim = Readonly<{ claim: string; value: string }>
type Claims = Readonly<Record<string, unknown>>

/** An identity provider, and this installation as its client. */
export type OidcSettings = Readonly<{
  issuer: URL
  clientId: string
  clientSecret: Readonly<{ reveal(): string }>
  scopes: string
  /** The claim that names the account here. */
  accountClaim: string
  /** A claim without which nobody is let in, such as membership of a group. */
  required: Claim | null
  /** The claim by which the provider says that a second factor was given to it. */
  secondFactor: Claim
  /** Whether a main account is linked at first sign-in to the account of the same name. */
  linkByAccount: boolean
  name: Readonly<{ zh: string; en: string }>
  /** Where browsers reach this installation. */
  publicUrl: URL
}>

/** What a sign-in began with and has to come back with. */
export type Flow = Readonly<{ state: string; nonce: string; verifier: string }>

/** Who the provider says it is. */
export type Proven = Readonly<{
  subject: string
  sid: string | null
  claims: Readonly<Record<string, unknown>>
  idToken: string
  refreshToken: string | null
}>

export type Provider = Readonly<{
  settings: OidcSettings
  /** Where the browser goes. @throws ProviderAway. */
  startUrl(flow: Flow): Promise<URL>
  /** What came back with the browser, exchanged for a proof. @throws ProviderAway, NotProven. */
  exchange(answer: URLSearchParams, flow: Flow): Promise<Proven>
  /** Whether the main account still stands, with the means to ask again. @throws ProviderAway. */
  ask(
    of: Readonly<{ refreshToken: string; subject: string }>,
  ): Promise<
    Readonly<{ stands: false; fault: string }> | Readonly<{ stands: true; refreshToken: string }>
  >
  /** @throws ProviderAway, NotProven. */
  readLogout(token: string): Promise<LogoutNotice>
  /** Where the browser signs out of the provider as well; null where the provider has no such page. */
  endUrl(idToken: string): Promise<string | null>
}>

/** What the provider says of itself is asked for anew after so long: its keys and addresses change. */
const KNOWN_FOR_MS = 60_000
const TIMEOUT_SECONDS = 4
const ATTEMPTS = 2

export const callbackUrl = ({ publicUrl }: OidcSettings) =>
  new URL('api/v1/sso/callback', publicUrl)

/** A provider that is first asked when somebody signs in: none need be there when the house opens. */
export function openProvider(settings: OidcSettings, clock: () => Date): Provider {
  let known: { at: number; config: Promise<client.Configuration> } | undefined
  function configuration(): Promise<client.Configuration> {
    const at = clock().getTime()
    if (known && at - known.at < KNOWN_FOR_MS) return known.config
    const asked = { at, config: discover(settings) }
    asked.config.catch(() => {
      if (known === asked) known = undefined // the next sign-in asks again
    })
    known = asked
    return asked.config
  }

  return {
    settings,
    startUrl: async (flow) => {
      const url = client.buildAuthorizationUrl(await configuration(), {
        redirect_uri: callbackUrl(settings).href,
        scope: settings.scopes,
        response_type: 'code',
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: 'S256',
        // OpenID Connect Core 11: refresh tokens are given to whom the person consents to.
        ...(settings.scopes.split(' ').includes('offline_access') && { prompt: 'consent' }),
      })
      return url
    },
    exchange: async (answer, flow) => {
      const config = await configuration()
      const back = callbackUrl(settings)
      back.search = answer.toString()
      return proving(async () => {
        const tokens = await client.authorizationCodeGrant(config, back, {
          pkceCodeVerifier: flow.verifier,
          expectedState: flow.state,
          expectedNonce: flow.nonce,
          idTokenExpected: true,
        })
        const claims = tokens.claims()
        if (!claims || !tokens.id_token) throw new NotProven('no-id-token')
        const more = await userInfo(config, settings, claims, tokens.access_token)
        return {
          subject: claims.sub,
          sid: typeof claims.sid === 'string' ? claims.sid : null,
          claims: { ...more, ...claims },
          idToken: tokens.id_token,
          refreshToken: tokens.refresh_token ?? null,
        }
      })
    },
    ask: async ({ refreshToken, subject }) => {
      const config = await configuration()
      try {
        return await proving(async () => {
          const tokens = await client.refreshTokenGrant(config, refreshToken)
          const claims = { sub: subject, ...tokens.claims() }
          if (claims.sub !== subject) throw new NotProven('another-subject')
          const told = await userInfo(config, settings, claims, tokens.access_token)
          if (!isPermitted(settings, { ...told, ...claims }))
            return { stands: false as const, fault: 'not-permitted' }
          return { stands: true as const, refreshToken: tokens.refresh_token ?? refreshToken }
        })
      } catch (error) {
        if (error instanceof NotProven) return { stands: false, fault: error.fault }
        throw error
      }
    },
    readLogout: async (token) => {
      const { issuer, jwks_uri: keys } = (await configuration()).serverMetadata()
      const { clientId } = settings
      return readLogoutToken(token, { issuer, clientId, keys, now: clock() })
    },
    endUrl: async (idToken) => {
      const config = await configuration()
      if (!config.serverMetadata().end_session_endpoint) return null
      const back = new URL('sign-in', settings.publicUrl).href
      const asked = { id_token_hint: idToken, post_logout_redirect_uri: back }
      return client.buildEndSessionUrl(config, asked).href
    },
  }
}

/** Whether the claims hold what this installation asks for. */
export const isPermitted = ({ required }: OidcSettings, claims: Claims): boolean =>
  required === null || holds(claims, required)

/** Whether the provider vouches that a second factor was given to it at this sign-in. */
export const hasSecondFactor = ({ secondFactor }: OidcSettings, claims: Claims): boolean =>
  holds(claims, secondFactor)

function holds(claims: Claims, { claim, value }: Claim): boolean {
  const held = claims[claim]
  return Array.isArray(held) ? held.includes(value) : held === value
}

/** Asked twice at most, for a provider that is being restarted. @throws ProviderAway. */
async function discover(settings: OidcSettings): Promise<client.Configuration> {
  const { issuer, clientId, clientSecret } = settings
  const execute = issuer.protocol === 'http:' ? [client.allowInsecureRequests] : []
  for (let attempt = 1; ; attempt += 1)
    try {
      const found = await client.discovery(issuer, clientId, undefined, client.None(), {
        ...{ execute, timeout: TIMEOUT_SECONDS },
      })
      const server = found.serverMetadata()
      const known = server.token_endpoint_auth_methods_supported
      const way = !known || known.includes('client_secret_basic') ? 'Basic' : 'Post'
      const authenticate = { Basic: client.ClientSecretBasic, Post: client.ClientSecretPost }[way]
      const config = new client.Configuration(
        ...([server, clientId, undefined, authenticate(clientSecret.reveal())] as const),
      )
      config.timeout = TIMEOUT_SECONDS
      for (const setting of execute) setting(config)
      client.enableNonRepudiationChecks(config) // the signature counts, not only where it came from
      return config
    } catch (cause) {
      if (attempt === ATTEMPTS) throw new ProviderAway('no discovery document', { cause })
    }
}

/** Claims that the provider keeps out of the ID token; asked for only when one is needed. */
async function userInfo(
  config: client.Configuration,
  { accountClaim, required }: OidcSettings,
  claims: Readonly<Record<string, unknown>> & { sub: string },
  accessToken: string,
): Promise<Readonly<Record<string, unknown>>> {
  const needed = [accountClaim, ...(required ? [required.claim] : [])]
  const known = needed.every((claim) => claims[claim] !== undefined)
  if (known || !config.serverMetadata().userinfo_endpoint) return {}
  return client.fetchUserInfo(config, accessToken, claims.sub)
}

/** Tells apart what a provider refused, or what was forged, from a provider that is not there. */
async function proving<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof client.ResponseBodyError && error.status < 500)
      throw new NotProven(error.error, error)
    if (error instanceof client.AuthorizationResponseError) throw new NotProven(error.error, error)
    if (error instanceof client.WWWAuthenticateChallengeError)
      throw new NotProven('token-refused', error)
    if (error instanceof client.ClientError && error.code !== undefined && FORGED.has(error.code))
      throw new NotProven(error.code, error)
    if (error instanceof client.ClientError || error instanceof client.ResponseBodyError)
      throw new ProviderAway('no answer in the protocol', { cause: error })
    if (error instanceof TypeError && error.message === 'fetch failed')
      throw new ProviderAway('no answer', { cause: error })
    throw error
  }
}
const FORGED: ReadonlySet<string> = new Set([
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_PARSE_ERROR',
  'OAUTH_KEY_SELECTION_FAILED',
])
