import type { Sentences } from '../language.ts'

export const RENEWALS_REFUSALS = {
  'never-lapsed': {
    zh: '用户 {subscriber} 没有失效记录，合约未到期或已续约，无需登记。',
    en: 'Subscriber {subscriber} never lapsed: the contract has not ended, or was renewed in time.',
  },
  'not-lapsed': {
    zh: '用户 {subscriber} 已不是失效用户（{nowZh}），不能再登记。',
    en: 'Subscriber {subscriber} is lapsed no longer ({nowEn}); nothing can be recorded.',
  },
  'lapse-detail-unfit': {
    zh: '细分原因“{detail}”不属于所选原因，请重新选择。',
    en: 'The detail “{detail}” does not belong to this reason; choose another.',
  },
  'lapse-asked-in-future': {
    zh: '询问时间不能晚于现在，请检查。',
    en: 'The time of asking lies in the future; correct it.',
  },
  'lapse-touch-unknown': {
    zh: '没有找到该用户编号为 {touch} 的接触记录，请核对。',
    en: 'There is no touch {touch} with this subscriber; check its number.',
  },
  'paid-in-future': {
    zh: '缴费日期不能晚于今天，请检查。',
    en: 'The day of payment lies in the future; correct it.',
  },
  'paid-before-lapse': {
    zh: '缴费日期早于合约到期日 {end}，不算挽回；请核对收据。',
    en: 'It was paid before the contract ended on {end}, so nothing was won back; check the receipt.',
  },
  'receipt-taken': {
    zh: '收据 {receipt} 已经登记过，每张收据只计一次；请核对号码。',
    en: 'The receipt {receipt} is recorded already, and counts once; check the number.',
  },
  'lapsed-place-unknown': {
    zh: '您的范围内没有这个村、社区或楼栋（{place}），请重新选择。',
    en: 'There is no village, community or building {place} in your scope; choose another.',
  },
  'sweep-day-unfit': {
    zh: '扫楼扫村须安排在今天起 {days} 天之内。',
    en: 'A sweep is planned for today or one of the next {days} days.',
  },
  'sweep-by-one': {
    zh: '请选择一名人员或一个班组，二选一。',
    en: 'Choose either a person or a crew.',
  },
  'nobody-to-sweep': {
    zh: '这里没有可以走访的失效用户：{whyZh}。',
    en: 'There is nobody to go to here: {whyEn}.',
  },
  'sweep-unknown': {
    zh: '找不到这次扫楼扫村安排 {sweep}，或不在您的管理范围内。',
    en: 'There is no sweep {sweep} in your scope.',
  },
  'sweep-over': {
    zh: '这次安排已取消或日期已过，不能再取消。',
    en: 'This sweep was called off already, or its day is past.',
  },
} as const satisfies Sentences
