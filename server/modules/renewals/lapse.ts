import { LAPSE_DETAILS, type LapseReason } from '#contract/lapsed.ts'
import { addDays, type Day } from '#platform/day.ts'
import { type Reason, sayReason } from '#platform/say-reason.ts'

/** How a lapse ended by what the cards say. */
export type ClosedAs = 'renewed' | 'terminated' | 'gone' | 'corrected'

/** A lapse that the register holds open though the cards no longer show it. */
export type Open = Readonly<{
  lapseId: string
  subscriberId: string
  contractEnd: Day
  foundOn: Day
}>
/** What the card of the subscriber says now. */
export type Now = Readonly<{ status: string; contractEnd: Day | null; snapshotDate: Day }>
export type Fate = Readonly<{ closedAs: ClosedAs; renewedTo: Day | null }>

/**
 * What became of a lapse that the cards no longer show. Renewed is only what a later extract says,
 * with an end that has not passed on `today`; an older extract that stands again, or another end in
 * the past, corrects what was believed.
 */
export function fateOf(open: Open, now: Now | undefined, today: Day): Fate {
  if (!now) return { closedAs: 'gone', renewedTo: null }
  if (now.status === 'terminated' || now.status === 'pending')
    return { closedAs: 'terminated', renewedTo: null }
  const { contractEnd, snapshotDate } = now
  const isRenewed = contractEnd !== null && contractEnd >= today && snapshotDate > open.foundOn
  if (isRenewed) return { closedAs: 'renewed', renewedTo: contractEnd }
  return { closedAs: 'corrected', renewedTo: null }
}

/** The detail belongs to the reason, or there is none. */
export function isDetailOf(reason: LapseReason, detail: string | null): boolean {
  const details: readonly string[] = LAPSE_DETAILS[reason]
  return detail === null || details.includes(detail)
}

/** An extract is given so many days to show what was paid. */
const SHOWN_WITHIN_DAYS = 7

/** What does not fit together about a lapse. */
export function doubtsOf(
  lapse: Readonly<{
    reason: LapseReason | null
    standing: string
    paidOn: Day | null
    closedAs: ClosedAs | null
  }>,
  asOf: Day | null,
): Reason[] {
  const doubts: Reason[] = []
  const tell = (code: string, values: Record<string, string>) =>
    doubts.push(sayReason(code, values, { words: DOUBTS }))
  if (lapse.reason === 'deceased' && lapse.standing === 'won-back') tell('deceased-renewed', {})
  const { paidOn, closedAs } = lapse
  if (
    paidOn !== null &&
    closedAs !== 'renewed' &&
    asOf &&
    asOf >= addDays(paidOn, SHOWN_WITHIN_DAYS)
  )
    tell('paid-not-shown', { paidOn, asOf })
  return doubts
}

const DOUBTS = {
  'deceased-renewed': {
    zh: '登记为已故，之后却续约或缴费，请核实是否过户给家人',
    en: 'Said to be deceased, and renewed or paid for since; find out whether the family took it over',
  },
  'paid-not-shown': {
    zh: '{paidOn}已登记缴费，{asOf}的数据仍未续约，请核对收据',
    en: 'Paid on {paidOn} as recorded, but not renewed in the data of {asOf}; check the receipt',
  },
} as const

/**
 * What a reason rests on: asked and not learned; as a result goes, such as moved; said, or recorded by
 * somebody. A weaker word never takes the place of a better one.
 */
export const STRENGTH = { notLearned: 0, implied: 1, said: 2 } as const

/** Why somebody lapsed by what came of a task, and what that rests on; undefined where it tells nothing. */
export function reasonIn({
  result,
  reason,
}: Readonly<{ result: string; reason: LapseReason | null }>):
  | Readonly<{ reason: LapseReason; strength: number }>
  | undefined {
  if (reason !== null)
    return { reason, strength: reason === 'unknown' ? STRENGTH.notLearned : STRENGTH.said }
  return result === 'moved' || result === 'competitor'
    ? { reason: result, strength: STRENGTH.implied }
    : undefined
}

export type SweepFor = 'find-reason' | 'wake'

/** What a visit is for: first the reason, and only where it is known, to wake. */
export const purposeFor = (reason: LapseReason | null): SweepFor =>
  reason === null || reason === 'unknown' ? 'find-reason' : 'wake'
