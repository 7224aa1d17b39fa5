import type { Sentences } from '../language.ts'

export const CAMPAIGNS_REFUSALS = {
  'campaign-unknown': {
    zh: '找不到活动 {campaign}。',
    en: 'There is no campaign {campaign}.',
  },
  'campaign-invalid': {
    zh: '活动 {campaign} 无效：{detailZh}。请修改后重新保存。',
    en: 'The campaign {campaign} is not valid: {detailEn}. Correct it and save it again.',
  },
  'campaign-id-differs': {
    zh: '活动编号 {found} 与地址中的 {expected} 不一致。',
    en: 'The campaign id {found} is not {expected} of the address.',
  },
} as const satisfies Sentences
