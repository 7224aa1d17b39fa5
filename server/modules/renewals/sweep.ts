import type { Sentences } from '#contract/language.ts'
import type { Day } from '#platform/day.ts'
import { type Reason, sayReason } from '#platform/say-reason.ts'
import { purposeFor, type SweepFor } from './lapse.ts'
import type { Candidate } from './sweep-store.ts'

/** Why somebody who lapsed in a place is not gone to, shortly. */
const LEFT_OUT = {
  deceased: { zh: '登记为已故', en: 'said to be deceased' },
  'swept-already': { zh: '已在其他安排中', en: 'in another sweep' },
  'reason-known': { zh: '原因已问清', en: 'the reason is known' },
  'no-reason-yet': { zh: '原因未问清，先问原因', en: 'no reason is known; that comes first' },
  terminated: { zh: '已离网', en: 'has left' },
  'port-out-request': { zh: '已申请携出', en: 'asked to port out' },
  refused: { zh: '明确拒绝，尚在免打扰期', en: 'refused, and may not be asked yet' },
  'opted-out': { zh: '已退订或未同意', en: 'opted out, or never agreed' },
  capped: { zh: '近期接触次数已满', en: 'touched too often lately' },
  'extract-unknown': { zh: '数据文件不可用，无法核对', en: 'no extract to ask' },
  'on-list': { zh: '这户当日已有人走访', en: 'somebody goes to the home that day already' },
  'no-room': { zh: '班组当日没有余力', en: 'the crew has no room that day' },
  'beyond-most': { zh: '超出本次户数', en: 'more than this sweep takes' },
} as const satisfies Sentences
export type WhyLeftOut = keyof typeof LEFT_OUT

/** Whom a sweep could go to, with what for, and why it does not go to the others. */
export type Choice = Readonly<{
  members: readonly (Candidate & Readonly<{ purpose: SweepFor }>)[]
  leftOut: ReadonlyMap<WhyLeftOut, number>
}>

type Wish = Readonly<{ purpose: SweepFor | 'all'; most: number; today: Day }>

/**
 * Chooses among those lapsed in a place. Who has not said why comes first: a visit without a reason
 * to start from seldom wakes anybody. `against` says what the gate has against a visit, if anything.
 */
export function chooseMembers(
  candidates: readonly Candidate[],
  wish: Wish,
  against: (candidate: Candidate, purpose: SweepFor) => WhyLeftOut | undefined,
): Choice {
  const leftOut = new Map<WhyLeftOut, number>()
  const leave = (why: WhyLeftOut) => count(leftOut, why, 1)
  const fit = candidates.flatMap((candidate) => {
    const purpose = purposeFor(candidate.reason)
    const why = whyNot(candidate, purpose, wish) ?? against(candidate, purpose)
    if (why === undefined) return [{ ...candidate, purpose }]
    leave(why)
    return []
  })
  const first = [...fit].sort((a, b) => rank(a.purpose) - rank(b.purpose))
  for (const _ of first.slice(wish.most)) leave('beyond-most')
  return { members: first.slice(0, wish.most), leftOut }
}
const rank = (purpose: SweepFor) => (purpose === 'find-reason' ? 0 : 1)

/** Counts so many more who are left out, and why. */
export function count(leftOut: Map<WhyLeftOut, number>, why: WhyLeftOut, more: number): void {
  if (more > 0) leftOut.set(why, (leftOut.get(why) ?? 0) + more)
}

/** What a visit is for: who is asked for the reason is surveyed, else it is about their own contract. */
export const TOUCH_FOR = { 'find-reason': 'survey', wake: 'renewal' } as const

/** What the register itself has against a visit. */
export function whyNot(
  { reason, nextSweepOn }: Candidate,
  purpose: SweepFor,
  wish: Pick<Wish, 'purpose' | 'today'>,
): WhyLeftOut | undefined {
  if (reason === 'deceased') return 'deceased'
  if (wish.purpose !== 'all' && wish.purpose !== purpose)
    return purpose === 'wake' ? 'reason-known' : 'no-reason-yet'
  return nextSweepOn !== null && nextSweepOn >= wish.today ? 'swept-already' : undefined
}

/** Left out and how many, most first. */
export function sayLeftOut(
  counts: Readonly<Record<string, number>>,
): { why: Reason; count: number }[] {
  return Object.entries(counts)
    .sort(([a, most], [b, more]) => more - most || (a < b ? -1 : 1))
    .map(([code, count]) => ({ why: sayReason(code, {}, { words: LEFT_OUT }), count }))
}
