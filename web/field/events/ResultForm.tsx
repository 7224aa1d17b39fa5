import { type ReactNode, useState } from 'react'
import type { reportEvent } from '#contract/events.ts'
import type { Sentence } from '#contract/language.ts'
import { DONE_NAMES } from '#contract/task-forms.ts'
import { DoneWhat } from '#contract/tasks.ts'
import type { Input } from '../../api.ts'
import { useSay } from '../../language.ts'
import css from '../result/result.module.css'
import type { OwnEvent } from './own-events.ts'
import { emptyForm, readForm } from './result-form.ts'

const WORDS = {
  title: { zh: '活动结果', en: 'Result' },
  met: { zh: '接触人数', en: 'People met' },
  leads: { zh: '意向人数', en: 'Leads' },
  count: { zh: '{what} · 单数', en: '{what} · how many' },
  amount: { zh: '{what} · 金额（元）', en: '{what} · yuan' },
  note: { zh: '备注（不写客户姓名电话）', en: 'Note (no names or numbers of customers)' },
  report: { zh: '上报结果', en: 'Report the result' },
  amend: { zh: '更正上报（原来的保留）', en: 'Amend the result (the former is kept)' },
  sending: { zh: '正在上报…', en: 'Reporting…' },
} as const

/** People met, leads, and orders by kind; told again it amends what was told. */
export function ResultForm(of: {
  last: OwnEvent['result']
  isSending: boolean
  problem: string | undefined
  send: (body: Input<typeof reportEvent>['body']) => void
}): ReactNode {
  const say = useSay()
  const [form, setForm] = useState(() => emptyForm(of.last))
  const [amiss, setAmiss] = useState<Sentence>()
  const change = (part: Partial<typeof form>) => setForm({ ...form, ...part })
  const submit = () => {
    const read = readForm(form, of.last?.version ?? null)
    setAmiss('amiss' in read ? read.amiss : undefined)
    if (!('amiss' in read) && !of.isSending) of.send(read.body)
  }
  const said = amiss ? say(amiss) : of.problem
  return (
    <section aria-label={say(WORDS.title)} className={css.part}>
      <h3>{say(WORDS.title)}</h3>
      <div className={css.pair}>
        <Line name={say(WORDS.met)} value={form.met} change={(met) => change({ met })} />
        <Line name={say(WORDS.leads)} value={form.leads} change={(leads) => change({ leads })} />
      </div>
      {DoneWhat.options.map((what) => {
        const order = form.orders[what]
        const put = (part: Partial<typeof order>) =>
          change({ orders: { ...form.orders, [what]: { ...order, ...part } } })
        return (
          <div key={what} className={css.pair}>
            <Line
              name={say(WORDS.count, { what: say(DONE_NAMES[what]) })}
              value={order.count}
              change={(count) => put({ count })}
            />
            <Line
              name={say(WORDS.amount, { what: say(DONE_NAMES[what]) })}
              value={order.yuan}
              change={(yuan) => put({ yuan })}
            />
          </div>
        )
      })}
      <label className={css.line}>
        {say(WORDS.note)}
        <textarea
          rows={2}
          maxLength={500}
          value={form.note}
          onChange={({ target }) => change({ note: target.value })}
        />
      </label>
      {said && <p role="alert">{said}</p>}
      <button type="button" className={css.save} aria-disabled={of.isSending} onClick={submit}>
        {say(of.isSending ? WORDS.sending : of.last ? WORDS.amend : WORDS.report)}
      </button>
    </section>
  )
}

function Line(of: { name: string; value: string; change: (value: string) => void }): ReactNode {
  return (
    <label className={css.line}>
      {of.name}
      <input
        inputMode="decimal"
        maxLength={12}
        value={of.value}
        onChange={({ target }) => of.change(target.value)}
      />
    </label>
  )
}
