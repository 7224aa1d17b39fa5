import assert from 'node:assert/strict'
import { createPrivateKey, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider, { type JWK } from 'oidc-provider'

/** What an identity provider tells of a main account. */
type Claims = Readonly<Record<string, unknown>>

/** A real OpenID Connect provider on this machine, with pages to sign in on. */
export type IdentityProvider = AsyncDisposable &
  Readonly<{
    issuer: string
    clientId: string
    clientSecret: string
    /** Main accounts by `sub`, which is also what one types on its page; one that is deleted is disabled. */
    accounts: Map<string, Claims>
    /** Tells the installation, as the provider itself would, that somebody signed out. */
    tellLogout(subject: string, sid: string): Promise<void>
    /** A token that this provider’s key signs, or another key where `by` says so. */
    signed(claims: object, header?: object, by?: 'its-key' | 'another-key'): string
  }>

type ToldOfLogout = { backchannelLogout(subject: string, sid: string): Promise<void> }

/** Starts a provider that knows one client: the installation at `publicUrl`. */
export async function openIdentityProvider(publicUrl: string): Promise<IdentityProvider> {
  const port = await freePort()
  const issuer = `http://127.0.0.1:${port}`
  const [key, other] = [newKey('k1'), newKey('k1')]
  const accounts = new Map<string, Claims>()
  const [clientId, clientSecret] = ['gridkeeper', randomUUID()]
  const provider = new Provider(issuer, {
    clients: [
      {
        ...{ client_id: clientId, client_secret: clientSecret },
        grant_types: ['authorization_code', 'refresh_token'],
        redirect_uris: [`${publicUrl}/api/v1/sso/callback`],
        post_logout_redirect_uris: [`${publicUrl}/sign-in`],
        backchannel_logout_uri: `${publicUrl}/api/v1/sso/back-channel-logout`,
        backchannel_logout_session_required: true,
      },
    ],
    jwks: { keys: [key] },
    cookies: { keys: [randomUUID()] },
    ttl: {
      Interaction: 600,
      Session: 86_400,
      Grant: 86_400,
      AccessToken: 600,
      IdToken: 600,
      RefreshToken: 86_400,
    },
    scopes: ['openid', 'profile', 'offline_access'],
    claims: { openid: ['sub'], profile: ['preferred_username', 'groups'] },
    features: { backchannelLogout: { enabled: true }, devInteractions: { enabled: true } },
    // Its own way to ask refuses addresses of this machine, where the installation is.
    fetch: (url, { method, headers, body }: RequestInit = {}) =>
      fetch(url, { ...(method && { method }), ...(headers && { headers }), ...(body && { body }) }),
    findAccount: (_, sub) => {
      const claims = accounts.get(sub)
      return claims && { accountId: sub, claims: () => ({ ...claims, sub }) }
    },
  })
  const server = createServer(provider.callback())
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    ...{ issuer, clientId, clientSecret, accounts },
    tellLogout: async (subject, sid) => {
      const client = await provider.Client.find(clientId)
      assert(client, 'the client is known')
      // The declared types leave this out; it is what the provider calls when somebody signs out.
      await (client as unknown as ToldOfLogout).backchannelLogout(subject, sid)
    },
    signed: (claims, header = {}, by = 'its-key') =>
      signedBy(by === 'its-key' ? key : other, claims, header),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      if (server.listening) await once(server, 'close')
    },
  }
}

/** A port that nobody has; for addresses that must be known before anything listens. */
export async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

function newKey(kid: string): JWK {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return { ...(privateKey.export({ format: 'jwk' }) as JWK), kid, use: 'sig', alg: 'RS256' }
}

function signedBy(key: JWK, claims: object, header: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const text = `${part({ alg: 'RS256', kid: key.kid, typ: 'logout+jwt', ...header })}.${part(claims)}`
  const held = createPrivateKey({ key: key as never, format: 'jwk' })
  return `${text}.${sign('sha256', Buffer.from(text), held).toString('base64url')}`
}

/** Somebody with a browser that keeps cookies and follows links, without a window. */
export type Visitor = Readonly<{
  cookies: Map<string, string>
  /** One request, redirects not followed. */
  ask(url: string, init?: RequestInit): Promise<Response>
  /** Follows redirects and the provider’s pages, until somewhere that `stop` knows, or a page. */
  signIn(url: string, subject: string, stop?: (url: string) => boolean): Promise<Arrival>
}>
export type Arrival = Readonly<{ url: string; status: number; text: string }>

export function openVisitor(): Visitor {
  const cookies = new Map<string, string>()
  const ask = async (url: string, init: RequestInit = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, cookie },
    })
    for (const line of response.headers.getSetCookie()) keepCookie(cookies, line)
    return response
  }
  const signIn: Visitor['signIn'] = async (from, subject, stop = () => false) => {
    let [url, init]: [string, RequestInit] = [from, {}]
    for (let steps = 0; steps < 20; steps += 1) {
      const response = await ask(url, init)
      const to = response.headers.get('location')
      const text = await response.text()
      const form =
        /<form[^>]* action="([^"]+)"[^>]*>\s*<input type="hidden" name="prompt" value="(\w+)"/.exec(
          text,
        )
      if (to !== null) [url, init] = [new URL(to, url).href, {}]
      else if (form) {
        const fields = { prompt: form[2] ?? '', login: subject, password: 'any' }
        url = new URL(form[1] ?? '', url).href
        init = { method: 'POST', body: new URLSearchParams(fields) }
      } else return { url, status: response.status, text }
      if (to !== null && stop(url)) return { url, status: response.status, text: '' }
    }
    throw new Error(`the sign-in goes round in a circle, at ${url}`)
  }
  return { cookies, ask, signIn }
}

function keepCookie(cookies: Map<string, string>, line: string): void {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
  const gone = value === '' || /max-age=0\b/i.test(line) || /expires=thu, 01 jan 1970/i.test(line)
  if (gone) cookies.delete(name)
  else cookies.set(name, value)
}
