import type {} from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refusal } from './refusal.ts'

/** Requests a minute; 0 is no limit. */
export type RateLimits = Readonly<{ account: number; address: number }>

/** Counts the calls of an account, and of strangers those of their address. */
export type Rates = Readonly<{
  /** @throws Refusal `too-many-requests`, which says after how many seconds to come back. */
  count(request: FastifyRequest, account: string | undefined): Promise<void>
}>

export const NO_LIMITS: RateLimits = { account: 0, address: 0 }
const MINUTE = 60_000

/** Each process of a server counts for itself. `fastify` has `@fastify/rate-limit` registered. */
export function ratesOn(fastify: FastifyInstance, limits: RateLimits): Rates {
  const accounts = new WeakMap<FastifyRequest, string>()
  const ofAccount = fastify.createRateLimit({
    max: limits.account,
    timeWindow: MINUTE,
    keyGenerator: (request) => `account ${accounts.get(request)}`,
  })
  const ofAddress = fastify.createRateLimit({
    max: limits.address,
    timeWindow: MINUTE,
    keyGenerator: (request) => `address ${request.ip}`,
  })
  return {
    count: async (request, account) => {
      if ((account === undefined ? limits.address : limits.account) === 0) return
      if (account !== undefined) accounts.set(request, account)
      const counted = await (account === undefined ? ofAddress : ofAccount)(request)
      if (!counted.isAllowed && counted.isExceeded)
        throw new Refusal('too-many', 'too-many-requests', { seconds: counted.ttlInSeconds })
    },
  }
}
