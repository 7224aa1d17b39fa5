import type { ContactPolicy } from '#contacts'
import type { Condition } from '#insight'
import type { Campaign } from './campaign.ts'
import type { Running } from './campaigns.ts'

/** A campaign as the queries of the decision read it. */
export function rowOf({ campaign, version }: Running, place: number, policy: ContactPolicy) {
  const { purpose } = campaign
  const exempt = purpose === 'collection' || purpose === 'service'
  return {
    place,
    campaign: campaign.id,
    ...{ name: campaign.name.zh, name_en: campaign.name.en },
    version,
    purpose,
    // Renewal of one’s own contract, collection and service are not marketing.
    is_marketing: !exempt && (purpose !== 'renewal' || policy.renewalIsMarketing),
    stops_for_port_out: !exempt,
    touchpoints: campaign.touchpoints,
    offers: campaign.offers.map(({ id }) => id),
    ladder: campaign.deadline?.ladder ?? [],
    lead: leadOf(campaign),
    weighs_risk: !exempt,
    p: campaign.propensity,
    v: campaign.valueFen,
    l: campaign.lever,
    hold_out_share: campaign.holdOutShare,
  }
}

/** Which fact is the line in words: what the campaign asks about first of all. */
function leadOf(campaign: Campaign): string {
  if (campaign.deadline) return 'contract-ends'
  const asked = new Set(wantedBy(campaign.conditions))
  return LEADS.find(([, fields]) => fields.some((field) => asked.has(field)))?.[0] ?? 'selected'
}
const LEADS: readonly (readonly [lead: string, fields: readonly string[]])[] = [
  ['arrears', ['arrears_fee', 'is_arrears']],
  ['lapsed', ['is_lapsed', 'days_lapsed']],
  ['dormant', ['is_dormant', 'last_use_on']],
  ['old-box', ['is_standard_box', 'terminal_model']],
  ['comes-home', ['custom_春节返乡标识']],
  ['on-plan', ['plan_monthly_fee', 'main_plan_name']],
]

/** The fields that a condition asks for, and not those it only excludes. */
function wantedBy(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(wantedBy)
  if ('any' in condition) return condition.any.flatMap(wantedBy)
  return 'not' in condition ? [] : [condition.field]
}
