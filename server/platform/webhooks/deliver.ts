import { randomUUID } from 'node:crypto'
import { audit } from '../audit/audit.ts'
import { type Posted, post } from '../outgoing/post.ts'
import type { Outside } from '../outgoing/target.ts'
import type { Works } from '../works.ts'
import { fateOf, outcomeOf } from './retry.ts'
import { signedHeaders } from './sign.ts'
import {
  type Claimed,
  claimDue,
  deleteMessages,
  disableWebhook,
  updateAttempt,
  updateDeliveredAt,
} from './store.ts'

/** Of all that is due so many are under way at once, and so many of one webhook. */
const AT_ONCE = 32
const OF_ONE = 2
/** Longer than any attempt takes: whoever holds a message beyond it has died. */
const HELD_MS = 20_000
/** Messages are kept so long, sent or not. */
export const KEPT_DAYS = 30
const DAY_MS = 86_400_000

/** What signing secrets are sealed for; each belongs to its webhook. */
export const WEBHOOK_SECRETS = 'platform.webhook'

/** The messenger of a serving house. Disposing it gives back what is under way, to be sent later. */
export type Messenger = AsyncDisposable &
  Readonly<{
    /** Begins to send what is due, as far as hands are free; how many. Nothing due, nothing sent. */
    begin(): Promise<number>
    /** Waits until everything that was begun has come to something. */
    rest(): Promise<void>
  }>

/** Sends messages at least once: one whose sender dies is sent again under the same id. */
export function openMessenger(
  works: Works,
  outside: Outside,
  log: { error(fields: object, text: string): void },
): Messenger {
  const stopping = new AbortController()
  const atWork = new Set<Promise<void>>()
  const take = (message: Claimed, claim: string) => {
    const work = sendOne({ works, outside, signal: stopping.signal }, message, claim)
      .catch((err: unknown) => log.error({ err, webhookId: message.webhookId }, 'webhook'))
      .finally(() => atWork.delete(work))
    atWork.add(work)
  }
  const rest = async () => {
    await Promise.all(atWork)
  }
  return {
    begin: async () => {
      const limit = AT_ONCE - atWork.size
      if (limit <= 0 || stopping.signal.aborted) return 0
      const claim = randomUUID()
      const until = new Date(works.clock().getTime() + HELD_MS)
      const due = await works.run(works.system, (unit) =>
        claimDue(unit, { claim, until, limit, each: OF_ONE }),
      )
      for (const message of due) take(message, claim)
      return due.length
    },
    rest,
    [Symbol.asyncDispose]: () => {
      stopping.abort(new Error('the server is stopping'))
      return rest()
    },
  }
}

async function sendOne(
  { works, outside, signal }: Readonly<{ works: Works; outside: Outside; signal: AbortSignal }>,
  message: Claimed,
  claim: string,
): Promise<void> {
  const posted = await postSigned({ works, outside, signal }, message)
  await works.run(works.system, async (unit) => {
    const { attempts, triedSince, deliveredAt, webhookId } = message
    const fate = fateOf({ posted, now: unit.now, attempts, triedSince, deliveredAt })
    const isOurs = await updateAttempt(unit, {
      ...{ ...message, claim, state: fate.state, outcome: outcomeOf(posted) },
      nextAt: fate.state === 'waiting' ? fate.nextAt : unit.now,
      counts: fate.state !== 'waiting' || fate.counts,
    })
    if (!isOurs) return
    if (fate.state === 'delivered') await updateDeliveredAt(unit, webhookId)
    const because = outcomeOf(posted)
    if (fate.state !== 'failed' || !fate.disables) return
    if (await disableWebhook(unit, { webhookId, because }))
      audit(unit, {
        ...{ branchId: message.branchId, action: 'webhook.disabled', values: { because } },
        about: { kind: 'webhook', id: webhookId },
      })
  })
}

/** Sends one message, signed with the secrets of its webhook, at the instant of the attempt. */
export async function postSigned(
  of: Readonly<{ works: Works; outside: Outside; signal?: AbortSignal }>,
  message: Pick<Claimed, 'webhookId' | 'eventId' | 'body' | 'url' | 'secret' | 'secretBefore'>,
): Promise<Posted> {
  const { works, outside, signal } = of
  const sealer = works.keys.sealerFor(WEBHOOK_SECRETS)
  const secrets = [message.secret, message.secretBefore].flatMap(
    (sealed) => (sealed === null ? undefined : sealer.open(sealed, message.webhookId)) ?? [],
  )
  if (secrets.length === 0) return { kind: 'failed', fault: 'secret-unreadable' }
  const signed = { id: message.eventId, at: works.clock(), body: message.body }
  const headers = signedHeaders(secrets, signed)
  return post(outside, message.url, { headers, body: message.body }, signal)
}

/** Forgets the messages that are kept no longer; how many. */
export function forgetMessages({ run, system, clock }: Works): Promise<number> {
  const before = new Date(clock().getTime() - KEPT_DAYS * DAY_MS)
  return run(system, (unit) => deleteMessages(unit, before))
}
