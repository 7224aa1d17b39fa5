import { REASONS_AGAINST, TOUCHPOINT_WORDS } from '#contacts'
import type { Sentences } from '#contract/language.ts'
import { type Reason, sayReason, type Values } from '#platform/say-reason.ts'

export type { Reason, Values }

/** Why a subscriber is on a list, or is not: each code once in each language. */
export const REASONS: Sentences = {
  ...REASONS_AGAINST,
  'contract-ends': {
    zh: '合约将于 {on} 到期，还有 {days} 天',
    en: 'The contract ends on {on}, in {days} days',
  },
  lapsed: {
    zh: '合约已于 {on} 到期，{days} 天未续费',
    en: 'The contract ended on {on} and was not renewed for {days} days',
  },
  dormant: {
    zh: '自 {on} 起未再使用',
    en: 'Nothing was used since {on}',
  },
  'dormant-period': {
    zh: '整个账期没有任何使用',
    en: 'Nothing was used in the whole billing period',
  },
  arrears: {
    zh: '欠费 {yuan} 元',
    en: '¥{yuan} are in arrears',
  },
  'old-box': {
    zh: '仍在使用标清机顶盒（{model}），可升级高清并回收旧盒',
    en: 'Still on a standard-definition box ({model}): upgrade to HD and take the old box back',
  },
  'comes-home': {
    zh: '春节返乡家庭，节后外出前是挽留时机',
    en: 'A household that returns for the spring festival: keep it before it leaves again',
  },
  'on-plan': {
    zh: '现用 {plan}，月费 {yuan} 元，在网 {months} 个月',
    en: 'On {plan} at ¥{yuan} a month, for {months} months',
  },
  selected: {
    zh: '符合活动“{campaign}”的条件',
    en: 'Meets the conditions of “{campaign}”',
  },
  complaints: { zh: '曾投诉 {count} 次', en: 'Complained {count} times' },
  faults: { zh: '近 3 个月报障 {count} 次', en: 'Reported {count} faults in 3 months' },
  'rival-calls': {
    zh: '本月拨打其他运营商客服 {count} 次',
    en: 'Called another operator’s hotline {count} times this month',
  },
  rival: {
    zh: '家中另有其他运营商宽带，{on} 到期',
    en: 'The household also has another operator’s broadband, until {on}',
  },
  'also-in-household': {
    zh: '同户还有 {count} 项可一并办理',
    en: '{count} more matters of the same household can be done at once',
  },
  'touchpoint-closed': {
    zh: '不可使用的触点：{touchpoints}',
    en: 'Touchpoints that are closed: {touchpoints}',
  },
  'do-not-personalise': {
    zh: '用户拒绝个性化推荐，只介绍公开资费',
    en: 'The subscriber refuses personalised offers: present public tariffs only',
  },
  'follow-up-due': {
    zh: '该家庭已安排 {on} 的后续走访',
    en: 'Somebody comes to the household already: they are expected on {on}',
  },
  'no-offer-fits': {
    zh: '没有适合该用户的优惠',
    en: 'None of the offers fits the subscriber',
  },
  'held-out': {
    zh: '属于对照组（{share}%），用于衡量活动效果',
    en: 'Held out ({share}%) to measure what the campaign does',
  },
  outranked: {
    zh: '同户当日优先办理“{campaign}”（用户 {subscriber}）',
    en: 'The household is met for “{campaign}” that day (subscriber {subscriber})',
  },
  'column-not-delivered': {
    zh: '数据中没有“{zh}”列，活动不选择任何用户',
    en: 'The extract has no “{en}”, so the campaign selects nobody',
  },
  'condition-column-not-delivered': {
    zh: '数据中没有“{zh}”列，涉及该列的条件视为未知',
    en: 'The extract has no “{en}”; what is asked about it is unknown',
  },
  'field-unknown': {
    zh: '条件中的字段“{field}”不存在，活动不选择任何用户',
    en: 'The conditions name “{field}”, which does not exist; the campaign selects nobody',
  },
  'condition-invalid': {
    zh: '条件不成立（{at}）：{detailZh}；活动不选择任何用户',
    en: 'A condition is not valid ({at}): {detailEn}; the campaign selects nobody',
  },
  'condition-too-deep': {
    zh: '条件过于复杂，活动不选择任何用户',
    en: 'The conditions are too complex; the campaign selects nobody',
  },
}

/** How a reason is told: `more` has the sentences of other areas, `day` is the day it is about. */
export type Telling = Readonly<{ more?: Sentences; day?: string }>

/** The reason with its sentences. */
export const reasonOf = (code: string, values: Values, { more, day }: Telling = {}): Reason =>
  sayReason(code, values, {
    words: { ...REASONS, ...more },
    lists: { touchpoints: TOUCHPOINT_WORDS },
    day,
  })
