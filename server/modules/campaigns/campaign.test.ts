import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sentenceOf } from '#contract/refusals.ts'
import { Refusal } from '#platform/refusal.ts'
import { parseCampaign, writeCampaign } from './campaign.ts'

const sample = readFileSync(
  join(import.meta.dirname, '../../../samples/campaigns/renewal-due.yaml'),
  'utf8',
)
const refused = (yaml: string): Refusal => {
  try {
    parseCampaign(yaml)
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal
    throw refusal
  }
  throw new Error('it was taken')
}

test.each([
  { from: 'op: eq,', to: 'op: equals,', at: 'line 9, column 28: “conditions.all.0.op”' },
  { from: '[30, 15,', to: '[15, 30,', at: 'line 12, column 47: “deadline.ladder”' },
  { from: 'purpose: renewal', to: 'purpose: sport', at: 'line 5, column 10: “purpose”' },
  { from: 'lever: 1.5', to: 'leverage: 1.5', at: '“lever”' },
  { from: 'to: null }', to: 'to: 2025-12-31 }', at: '“valid”' },
  { from: 'touchpoints: [door,', to: 'touchpoints: [door, door,', at: '“touchpoints”' },
])('“$to” is refused, with the place: $at', ({ from, to, at }) => {
  expect(sample).toContain(from)
  const { code, values } = refused(sample.replace(from, to))
  expect(code).toBe('campaign-invalid')
  expect(values.detailEn).toContain(at)
})

test('text that is no YAML is refused with line and column, in both languages', () => {
  const { code, values } = refused('id: a-b\n  name: [')
  expect(sentenceOf(code, values, 'zh')).toMatch(
    /^活动 YAML 无效：第 \d 行第 \d+ 列，YAML 写法有误/,
  )
  expect(sentenceOf(code, values, 'en')).toMatch(/^The campaign YAML is not valid: line \d, column/)
})

test('nobody can be held out of collection', () => {
  const yaml = sample
    .replace('purpose: renewal', 'purpose: collection')
    .replace('holdOutShare: 0', 'holdOutShare: 0.1')
  expect(refused(yaml).values.detailEn).toContain('holdOutShare')
})

test('a campaign written as data reads back the same from its text', () => {
  const { campaign } = parseCampaign(sample)
  const written = writeCampaign(campaign)
  expect(written.campaign).toEqual(campaign)
  expect(parseCampaign(written.yaml).campaign).toEqual(campaign)
})
