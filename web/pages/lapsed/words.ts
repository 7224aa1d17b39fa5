import type { Sentence } from '#contract/language.ts'
import type { LapseDetail } from '#contract/lapsed.ts'
import type { Tone } from '../../ui/Notices.tsx'

/** What is behind a reason. */
export const DETAILS = {
  'too-dear': { zh: '嫌贵', en: 'too dear' },
  'offer-ended': { zh: '优惠到期', en: 'the offer ended' },
  'fees-unclear': { zh: '收费不明白', en: 'unclear fees' },
  cheaper: { zh: '更便宜', en: 'cheaper' },
  gift: { zh: '送话费送礼品', en: 'gifts or credit' },
  bundle: { zh: '手机宽带融合套餐', en: 'bundled with mobile' },
  faster: { zh: '网速更快', en: 'faster' },
  'in-county': { zh: '县内', en: 'within the county' },
  'out-of-county': { zh: '县外', en: 'out of the county' },
  demolished: { zh: '拆迁', en: 'demolished' },
  'for-work': { zh: '外出打工', en: 'for work' },
  'with-children': { zh: '随子女居住', en: 'with the children' },
  season: { zh: '季节性居住', en: 'part of the year' },
  faults: { zh: '故障多、信号差', en: 'faults, poor signal' },
  slow: { zh: '网速慢', en: 'slow' },
  'repair-late': { zh: '维修不及时', en: 'repaired late' },
  manners: { zh: '服务态度', en: 'manners' },
  billing: { zh: '账单差错', en: 'billing errors' },
  'phone-instead': { zh: '看手机代替', en: 'uses the phone instead' },
  'second-home': { zh: '房子不住人', en: 'nobody lives there' },
  'old-alone': { zh: '老人独居不用', en: 'old and alone' },
  'would-not-say': { zh: '不愿说', en: 'would not say' },
  'nobody-knew': { zh: '没有人知道', en: 'nobody knew' },
} as const satisfies Record<LapseDetail, Sentence>

export const STANDINGS = {
  lapsed: { zh: '未挽回', en: 'Lapsed' },
  'won-back': { zh: '已挽回', en: 'Won back' },
  over: { zh: '已了结', en: 'Over' },
} as const satisfies Record<string, Sentence>

export const KNOWN = {
  unasked: { zh: '未问', en: 'Not asked' },
  unknown: { zh: '没问出来', en: 'Not learned' },
  known: { zh: '已问清', en: 'Known' },
} as const satisfies Record<string, Sentence>

export const OVER = {
  terminated: { zh: '已拆机', en: 'terminated' },
  gone: { zh: '不在数据中', en: 'gone from the extract' },
  corrected: { zh: '到期日已更正', en: 'another end stated' },
} as const satisfies Record<string, Sentence>

/** By what somebody counts as won back. */
export const WON_BY = {
  payment: { zh: '已缴费，待数据确认', en: 'paid, not yet in the extract' },
  extract: { zh: '数据已续约', en: 'renewed in the extract' },
} as const satisfies Record<string, Sentence>

export const PURPOSES = {
  all: { zh: '先问原因，再唤醒', en: 'Ask first, then wake' },
  'find-reason': { zh: '只问原因', en: 'Find the reason' },
  wake: { zh: '只唤醒', en: 'Wake' },
} as const satisfies Record<string, Sentence>

export const SWEEP_STATES: Readonly<
  Record<'planned' | 'today' | 'past' | 'called-off', { tone: Tone; name: Sentence }>
> = {
  planned: { tone: 'plain', name: { zh: '待走访', en: 'Planned' } },
  today: { tone: 'soon', name: { zh: '今天', en: 'Today' } },
  past: { tone: 'plain', name: { zh: '已过', en: 'Past' } },
  'called-off': { tone: 'plain', name: { zh: '已取消', en: 'Called off' } },
}
