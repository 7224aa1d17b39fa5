import type { reportEvent } from '#contract/events.ts'
import type { Sentence } from '#contract/language.ts'
import { DoneWhat } from '#contract/tasks.ts'
import type { Input } from '../../api.ts'
import type { OwnEvent } from './own-events.ts'

type Body = Input<typeof reportEvent>['body']
type Order = Readonly<{ count: string; yuan: string }>
/** A result as it is typed. */
export type Form = Readonly<{
  met: string
  leads: string
  orders: Readonly<Record<DoneWhat, Order>>
  note: string
}>

const AMISS = {
  numbers: {
    zh: '请用整数填写接触人数和意向人数。',
    en: 'Give the people met and the leads as whole numbers.',
  },
  leads: { zh: '意向人数不能多于接触人数。', en: 'There cannot be more leads than people met.' },
  orders: {
    zh: '单数填整数，金额填数字；有金额的要填单数。',
    en: 'Orders are whole numbers and amounts numbers; an amount needs its orders.',
  },
} as const satisfies Record<string, Sentence>

/** How the form begins: empty, or with what was told before. */
export function emptyForm(last: OwnEvent['result']): Form {
  const told = (what: DoneWhat) => last?.orders.find((order) => order.what === what)
  return {
    met: last ? String(last.met) : '',
    leads: last ? String(last.leads) : '',
    orders: Object.fromEntries(
      DoneWhat.options.map((what) => {
        const order = told(what)
        const yuan = order ? String(order.amountFen / 100) : ''
        return [what, { count: order ? String(order.count) : '', yuan }]
      }),
    ) as Record<DoneWhat, Order>,
    note: '',
  }
}

/** What is sent, or what is wrong with it in words. */
export function readForm(
  form: Form,
  amends: number | null,
): Readonly<{ body: Body }> | Readonly<{ amiss: Sentence }> {
  const [met, leads] = [wholeOf(form.met), wholeOf(form.leads)]
  if (met === null || leads === null) return { amiss: AMISS.numbers }
  if (leads > met) return { amiss: AMISS.leads }
  const orders: NonNullable<Body['orders']>[number][] = []
  for (const what of DoneWhat.options) {
    const { count: typed, yuan } = form.orders[what]
    if (typed.trim() === '' && yuan.trim() === '') continue
    const [count, amountFen] = [wholeOf(typed), fenOf(yuan)]
    if (count === null || amountFen === null) return { amiss: AMISS.orders }
    if (count === 0 && amountFen > 0) return { amiss: AMISS.orders }
    if (count > 0) orders.push({ what, count, amountFen })
  }
  return { body: { amends, met, leads, orders, note: form.note.trim() || null } }
}

function wholeOf(text: string): number | null {
  const trimmed = text.trim()
  return /^\d{1,5}$/.test(trimmed) ? Number(trimmed) : null
}

/** Yuan as fen; nothing typed is nothing. */
function fenOf(text: string): number | null {
  const trimmed = text.trim()
  if (trimmed === '') return 0
  return /^\d{1,8}(\.\d{1,2})?$/.test(trimmed) ? Math.round(Number(trimmed) * 100) : null
}
