import { DONE_NAMES, type Misfit, misfitOf, TASK_FORMS } from '#contract/task-forms.ts'
import { RESULT_NAMES, TASK_KIND_NAMES, type TaskKind, type TaskResult } from '#contract/tasks.ts'
import type { BareReason } from '../reasons.ts'

const CODES = {
  result: 'result-unfit',
  what: 'done-unfit',
  product: 'done-part-missing',
  amountFen: 'done-part-missing',
  receipt: 'done-part-missing',
} as const satisfies Record<Misfit['field'], string>

/** Why a result does not fit what its task is about; undefined where it does. */
export function whyUnfit(kind: TaskKind, told: TaskResult) {
  const misfit = misfitOf(kind, told)
  if (!misfit) return undefined
  const { zh, en } = saidOf(kind, misfit, told)
  const { zh: kindZh, en: kindEn } = TASK_KIND_NAMES[kind]
  return {
    code: CODES[misfit.field],
    values: { kindZh, kindEn, zh, en },
  } as const satisfies BareReason
}

function saidOf(kind: TaskKind, { field }: Misfit, { result, done }: TaskResult) {
  if (field === 'result') return RESULT_NAMES[result]
  if (field === 'what') return DONE_NAMES[done?.what ?? 'other']
  if (field === 'receipt') return TASK_FORMS[kind].receipt
  return field === 'product' ? { zh: '产品', en: 'Product' } : { zh: '收款', en: 'Amount' }
}
