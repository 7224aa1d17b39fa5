import type { Purpose } from '#contacts'
import type { TaskKind } from '#contract/tasks.ts'
import { campaignOf, type PlanDetails } from './details.ts'

/** What the tasks of a campaign are about, and what a touch through them is for. */
export type Aim = Readonly<{ kind: TaskKind; purpose: Purpose }>

/** Campaigns whose purpose alone does not tell what there is to do. */
const OF_CAMPAIGN: Readonly<Record<string, Aim>> = {
  'renewal-due': { kind: 'renewal_visit', purpose: 'renewal' },
  'lapsed-sweep': { kind: 'lapsed_sweep', purpose: 'marketing' },
  'dormant-wake-up': { kind: 'wake_up', purpose: 'marketing' },
  'arrears-collection': { kind: 'collection', purpose: 'collection' },
  'returned-home-retention': { kind: 'renewal_visit', purpose: 'retention' },
}

const OF_PURPOSE: Readonly<Record<Purpose, TaskKind>> = {
  renewal: 'renewal_visit',
  retention: 'renewal_visit',
  collection: 'collection',
  survey: 'competitor_survey',
  service: 'box_recovery',
  marketing: 'upgrade',
}

/** What a touch through a task is for that somebody gives by hand. */
export const PURPOSE_OF_KIND: Readonly<Record<TaskKind, Purpose>> = {
  renewal_visit: 'renewal',
  lapsed_sweep: 'marketing',
  wake_up: 'marketing',
  collection: 'collection',
  upgrade: 'marketing',
  box_recovery: 'service',
  competitor_survey: 'survey',
  event: 'marketing',
  card_seeding: 'marketing',
  group_joining: 'marketing',
  coaching: 'service',
}

/** What the tasks of a campaign of a plan are about. */
export function aimOf(details: Pick<PlanDetails, 'campaigns'>, campaign: string): Aim {
  const purpose = campaignOf(details, campaign)?.purpose
  const known = OF_CAMPAIGN[campaign] ?? { kind: 'upgrade', purpose: 'marketing' }
  if (purpose === undefined) return known
  return { kind: OF_CAMPAIGN[campaign]?.kind ?? OF_PURPOSE[purpose], purpose }
}
