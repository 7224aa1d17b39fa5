import { threeMonthsAfter } from '../plan-outcome-checker.ts'
import type { DeliveredCounty, DeliveredSubscriber } from './delivered-county.ts'

type Touched = Readonly<{ touchpoint: string; on: string }>

/**
 * Which touchpoints are closed to the marketing of a household on a day, by the words of the rules:
 * what was refused for three calendar months or longer, calls that the subscriber declined, and
 * whoever was reached once on a channel in the seven days before, or three times in the thirty.
 */
export function closedToMarketing(
  county: DeliveredCounty,
  day: string,
): (home: DeliveredSubscriber, touchpoint: string) => boolean {
  const refused = new Map<string, Set<string>>()
  const touched = new Map<string, Touched[]>()
  for (const contact of county.contacts) {
    const home = county.subscribers.get(contact.subscriber_id)?.household
    const on = contact.at.slice(0, 10)
    if (home === undefined || on > day) continue
    if (contact.result === 'refused' && day < firstAllowed(on, contact.until)) {
      const closed = refused.get(home) ?? new Set(['door'])
      closed.add(contact.scope === 'channel' ? touchpointOf(contact.channel) : EVERY)
      refused.set(home, closed)
    }
    const counts = contact.purpose === 'marketing' && contact.direction === 'out'
    if (counts && !UNREACHED.has(contact.result) && on < day)
      touched.set(home, [
        ...(touched.get(home) ?? []),
        { touchpoint: touchpointOf(contact.channel), on },
      ])
  }
  return ({ household, declinesCalls }, touchpoint) => {
    const closed = refused.get(household)
    const touches = touched.get(household) ?? []
    const since = (days: number) => touches.filter(({ on }) => on > addDays(day, -days))
    return (
      (touchpoint === 'call_out' && declinesCalls) ||
      closed?.has(EVERY) === true ||
      closed?.has(touchpoint) === true ||
      since(7).some((touch) => touch.touchpoint === touchpoint) ||
      since(30).length >= 3
    )
  }
}

const EVERY = 'every touchpoint'
const UNREACHED = new Set(['not_reached', 'no_answer', 'wrong_data'])

const firstAllowed = (on: string, until: string) => {
  const byRule = threeMonthsAfter(on)
  return until > byRule ? until : byRule
}

const touchpointOf = (channel: string): string =>
  ({ call_in: 'call_out', wecom: 'online', wechat: 'online' })[channel] ?? channel

export function addDays(day: string, days: number): string {
  const then = new Date(`${day}T00:00:00Z`)
  then.setUTCDate(then.getUTCDate() + days)
  return then.toISOString().slice(0, 10)
}
