import type { WebhookEvent } from '#contract/webhooks.ts'
import { branchOf, mayDoAt, readUnit, unitsInScope } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { checkTarget, type Outside } from '#platform/outgoing/target.ts'
import { randomId } from '#platform/random-id.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Actor, Unit } from '#platform/unit.ts'
import { WEBHOOK_SECRETS } from '#platform/webhooks/deliver.ts'
import { newSecret } from '#platform/webhooks/sign.ts'
import {
  countWebhooks,
  deleteWebhook,
  hurryMessages,
  insertWebhook,
  selectWebhook,
  updateSecret,
  updateState,
  updateWebhook,
  type WebhookRow,
} from '#platform/webhooks/store.ts'
import type { Works } from '#platform/works.ts'

/** What leaves the house goes by `outside`. */
export type Sending = Readonly<{ works: Works; outside: Outside }>

export type WebhookWish = Readonly<{ name: string; url: string; kinds: readonly WebhookEvent[] }>

/** Of one unit: all of them together are to leave hands free for those of others. */
const MOST_OF_UNIT = 50

/**
 * Adds a webhook to a branch or to a unit above. Its secret is told here and never again: it is kept
 * sealed. The address is looked at before anything is written, and again whenever something is sent.
 * @throws Refusal `not-allowed`, `unit-unknown`, `webhook-below-branch`, `webhook-too-many`, those of
 * `checkTarget`.
 */
export async function makeWebhook(
  { works, outside }: Sending,
  actor: Actor,
  { unitId, ...wish }: WebhookWish & Readonly<{ unitId: string }>,
): Promise<Readonly<{ secret: string; webhookId: string }>> {
  await works.run(actor, (unit) => mayKeepAt(unit, unitId))
  const { url } = await checkTarget(outside, wish.url)
  const webhookId = `wh_${randomId()}`
  const secret = newSecret()
  await works.run(actor, async (unit) => {
    await mayKeepAt(unit, unitId)
    if ((await countWebhooks(unit, unitId)) >= MOST_OF_UNIT)
      throw new Refusal('conflict', 'webhook-too-many', { limit: MOST_OF_UNIT })
    await insertWebhook(unit, {
      ...{ webhookId, unitId, name: wish.name, url: url.href, kinds: inOrder(wish.kinds) },
      secret: works.keys.sealerFor(WEBHOOK_SECRETS).seal(secret, webhookId),
    })
    await tell(unit, 'webhook.made', { webhookId, unitId }, valuesOf(wish, url))
  })
  return { secret, webhookId }
}

/** @throws Refusal `webhook-unknown`, those of `checkTarget`. */
export async function changeWebhook(
  { works, outside }: Sending,
  actor: Actor,
  { webhookId, ...wish }: WebhookWish & Readonly<{ webhookId: string }>,
): Promise<void> {
  await works.run(actor, (unit) => readWebhook(unit, webhookId))
  const { url } = await checkTarget(outside, wish.url)
  await works.run(actor, async (unit) => {
    const found = await readWebhook(unit, webhookId)
    await updateWebhook(unit, {
      ...{ webhookId, name: wish.name, url: url.href, kinds: inOrder(wish.kinds) },
    })
    await tell(unit, 'webhook.changed', found, valuesOf(wish, url))
  })
}

const SIGNS_ALONG_MS = 24 * 3_600_000

/**
 * Replaces the secret, which is told here and never again. For a day messages carry the signature of
 * the one before as well. @throws Refusal `webhook-unknown`.
 */
export async function renewSecret(
  { works }: Pick<Sending, 'works'>,
  unit: Unit,
  webhookId: string,
): Promise<string> {
  const found = await readWebhook(unit, webhookId)
  const secret = newSecret()
  await updateSecret(unit, {
    webhookId,
    secret: works.keys.sealerFor(WEBHOOK_SECRETS).seal(secret, webhookId),
    until: new Date(unit.now.getTime() + SIGNS_ALONG_MS),
  })
  await tell(unit, 'webhook.secret-renewed', found)
  return secret
}

/** What happens while it is paused waits. @throws Refusal `webhook-unknown`. */
export async function pauseWebhook(unit: Unit, webhookId: string): Promise<void> {
  const found = await readWebhook(unit, webhookId)
  await updateState(unit, { webhookId, state: 'paused' })
  await tell(unit, 'webhook.paused', found)
}

/** All that waited is sent, given up or not. @throws Refusal `webhook-unknown`. */
export async function resumeWebhook(unit: Unit, webhookId: string): Promise<void> {
  const found = await readWebhook(unit, webhookId)
  await updateState(unit, { webhookId, state: 'active' })
  await hurryMessages(unit, webhookId)
  await tell(unit, 'webhook.resumed', found)
}

/** With all its messages. @throws Refusal `webhook-unknown`. */
export async function endWebhook(unit: Unit, webhookId: string): Promise<void> {
  const found = await readWebhook(unit, webhookId)
  await deleteWebhook(unit, webhookId)
  await tell(unit, 'webhook.deleted', found)
}

/** A webhook of a unit that the actor administers; another does not exist. @throws Refusal `webhook-unknown`. */
export async function readWebhook(unit: Unit, webhookId: string): Promise<WebhookRow> {
  const found = await selectWebhook(unit, webhookId)
  if (!found) throw new Refusal('not-found', 'webhook-unknown')
  await mayDoAt(unit, found.unitId, 'webhook:write')
  return found
}

async function mayKeepAt(unit: Unit, unitId: string): Promise<void> {
  if (!(await unitsInScope(unit)).includes(unitId))
    throw new Refusal('not-found', 'unit-unknown', { unit: unitId })
  await mayDoAt(unit, unitId, 'webhook:write')
  const { kind } = await readUnit(unit, unitId)
  if (BELOW_BRANCH.has(kind)) throw new Refusal('invalid', 'webhook-below-branch')
}
const BELOW_BRANCH: ReadonlySet<string> = new Set(['zone', 'hall', 'grid'])

type Told =
  `webhook.${'made' | 'changed' | 'secret-renewed' | 'paused' | 'resumed' | 'deleted' | 'tested'}`

/** The path of an address may be a secret of its own: the trail keeps the host. */
export async function tell(
  unit: Unit,
  action: Told,
  { webhookId, unitId }: Pick<WebhookRow, 'webhookId' | 'unitId'>,
  values: Readonly<Record<string, string | boolean>> = {},
): Promise<void> {
  const branchId = await branchOf(unit, unitId)
  const about = { kind: 'webhook', id: webhookId } as const
  audit(unit, { branchId, action, about, values: { unitId, ...values } })
}

const valuesOf = ({ kinds }: WebhookWish, { host }: URL) => ({
  ...{ host, kinds: inOrder(kinds).join(' ') },
})
const inOrder = (kinds: readonly WebhookEvent[]) => [...new Set(kinds)].sort()
