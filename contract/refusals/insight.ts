import type { Sentences } from '../language.ts'

export const INSIGHT_REFUSALS = {
  'field-unknown': {
    zh: '条件中的字段“{field}”不存在（位置 {at}）；相近的有：{near}。请改用字段目录中的名称。',
    en: 'The condition names the field “{field}”, which does not exist (at {at}); close: {near}. Use a name of the field catalogue.',
  },
  'condition-invalid': {
    zh: '条件不成立：{detailZh}（位置 {at}）。',
    en: 'The condition is not valid: {detailEn} (at {at}).',
  },
  'condition-too-deep': {
    zh: '条件过于复杂：最多 8 层、200 个节点。请拆分成多个活动。',
    en: 'The condition is too complex: at most 8 levels and 200 nodes. Split it into several campaigns.',
  },
} as const satisfies Sentences
