/**
 * Writes the JSON Schema of campaigns anew, for editors of YAML; then let Biome format it:
 * `node tools/write-campaign-schema.ts && npx biome format --write samples/campaigns`.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { Campaign } from '../contract/campaigns.ts'

const file = join(import.meta.dirname, '../samples/campaigns/campaign.schema.json')
writeFileSync(file, `${JSON.stringify(z.toJSONSchema(Campaign, { io: 'input' }), null, 2)}\n`)
