import type { Sentence } from '#contract/language.ts'
import type { VisitFlag } from '#contract/visits.ts'

/** What is told of a flag: the facts, and no judgement. */
export const FLAG_WORDS = {
  'visit-far-away': {
    zh: '登记位置距同村其他人登记的位置约 {km} 公里（误差 {accuracyM} 米）。',
    en: 'About {km} km from where others stood in the same village, give or take {accuracyM} m.',
  },
  'way-impossible': {
    zh: '与前一次定位相距 {km} 公里，只隔 {seconds} 秒（合每小时 {kmh} 公里）。',
    en: '{km} km from an earlier position {seconds} s before: {kmh} km/h.',
  },
  'photo-used-before': {
    zh: '有 {photos} 张照片用过，最早在 {on}。',
    en: 'Photos that were used before: {photos}, first on {on}.',
  },
  'visit-too-short': {
    zh: '打开卡片到登记结果只有 {seconds} 秒。',
    en: 'Only {seconds} s from opening the card to the result.',
  },
  'visits-too-many': {
    zh: '一分钟内登记了 {count} 户。',
    en: '{count} visits within one minute.',
  },
  'position-missing': {
    zh: '没有定位，当日其他走访有定位。',
    en: 'No position, though other visits of the day have one.',
  },
  'clock-corrected': {
    zh: '手机时间相差 {minutes} 分钟，已校正。',
    en: 'The clock of the phone was off by {minutes} minutes; the time was corrected.',
  },
} as const satisfies Record<VisitFlag, Sentence>
