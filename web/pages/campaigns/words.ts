import type { Sentence } from '#contract/language.ts'

/** The groups of the field catalogue, in the order in which they are offered. */
export const GROUPS: Readonly<Record<string, Sentence>> = {
  derived: { zh: '推算字段', en: 'Derived' },
  A: { zh: '身份与地址', en: 'Identity and place' },
  B: { zh: '生命周期', en: 'Life cycle' },
  C: { zh: '产品、合约与续费', en: 'Product, contract, renewal' },
  D: { zh: '账单与缴费', en: 'Billing' },
  E: { zh: '使用情况', en: 'Usage' },
  F: { zh: '服务情况', en: 'Service' },
  G: { zh: '归属与渠道', en: 'Owner and channel' },
  H: { zh: '维系与营销', en: 'Retention and marketing' },
  custom: { zh: '自有列', en: 'Columns of our own' },
}

const KNOWN = {
  known: { zh: '有数据', en: 'is known' },
  unknown: { zh: '没有数据', en: 'is not known' },
} as const
const SAME = {
  ...KNOWN,
  eq: { zh: '是', en: 'is' },
  ne: { zh: '不是', en: 'is not' },
  in: { zh: '是其中之一', en: 'is one of' },
  not_in: { zh: '不是其中任何一个', en: 'is none of' },
  contains: { zh: '包含', en: 'contains' },
  starts_with: { zh: '开头是', en: 'starts with' },
} as const
const MORE = {
  ...SAME,
  eq: { zh: '等于', en: 'equals' },
  ne: { zh: '不等于', en: 'does not equal' },
  lt: { zh: '小于', en: 'is below' },
  lte: { zh: '不超过', en: 'is at most' },
  gt: { zh: '大于', en: 'is above' },
  gte: { zh: '不低于', en: 'is at least' },
  range: { zh: '从…到（不含）…', en: 'from … to before …' },
} as const
const LATER = {
  ...SAME,
  lt: { zh: '早于', en: 'is before' },
  lte: { zh: '不晚于', en: 'is not after' },
  gt: { zh: '晚于', en: 'is after' },
  gte: { zh: '不早于', en: 'is not before' },
  range: { zh: '从…到（不含）…', en: 'from … to before …' },
  within_days: { zh: '在今后几天之内', en: 'is within the next days' },
  older_than_days: { zh: '早于几天之前', en: 'is longer ago than days' },
  before_today: { zh: '早于计划日', en: 'is before the day of the plan' },
} as const
const TRUE = {
  ...KNOWN,
  is_true: { zh: '为是', en: 'is true' },
  is_false: { zh: '为否', en: 'is false' },
} as const

/** How a field of each type is compared, as one says it of such a value. */
export const COMPARISONS: Readonly<Record<string, Readonly<Record<string, Sentence>>>> = {
  text: SAME,
  code: SAME,
  int: MORE,
  fen: MORE,
  number: MORE,
  bool: TRUE,
  date: LATER,
  month: LATER,
}
