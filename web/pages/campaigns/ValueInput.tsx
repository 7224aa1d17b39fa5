import { Input, InputNumber, Select } from 'antd'
import type { ReactNode } from 'react'
import { useSay } from '../../language.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import css from './campaigns.module.css'
import type { Field } from './catalogue.ts'
import { arityOf, countsDays, type Leaf, type Scalar, type Value } from './condition-tree.ts'

const WORDS = {
  value: { zh: '取值', en: 'Value' },
  of: { zh: '{field}的取值', en: 'Value of {field}' },
  from: { zh: '{field}从', en: '{field} from' },
  to: { zh: '{field}到（不含）', en: '{field} to before' },
  several: { zh: '可填多个，回车确认', en: 'Several; Enter after each' },
  days: { zh: '天', en: 'days' },
  yuan: { zh: '元', en: 'yuan' },
} as const

/** The value of a comparison, asked for in the way of its field: chosen, typed, counted or dated. */
export function ValueInput(of: {
  field: Field
  leaf: Leaf
  change: (value: Value) => void
}): ReactNode {
  const say = useSay()
  const { field, leaf, change } = of
  if (leaf.op === undefined) return null
  const arity = arityOf(leaf.op)
  const called = say(field.label)
  const name = say(WORDS.of, { field: called })
  if (arity === 'none') return null
  if (arity === 'some')
    return <Several name={name} field={field} value={leaf.value} change={change} />
  if (arity === 'one') {
    const single = Array.isArray(leaf.value) ? undefined : (leaf.value as Scalar | undefined)
    return (
      <One name={name} field={field} value={single} days={countsDays(leaf.op)} change={change} />
    )
  }
  const [from, to] = (Array.isArray(leaf.value) ? leaf.value : []) as readonly (
    | Scalar
    | undefined
  )[]
  const put = (range: readonly (Scalar | undefined)[]) => change(range.map((end) => end ?? ''))
  return (
    <span className={css.values}>
      <One
        name={say(WORDS.from, { field: called })}
        field={field}
        value={from}
        change={(value) => put([value, to])}
      />
      <span aria-hidden="true">–</span>
      <One
        name={say(WORDS.to, { field: called })}
        field={field}
        value={to}
        change={(value) => put([from, value])}
      />
    </span>
  )
}

function One(of: {
  name: string
  field: Field
  value: Scalar | undefined
  days?: boolean
  change: (value: Scalar | undefined) => void
}): ReactNode {
  const say = useSay()
  const { name, field, value, change } = of
  const { type, values, unit } = field
  if (of.days || type === 'int' || type === 'number' || type === 'fen') {
    const yuan = type === 'fen' && !of.days
    const suffix = of.days ? say(WORDS.days) : yuan ? say(WORDS.yuan) : unit && say(unit)
    const shown = typeof value === 'number' ? (yuan ? value / 100 : value) : null
    return (
      <InputNumber
        aria-label={name}
        className={css.number ?? ''}
        value={shown}
        precision={yuan ? 2 : type === 'number' && !of.days ? 4 : 0}
        {...(of.days ? { min: 0, max: 4000 } : {})}
        {...(suffix ? { suffix } : {})}
        formatter={(text) =>
          text === undefined || String(text) === '' ? '' : String(Number(text))
        }
        onChange={(given) =>
          change(given === null ? undefined : yuan ? Math.round(given * 100) : given)
        }
      />
    )
  }
  const text = value === undefined ? undefined : String(value)
  if (type === 'date') return <DayInput name={name} value={text} change={change} />
  if (type === 'month')
    return (
      <Input
        type="month"
        aria-label={name}
        className={css.month ?? ''}
        value={text ?? ''}
        onChange={({ target }) => change(target.value || undefined)}
      />
    )
  if (values)
    return (
      <Select
        aria-label={name}
        className={css.text ?? ''}
        value={text}
        placeholder={say(WORDS.value)}
        options={values.map((one) => ({ value: one.value, label: say(one.label) }))}
        onChange={change}
      />
    )
  return (
    <Input
      aria-label={name}
      className={css.text ?? ''}
      value={text ?? ''}
      maxLength={200}
      onChange={({ target }) => change(target.value || undefined)}
    />
  )
}

/** Several values: ticked where the catalogue knows them, else typed one after the other. */
function Several(of: {
  name: string
  field: Field
  value: Value
  change: (value: Value) => void
}): ReactNode {
  const say = useSay()
  const { field } = of
  const chosen = (Array.isArray(of.value) ? of.value : []) as readonly Scalar[]
  const numeric = field.type === 'int' || field.type === 'fen'
  const shown = chosen.map((one) =>
    field.type === 'fen' ? String(Number(one) / 100) : String(one),
  )
  const read = (texts: readonly string[]): readonly Scalar[] => {
    if (!numeric) return texts
    const factor = field.type === 'fen' ? 100 : 1
    return texts.map((text) => Math.round(Number(text) * factor)).filter(Number.isSafeInteger)
  }
  return (
    <Select
      aria-label={of.name}
      className={css.several ?? ''}
      mode={field.values ? 'multiple' : 'tags'}
      value={shown}
      placeholder={field.values ? say(WORDS.value) : say(WORDS.several)}
      tokenSeparators={field.values ? [] : [',', '，', ' ']}
      showSearch={{ optionFilterProp: 'label' }}
      options={(field.values ?? []).map((one) => ({ value: one.value, label: say(one.label) }))}
      onChange={(texts: string[]) => of.change(read(texts))}
    />
  )
}
