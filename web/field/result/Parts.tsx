import { type ReactNode, useState } from 'react'
import type { Sentence } from '#contract/language.ts'
import { DONE_NAMES, TASK_FORMS } from '#contract/task-forms.ts'
import { TASK_KIND_NAMES, type TaskKind } from '#contract/tasks.ts'
import { addDays, dayText, weekdayOf } from '../../format/day.ts'
import { useLanguage, useSay } from '../../language.ts'
import { REASONS } from '../../words.ts'
import { Choice } from './Choice.tsx'
import { type Amiss, FIELD_OF, type Form, isErrand } from './form.ts'
import css from './result.module.css'
import { SCOPES, WRONG } from './result-words.ts'

const WORDS = {
  what: { zh: '办成了什么', en: 'What was done' },
  product: { zh: '产品', en: 'Product' },
  amount: { zh: '收款（元）', en: 'Amount (yuan)' },
  must: { zh: ' · 必填', en: ' · needed' },
  to: { zh: '转交给谁', en: 'To whom' },
  on: { zh: '答应哪一天', en: 'Promised for' },
  otherDay: { zh: '另选一天', en: 'Another day' },
  matter: { zh: '只是这件事', en: 'This matter only' },
  scope: { zh: '拒绝的是', en: 'What was refused' },
  until: { zh: '哪天以后可以再问（可不填）', en: 'May be asked again from (optional)' },
  again: { zh: '哪天再来（不填：换个时段）', en: 'Come again on (empty: at another hour)' },
  wrong: { zh: '哪里不对', en: 'What is wrong' },
  operator: { zh: '哪家运营商', en: 'Which operator' },
  otherOperator: { zh: '运营商名称', en: 'Name of the operator' },
  fee: { zh: '月费（元，可不填）', en: 'Monthly fee (yuan, optional)' },
  expires: { zh: '那边合约到期（可不填）', en: 'Their contract ends (optional)' },
  reason: { zh: '原因', en: 'Reason' },
} as const

type Part = Readonly<{
  kind: TaskKind
  /** Whether the task has an offer that can be refused. */
  hasOffer: boolean
  form: Form
  /** The crew, as far as the list says who else works today. */
  colleagues: Colleagues
  today: string
  amiss: Amiss | undefined
  change: (part: Partial<Form>) => void
}>

export type Colleagues = readonly Readonly<{ staffId: string; name: string }>[]

/** What a result asks for beyond its code, of a task of this kind. */
export function ResultPart(of: Part): ReactNode {
  const { form, change } = of
  switch (form.result) {
    case 'done':
      return <Done {...of} />
    case 'promised':
      return <Promised {...of} />
    case 'refused':
      return (
        <>
          <Choice
            name={WORDS.scope}
            options={of.hasOffer ? SCOPES : { ...SCOPES, offer: WORDS.matter }}
            value={form.scope}
            onChoose={(scope) => scope && change({ scope })}
          />
          <Reason {...of} />
          <Line {...of} field="until" name={WORDS.until} type="date" />
        </>
      )
    case 'not_at_home':
      return <Line {...of} field="tryAgain" name={WORDS.again} type="date" />
    case 'competitor':
      return (
        <>
          <Operators {...of} />
          <Line {...of} field="fee" name={WORDS.fee} type="decimal" />
          <Line {...of} field="expiresOn" name={WORDS.expires} type="date" />
        </>
      )
    case 'moved':
    case 'wrong_data':
      return (
        <Choice
          name={WORDS.wrong}
          options={WRONG}
          value={form.wrong}
          onChoose={(wrong) => wrong && change({ wrong })}
        />
      )
    case 'handed_over':
      return (
        <Choice
          name={WORDS.to}
          options={namesOf(of.colleagues)}
          value={form.to}
          onChoose={(to) => change({ to })}
        />
      )
    default:
      return null
  }
}

const namesOf = (colleagues: Colleagues): Record<string, Sentence> =>
  Object.fromEntries(colleagues.map(({ staffId, name }) => [staffId, { zh: name, en: name }]))

/**
 * What may have been done is chosen where there is a choice; what is asked of it follows. An errand
 * that is done is called what it is.
 */
