import { type Posted, post } from '#platform/outgoing/post.ts'
import type { Outside } from '#platform/outgoing/target.ts'
import { Refusal } from '#platform/refusal.ts'
import { outcomeOf } from '#platform/webhooks/retry.ts'
import { signedHeaders } from '#platform/webhooks/sign.ts'
import type { CallGateway } from './gateway.ts'

/**
 * A platform that takes calls by HTTP: a message signed by Standard Webhooks, sent once, its id that of
 * the call. Where it may be is judged as for webhooks; 2xx says that it connects, and whatever else it
 * says, redirects among it, that it does not.
 */
export function openHttpGateway(
  { url, secret }: Readonly<{ url: string; secret: Readonly<{ reveal(): string }> }>,
  { outside, clock }: Readonly<{ outside: Outside; clock: () => Date }>,
): CallGateway {
  return {
    connect: async ({ callId, at, ...of }) => {
      const body = JSON.stringify({ callId, ...of, at: at.toISOString() })
      const headers = signedHeaders([secret.reveal()], { id: callId, at: clock(), body })
      refuseOthers(await post(outside, url, { headers, body }))
    },
  }
}

function refuseOthers(posted: Posted): void {
  if (posted.kind === 'answered' && posted.status >= 200 && posted.status < 300) return
  if (posted.kind === 'failed' && posted.fault === 'timed-out')
    throw new Refusal('unavailable', 'call-gateway-slow')
  throw new Refusal('unavailable', 'call-gateway-failed', { because: outcomeOf(posted) })
}
