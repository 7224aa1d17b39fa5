import type { Words } from '#insight'
import { isDay } from '#platform/day.ts'
import { sayDay } from '#platform/say-day.ts'

export type Values = Readonly<Record<string, string | number | boolean | null>>

/** A reason as data, with the sentences made of it. */
export type Reason = Readonly<{
  code: string
  values: Record<string, string | number | boolean | null>
  text: Words
}>

/** Why a subscriber is on a list, or is not: each code once in each language. */
export const REASONS: Readonly<Record<string, Words>> = {
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
  terminated: { zh: '用户已离网', en: 'The subscriber has left' },
  'port-out-request': {
    zh: '已申请携号转网，停止一切主动营销、维系与续费联系',
    en: 'A port-out is asked for: no marketing, retention or renewal contact',
  },
  refused: {
    zh: '该家庭已明确拒绝（{since}），{until} 起方可再联系',
    en: 'The household refused on {since} and may be asked again from {until}',
  },
  'opted-out': {
    zh: '用户已退订或未同意以该方式（{touchpoints}）营销',
    en: 'The subscriber opted out of marketing through {touchpoints}, or never agreed',
  },
  capped: {
    zh: '近期已接触 {touches} 次，{until} 起方可再联系',
    en: 'Touched {touches} times lately, again from {until}',
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

/**
 * How a reason is told: `more` has the sentences of other areas, `day` is the day the reason is
 * about, whose year goes without saying.
 */
export type Telling = Readonly<{ more?: Readonly<Record<string, Words>>; day?: string }>

/**
 * The reason with its sentences. Values unknown are “—”, days are said as people say them, and
 * English takes the value `nameEn` before `name` where both are there; `values` stay as they are.
 */
export function reasonOf(code: string, values: Values, { more, day }: Telling = {}): Reason {
  const words = more?.[code] ?? REASONS[code] ?? { zh: code, en: code }
  const filled = (language: keyof Words) =>
    words[language].replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const english = language === 'en' ? values[`${name}En`] : undefined
      return said(name, english ?? values[name] ?? null, { language, day })
    })
  return { code, values: { ...values }, text: { zh: filled('zh'), en: filled('en') } }
}

function said(
  name: string,
  value: string | number | boolean | null,
  { language, day }: { language: keyof Words; day: string | undefined },
): string {
  if (value === null) return '—'
  if (name === 'touchpoints')
    return String(value)
      .split(',')
      .map((each) => TOUCHPOINT_WORDS[each]?.[language] ?? each)
      .join(language === 'zh' ? '、' : ', ')
  if (typeof value === 'string' && isDay(value)) return sayDay(value, language, day)
  return String(value)
}

export const TOUCHPOINT_WORDS: Readonly<Record<string, Words>> = {
  door: { zh: '上门', en: 'visit' },
  call_out: { zh: '外呼', en: 'call' },
  hall: { zh: '营业厅', en: 'hall' },
  installer: { zh: '装维', en: 'installer' },
  sms: { zh: '短信', en: 'SMS' },
  online: { zh: '线上', en: 'online' },
}
