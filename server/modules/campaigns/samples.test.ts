import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Condition, checkCondition, fieldsFor, fieldsOf } from '#insight'
import { CAMPAIGN_SCHEMA_FILE, campaignSchema } from '../../../tools/campaign-schema.ts'
import { parseCampaign } from './campaign.ts'
import { treesOf } from './judge.ts'
import { REASONS } from './reasons.ts'

const FOLDER = join(import.meta.dirname, '../../../samples/campaigns')
const SAMPLES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => parseCampaign(readFileSync(join(FOLDER, name), 'utf8'), name).campaign)
const catalogue = new Map(
  fieldsFor({ columns: new Set(), customColumns: [] }).map((field) => [field.field, field]),
)

test('the documents’ own campaigns are there', () => {
  expect(SAMPLES.map(({ id }) => id).sort()).toEqual([
    'arrears-collection',
    'dormant-wake-up',
    'hd-migration',
    'lapsed-sweep',
    'renewal-due',
    'returned-home-retention',
    'upgrade-ladder',
  ])
})

test.each(SAMPLES)('$id asks only what the catalogue knows', (campaign) => {
  for (const tree of treesOf(campaign)) checkCondition(tree, catalogue)
  for (const need of campaign.needs) expect(catalogue.has(need)).toBe(true)
})

test.each(SAMPLES)(
  'every offer of $id says tariff, term, conditions and what comes after',
  (campaign) => {
    for (const { terms } of campaign.offers)
      for (const part of ['资费标准', '有效期', '办理条件', '到期后资费'])
        expect(terms.zh).toContain(part)
  },
)

test.each(SAMPLES)(
  'somebody always fits the last offer of $id, or it says for whom it is',
  (campaign) => {
    const last = campaign.offers.at(-1)
    const asked = last?.conditions ? fieldsOf(last.conditions as Condition) : []
    expect(asked).toEqual([])
  },
)

test('renewal is due from thirty days before the end, and nobody is held out of the reminder', () => {
  const due = SAMPLES.find(({ id }) => id === 'renewal-due')
  expect(due).toMatchObject({
    purpose: 'renewal',
    holdOutShare: 0,
    deadline: { ladder: [30, 15, 7, 5, 3, 1] },
    touchpoints: ['door', 'call_out', 'hall'],
  })
})

// After a change of the shape, tools/campaign-schema.ts writes it anew.
test('the published JSON Schema is the one campaigns are read by', () => {
  const published = readFileSync(CAMPAIGN_SCHEMA_FILE, 'utf8')
  expect(JSON.parse(published)).toEqual(JSON.parse(campaignSchema()))
})

test('every code that the decision can give has its sentences', () => {
  const text = readFileSync(join(import.meta.dirname, 'queries/decision.sql'), 'utf8')
  const codes = [...text.matchAll(/'code', '([a-z-]+)'|then '([a-z]+-[a-z-]+)'/g)]
  expect(codes.length).toBeGreaterThan(10)
  for (const [, named, thrown] of codes) expect(Object.keys(REASONS)).toContain(named ?? thrown)
})
