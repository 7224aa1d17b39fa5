import type { Sentences } from '../language.ts'

export const CALENDAR_REFUSALS = {
  'season-invalid': {
    zh: '农时“{season}”无效：{detail}。',
    en: 'The season “{season}” is not valid: {detail}.',
  },
  'window-invalid': {
    zh: '时段“{window}”无效：{detail}。',
    en: 'The window “{window}” is not valid: {detail}.',
  },
} as const satisfies Sentences
