import * as contract from '#contract/webhooks.ts'
import { mayDo } from '#people'
import type { Http } from '#platform/http.ts'
import type { Unit } from '#platform/unit.ts'
import { selectWebhooks } from '#platform/webhooks/store.ts'
import { listDeliveries, resendDelivery, testWebhook } from './deliveries.ts'
import { shownWebhooks } from './shown.ts'
import {
  changeWebhook,
  endWebhook,
  makeWebhook,
  pauseWebhook,
  readWebhook,
  renewSecret,
  resumeWebhook,
  type Sending,
} from './webhooks.ts'

/** The webhooks of a branch and above, for its administrators. */
export function webhookRoutes(http: Http, sending: Sending): void {
  const { run } = sending.works
  http.serve(contract.listWebhooks, async (unit) => {
    mayDo(unit.actor, 'webhook:write')
    return { webhooks: await shownWebhooks(unit, await selectWebhooks(unit)) }
  })
  http.serveActor(contract.makeWebhook, async (actor, _, body) => {
    const { secret, webhookId } = await makeWebhook(sending, actor, body)
    return { secret, made: await run(actor, (unit) => shown(unit, webhookId)) }
  })
  http.serveActor(contract.changeWebhook, async (actor, { webhookId }, body) => {
    await changeWebhook(sending, actor, { ...body, webhookId })
    return run(actor, (unit) => shown(unit, webhookId))
  })
  http.serve(contract.renewWebhookSecret, async (unit, { webhookId }) => ({
    secret: await renewSecret(sending, unit, webhookId),
  }))
  http.serve(contract.pauseWebhook, async (unit, { webhookId }) => {
    await pauseWebhook(unit, webhookId)
    return shown(unit, webhookId)
  })
  http.serve(contract.resumeWebhook, async (unit, { webhookId }) => {
    await resumeWebhook(unit, webhookId)
    return shown(unit, webhookId)
  })
  http.serve(contract.deleteWebhook, async (unit, { webhookId }) => {
    await endWebhook(unit, webhookId)
    return { done: true } as const
  })
  http.serveActor(contract.testWebhook, (actor, { webhookId }) =>
    testWebhook(sending, actor, webhookId),
  )
  http.serve(contract.listDeliveries, listDeliveries)
  http.serve(contract.resendDelivery, resendDelivery)
}

async function shown(unit: Unit, webhookId: string) {
  const [found] = await shownWebhooks(unit, [await readWebhook(unit, webhookId)])
  if (!found) throw new Error(`the webhook ${webhookId} was read and is not shown`)
  return found
}
