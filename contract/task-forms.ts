import type { Sentence } from './language.ts'
import type { DoneWhat, ResultCode, TaskKind, TaskResult } from './tasks.ts'

/** What is told of something done, beside what it was. */
export type DoneField = 'product' | 'amountFen' | 'receipt'

/** What the form of a task asks for. What it does not allow is refused, or kept with a conflict. */
export type TaskForm = Readonly<{
  /** What may come of it, the commonest first: the first five are shown large. */
  results: readonly ResultCode[]
  /** What the form stands at as it opens; null: nothing is chosen yet. */
  begins: ResultCode | null
  /** What may have been done, the usual first. */
  what: readonly DoneWhat[]
  /** What is asked of something done, in this order. */
  asks: readonly DoneField[]
  /** What has to be told where this was done. */
  needs: Readonly<Partial<Record<DoneWhat, DoneField>>>
  /** What the number that proves it is called. */
  receipt: Sentence
  /** A photo that is asked for; null: one may be taken. Nothing is refused for want of it. */
  photo: Sentence | null
  /** Whether the place is asked for, from whoever agreed to tell it. */
  position: boolean
}>

const RECEIPT = { zh: '收据号', en: 'Receipt number' } as const
const SERIAL = { zh: '设备序列号或收据号', en: 'Serial number or receipt' } as const

/** Somebody is visited, and something may be sold. */
const VISIT = {
  results: [
    ...(['done', 'promised', 'not_at_home', 'refused', 'competitor'] as const),
    ...(['moved', 'wrong_data', 'handed_over'] as const),
  ],
  begins: null,
  what: ['renewal', 'new', 'box', 'third_party', 'payment', 'other'],
  asks: ['product', 'amountFen', 'receipt'],
  needs: {},
  receipt: RECEIPT,
  photo: null,
  position: true,
} as const satisfies TaskForm

/** The forms by what a task is about. */
export const TASK_FORMS: Readonly<Record<TaskKind, TaskForm>> = {
  renewal_visit: VISIT,
  lapsed_sweep: {
    ...VISIT,
    results: [
      ...(['done', 'promised', 'competitor', 'not_at_home', 'refused'] as const),
      ...(['moved', 'wrong_data', 'handed_over'] as const),
    ],
  },
  wake_up: { ...VISIT, what: ['new', 'renewal', 'box', 'third_party', 'payment', 'other'] },
  collection: {
    ...VISIT,
    what: ['payment', 'renewal', 'new', 'box', 'third_party', 'other'],
    asks: ['amountFen', 'receipt'],
    needs: { payment: 'amountFen' },
  },
  upgrade: { ...VISIT, what: ['new', 'renewal', 'box', 'third_party', 'payment', 'other'] },
  box_recovery: {
    ...VISIT,
    what: ['box', 'renewal', 'new'],
    asks: ['receipt', 'product', 'amountFen'],
    needs: { box: 'receipt' },
    receipt: SERIAL,
    photo: { zh: '请拍下机身标签。', en: 'Take a photo of the label on the box.' },
  },
  competitor_survey: {
    ...VISIT,
    results: [
      ...(['competitor', 'done', 'not_at_home', 'refused', 'promised'] as const),
      ...(['moved', 'wrong_data', 'handed_over'] as const),
    ],
    begins: 'competitor',
    what: ['other', 'renewal', 'new'],
  },
  event: {
    ...VISIT,
    results: [
      ...(['done', 'promised', 'not_at_home', 'refused', 'handed_over'] as const),
      ...(['moved', 'wrong_data'] as const),
    ],
    what: ['other', 'renewal', 'new', 'third_party'],
    photo: { zh: '请拍下活动现场。', en: 'Take a photo of the event.' },
  },
  card_seeding: { ...VISIT, what: ['new', 'third_party', 'other'] },
  group_joining: {
    ...VISIT,
    results: [
      ...(['done', 'refused', 'promised', 'not_at_home', 'handed_over'] as const),
      ...(['moved', 'wrong_data'] as const),
    ],
    what: ['other'],
    asks: [],
    position: false,
  },
  coaching: {
    ...VISIT,
    results: ['done', 'promised', 'not_at_home', 'handed_over'],
    what: ['other', 'renewal', 'new', 'third_party'],
    asks: ['product'],
  },
}

/** Where a result does not fit the form of its task: the field that is at fault. */
export type Misfit = Readonly<{ field: 'result' | 'what' | DoneField }>

/** The first thing of a result that the form of a kind does not allow, or asks for in vain. */
export function misfitOf(
  kind: TaskKind,
  { result, done }: Readonly<{ result: ResultCode; done: TaskResult['done'] }>,
): Misfit | undefined {
  const form = TASK_FORMS[kind]
  if (!form.results.includes(result)) return { field: 'result' }
  if (result !== 'done' || done === null) return undefined
  if (!form.what.includes(done.what)) return { field: 'what' }
  const needed = form.needs[done.what]
  return needed && done[needed] === null ? { field: needed } : undefined
}

/** What something done is called. */
export const DONE_NAMES: Readonly<Record<DoneWhat, Sentence>> = {
  renewal: { zh: '续费', en: 'Renewal' },
  new: { zh: '新装', en: 'New service' },
  box: { zh: '收旧盒', en: 'Old box' },
  third_party: { zh: '三产', en: 'Third-party' },
  payment: { zh: '缴费', en: 'Payment' },
  other: { zh: '其他', en: 'Other' },
}
