import { sql } from 'kysely'
import { selectLatestPage } from '../page-store.ts'
import type { Unit } from '../unit.ts'

export type NewMessage = Readonly<{
  branch: string | null
  id: string
  kind: string
  body: string
}>

/** Writes the messages for every webhook that wants them, whoever acts. */
export async function insertMessages(unit: Unit, messages: readonly NewMessage[]): Promise<void> {
  await sql`select platform.tell_webhooks(${JSON.stringify(messages)}::jsonb)`.execute(unit.db)
}

/** A message that somebody has taken to send it. */
export type Claimed = Readonly<{
  branchId: string
  webhookId: string
  eventId: string
  body: string
  attempts: number
  triedSince: Date | null
  url: string
  /** Sealed; the one before signs along until its time is over. */
  secret: string
  secretBefore: string | null
  deliveredAt: Date | null
}>

const SECRET_BEFORE = (unit: Unit) =>
  sql`case when secret_before_until > ${unit.now} then secret_before end as "secretBefore"`

/**
 * Takes up to `limit` messages that are due and holds them until `until`: first one of each webhook of
 * which nothing is held, the oldest first, then the second. Of one webhook no more than `each` are held
 * at a time, so that those that do not answer keep nobody waiting.
 */
export async function claimDue(
  unit: Unit,
  of: Readonly<{ claim: string; until: Date; limit: number; each: number }>,
): Promise<Claimed[]> {
  const { rows } = await sql<Claimed>`
    with queued as (
      select branch_id, webhook_id, event_id, delivery.next_at, claim is not null as is_held,
             row_number() over (
               partition by webhook_id
               order by claim is not null and delivery.next_at > ${unit.now} desc, delivery.next_at, event_id
             ) as place
        from platform.webhook_delivery as delivery join platform.webhook using (webhook_id)
       where delivery.state = 'waiting' and webhook.state = 'active'
         and (delivery.next_at <= ${unit.now} or claim is not null)
    ),
    taken as (
      select branch_id, webhook_id, event_id from platform.webhook_delivery
       where (branch_id, webhook_id, event_id) in (
               select branch_id, webhook_id, event_id from queued
                where place <= ${of.each} and next_at <= ${unit.now}
                order by place, next_at, event_id limit ${of.limit})
         and state = 'waiting' and next_at <= ${unit.now}
         for update skip locked
    )
    update platform.webhook_delivery as delivery
       set claim = ${of.claim}, next_at = ${of.until}
      from taken join platform.webhook using (webhook_id)
     where (delivery.branch_id, delivery.webhook_id, delivery.event_id)
         = (taken.branch_id, taken.webhook_id, taken.event_id)
    returning delivery.branch_id as "branchId", delivery.webhook_id as "webhookId",
      delivery.event_id as "eventId", body, attempts, tried_since as "triedSince", url, secret,
      ${SECRET_BEFORE(unit)}, webhook.delivered_at as "deliveredAt"
  `.execute(unit.db)
  return rows
}

type OfMessage = Pick<Claimed, 'branchId' | 'webhookId' | 'eventId'>
const isThe = ({ branchId, webhookId, eventId }: OfMessage) =>
  sql`(branch_id, webhook_id, event_id) = (${branchId}, ${webhookId}, ${eventId})`

/** Writes what an attempt came to; false when somebody else has taken the message since. */
export async function updateAttempt(
  unit: Unit,
  of: OfMessage &
    Readonly<{
      claim: string
      state: 'waiting' | 'delivered' | 'failed'
      nextAt: Date
      outcome: string
      counts: boolean
    }>,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update platform.webhook_delivery
       set state = ${of.state}, next_at = ${of.nextAt}, outcome = ${of.outcome}, claim = null,
           attempts = attempts + ${of.counts ? 1 : 0}, last_at = ${unit.now},
           tried_since = case when ${of.counts} then coalesce(tried_since, ${unit.now}) else tried_since end
     where ${isThe(of)} and claim = ${of.claim}
  `.execute(unit.db)
  return numAffectedRows === 1n
}

export async function updateDeliveredAt(unit: Unit, webhookId: string): Promise<void> {
  await sql`
    update platform.webhook set delivered_at = ${unit.now} where webhook_id = ${webhookId}
  `.execute(unit.db)
}

/** Gives a webhook up; false when it was not active. */
export async function disableWebhook(
  unit: Unit,
  { webhookId, because }: Readonly<{ webhookId: string; because: string }>,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update platform.webhook set state = 'disabled', because = ${because}
     where webhook_id = ${webhookId} and state = 'active'
  `.execute(unit.db)
  return numAffectedRows === 1n
}

