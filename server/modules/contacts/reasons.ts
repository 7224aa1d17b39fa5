import type { Touchpoint } from '#calendar'
import type { Sentence, Sentences } from '#contract/language.ts'
import type { Day } from '#platform/day.ts'
import { type Reason, sayReason } from '#platform/say-reason.ts'
import type { Against } from './gate.ts'

export const TOUCHPOINT_WORDS: Readonly<Record<Touchpoint, Sentence>> = {
  door: { zh: '上门', en: 'visit' },
  call_out: { zh: '外呼', en: 'call' },
  hall: { zh: '营业厅', en: 'hall' },
  installer: { zh: '装维', en: 'installer' },
  sms: { zh: '短信', en: 'SMS' },
  online: { zh: '线上', en: 'online' },
}

/** Why a household must not be touched, in lists and at the gate alike. */
export const REASONS_AGAINST: Sentences = {
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
  'quiet-hours': {
    zh: '现在是免打扰时段，{until} 起方可联系',
    en: 'These are quiet hours, until {until}',
  },
  'extract-unknown': {
    zh: '最近的数据文件不可用，无法确认用户是否已退订或申请携转',
    en: 'The latest extract cannot be read, so an opt-out or a port-out may be missed',
  },
  held: {
    zh: '{post}的同事正在联系该家庭，{until} 起可以联系',
    en: 'Somebody of {post} is with the household, until {until}',
  },
}

/** Why not, in words; days of the year of `day` without their year. */
export const sayAgainst = ({ code, values }: Pick<Against, 'code' | 'values'>, day: Day): Reason =>
  sayReason(code, values, {
    words: REASONS_AGAINST,
    lists: { touchpoints: TOUCHPOINT_WORDS },
    day,
  })