function Done(of: Part): ReactNode {
  const { kind, form, change } = of
  const { what, asks, needs, receipt } = TASK_FORMS[kind]
  const nameOf = (each: Form['what']) =>
    isErrand(kind, each) ? TASK_KIND_NAMES[kind] : DONE_NAMES[each]
  const options = Object.fromEntries(what.map((each) => [each, nameOf(each)]))
  const asked = isErrand(kind, form.what) ? [] : asks
  const names = { product: WORDS.product, amountFen: WORDS.amount, receipt }
  return (
    <>
      {what.length > 1 && (
        <Choice
          name={WORDS.what}
          options={options as Record<Form['what'], Sentence>}
          value={form.what}
          onChoose={(one) => one && change({ what: one })}
        />
      )}
      {asked.length > 0 && (
        <div className={css.pair}>
          {asked.map((field, at) => (
            <Line
              key={field}
              {...of}
              field={FIELD_OF[field]}
              name={names[field]}
              type={field === 'amountFen' ? 'decimal' : 'text'}
              isNeeded={needs[form.what] === field}
              isWide={at === 0 && asked.length % 2 === 1}
            />
          ))}
        </div>
      )}
    </>
  )
}

/** The next days as buttons, so that one tap does. */
function Promised(of: Part): ReactNode {
  const { form, today, change } = of
  const language = useLanguage()
  const saturday = addDays(today, (13 - weekdayOf(today)) % 7 || 7)
  const days = [...new Set([1, 2, 3, 7].map((ahead) => addDays(today, ahead)).concat(saturday))]
  const options = Object.fromEntries(
    days.sort().map((day) => {
      const text = dayText(day, language)
      return [day, { zh: text, en: text }]
    }),
  )
  return (
    <>
      <Choice
        name={WORDS.on}
        options={options}
        value={form.on}
        onChoose={(on) => on && change({ on })}
      />
      <Line {...of} field="on" name={WORDS.otherDay} type="date" />
      <Reason {...of} />
    </>
  )
}

function Reason({ form, change }: Part): ReactNode {
  return (
    <Choice
      name={WORDS.reason}
      options={REASONS}
      value={form.reason}
      none
      onChoose={(reason) => change({ reason })}
    />
  )
}

const OPERATORS = {
  移动: { zh: '移动', en: 'China Mobile' },
  联通: { zh: '联通', en: 'China Unicom' },
  电信: { zh: '电信', en: 'China Telecom' },
  广电: { zh: '广电', en: 'China Broadnet' },
  other: { zh: '其他', en: 'Another' },
} as const
type Operator = keyof typeof OPERATORS

const isKnown = (name: string): name is Operator =>
  name !== 'other' && Object.hasOwn(OPERATORS, name)

/** One of those that everybody knows, or another one by its name. */
function Operators(of: Part): ReactNode {
  const { form, change } = of
  const [isOther, setOther] = useState(form.operator !== '' && !isKnown(form.operator))
  const known = isKnown(form.operator) ? form.operator : ''
  return (
    <>
      <Choice<Operator>
        name={WORDS.operator}
        options={OPERATORS}
        value={isOther ? 'other' : known}
        onChoose={(operator) => {
          setOther(operator === 'other')
          change({ operator: operator === 'other' ? '' : operator })
        }}
      />
      {isOther && <Line {...of} field="operator" name={WORDS.otherOperator} />}
    </>
  )
}

type TextField = {
  [Key in keyof Form]: Form[Key] extends string ? Key : never
}[keyof Form]

/** One line to type in, with what is wrong about it beside it. */
function Line(
  of: Part & {
    field: TextField
    name: Sentence
    type?: 'text' | 'date' | 'decimal'
    isNeeded?: boolean
    isWide?: boolean
  },
): ReactNode {
  const { form, change, field, name, amiss, type = 'text', isNeeded, isWide } = of
  const say = useSay()
  const wrong = amiss?.field === field ? amiss.said : undefined
  return (
    <label className={isWide ? `${css.line} ${css.wide}` : css.line}>
      {say(name)}
      {isNeeded && say(WORDS.must)}
      <input
        type={type === 'date' ? 'date' : 'text'}
        {...(type === 'decimal' && { inputMode: 'decimal' })}
        maxLength={80}
        value={form[field]}
        aria-invalid={wrong !== undefined}
        onChange={({ target }) => change({ [field]: target.value })}
      />
      {wrong && <span role="alert">{say(wrong)}</span>}
    </label>
  )
}
