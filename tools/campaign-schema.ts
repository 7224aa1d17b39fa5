/**
 * The JSON Schema of campaigns, for editors of YAML. Run, it is written anew beside the samples:
 * `node tools/campaign-schema.ts && npx biome format --write samples/campaigns`.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { Campaign } from '../contract/campaigns.ts'

export const CAMPAIGN_SCHEMA_FILE = join(
  import.meta.dirname,
  '../samples/campaigns/campaign.schema.json',
)

export function campaignSchema(): string {
  return JSON.stringify(z.toJSONSchema(Campaign, { io: 'input' }), null, 2)
}

if (import.meta.main) writeFileSync(CAMPAIGN_SCHEMA_FILE, `${campaignSchema()}\n`)
