import type { z } from 'zod'
import type { Sentence } from '#contract/language.ts'
import type { LapseReason } from '#contract/lapsed.ts'
import { type DoneField, misfitOf, TASK_FORMS } from '#contract/task-forms.ts'
import type { DoneWhat, Position, ResultCode, TaskKind, TaskResult } from '#contract/tasks.ts'
import type { RefusalScope } from '#contract/touches.ts'
import { addDays, isDay } from '../../format/day.ts'
import type { ReadTask } from '../vault/pack.ts'

/** A task of the list in the hand. */
export type FieldTask = ReadTask

/** A result as it is being filled in; texts are as they were typed. Kept as a draft until saved. */
export type Form = Readonly<{
  result: ResultCode | null
  what: z.infer<typeof DoneWhat>
  product: string
  amount: string
  receipt: string
  on: string
  scope: z.infer<typeof RefusalScope>
  until: string
  tryAgain: string
  wrong: 'name' | 'phone' | 'address' | 'other'
  operator: string
  fee: string
  expiresOn: string
  /** To whom it is handed over. */
  to: string
  reason: LapseReason | ''
  note: string
  /** Photos taken for it, by the id of their evidence. */
  photos: readonly string[]
  startedAt: string
}>

export type Where = z.input<typeof Position>

/** How the form of a task begins: what is usual is filled in, so that three taps do. */
export function emptyForm(task: FieldTask, { today, at }: { today: string; at: string }): Form {
  const { begins, what } = TASK_FORMS[task.kind]
  const [usual = 'other'] = what
  return {
    result: begins,
    what: usual,
    product: SOLD.has(usual) ? task.offer.name.zh.slice(0, 80) : '',
    amount: '',
    receipt: '',
    on: addDays(today, 1),
    scope: 'offer',
    until: '',
    tryAgain: '',
    wrong: 'phone',
    operator: '',
    fee: '',
    expiresOn: '',
    to: '',
    reason: '',
    note: '',
    photos: [],
    startedAt: at,
  }
}

/** What the offer of a task is sold as. */
const SOLD: ReadonlySet<Form['what']> = new Set(['renewal', 'new'])

/** The fields of the form that hold what is told of something done. */
export const FIELD_OF = {
  product: 'product',
  amountFen: 'amount',
  receipt: 'receipt',
} as const satisfies Record<DoneField, keyof Form>

export const MOST_PHOTOS = 6
const PROMISE_WITHIN_DAYS = 90

/** What is missing or wrong in a field of the form, in words. */
export type Amiss = Readonly<{ field: keyof Form; said: Sentence }>

const SAID = {
  result: { zh: '先选一个结果。', en: 'Choose a result first.' },
  money: {
    zh: '请填金额，例如 98 或 98.50。',
    en: 'Give an amount, such as 98 or 98.50.',
  },
  day: { zh: '请选 90 天内、今天以后的一天。', en: 'Choose a day after today, within 90 days.' },
  later: { zh: '请选今天以后的一天。', en: 'Choose a day after today.' },
  operator: { zh: '请写是哪家运营商。', en: 'Say which operator it is.' },
  other: { zh: '这类任务没有这个结果，请另选。', en: 'A task of this kind has no such result.' },
  what: { zh: '请选办成了什么。', en: 'Choose what was done.' },
  needed: { zh: '这一项必须填写。', en: 'This has to be filled in.' },
  to: { zh: '请选转交给谁。', en: 'Choose whom it is handed to.' },
} as const

/** What is in the way of saving; undefined when nothing is. */
export function amissIn(form: Form, kind: TaskKind, today: string): Amiss | undefined {
  const { result } = form
  if (result === null) return { field: 'result', said: SAID.result }
  if (result === 'done' && !isErrand(kind, form.what) && fenOf(form.amount) === undefined)
    return { field: 'amount', said: SAID.money }
  const misfit = misfitOf(kind, { result, done: result === 'done' ? doneOf(form, kind) : null })
  if (misfit?.field === 'result') return { field: 'result', said: SAID.other }
  if (misfit?.field === 'what') return { field: 'what', said: SAID.what }
  if (misfit) return { field: FIELD_OF[misfit.field], said: SAID.needed }
  if (result === 'handed_over' && form.to === '') return { field: 'to', said: SAID.to }
  if (result === 'promised' && !isWithin(form.on, today)) return { field: 'on', said: SAID.day }
  if (
    result === 'not_at_home' &&
    form.tryAgain !== '' &&
    !isWithin(form.tryAgain, addDays(today, -1))
  )
    return { field: 'tryAgain', said: SAID.later }
  if (result === 'refused' && form.until !== '' && !(isDay(form.until) && form.until > today))
    return { field: 'until', said: SAID.later }
  if (result === 'competitor') {
    if (form.operator.trim() === '') return { field: 'operator', said: SAID.operator }
    if (fenOf(form.fee) === undefined) return { field: 'fee', said: SAID.money }
    if (form.expiresOn !== '' && !isDay(form.expiresOn))
      return { field: 'expiresOn', said: SAID.later }
  }
  return undefined
}

const isWithin = (day: string, today: string) =>
  isDay(day) && day > today && day <= addDays(today, PROMISE_WITHIN_DAYS)

/** Yuan as typed in fen: null where nothing was typed, undefined where it is no amount. */
export function fenOf(typed: string): number | null | undefined {
  const text = typed.trim().replace(/^¥/, '')
  if (text === '') return null
  const [, yuan, cents = ''] = /^(\d{1,6})(?:\.(\d{1,2}))?$/.exec(text) ?? []
  return yuan === undefined ? undefined : Number(yuan) * 100 + Number(cents.padEnd(2, '0'))
}

type Told = Readonly<{ resultId: string; at: string; position: Where | null }>

/** The result as the server takes it. The form is whole: see `amissIn`. */
export function resultOf(
  form: Form,
  kind: TaskKind,
  { resultId, at, position }: Told,
): z.input<typeof TaskResult> {
  const { result } = form
  if (result === null) throw new Error('a result without a code is not saved')
  const is = <Part>(code: ResultCode, part: Part) => (result === code ? part : null)
  const wrong = { field: form.wrong }
  return {
    ...{ resultId, at, result, position, startedAt: form.startedAt, photos: [...form.photos] },
    done: is('done', doneOf(form, kind)),
    promised: is('promised', { on: form.on }),
    refused: is('refused', { scope: form.scope, until: orNull(form.until) }),
    notAtHome: is('not_at_home', { tryAgain: orNull(form.tryAgain) }),
    moved: is('moved', wrong),
    competitor: is('competitor', {
      operator: form.operator.trim(),
      monthlyFeeFen: fenOf(form.fee) ?? null,
      expiresOn: orNull(form.expiresOn),
    }),
    wrongData: is('wrong_data', wrong),
    handedOver: is('handed_over', { to: form.to }),
    reason: form.reason === '' ? null : form.reason,
    note: orNull(form.note),
  }
}

/** Whether what was done is the errand itself, such as a survey: nothing more is asked of it. */
export const isErrand = (kind: TaskKind, what: Form['what']): boolean =>
  what === 'other' && TASK_FORMS[kind].what[0] === 'other'

const doneOf = ({ what, product, amount, receipt }: Form, kind: TaskKind) => ({
  what,
  ...(isErrand(kind, what)
    ? { product: null, amountFen: null, receipt: null }
    : {
        product: orNull(product),
        amountFen: fenOf(amount) ?? null,
        receipt: orNull(receipt),
      }),
})

const orNull = (text: string) => (text.trim() === '' ? null : text.trim())