/** Forgets the messages of acts before an instant, sent or not; how many. */
export async function deleteMessages(unit: Unit, before: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from platform.webhook_delivery where happened_at < ${before}
  `.execute(unit.db)
  return Number(numAffectedRows ?? 0n)
}

export type WebhookRow = Readonly<{
  webhookId: string
  unitId: string
  name: string
  url: string
  kinds: readonly string[]
  secret: string
  secretBefore: string | null
  state: 'active' | 'paused' | 'disabled'
  because: string | null
  madeAt: Date
  madeBy: string
  deliveredAt: Date | null
  waiting: number
}>

const WEBHOOK = (
  unit: Unit,
) => sql`webhook_id as "webhookId", unit_id as "unitId", name, url, kinds,
  secret, ${SECRET_BEFORE(unit)}, state, because, made_at as "madeAt", made_by as "madeBy",
  delivered_at as "deliveredAt", (
    select count(*)::integer from platform.webhook_delivery as waiting
     where waiting.webhook_id = webhook.webhook_id and waiting.state = 'waiting'
  ) as waiting`

/** The webhooks of the units that the actor administers, the latest made first. */
export async function selectWebhooks(unit: Unit): Promise<WebhookRow[]> {
  const { rows } = await sql<WebhookRow>`
    select ${WEBHOOK(unit)} from platform.webhook order by made_at desc, webhook_id
  `.execute(unit.db)
  return rows
}

export async function selectWebhook(
  unit: Unit,
  webhookId: string,
): Promise<WebhookRow | undefined> {
  const { rows } = await sql<WebhookRow>`
    select ${WEBHOOK(unit)} from platform.webhook where webhook_id = ${webhookId}
  `.execute(unit.db)
  return rows[0]
}

export async function countWebhooks(unit: Unit, unitId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from platform.webhook where unit_id = ${unitId}
  `.execute(unit.db)
  return rows[0]?.count ?? 0
}

export type NewWebhook = Pick<
  WebhookRow,
  'webhookId' | 'unitId' | 'name' | 'url' | 'kinds' | 'secret'
>

export async function insertWebhook(unit: Unit, of: NewWebhook): Promise<void> {
  await sql`
    insert into platform.webhook (webhook_id, unit_id, name, url, kinds, secret, made_at, made_by)
    values (${of.webhookId}, ${of.unitId}, ${of.name}, ${of.url}, ${[...of.kinds]}, ${of.secret},
        ${unit.now}, ${unit.actor.id})
  `.execute(unit.db)
}

export async function updateWebhook(
  unit: Unit,
  of: Pick<WebhookRow, 'webhookId' | 'name' | 'url' | 'kinds'>,
): Promise<void> {
  await sql`
    update platform.webhook set name = ${of.name}, url = ${of.url}, kinds = ${[...of.kinds]}
     where webhook_id = ${of.webhookId}
  `.execute(unit.db)
}

/** Replaces the secret; the one before signs along until `until`. */
export async function updateSecret(
  unit: Unit,
  of: Readonly<{ webhookId: string; secret: string; until: Date }>,
): Promise<void> {
  await sql`
    update platform.webhook
       set secret = ${of.secret}, secret_before = secret, secret_before_until = ${of.until}
     where webhook_id = ${of.webhookId}
  `.execute(unit.db)
}

export async function updateState(
  unit: Unit,
  { webhookId, state }: Readonly<{ webhookId: string; state: 'active' | 'paused' }>,
): Promise<void> {
  await sql`
    update platform.webhook set state = ${state}, because = null where webhook_id = ${webhookId}
  `.execute(unit.db)
}

/** Lets all that waits be sent now, with three days before it from its next attempt on. */
export async function hurryMessages(unit: Unit, webhookId: string): Promise<void> {
  await sql`
    update platform.webhook_delivery
       set next_at = ${unit.now}, attempts = 0, tried_since = null, claim = null
     where webhook_id = ${webhookId} and state = 'waiting' and (claim is null or next_at <= ${unit.now})
  `.execute(unit.db)
}

export async function deleteWebhook(unit: Unit, webhookId: string): Promise<void> {
  await sql`delete from platform.webhook where webhook_id = ${webhookId}`.execute(unit.db)
}

export type DeliveryRow = Readonly<{
  eventId: string
  kind: string
  branchId: string
  happenedAt: Date
  state: 'waiting' | 'delivered' | 'failed'
  attempts: number
  lastAt: Date | null
  nextAt: Date
  outcome: string | null
}>

const DELIVERY = sql.raw(`event_id as "eventId", kind, branch_id as "branchId",
  happened_at as "happenedAt", state, attempts, last_at as "lastAt", next_at as "nextAt", outcome`)

/** A page of the messages of a webhook, the latest first. */
export const selectDeliveries = (
  unit: Unit,
  of: Readonly<{ webhookId: string; cursor?: string | undefined; limit: number }>,
) =>
  selectLatestPage<DeliveryRow>(unit, {
    columns: DELIVERY,
    from: sql`platform.webhook_delivery`,
    where: sql`webhook_id = ${of.webhookId}`,
    ...{ at: sql`happened_at`, id: sql`event_id` },
    markOf: ({ happenedAt, eventId }) => ({ at: happenedAt, id: eventId }),
    ...{ cursor: of.cursor, limit: of.limit },
  })

/** Has a message sent anew, whatever became of it; undefined when there is none. */
export async function renewDelivery(
  unit: Unit,
  of: Readonly<{ webhookId: string; eventId: string }>,
): Promise<DeliveryRow | undefined> {
  const { rows } = await sql<DeliveryRow>`
    update platform.webhook_delivery
       set state = 'waiting', next_at = ${unit.now}, attempts = 0, tried_since = null, claim = null
     where webhook_id = ${of.webhookId} and event_id = ${of.eventId}
    returning ${DELIVERY}
  `.execute(unit.db)
  return rows[0]
}
