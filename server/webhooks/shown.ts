import type { Sentence } from '#contract/language.ts'
import { REFUSALS, sentencesOf } from '#contract/refusals.ts'
import { POST_FAULTS, type WebhookEvent } from '#contract/webhooks.ts'
import { namePeople, nameUnits } from '#people'
import type { Unit } from '#platform/unit.ts'
import type { DeliveryRow, WebhookRow } from '#platform/webhooks/store.ts'

/** Webhooks as their administrators see them. */
export async function shownWebhooks(unit: Unit, rows: readonly WebhookRow[]) {
  const whoIs = await namePeople(
    unit,
    rows.map(({ madeBy }) => madeBy),
  )
  const called = await nameUnits(
    unit,
    rows.map(({ unitId }) => unitId),
  )
  return rows.map((row) => ({
    ...{ webhookId: row.webhookId, name: row.name, url: row.url, state: row.state },
    unit: { unitId: row.unitId, name: called(row.unitId) },
    kinds: row.kinds as WebhookEvent[],
    because: row.because === null ? null : sentenceOfOutcome(row.because, row.url),
    madeAt: row.madeAt.toISOString(),
    madeBy: whoIs(row.madeBy),
    waiting: row.waiting,
    deliveredAt: row.deliveredAt?.toISOString() ?? null,
  }))
}

/** A message as the administrators of its webhook see it. */
export function shownDelivery(row: DeliveryRow, { state, url }: Pick<WebhookRow, 'state' | 'url'>) {
  const goesOn = row.state === 'waiting' && state === 'active'
  return {
    ...{ eventId: row.eventId, kind: row.kind as WebhookEvent, branchId: row.branchId },
    ...{ state: row.state, attempts: row.attempts },
    happenedAt: row.happenedAt.toISOString(),
    lastAt: row.lastAt?.toISOString() ?? null,
    nextAt: goesOn ? row.nextAt.toISOString() : null,
    outcome: row.outcome === null ? null : sentenceOfOutcome(row.outcome, url),
  }
}

/** What an attempt came to, in words; `outcome` is a status, a fault, or the code of a refusal. */
export function sentenceOfOutcome(outcome: string, url: string): Sentence {
  if (/^\d+$/.test(outcome)) return answered(Number(outcome))
  if (Object.hasOwn(POST_FAULTS, outcome)) return POST_FAULTS[outcome as keyof typeof POST_FAULTS]
  if (!Object.hasOwn(REFUSALS, outcome)) return { zh: outcome, en: outcome }
  const { hostname, port } = new URL(url)
  return sentencesOf(outcome as keyof typeof REFUSALS, { host: hostname, port })
}

function answered(status: number): Sentence {
  if (status >= 200 && status < 300)
    return { zh: `已送达（${status}）`, en: `Delivered (${status})` }
  if (status === 410)
    return { zh: '对方表示已停用（410）', en: 'The receiver says it is gone (410)' }
  if (status >= 300 && status < 400)
    return {
      zh: `对方要求跳转（${status}），不跟随；请填写最终地址`,
      en: `A redirect (${status}), which is not followed; use the final address`,
    }
  return { zh: `对方返回错误 ${status}`, en: `The receiver answered ${status}` }
}
