import type { Sentences } from '../language.ts'

export const WORKLISTS_REFUSALS = {
  'plan-unknown': {
    zh: '找不到计划 {plan}。',
    en: 'There is no plan {plan}.',
  },
  'plan-not-draft': {
    zh: '计划 {plan} 不是草稿，不能发布。',
    en: 'The plan {plan} is not a draft and cannot be published.',
  },
  'plan-damaged': {
    zh: '计划 {plan} 的明细文件缺失或已损坏，请重新生成计划。',
    en: 'The files behind the plan {plan} are missing or damaged; make the plan again.',
  },
  'plan-rules-too-loose': {
    zh: '{level}已规定不得溢出到其他班组，下级不能放开。',
    en: '{level} does not let full crews hand over; nobody below can allow it.',
  },
  'no-campaign': {
    zh: '{date} 没有生效的活动，请先启用活动。',
    en: 'No campaign is in force on {date}; enable one first.',
  },
} as const satisfies Sentences
