import type { BoardPart } from '#contract/board.ts'
import type { Sentence } from '#contract/language.ts'

/** What the numbers of the board are called, and the tasks behind them. */
export const PARTS = {
  done: { zh: '办成', en: 'Done' },
  promised: { zh: '约定', en: 'Promised' },
  refused: { zh: '拒绝', en: 'Refused' },
  notAtHome: { zh: '未遇', en: 'Not at home' },
  otherwise: { zh: '其他结果', en: 'Other' },
  left: { zh: '未办', en: 'Left' },
  takenBack: { zh: '收回待派', en: 'Taken back' },
  order: { zh: '有单', en: 'Orders' },
} as const satisfies Record<BoardPart, Sentence>
