import type { Sentences } from '../language.ts'

export const CALENDAR_REFUSALS = {
  'season-invalid': {
    zh: '农时“{season}”无效：起止应为存在的日期（如 04-25），编号不能重复。',
    en: 'The season “{season}” is not valid: it takes days that exist, such as 04-25, and an id of its own.',
  },
  'window-invalid': {
    zh: '时段“{window}”无效：结束时间应晚于开始时间，编号不能重复。',
    en: 'The window “{window}” is not valid: it takes an end after its start, and an id of its own.',
  },
} as const satisfies Sentences
