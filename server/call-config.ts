import { z } from 'zod'
import type { CallSettings } from '#subscribers'
import { Secret } from './secret.ts'

/** The part of the configuration that says which call platform connects people; empty: none. */
export const CALL_SETTINGS = {
  call_gateway_url: z.union([z.literal('simulator'), z.url({ protocol: /^https?$/ })]).optional(),
  call_gateway_secret: z.string().optional(),
}
type Given = z.output<z.ZodObject<typeof CALL_SETTINGS>>

/** Half a platform is none, and a short secret protects nobody: what is wrong, with its remedy. */
export function callProblems({ call_gateway_url: url, call_gateway_secret: secret }: Given) {
  if (url === undefined)
    return secret === undefined ? [] : ['call_gateway_url: is needed beside call_gateway_secret']
  if (url === 'simulator') return []
  if (secret === undefined) return ['call_gateway_secret: is needed beside call_gateway_url']
  return SIGNING_SECRET.test(secret)
    ? []
    : ['call_gateway_secret: is whsec_ and 24 bytes or more in base64 (openssl rand -base64 32)']
}
const SIGNING_SECRET = /^whsec_[A-Za-z0-9+/]{32,}={0,2}$/

/** Of a configuration without `callProblems`. */
export function callsOf({
  call_gateway_url: url,
  call_gateway_secret: secret,
}: Given): CallSettings {
  if (url === 'simulator') return { kind: 'simulator' }
  return url && secret ? { kind: 'http', url, secret: new Secret(secret) } : null
}
