import type { ReactNode } from 'react'
import { shortAddress, whereTo } from '../format/address.ts'
import { orderText } from '../format/count.ts'
import { clockText } from '../format/day.ts'
import { moneyText } from '../format/money.ts'
import { type Say, useSay } from '../language.ts'
import { TOUCHPOINTS } from '../words.ts'
import css from './field.module.css'
import type { Task } from './ListPage.tsx'

const WORDS = {
  month: { zh: '{price}/月', en: '{price} a month' },
  more: { zh: '话术与资费', en: 'Script and terms' },
  script: { zh: '话术', en: 'Script' },
  details: { zh: '详情', en: 'Details' },
  map: { zh: '导航', en: 'Map' },
} as const

/**
 * One household: who and where, why in one line, the best offer with its price. `about` is what else
 * is known of it, and `hand` the button that stands last; both come with the list in the hand.
 */
export function Card(of: {
  task: Task
  lead: string
  open: () => void
  about?: ReactNode
  hand?: ReactNode
  isOver?: boolean
}): ReactNode {
  const { task, lead, open, about, hand, isOver } = of
  const say = useSay()
  const [first] = task.reasons
  const why = first && say(first.text)
  const offer = offerText(task, say)
  // What there is to do comes first where no offer says it.
  const [loud, calm] = task.offer.id ? [why, offer] : [offer, why]
  return (
    <li className={isOver ? `${css.card} ${css.over}` : css.card} value={task.visitOrder}>
      <button type="button" className={css.body} onClick={open}>
        <span className={css.who}>
          <b>{orderText(task.visitOrder)}</b>
          <strong>{task.name ?? task.subscriberId}</strong>
          <span>{task.phone}</span>
        </span>
        <span className={css.where} title={whereTo(task) ?? undefined}>
          {shortAddress(whereTo(task), lead)}
        </span>
        {loud && <span className={css.why}>{loud}</span>}
        {calm && <span className={css.offer}>{calm}</span>}
        <span className={css.small}>
          {say(TOUCHPOINTS[task.touchpoint])} · {clockText(task.windowStart)}–
          {clockText(task.windowEnd)}
          {task.offer.id && ` · ${say(task.campaignName)}`}
        </span>
        {about}
      </button>
      <div className={css.hands}>
        {task.mapLink ? (
          <a href={task.mapLink} target="_blank" rel="noreferrer">
            {say(WORDS.map)}
          </a>
        ) : null}
        <button type="button" onClick={open}>
          {say(task.script.zh ? (hand ? WORDS.script : WORDS.more) : WORDS.details)}
        </button>
        {hand}
      </div>
    </li>
  )
}

/** The offer in a line, with what it costs a month; what the task is about where it has none. */
export function offerText({ offer, campaignName }: Task, say: Say): string {
  const { monthlyFeeFen } = offer
  if (!offer.id) return say(campaignName)
  if (monthlyFeeFen === null) return say(offer.name)
  return `${say(offer.name)} ${say(WORDS.month, { price: moneyText(monthlyFeeFen) })}`
}
