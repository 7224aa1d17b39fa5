import type { Sentences } from './language.ts'

/** What people call the reasons for which somebody lapses. */
export const LAPSE_REASONS = {
  price: { zh: '价格', en: 'Price' },
  competitor: { zh: '换了异网', en: 'Competitor' },
  moved: { zh: '搬迁', en: 'Moved' },
  away: { zh: '外出', en: 'Away' },
  trouble: { zh: '服务问题', en: 'Service trouble' },
  unused: { zh: '用不上', en: 'Not used' },
  deceased: { zh: '已故', en: 'Deceased' },
  unknown: { zh: '没问出来', en: 'Not learned' },
} as const satisfies Sentences
