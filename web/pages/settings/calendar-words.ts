import type { Sentence } from '#contract/language.ts'

export const DAY_KINDS = {
  workday: { zh: '工作日', en: 'Workday' },
  weekend: { zh: '周末', en: 'Weekend' },
  holiday: { zh: '法定假日', en: 'Holiday' },
  makeup: { zh: '调休上班', en: 'Make-up workday' },
} as const satisfies Record<string, Sentence>

/** What a farming season asks of visits. */
export const ADVICE = {
  avoid: { zh: '避免走访', en: 'avoid visits' },
  'evening-only': { zh: '只在傍晚走访', en: 'visit in the evening only' },
  'early-morning-only': { zh: '只在清早走访', en: 'visit in the early morning only' },
  favourable: { zh: '适宜走访', en: 'good for visits' },
} as const satisfies Record<string, Sentence>
