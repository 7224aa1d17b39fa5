import type { z } from 'zod'
import type { PlanCounts } from '#contract/plans.ts'
import type { Step } from '../../charts/funnel.ts'
import type { Say } from '../../language.ts'

type Counts = z.output<typeof PlanCounts>
type Outcome = 'assigned' | 'unassigned' | 'suppressed' | 'held-out' | 'outranked'

export const FUNNEL_WORDS = {
  base: { zh: '在册用户', en: 'Subscribers of the base' },
  notSelected: { zh: '没有活动选中', en: 'Selected by no campaign' },
  candidates: { zh: '候选（用户 × 活动）', en: 'Candidates (subscriber × campaign)' },
  heldOut: { zh: '对照组', en: 'Held out' },
  outranked: { zh: '让位于同户其他活动', en: 'Outranked by another campaign' },
  suppressed: { zh: '不宜接触：{reason}', en: 'Suppressed: {reason}' },
  unassigned: { zh: '未派：{reason}', en: 'Unassigned: {reason}' },
  assigned: { zh: '已派到人', en: 'Assigned to people' },
} as const

/** A step of the plan’s funnel and the decisions that lie behind it, if it can be opened. */
export type PlanStep = Step &
  Readonly<{ opens: { outcome?: Outcome; reason?: string } | undefined }>

/** From the base to what people hold in their hands: every loss under its own name. */
export function planSteps(counts: Counts, say: Say): readonly PlanStep[] {
  const lost = (outcome: Outcome, prefix: 'suppressed' | 'unassigned') =>
    counts[prefix].map(({ reason, text, count }) => ({
      key: `${prefix} ${reason}`,
      name: say(FUNNEL_WORDS[prefix], { reason: say(text) }),
      count,
      kind: 'lost' as const,
      opens: { outcome, reason },
    }))
  return [
    {
      key: 'base',
      name: say(FUNNEL_WORDS.base),
      count: counts.base,
      kind: 'left',
      opens: undefined,
    },
    {
      key: 'candidates',
      name: say(FUNNEL_WORDS.candidates),
      count: counts.candidates,
      kind: 'left',
      opens: {},
    },
    ...lost('suppressed', 'suppressed'),
    {
      key: 'held-out',
      name: say(FUNNEL_WORDS.heldOut),
      count: counts.heldOut,
      kind: 'lost',
      opens: { outcome: 'held-out' },
    },
    {
      key: 'outranked',
      name: say(FUNNEL_WORDS.outranked),
      count: counts.outranked,
      kind: 'lost',
      opens: { outcome: 'outranked' },
    },
    ...lost('unassigned', 'unassigned'),
    {
      key: 'assigned',
      name: say(FUNNEL_WORDS.assigned),
      count: counts.assigned,
      kind: 'left',
      opens: { outcome: 'assigned' },
    },
  ]
}
