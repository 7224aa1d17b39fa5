import type { Purpose } from '#contacts'
import type { PlanRules } from './assignment.ts'
import type { Named } from './losses.ts'
import type { Reason } from './reasons.ts'

/** A plan as the ledger keeps it. Superseded: another one was published for the same day. */
export type PlanRecord = Readonly<{
  branchId: string
  planId: string
  day: string
  snapshotId: string
  snapshotDate: string
  state: 'draft' | 'publishing' | 'published' | 'superseded'
  madeAt: Date
  madeBy: string
  publishedAt: Date | null
  publishedBy: string | null
  details: PlanDetails
}>

/** What a plan says beside its numbers; campaigns stand as they were, whatever they become. */
export type PlanDetails = Readonly<{
  rules: PlanRules
  campaigns: readonly PlannedCampaign[]
  warnings: readonly Reason[]
  /** SHA-256 of the files below the lake that hold the decisions and the tasks. */
  files: FileDigests & Readonly<{ next?: FileDigests }>
}>

/** `next` are those of files that are taking the place of the others: either is sound. */
export type FileDigests = Readonly<{ decisions: string; tasks: string }>

export type PlannedCampaign = Readonly<{
  id: string
  version: number
  name: Named
  /** Plans of before there were results do not say. */
  purpose?: Purpose
  script: Named
  offers: readonly PlannedOffer[]
  warnings: readonly Reason[]
}>

export type PlannedOffer = Readonly<{
  id: string
  name: Named
  monthlyFeeFen: number | null
  terms: Named
}>

/** The campaign of a plan by id; a plan holds every campaign that its decisions name. */
export function campaignOf(
  { campaigns }: Pick<PlanDetails, 'campaigns'>,
  id: string,
): PlannedCampaign | undefined {
  return campaigns.find((campaign) => campaign.id === id)
}

export function nameOfCampaign(details: PlanDetails, id: string): { zh: string; en: string } {
  const { name } = campaignOf(details, id) ?? { name: { zh: id, en: id } }
  return { ...name }
}
