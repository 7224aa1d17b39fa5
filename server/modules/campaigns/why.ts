import { type Base, type BaseRow, explainCondition, missingField, type Words } from '#insight'
import { type LakeSession, question } from '#platform/duckdb/lake.ts'
import type { Works } from '#platform/works.ts'
import { campaignsOn } from './campaigns.ts'

export type NotSelected = Readonly<{ campaign: string; campaignName: Words; because: Words }>

/**
 * Which of the campaigns of the day do not select a subscriber, and for each the condition that
 * stands in the way. `base` is what `publishBase` answered for this session.
 */
export async function whyNotSelected(
  works: Works,
  session: LakeSession,
  of: { branchId: string; day: string; subscriberId: string; base: Base },
): Promise<NotSelected[]> {
  const { branchId, day, subscriberId, base } = of
  const running = await works.run(works.system, (unit) => campaignsOn(unit, branchId, day))
  const [row] = await session.rows<BaseRow>(question(import.meta.url, './queries/base-row.sql'), {
    subscriber: subscriberId,
  })
  if (!row) return []
  return running.flatMap(({ campaign }) => {
    const missing = campaign.needs.flatMap((name) => missingField(name, base.catalogue) ?? [])[0]
    const because = missing
      ? {
          zh: `数据中没有“${missing.label.zh}”列`,
          en: `the extract has no “${missing.label.en}”`,
        }
      : explainCondition(campaign.conditions, { row, fields: base.catalogue, day })
    return because ? [{ campaign: campaign.id, campaignName: campaign.name, because }] : []
  })
}
