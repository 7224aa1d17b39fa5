import { type ReactNode, useEffect } from 'react'
import type { Sentence } from '#contract/language.ts'
import { RESULT_NAMES } from '#contract/tasks.ts'
import { clockText, dayText } from '../../format/day.ts'
import { useLanguage, useSay } from '../../language.ts'
import css from '../field.module.css'
import type { Item } from '../outbox/item.ts'
import { useOnline } from './Band.tsx'
import { type DayFigures, figuresOf } from './day-of.ts'
import { STATES, TELLS } from './day-words.ts'
import { OwnRank } from './OwnRank.tsx'
import { type Entry, isRead } from './phone-state.ts'
import { phone, usePhone } from './store.ts'

const WORDS = {
  title: { zh: '我的一天', en: 'My day' },
  planned: { zh: '计划', en: 'Planned' },
  done: { zh: '办成', en: 'Done' },
  promised: { zh: '约定', en: 'Promised' },
  refused: { zh: '拒绝', en: 'Refused' },
  notAtHome: { zh: '未遇', en: 'Not at home' },
  otherwise: { zh: '其他', en: 'Otherwise' },
  left: { zh: '还剩', en: 'Left' },
  order: { zh: '每日必有单', en: 'An order every day' },
  has: { zh: '今天已有单。', en: 'There is an order today.' },
  hasNot: {
    zh: '今天还没有单：续费、新装、收旧盒、三产，办成一单就算。',
    en: 'No order yet today: a renewal, a new service, an old box or a third-party sale counts.',
  },
  recorded: { zh: '今天记下的', en: 'Recorded today' },
  none: { zh: '还没有记下结果。', en: 'Nothing recorded yet.' },
  outbox: { zh: '发送情况', en: 'On its way' },
  empty: { zh: '都已送到，没有待发送的内容。', en: 'All has arrived; nothing waits.' },
  waiting: {
    zh: '待发送 {results} 条记录、{photos} 张照片。有网络时自动发送，关掉页面也不会丢。',
    en: 'Waiting: {results} records, {photos} photos. They are sent when there is a network, and closing the page loses none.',
  },
  of: {
    zh: '另有 {count} 条是其他同事在这台手机上记下的，待本人登录后发送。',
    en: '{count} more were recorded on this phone by colleagues, and are sent when they sign in.',
  },
  at: { zh: '{at} 记下的结果', en: 'Result of {at}' },
  send: { zh: '马上发送', en: 'Send now' },
  offline: { zh: '没有网络，联网后自动发送。', en: 'No network; it is sent when there is one.' },
  promisedOn: { zh: '{day}', en: '{day}' },
  told: { zh: '服务器截至 {at} 的数字。', en: 'As the server knew it at {at}.' },
  local: {
    zh: '截至 {at} 的清单，加上这台手机之后记下的；待发送的也算在内。',
    en: 'The list as of {at}, with what was recorded on this phone since, sent or not.',
  },
} as const

/** What the day has come to: figures, whether there is an order, what waits and what is in conflict. */
export function MyDay(): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const known = usePhone()
  const { pack, journal, items } = known
  const day = isRead(pack) ? pack : undefined
  const figures = day && figuresOf(day, known)

  // Whoever looks at their day sees it as the server knows it by now.
  useEffect(() => void phone.readDay(), [])

  return (
    <main className={css.page}>
      <h1>{say(WORDS.title)}</h1>
      {day && <p className={css.small}>{dayText(day.day, language)}</p>}
      {figures && <Figures figures={figures} />}
      <Outbox />
      {day && <Recorded journal={journal} items={items} />}
    </main>
  )
}

const FIGURES = [
  ...(['planned', 'done', 'promised', 'refused'] as const),
  ...(['notAtHome', 'otherwise', 'left'] as const),
] as const

