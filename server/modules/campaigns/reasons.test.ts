import { expect, test } from 'vitest'
import { reasonOf } from '#campaigns'

const day = '2026-11-22'

test.each([
  {
    ...{ code: 'contract-ends', values: { on: '2026-11-28', days: 6 } },
    zh: '合约将于 11月28日 到期，还有 6 天',
    en: 'The contract ends on 28 Nov, in 6 days',
    because: 'the year of the plan goes without saying',
  },
  {
    ...{ code: 'capped', values: { touches: 3, until: '2027-01-03' } },
    zh: '近期已接触 3 次，2027年1月3日 起方可再联系',
    en: 'Touched 3 times lately, again from 3 Jan 2027',
    because: 'another year is said',
  },
  {
    code: 'outranked',
    values: { campaign: '欠费催缴', campaignEn: 'Arrears', id: 'arrears', subscriber: 'S1' },
    zh: '同户当日优先办理“欠费催缴”（用户 S1）',
    en: 'The household is met for “Arrears” that day (subscriber S1)',
    because: 'a campaign has a name in each language',
  },
  {
    ...{ code: 'selected', values: { campaign: '春节挽留' } },
    zh: '符合活动“春节挽留”的条件',
    en: 'Meets the conditions of “春节挽留”',
    because: 'decisions kept without the English name still read',
  },
  {
    ...{ code: 'lapsed', values: { on: null, days: 12 } },
    zh: '合约已于 — 到期，12 天未续费',
    en: 'The contract ended on — and was not renewed for 12 days',
    because: 'what is unknown is a dash',
  },
])('$code reads in both languages: $because', ({ code, values, zh, en }) => {
  expect(reasonOf(code, values, { day })).toEqual({ code, values, text: { zh, en } })
})

test('without a day to go by, the year is always said', () => {
  const { text } = reasonOf('dormant', { on: '2026-08-01' })
  expect(text).toEqual({
    zh: '自 2026年8月1日 起未再使用',
    en: 'Nothing was used since 1 Aug 2026',
  })
})
