import type { Sentences } from '../language.ts'

export const INSIGHT_REFUSALS = {
  'field-unknown': {
    zh: '条件中的字段“{field}”不存在；相近的有：{near}。',
    en: 'The condition names the field “{field}”, which does not exist; close: {near}.',
  },
  'condition-invalid': {
    zh: '条件不成立：{detail}（位置 {at}）。',
    en: 'The condition is not valid: {detail} (at {at}).',
  },
  'condition-too-deep': {
    zh: '条件过于复杂：最多 8 层、200 个节点。',
    en: 'The condition is too complex: at most 8 levels and 200 nodes.',
  },
} as const satisfies Sentences
