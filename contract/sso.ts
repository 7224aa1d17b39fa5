import { z } from 'zod'
import { Done, type Endpoint, Id, Instant, Named } from './endpoint.ts'
import type { RefusalCode } from './refusals.ts'

/** Why a sign-in through the identity provider came to nothing, as the sign-in page says it. */
export const SSO_REFUSALS = [
  'sso-off',
  'sso-expired',
  'sso-failed',
  'provider-away',
  'identity-unknown',
  'identity-not-permitted',
  'second-factor-not-proven',
] as const satisfies readonly RefusalCode[]
export type SsoRefusal = (typeof SSO_REFUSALS)[number]

export const readSignInWays = {
  operationId: 'readSignInWays',
  method: 'GET',
  path: '/session/ways',
  needs: 'anyone',
  summary: { zh: '可用的登录方式', en: 'The ways to sign in' },
  /** With which code a sign-in through the provider was refused, for its sentence. */
  query: z.object({ refused: z.string().max(60).optional() }),
  response: z.object({
    /** `break-glass`: one account of the installation alone still has a password. */
    password: z.enum(['everybody', 'break-glass']),
    provider: z.object({ name: Named }).nullable(),
    refused: Named.nullable(),
    /** The caller came back from the provider, and a role of theirs takes a code as well. */
    codeDue: z.boolean(),
  }),
  refusals: [],
  open: true,
} as const satisfies Endpoint

export const startSso = {
  operationId: 'startSso',
  method: 'GET',
  path: '/sso/start',
  needs: 'anyone',
  summary: { zh: '转到统一认证登录', en: 'Go to the identity provider to sign in' },
  /** The page of this site that is wanted afterwards. */
  query: z.object({ to: z.string().max(2000).optional() }),
  response: z.null(),
  refusals: [],
  open: true,
  kind: 'redirect',
} as const satisfies Endpoint

const Given = z.string().max(8000).optional()

export const finishSso = {
  operationId: 'finishSso',
  method: 'GET',
  path: '/sso/callback',
  needs: 'anyone',
  summary: { zh: '统一认证登录返回', en: 'Come back from the identity provider' },
  query: z.object({
    code: Given,
    state: Given,
    iss: Given,
    session_state: Given,
    error: Given,
    error_description: Given,
  }),
  response: z.null(),
  refusals: [],
  open: true,
  kind: 'redirect',
} as const satisfies Endpoint

/** OpenID Connect Back-Channel Logout 1.0: called by the provider itself. */
export const backChannelLogout = {
  operationId: 'backChannelLogout',
  method: 'POST',
  path: '/sso/back-channel-logout',
  needs: 'anyone',
  summary: { zh: '认证平台通知退出', en: 'The identity provider tells that somebody signed out' },
  body: z.object({ logout_token: z.string().min(1).max(16_000) }),
  response: Done,
  refusals: ['sso-off', 'logout-token-invalid', 'provider-away'],
  open: true,
  kind: 'form',
} as const satisfies Endpoint

const OfStaff = z.object({ staffId: Id })

export const readIdentity = {
  operationId: 'readIdentity',
  method: 'GET',
  path: '/organisation/staff/:staffId/identity',
  needs: 'staff:passwords',
  summary: { zh: '人员的主帐号', en: 'The main account of a person' },
  params: OfStaff,
  response: z.object({
    identity: z.object({ subject: z.string(), linkedAt: Instant, linkedBy: Named }).nullable(),
  }),
  refusals: ['sso-off', 'staff-unknown'],
} as const satisfies Endpoint

export const linkIdentity = {
  operationId: 'linkIdentity',
  method: 'PUT',
  path: '/organisation/staff/:staffId/identity',
  needs: 'staff:passwords',
  summary: { zh: '关联主帐号', en: 'Link a main account to a person' },
  params: OfStaff,
  /** What the provider calls the main account (`sub`). */
  body: z.strictObject({ subject: z.string().trim().min(1).max(255) }),
  response: Done,
  refusals: ['sso-off', 'staff-unknown', 'identity-taken'],
} as const satisfies Endpoint

export const unlinkIdentity = {
  operationId: 'unlinkIdentity',
  method: 'DELETE',
  path: '/organisation/staff/:staffId/identity',
  needs: 'staff:passwords',
  summary: { zh: '解除主帐号关联，并结束其会话', en: 'Unlink a main account and end its sessions' },
  params: OfStaff,
  response: Done,
  refusals: ['sso-off', 'staff-unknown'],
} as const satisfies Endpoint
