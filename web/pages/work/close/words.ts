import type { CloseAccount, CloseCounts, CloseOutcome, DropReason } from '#contract/close.ts'
import type { Sentence } from '#contract/language.ts'
import { PARTS } from '../parts.ts'

/** What somebody says becomes of a task that is left. */
export const OUTCOMES = {
  'next-day': { zh: '顺延', en: 'Next day' },
  given: { zh: '改派', en: 'Give' },
  'taken-back': { zh: '收回待派', en: 'Take back' },
  dropped: { zh: '不再办', en: 'Drop' },
} as const satisfies Record<CloseOutcome['outcome'], Sentence>

/** Why nobody goes there any more. */
export const DROP_REASONS = {
  'no-way': { zh: '道路不通', en: 'No way there' },
  weather: { zh: '天气原因', en: 'Weather' },
  'staff-ill': { zh: '人员生病', en: 'Staff ill' },
  'wrong-data': { zh: '资料有误', en: 'Wrong data' },
  other: { zh: '其他', en: 'Other' },
  'may-not-be-met': { zh: '次日不宜接触', en: 'May not be met then' },
  covered: { zh: '次日清单已有该户', en: 'On the next list already' },
} as const satisfies Record<DropReason, Sentence>

/** How a task was accounted for. */
export const ACCOUNTS = {
  ...{ done: PARTS.done, promised: PARTS.promised, refused: PARTS.refused },
  ...{ notAtHome: PARTS.notAtHome, otherwise: PARTS.otherwise },
  carried: { zh: '顺延', en: 'Carried over' },
  given: { zh: '改派', en: 'Given away' },
  takenBack: { zh: '收回', en: 'Taken back' },
  dropped: { zh: '不再办', en: 'Dropped' },
} as const satisfies Record<CloseAccount, Sentence>

/** The figures of a close, in the order in which they add up to what was planned. */
export const FIGURES = {
  planned: { zh: '计划', en: 'Planned' },
  ...ACCOUNTS,
  orders: { zh: '单', en: 'Orders' },
} as const satisfies Partial<Record<keyof CloseCounts, Sentence>>