function Figures({ figures }: { figures: DayFigures }): ReactNode {
  const say = useSay()
  return (
    <>
      <dl className={css.figures}>
        {FIGURES.map((name) => (
          <div key={name}>
            <dt>{say(WORDS[name])}</dt>
            <dd>{figures[name]}</dd>
          </div>
        ))}
      </dl>
      {figures.asOf && (
        <p className={css.small}>
          {say(figures.isTold ? WORDS.told : WORDS.local, { at: clockText(figures.asOf) })}
        </p>
      )}
      <section className={figures.hasOrder ? css.order : `${css.order} ${css.orderSoon}`}>
        <h2>{say(WORDS.order)}</h2>
        <p>{say(figures.hasOrder ? WORDS.has : WORDS.hasNot)}</p>
      </section>
      <OwnRank rank={figures.rank} asOf={figures.asOf} />
    </>
  )
}

function Outbox(): ReactNode {
  const say = useSay()
  const online = useOnline()
  const { items, photosWaiting, photosTold, staffId, me, busy } = usePhone()
  const own = me?.staffId ?? staffId
  const isOwn = (item: Item) => own === null || item.staffId === own
  const waiting = items.filter((item) => item.state === 'waiting' && isOwn(item))
  const others = items.filter((item) => item.state === 'waiting' && !isOwn(item))
  const results = waiting.length
  return (
    <section className={css.outbox} aria-label={say(WORDS.outbox)}>
      <h2>{say(WORDS.outbox)}</h2>
      <p role="status">
        {results + photosWaiting === 0
          ? say(WORDS.empty)
          : say(WORDS.waiting, { results, photos: photosWaiting })}
      </p>
      {others.length > 0 && <p>{say(WORDS.of, { count: others.length })}</p>}
      {photosTold.map((told) => (
        <p key={told.zh} className={css.late}>
          {say(told)}
        </p>
      ))}
      {results + photosWaiting > 0 && (
        <>
          <button
            type="button"
            className={css.plain}
            aria-disabled={!online || busy}
            aria-describedby="about-send"
            onClick={() => online && !busy && void phone.sync({ now: true })}
          >
            {say(WORDS.send)}
          </button>
          <p className={css.small} id="about-send">
            {!online && say(WORDS.offline)}
          </p>
        </>
      )}
      <Conflicts items={items.filter((item) => isOwn(item) && item.told.length > 0)} />
    </section>
  )
}

/** What the server said of results, in its words, each beside the result that it is about. */
function Conflicts({ items }: { items: readonly Item[] }): ReactNode {
  const say = useSay()
  const { journal, toldOfEvents } = usePhone()
  if (items.length === 0) return null
  return (
    <ul className={css.conflicts}>
      {items.map(({ itemId, at, state, told }) => {
        const entry = journal.find((each) => each.itemId === itemId)
        const event = toldOfEvents.find((each) => each.itemId === itemId)
        return (
          <li key={itemId}>
            <strong>
              {entry
                ? `${entry.name} · ${say(RESULT_NAMES[entry.result])}`
                : event
                  ? `${event.placeName} · ${say(TELLS[event.tells])}`
                  : say(WORDS.at, { at: clockText(at) })}
            </strong>
            <b className={state === 'refused' ? css.late : css.soon}>{say(STATES[state])}</b>
            {told.map((each: Sentence) => (
              <p key={each.zh}>{say(each)}</p>
            ))}
          </li>
        )
      })}
    </ul>
  )
}

function Recorded(of: { journal: readonly Entry[]; items: readonly Item[] }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const states = new Map(of.items.map(({ itemId, state }) => [itemId, state]))
  return (
    <section aria-label={say(WORDS.recorded)}>
      <h2 className={css.part}>{say(WORDS.recorded)}</h2>
      {of.journal.length === 0 && <p className={css.small}>{say(WORDS.none)}</p>}
      <ol className={css.recorded}>
        {of.journal.toReversed().map(({ itemId, at, name, place, result, on }) => (
          <li key={itemId}>
            <span>{clockText(at)}</span>
            <div>
              <strong>{name}</strong> {say(RESULT_NAMES[result])}
              {on !== null && ` · ${dayText(on, language)}`}
              <p className={css.small}>
                {[place, say(STATES[states.get(itemId) ?? 'accepted'])].filter(Boolean).join(' · ')}
              </p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}
