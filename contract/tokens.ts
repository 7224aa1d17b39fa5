import { z } from 'zod'
import { Day, Done, type Endpoint, Id, Instant, Named } from './endpoint.ts'
import type { Action } from './permissions.ts'

/**
 * What may be given to a service token: the work of integrations. Not what gives power over people
 * (changing the organisation, giving passwords, making tokens), nor what a named person answers for
 * (personal data in clear, approvals, the audit trail).
 */
export const TOKEN_ACTIONS = [
  'subscriber:read',
  'import:write',
  'plan:make',
  'plan:publish',
  'campaign:write',
  'worklist:read-all',
  'export:lists',
  'calendar:write',
  'settings:write',
] as const satisfies readonly Action[]
export type TokenAction = (typeof TOKEN_ACTIONS)[number]

/** A token holds for at most so many days, the first and the last included. */
export const LONGEST_DAYS = 365

export const ServiceToken = z
  .object({
    /** How the token itself begins: one that leaked is found by it. */
    tokenId: Id,
    name: z.string(),
    unit: z.object({ unitId: Id, name: z.string() }),
    actions: z.array(z.string()),
    madeAt: Instant,
    madeBy: Named,
    /** The last day on which it holds. */
    lastDay: Day,
    /** Its latest use, to the minute; null: never used. */
    usedAt: Instant.nullable(),
    revokedAt: Instant.nullable(),
    standing: z.enum(['in-force', 'expired', 'revoked']),
  })
  .meta({ id: 'ServiceToken' })

export const listTokens = {
  operationId: 'listTokens',
  method: 'GET',
  path: '/service-tokens',
  needs: 'token:write',
  summary: { zh: '服务令牌', en: 'Service tokens' },
  response: z.object({
    /** Those in force first, then the latest made. */
    tokens: z.array(ServiceToken),
    /** What the caller may give to a token, in one unit or another. */
    actions: z.array(z.enum(TOKEN_ACTIONS)),
    /** The last day that a token made today may have. */
    latest: Day,
  }),
  refusals: [],
} as const satisfies Endpoint

export const makeToken = {
  operationId: 'makeToken',
  method: 'POST',
  secret: true,
  path: '/service-tokens',
  needs: 'token:write',
  summary: { zh: '生成服务令牌（只显示一次）', en: 'Make a service token, shown once' },
  body: z.strictObject({
    unitId: Id,
    name: z.string().trim().min(1).max(60),
    actions: z.array(z.enum(TOKEN_ACTIONS)).min(1).max(TOKEN_ACTIONS.length),
    /** The last day on which it holds. */
    lastDay: Day,
  }),
  response: z.object({ token: z.string(), made: ServiceToken }),
  refusals: ['unit-unknown', 'token-days-too-many', 'token-action-not-given'],
} as const satisfies Endpoint

export const revokeToken = {
  operationId: 'revokeToken',
  method: 'DELETE',
  path: '/service-tokens/:tokenId',
  needs: 'token:write',
  summary: { zh: '吊销服务令牌', en: 'Revoke a service token' },
  params: z.object({ tokenId: Id }),
  response: Done,
  refusals: ['token-unknown'],
} as const satisfies Endpoint
