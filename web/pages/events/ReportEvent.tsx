import { Button, Input, InputNumber, Modal, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { type readEvent, reportEvent } from '#contract/events.ts'
import { DONE_NAMES } from '#contract/task-forms.ts'
import { DoneWhat } from '#contract/tasks.ts'
import type { Answer } from '../../api.ts'
import { useCommand } from '../../ask.ts'
import { useSay } from '../../language.ts'
import { Field, Fields } from '../../ui/Field.tsx'
import { ProblemNotice } from '../../ui/Notices.tsx'
import { COMMON } from '../../words.ts'
import css from './events.module.css'
import { BY_EVENTS } from './words.ts'

const WORDS = {
  title: { zh: '上报活动结果', en: 'Report the result' },
  amends: {
    zh: '更正会成为新的一版，原来的一版保留。',
    en: 'A correction becomes the next version; the former is kept.',
  },
  report: { zh: '上报', en: 'Report' },
  met: { zh: '接触人数', en: 'People met' },
  leads: { zh: '意向人数', en: 'Leads' },
  missing: { zh: '请填写接触人数和意向人数。', en: 'Give the number of people met and of leads.' },
  orders: { zh: '办理', en: 'Orders' },
  what: { zh: '种类', en: 'Kind' },
  count: { zh: '单数', en: 'How many' },
  amount: { zh: '金额（元）', en: 'Amount (yuan)' },
  add: { zh: '加一种', en: 'Add a kind' },
  drop: { zh: '删除', en: 'Remove' },
  note: { zh: '备注（不写客户姓名电话）', en: 'Note (no names or numbers of customers)' },
} as const

type Told = Answer<typeof readEvent>['reports'][number]
type Line = Readonly<{ what: DoneWhat; count: number | null; yuan: number | null }>

/** What came of an event: people met, leads, and orders by kind. */
export function ReportEvent(of: {
  of: Readonly<{ branchId: string; eventId: string }>
  /** The version that stands, which this one amends. */
  last: Told | undefined
  done: () => void
}): ReactNode {
  const say = useSay()
  const { last } = of
  const [met, setMet] = useState<number | null>(last?.met ?? null)
  const [leads, setLeads] = useState<number | null>(last?.leads ?? null)
  const [lines, setLines] = useState<readonly Line[]>(
    (last?.orders ?? []).map(({ what, count, amountFen }) => ({
      ...{ what, count, yuan: amountFen / 100 },
    })),
  )
  const [note, setNote] = useState(last?.note ?? '')
  const report = useCommand(reportEvent, { renews: BY_EVENTS, onDone: of.done })
  const isMissing = met === null || leads === null
  const send = () => {
    if (met === null || leads === null) return
    const orders = lines.flatMap(({ what, count, yuan }) =>
      count === null || count === 0
        ? []
        : [{ what, count, amountFen: Math.round((yuan ?? 0) * 100) }],
    )
    report.mutate({
      params: of.of,
      body: { amends: last?.version ?? null, met, leads, orders, note: note.trim() || null },
    })
  }
  return (
    <Modal
      open
      title={say(WORDS.title)}
      okText={say(WORDS.report)}
      cancelText={say(COMMON.cancel)}
      onCancel={of.done}
      onOk={send}
      okButtonProps={{
        loading: report.isPending,
        disabled: isMissing,
        ...(isMissing ? { title: say(WORDS.missing) } : {}),
      }}
    >
      {last && <p>{say(WORDS.amends)}</p>}
      {report.error && <ProblemNotice sentence={report.error.message} />}
      <Fields>
        <Field name={say(WORDS.met)}>
          <Whole name={say(WORDS.met)} value={met} change={setMet} />
        </Field>
        <Field name={say(WORDS.leads)}>
          <Whole name={say(WORDS.leads)} value={leads} change={setLeads} />
        </Field>
        <Field name={say(WORDS.orders)} wide>
          <Orders lines={lines} change={setLines} />
        </Field>
        <Field name={say(WORDS.note)} wide>
          <Input.TextArea
            aria-label={say(WORDS.note)}
            rows={2}
            maxLength={500}
            value={note}
            onChange={({ target }) => setNote(target.value)}
          />
        </Field>
      </Fields>
    </Modal>
  )
}

function Whole(of: {
  name: string
  value: number | null
  change: (value: number | null) => void
}): ReactNode {
  return (
    <InputNumber
      aria-label={of.name}
      min={0}
      max={100_000}
      precision={0}
      value={of.value}
      onChange={of.change}
      style={{ width: 150 }}
    />
  )
}

/** One line for each kind of order. */
function Orders(of: {
  lines: readonly Line[]
  change: (lines: readonly Line[]) => void
}): ReactNode {
  const say = useSay()
  const { lines, change } = of
  const free = DoneWhat.options.filter((what) => !lines.some((line) => line.what === what))
  const put = (at: number, part: Partial<Line>) =>
    change(lines.map((line, nth) => (nth === at ? { ...line, ...part } : line)))
  return (
    <>
      {lines.map(({ what, count, yuan }, at) => (
        <div key={what} className={css.order}>
          <Select
            aria-label={say(WORDS.what)}
            value={what}
            onChange={(to) => put(at, { what: to })}
            options={[what, ...free].map((value) => ({ value, label: say(DONE_NAMES[value]) }))}
          />
          <InputNumber
            aria-label={say(WORDS.count)}
            placeholder={say(WORDS.count)}
            min={1}
            max={10_000}
            precision={0}
            value={count}
            onChange={(to) => put(at, { count: to })}
            style={{ width: '100%' }}
          />
          <InputNumber
            aria-label={say(WORDS.amount)}
            placeholder={say(WORDS.amount)}
            min={0}
            max={100_000_000}
            precision={2}
            value={yuan}
            onChange={(to) => put(at, { yuan: to })}
            style={{ width: '100%' }}
          />
          <Button onClick={() => change(lines.filter((_, nth) => nth !== at))}>
            {say(WORDS.drop)}
          </Button>
        </div>
      ))}
      {free[0] !== undefined && (
        <Button
          onClick={() => free[0] && change([...lines, { what: free[0], count: null, yuan: null }])}
        >
          {say(WORDS.add)}
        </Button>
      )}
    </>
  )
}
