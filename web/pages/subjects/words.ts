import type { Sentence } from '#contract/language.ts'
import type { ErasureGround, ErasureState } from '#contract/subject.ts'
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
