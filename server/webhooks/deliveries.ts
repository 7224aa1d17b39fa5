import { TEST_KIND } from '#contract/webhooks.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Actor, Unit } from '#platform/unit.ts'
import { postSigned } from '#platform/webhooks/deliver.ts'
import { outcomeOf } from '#platform/webhooks/retry.ts'
import { renewDelivery, selectDeliveries } from '#platform/webhooks/store.ts'
import { bodyOf, newEventId } from '#platform/webhooks/tell.ts'
import { sentenceOfOutcome, shownDelivery } from './shown.ts'
import { readWebhook, type Sending, tell } from './webhooks.ts'

/** What a webhook was sent, the latest first. @throws Refusal `webhook-unknown`, `cursor-unreadable`. */
export async function listDeliveries(
  unit: Unit,
  of: Readonly<{ webhookId: string; cursor?: string | undefined; limit: number }>,
) {
  const webhook = await readWebhook(unit, of.webhookId)
  const { rows, ...page } = await selectDeliveries(unit, of)
  return { rows: rows.map((row) => shownDelivery(row, webhook)), ...page }
}

/** Sends a message anew under its own id. @throws Refusal `webhook-unknown`, `delivery-unknown`. */
export async function resendDelivery(
  unit: Unit,
  of: Readonly<{ webhookId: string; eventId: string }>,
) {
  const webhook = await readWebhook(unit, of.webhookId)
  const renewed = await renewDelivery(unit, of)
  if (!renewed) throw new Refusal('not-found', 'delivery-unknown')
  return shownDelivery(renewed, webhook)
}

/**
 * Sends a message that tells nothing, whatever the state of the webhook, and waits for what comes of
 * it. @throws Refusal `webhook-unknown`.
 */
export async function testWebhook({ works, outside }: Sending, actor: Actor, webhookId: string) {
  const webhook = await works.run(actor, (unit) => readWebhook(unit, webhookId))
  const body = bodyOf(TEST_KIND, works.clock(), { webhookId })
  const message = { ...webhook, eventId: newEventId(), body }
  const posted = await postSigned({ works, outside }, message)
  const delivered = posted.kind === 'answered' && posted.status >= 200 && posted.status < 300
  await works.run(actor, (unit) =>
    tell(unit, 'webhook.tested', webhook, { delivered, outcome: outcomeOf(posted) }),
  )
  return { delivered, outcome: sentenceOfOutcome(outcomeOf(posted), webhook.url) }
}
