import type { Sentence } from '#contract/language.ts'

/** What the picture of a day says. */
export const PICTURE_WORDS = {
  title: { zh: '战报 · {unit}', en: 'Bulletin · {unit}' },
  closed: { zh: '{at} 由{name}完成日清日结', en: 'closed at {at} by {name}' },
  open: { zh: '截至 {at}，尚未日清日结', en: 'as of {at}, not closed yet' },
  openBelow: {
    zh: '截至 {at}，下级已日清日结 {count} 个单位',
    en: 'as of {at}, {count} units below closed',
  },
  planned: { zh: '计划', en: 'Planned' },
  orders: { zh: '单数', en: 'Orders' },
  share: { zh: '办理率', en: 'Share closed' },
  total: { zh: '合计', en: 'Total' },
  orderADay: { zh: '每日必有单', en: 'An order each day' },
  withOrder: { zh: '{with} / {all} 人有单', en: '{with} of {all} people have one' },
  best: { zh: '出单前三', en: 'Most orders' },
  noBest: { zh: '还没有单', en: 'No order yet' },
  ordersOf: { zh: '{count} 单', en: '{count}' },
  more: { zh: '另有 {count} 行', en: 'and {count} more' },
  madeBy: { zh: '制作：{name}（{account}） {at}', en: 'Made by {name} ({account}) {at}' },
  inside: { zh: '{unit} · 仅限内部使用', en: '{unit} · for internal use alone' },
} as const satisfies Record<string, Sentence>
