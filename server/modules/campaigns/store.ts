import { sql } from 'kysely'
import type { Unit } from '#platform/unit.ts'
import type { Campaign } from './campaign.ts'

/** A campaign as it was saved: the latest version of its id. */
export type Saved = Readonly<{
  campaign: Campaign
  version: number
  yaml: string
  savedAt: Date
  savedBy: string
}>

/** The latest version of every campaign of a branch, or of one, by id. */
export async function selectLatest(
  unit: Unit,
  branchId: string,
  campaignId?: string,
): Promise<Saved[]> {
  const { rows } = await sql<Saved>`
    select distinct on (campaign_id)
           body as campaign, version, yaml, saved_at as "savedAt", saved_by as "savedBy"
      from campaigns.campaign_version
     where branch_id = ${branchId}
       and (${campaignId ?? null}::text is null or campaign_id = ${campaignId ?? null})
     order by campaign_id, version desc`.execute(unit.db)
  // By code unit, whatever the collation of the database.
  return rows.sort((a, b) => (a.campaign.id < b.campaign.id ? -1 : 1))
}

/** Saves the version after `after`; whoever saves that version second fails on the key. */
export async function insertVersion(
  unit: Unit,
  branchId: string,
  saved: { campaign: Campaign; yaml: string; after: number },
): Promise<void> {
  await sql`
    insert into campaigns.campaign_version (branch_id, campaign_id, version, body, yaml, saved_by)
    values (${branchId}, ${saved.campaign.id}, ${saved.after + 1},
            ${JSON.stringify(saved.campaign)}::jsonb, ${saved.yaml}, ${unit.actor.id})`.execute(
    unit.db,
  )
}
