import { type Catalogue, checkCondition, missingField, notDelivered } from '#insight'
import { Refusal } from '#platform/refusal.ts'
import type { Campaign } from './campaign.ts'
import { type Reason, reasonOf } from './reasons.ts'

/**
 * Whether a campaign can select anybody on these columns, and what is to be said of it. A column it
 * needs, or a field of its conditions that no longer exists, makes it select nobody.
 */
export function judge(
  campaign: Campaign,
  catalogue: Catalogue,
): { selects: boolean; warnings: Reason[] } {
  const needed = campaign.needs.flatMap((name) => missingField(name, catalogue) ?? [])
  const warnings = needed.map(({ field, label }) =>
    reasonOf('column-not-delivered', { field, zh: label.zh, en: label.en }),
  )
  const trees = treesOf(campaign)
  const broken = trees.flatMap((tree) => faultOf(tree, catalogue) ?? [])
  if (broken.length > 0) return { selects: false, warnings: [...warnings, ...broken] }
  const told = new Set(campaign.needs)
  for (const { field, label } of trees.flatMap((tree) => notDelivered(tree, catalogue))) {
    if (told.has(field)) continue
    told.add(field)
    const values = { field, zh: label.zh, en: label.en }
    warnings.push(reasonOf('condition-column-not-delivered', values))
  }
  return { selects: needed.length === 0, warnings }
}

/** The conditions of a campaign: whom it means, and for whom each offer is. */
export const treesOf = (campaign: Campaign) => [
  campaign.conditions,
  ...campaign.offers.flatMap(({ conditions }) => conditions ?? []),
]

function faultOf(tree: Campaign['conditions'], catalogue: Catalogue): Reason | undefined {
  try {
    checkCondition(tree, catalogue)
    return undefined
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal
    return reasonOf(refusal.code, refusal.values)
  }
}
