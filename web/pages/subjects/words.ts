import type { Sentence } from '#contract/language.ts'
import type {
  CorrectedField,
  CorrectionEnd,
  ErasureGround,
  ErasureState,
} from '#contract/subject.ts'
import type { Tone } from '../../ui/Notices.tsx'

export const GROUNDS = {
  asked: { zh: '本人要求', en: 'The person asks' },
  'consent-withdrawn': { zh: '撤回同意', en: 'Consent withdrawn' },
  'purpose-achieved': { zh: '目的已实现或不再必要', en: 'No longer needed' },
  'retention-over': { zh: '保存期限届满', en: 'Kept long enough' },
  unlawful: { zh: '处理违法或违约', en: 'Kept against the law' },
} as const satisfies Record<ErasureGround, Sentence>

export const STATES = {
  requested: { zh: '待审批', en: 'Waiting' },
  approved: { zh: '删除中', en: 'Being erased' },
  done: { zh: '已删除', en: 'Erased' },
  declined: { zh: '已驳回', en: 'Declined' },
} as const satisfies Record<ErasureState, Sentence>

export const STATE_TONES: Record<ErasureState, Tone> = {
  requested: 'soon',
  approved: 'plain',
  done: 'good',
  declined: 'late',
}

/** By what a letter or a case is known. */
export const LETTER = {
  number: { zh: '来函或工单编号', en: 'Number of the letter or case' },
  rule: {
    zh: '字母、数字、汉字和横线，最多 40 个；不要写姓名',
    en: 'Letters, digits and dashes, up to 40; no names',
  },
  pattern: /^\s*[A-Za-z0-9\u4e00-\u9fff-]{1,40}\s*$/,
} as const

export const FIELDS = {
  name: { zh: '姓名', en: 'Name' },
  phone: { zh: '联系电话', en: 'Contact number' },
  address: { zh: '地址', en: 'Address' },
} as const satisfies Record<CorrectedField, Sentence>

export const CORRECTION_STATES: Readonly<
  Record<'open' | CorrectionEnd, Readonly<{ tone: Tone; name: Sentence }>>
> = {
  open: { tone: 'soon', name: { zh: '生效中', en: 'In force' } },
  'taken-over': { tone: 'good', name: { zh: '已随数据更新', en: 'In the extract' } },
  withdrawn: { tone: 'plain', name: { zh: '已撤回', en: 'Taken back' } },
  replaced: { tone: 'plain', name: { zh: '已被新的更正取代', en: 'Replaced' } },
  erased: { tone: 'plain', name: { zh: '个人信息已删除', en: 'Erased' } },
}
