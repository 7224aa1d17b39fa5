import type { z } from 'zod'
import type { RefusalScope as Scope, TouchChannel } from '#contract/touches.ts'
import { addMonths, type Day } from '#platform/day.ts'

/** What a household has refused: one offer, one channel, or everything. */
export type RefusalScope = z.infer<typeof Scope>

/** A clear “no”, as the ledger has it. `until` is the first day it no longer holds, if one was told. */
export type HouseholdRefusal = Readonly<{
  refusedOn: Day
  scope: RefusalScope
  channel: Channel
  offer: string | null
  until: Day | null
}>

export type Channel = z.infer<typeof TouchChannel>

/**
 * The first day on which marketing is allowed again after a refusal: the same day three calendar
 * months later, or that month’s last day if it has no such day (31 August → 30 November); or more
 * `months`, where the rules of contact say so.
 */
export function firstAllowedDay(
  refusedOn: Day,
  until: Day | null = null,
  months: number = MONTHS_OF_REST,
): Day {
  const byRule = addMonths(refusedOn, months)
  return until !== null && until > byRule ? until : byRule
}
/** What the law asks for at least; a branch may make it longer. */
export const MONTHS_OF_REST = 3

/** True if the refusal holds on `day`: from the day it was said up to the first allowed day. */
export function stands(refusal: HouseholdRefusal, day: Day): boolean {
  return refusal.refusedOn <= day && day < firstAllowedDay(refusal.refusedOn, refusal.until)
}

/** Which touchpoint speaks through a channel; a call that came in tells nothing against a visit. */
export const TOUCHPOINT_OF = {
  door: 'door',
  hall: 'hall',
  call_in: 'call_out',
  call_out: 'call_out',
  sms: 'sms',
  wecom: 'online',
  wechat: 'online',
  installer: 'installer',
  online: 'online',
} as const satisfies Record<Channel, string>
export type TouchedAt = (typeof TOUCHPOINT_OF)[Channel]

/**
 * Whether a standing refusal closes a touchpoint to marketing of an offer. The door is closed by
 * every refusal, whatever its scope; all touchpoints by scope `all`, and by a refused offer that
 * nobody wrote down; else the channel it was said on, or the offer it was said of.
 */
export function closes(
  refusal: HouseholdRefusal,
  { touchpoint, offer }: { touchpoint: TouchedAt; offer: string | null },
): boolean {
  if (touchpoint === 'door' || refusal.scope === 'all') return true
  if (refusal.scope === 'channel') return TOUCHPOINT_OF[refusal.channel] === touchpoint
  return refusal.offer === null || refusal.offer === offer
}
