import {
  constants,
  createPublicKey,
  type JsonWebKey,
  type VerifyKeyObjectInput,
  verify,
} from 'node:crypto'
import { z } from 'zod'
import { NotProven, ProviderAway } from './oidc-errors.ts'

/** Whose sessions the provider ended: one of its own sessions, or all of a main account. */
export type LogoutNotice = Readonly<{
  jti: string
  subject: string | null
  sid: string | null
  expiresAt: Date
}>

const EVENT = 'http://schemas.openid.net/event/backchannel-logout'
const SKEW_SECONDS = 60
/** A notice is about now; a provider that sets no end is given two minutes. */
const LONGEST_SECONDS = 600
const DEFAULT_SECONDS = 120
const TIMEOUT_MS = 4_000

const Header = z.looseObject({
  alg: z.enum(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'EdDSA']),
  kid: z.string().optional(),
  typ: z.string().optional(),
  crit: z.never().optional(),
})
const Claims = z.looseObject({
  iss: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  iat: z.number(),
  exp: z.number().optional(),
  jti: z.string().min(1).max(255),
  sub: z.string().min(1).max(255).optional(),
  sid: z.string().min(1).max(255).optional(),
  events: z.looseObject({ [EVENT]: z.looseObject({}) }),
  nonce: z.never().optional(), // its absence tells a notice from a proof of identity
})
type Header = z.output<typeof Header>
const Keys = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) })

type Expected = Readonly<{ issuer: string; clientId: string; keys: string | undefined; now: Date }>

/**
 * Reads a logout token as OpenID Connect Back-Channel Logout 1.0 (2.6) asks: signed by the provider,
 * for this client, of now, telling of a logout. The keys are asked for each time: notices are rare.
 * @throws NotProven, ProviderAway.
 */
export async function readLogoutToken(token: string, expected: Expected): Promise<LogoutNotice> {
  const [head = '', body = '', signature = '', ...rest] = token.split('.')
  const header = Header.safeParse(jsonOf(head)).data
  if (!header || rest.length > 0) throw new NotProven('logout-header')
  if (header.typ !== undefined && !/^(application\/)?(logout\+)?jwt$/i.test(header.typ))
    throw new NotProven('logout-type')
  const signed = Buffer.from(`${head}.${body}`)
  const keys = await keysAt(expected.keys)
  const fits = keys.filter(({ kid }) => header.kid === undefined || kid === header.kid)
  const proof = Buffer.from(signature, 'base64url')
  if (!fits.some((key) => isSigned({ signed, proof, key, alg: header.alg })))
    throw new NotProven('logout-signature')
  const claims = Claims.safeParse(jsonOf(body)).data
  if (!claims) throw new NotProven('logout-claims')
  if (claims.iss !== expected.issuer) throw new NotProven('logout-issuer')
  if (![claims.aud].flat().includes(expected.clientId)) throw new NotProven('logout-audience')
  const now = expected.now.getTime() / 1000
  const end = Math.min(claims.exp ?? claims.iat + DEFAULT_SECONDS, claims.iat + LONGEST_SECONDS)
  if (claims.iat > now + SKEW_SECONDS || end <= now - SKEW_SECONDS)
    throw new NotProven('logout-time')
  if (claims.sub === undefined && claims.sid === undefined) throw new NotProven('logout-of-nobody')
  return {
    jti: claims.jti,
    subject: claims.sub ?? null,
    sid: claims.sid ?? null,
    expiresAt: new Date((end + SKEW_SECONDS) * 1000),
  }
}

function jsonOf(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
  } catch (cause) {
    throw new NotProven('logout-unreadable', cause)
  }
}

async function keysAt(address: string | undefined): Promise<z.output<typeof Keys>['keys']> {
  if (address === undefined) throw new NotProven('no-keys')
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    return Keys.parse(await answer.json()).keys
  } catch (cause) {
    throw new ProviderAway('no keys', { cause })
  }
}

type Signed = Readonly<{
  signed: Buffer
  proof: Buffer
  key: Readonly<{ kty: string; [more: string]: unknown }>
  alg: Header['alg']
}>

/** Whether a key of the provider made the signature; a key of another kind did not. */
function isSigned({ signed, proof, key, alg }: Signed): boolean {
  if (key.kty !== KEY_KINDS[alg.slice(0, 2)] || (key.use ?? 'sig') !== 'sig') return false
  if (key.alg !== undefined && key.alg !== alg) return false
  const held = createPublicKey({ key: key as JsonWebKey, format: 'jwk' })
  const how: VerifyKeyObjectInput = {
    key: held,
    dsaEncoding: 'ieee-p1363',
    ...(alg.startsWith('PS') && {
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
    }),
  }
  return verify(alg === 'EdDSA' ? null : `sha${alg.slice(2)}`, signed, how, proof)
}
const KEY_KINDS: Readonly<Record<string, string>> = { RS: 'RSA', PS: 'RSA', ES: 'EC', Ed: 'OKP' }
