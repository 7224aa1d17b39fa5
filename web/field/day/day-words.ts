import type { Sentence } from '#contract/language.ts'
import type { ItemState } from '../outbox/item.ts'

/** The word for a code that the page only repeats: one that it does not know is some other. */
export const wordFor = (words: Readonly<Record<string, Sentence>>, code: string): Sentence =>
  words[code] ?? OTHER

const OTHER = { zh: '其他', en: 'other' } as const

/** What was told of an on-site event. */
export const TELLS = {
  proof: { zh: '现场凭证', en: 'proof' },
  report: { zh: '活动结果', en: 'result' },
} as const satisfies Record<string, Sentence>

export const STATES = {
  waiting: { zh: '待发送', en: 'waiting to be sent' },
  accepted: { zh: '已收到', en: 'received' },
  beside: { zh: '有冲突，已保留', en: 'in conflict, kept' },
  refused: { zh: '没有被接受', en: 'not accepted' },
} as const satisfies Record<ItemState, Sentence>
