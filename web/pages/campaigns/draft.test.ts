import { expect, test } from 'vitest'
import type { Campaign } from '#contract/campaigns.ts'
import { readText, textOf } from './campaign-text.ts'
import { plant, withPart } from './condition-tree.ts'
import {
  blankDraft,
  campaignOf,
  draftOf,
  fieldsAskedBy,
  gapsOf,
  ladderOf,
  percentOf,
  shareFromPercent,
  withOffer,
} from './draft.ts'

const RENEWAL: Campaign = {
  id: 'renewal-due',
  name: { zh: '到期续约', en: 'Renewal due' },
  purpose: 'renewal',
  touchpoints: ['door', 'call_out'],
  conditions: { all: [{ field: 'contract_end', op: 'within_days', value: 30 }] },
  needs: ['contract_expire_date'],
  deadline: { ladder: [30, 15, 7], relativeTo: 'contract_end' },
  offers: [
    {
      id: 'tv-yearly',
      name: { zh: '数字电视包年', en: 'TV by the year' },
      monthlyFeeFen: null,
      oneOffFen: 36_000,
      terms: { zh: '360 元/年，有效期一年。', en: '¥360 a year.' },
      conditions: { all: [{ field: 'product_kind', op: 'eq', value: 'tv' }] },
    },
  ],
  script: { zh: '您的合约快到期了。', en: 'Your contract ends soon.' },
  valueFen: 36_000,
  propensity: 0.45,
  lever: 1.2,
  holdOutShare: 0.05,
  windows: [],
  valid: { from: '2026-11-01', to: null },
  ownerUnit: '370686',
  enabled: true,
}

test('a campaign that is opened and saved untouched is the campaign that it was', () => {
  expect(campaignOf(draftOf(RENEWAL))).toEqual({ campaign: RENEWAL })
})

test('a campaign as text reads back as the same campaign', () => {
  expect(readText(textOf(RENEWAL))).toEqual({ campaign: RENEWAL })
})

test('a text with a mistake says in which line it is', () => {
  const text = textOf(RENEWAL).replace('purpose: renewal', 'purpose: charity')
  expect(readText(text)).toMatchObject({ wrong: { line: 5, at: 'purpose' } })
  expect(readText('id: [1')).toMatchObject({ wrong: { line: 1 } })
})

test('a new campaign is off, and says what it still lacks in the order of the form', () => {
  const draft = blankDraft({ ownerUnit: '370686', today: '2026-11-22' })
  expect(draft.enabled).toBe(false)
  expect(gapsOf(draft).map(({ at }) => at)).toEqual([
    'id',
    'name.zh',
    'name.en',
    'offers.0.id',
    'offers.0.name.zh',
    'offers.0.name.en',
    'offers.0.terms.zh',
    'offers.0.terms.en',
    'script.zh',
    'script.en',
  ])
})

test.each([
  { change: { touchpoints: [] }, at: 'touchpoints', because: 'somebody has to meet the household' },
  {
    change: { valid: { from: '2026-11-02', to: '2026-11-01' } },
    at: 'valid',
    because: 'it would end before it begins',
  },
  { change: { lever: null }, at: 'lever', because: 'an emptied figure is not zero' },
  { change: { offers: [] }, at: 'offers', because: 'there is nothing to propose' },
])('a gap at $at: $because', ({ change, at }) => {
  const draft = { ...draftOf(RENEWAL), ...change }
  expect(gapsOf(draft).map((gap) => gap.at)).toEqual([at])
})

test('two offers of one id are a gap at the second', () => {
  const two = withOffer(draftOf(RENEWAL))
  const [first] = two.offers
  const copied = two.offers.map((offer) => ({ ...offer, ...first, key: offer.key }))
  expect(gapsOf({ ...two, offers: copied }).map(({ at }) => at)).toEqual(['offers.1.id'])
})

test('an unfinished condition of an offer keeps the campaign from being saved', () => {
  const draft = draftOf(RENEWAL)
  const offers = draft.offers.map((offer) => ({
    ...offer,
    who: offer.who && withPart(offer.who, offer.who.id, 'leaf'),
  }))
  expect(gapsOf({ ...draft, offers }).map(({ at }) => at)).toEqual(['offers.0.who'])
})

test('a condition asks about each of its fields once; one not chosen yet is none', () => {
  const who = withPart(
    plant({
      all: [
        { field: 'status', op: 'eq', value: 'active' },
        {
          any: [
            { field: 'age', op: 'gte', value: 60 },
            { field: 'status', op: 'known' },
          ],
        },
      ],
    }),
    1,
    'leaf',
  )
  expect(fieldsAskedBy(who)).toEqual(['status', 'age'])
})

test('a ladder goes from the most distant day down, each once', () => {
  expect(ladderOf(['7', 30, 30, '1', 'x', 401, -1, 2.5])).toEqual([30, 7, 1])
})

test.each([0.07, 0.29, 0.5, 0.0005])(
  'a share of %d is the same after it was shown in percent',
  (share) => {
    expect(shareFromPercent(percentOf(share))).toBe(share)
  },
)
