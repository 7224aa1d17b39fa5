import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { readPersonList } from '#contract/plans.ts'
import type { Answer } from '../../api.ts'
import { sharedLead, whereTo } from '../../format/address.ts'
import { orderText } from '../../format/count.ts'
import { clockText, dayText } from '../../format/day.ts'
import { moneyText } from '../../format/money.ts'
import { useLanguage, useSay } from '../../language.ts'
import { Address, AddressLead } from '../../ui/Address.tsx'
import { TOUCHPOINTS } from '../../words.ts'
import css from './work.module.css'

const WORDS = {
  heading: { zh: '{name} · {day}', en: '{name} · {day}' },
  sums: {
    zh: '{unit} · 共 {total} 项任务 · {stops} 个村居',
    en: '{unit} · {total} tasks · {stops} places',
  },
  elsewhere: { zh: '地点不详', en: 'Place unknown' },
  count: { zh: '{count} 项', en: '{count}' },
  result: { zh: '结果', en: 'Result' },
  terms: { zh: '资费说明', en: 'Terms' },
  window: { zh: '时段', en: 'Window' },
  map: { zh: '地图', en: 'Map' },
  month: { zh: '{price} / 月', en: '{price} a month' },
} as const

type List = Answer<typeof readPersonList>
type Task = List['stops'][number]['tasks'][number]

/** A person’s list as it is read and printed: places as headings, households in order of visit. */
export function ListOfPerson({ list }: { list: List }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const lead = sharedLead(list.stops.flatMap(({ tasks }) => tasks.map(whereTo)))
  return (
    <article className={css.list}>
      <header className={css.listHead}>
        <h2>{say(WORDS.heading, { name: list.person.name, day: dayText(list.date, language) })}</h2>
        <p>
          {say(WORDS.sums, {
            unit: list.person.unitName,
            total: list.total,
            stops: list.stops.length,
          })}{' '}
          <AddressLead lead={lead} />
        </p>
      </header>
      {list.stops.map(({ town, place, tasks }) => (
        <section key={tasks[0]?.taskId}>
          <h3>
            {[town, place].filter(Boolean).join(' · ') || say(WORDS.elsewhere)}
            <span>{say(WORDS.count, { count: tasks.length })}</span>
          </h3>
          <ol className={css.tasks}>
            {tasks.map((task) => (
              <OneTask key={task.taskId} task={task} lead={lead} />
            ))}
          </ol>
        </section>
      ))}
    </article>
  )
}

function OneTask({ task, lead }: { task: Task; lead: string }): ReactNode {
  const say = useSay()
  const [first, ...others] = task.reasons
  const { offer } = task
  const price = offer.monthlyFeeFen
  return (
    <li className={css.task} value={task.visitOrder}>
      <span className={css.order}>{orderText(task.visitOrder)}</span>
      <div>
        <p className={css.who}>
          <Link to="/base/$subscriberId" params={{ subscriberId: task.subscriberId }}>
            {task.name ?? task.subscriberId}
          </Link>
          <span>{task.phone}</span>
          <span>{say(TOUCHPOINTS[task.touchpoint])}</span>
          <span>
            {clockText(task.windowStart)}–{clockText(task.windowEnd)}
          </span>
          {task.mapLink && (
            <a className={css.screen} href={task.mapLink} target="_blank" rel="noreferrer">
              {say(WORDS.map)}
            </a>
          )}
        </p>
        <p>
          <Address address={whereTo(task)} lead={lead} />
        </p>
        <p className={css.why}>{first && say(first.text)}</p>
        <p>
          <strong>{say(offer.id ? offer.name : task.campaignName)}</strong>
          {price !== null && ` ${say(WORDS.month, { price: moneyText(price) })}`}
        </p>
      </div>
      <div className={css.script}>
        <p>{say(task.script)}</p>
        {offer.id && (
          <p>
            {say(WORDS.terms)}：{say(offer.terms)}
          </p>
        )}
        {others.map(({ code, text }) => (
          <p key={code}>{say(text)}</p>
        ))}
      </div>
      <span className={css.result}>{say(WORDS.result)}：</span>
    </li>
  )
}
