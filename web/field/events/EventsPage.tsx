import { type ReactNode, useState } from 'react'
import { EVENT_KIND_NAMES } from '#contract/events.ts'
import { addDays, clockText, dayText, instantText } from '../../format/day.ts'
import { useLanguage, useSay } from '../../language.ts'
import { STATES, TELLS } from '../day/day-words.ts'
import { usePhone } from '../day/store.ts'
import css from '../field.module.css'
import { Message } from '../Message.tsx'
import { EventSheet } from './EventSheet.tsx'
import { keepsTold, type OwnEvent, toldOf, useOwnEvents } from './own-events.ts'

const WORDS = {
  title: { zh: '现场活动', en: 'Events' },
  keeps: {
    zh: '没有网络也能记凭证和结果，先存在手机上，有网络时自动发送。',
    en: 'Proof and results can be told without a network: the phone keeps them and sends them when there is one.',
  },
  online: {
    zh: '没有带上清单，上传凭证、上报结果需要网络；在“今日”带上清单后不用网络也能记。',
    en: 'Without a list on this phone, proof and results take a network. Take the list along under “Today” first.',
  },
  asOf: {
    zh: '没有网络，显示 {at} 带上的活动。',
    en: 'No network: these are the events as taken along at {at}.',
  },
  told: { zh: '{at} {what} · {state}', en: '{at} {what} · {state}' },
  none: { zh: '这两周没有您的活动', en: 'No event of yours in these two weeks' },
  noneStep: {
    zh: '活动由厅经理安排；排到您以后会显示在这里。',
    en: 'The hall manager plans events; those you go to are shown here.',
  },
  loading: { zh: '正在读取活动', en: 'Loading the events' },
  today: { zh: '今天', en: 'today' },
  counts: { zh: '凭证齐全，已计入', en: 'Proved; it counts' },
  reported: { zh: '已上报', en: 'Reported' },
  unreported: { zh: '结果还没有上报', en: 'The result is not reported yet' },
  off: { zh: '已取消：{why}', en: 'Called off: {why}' },
} as const

/** The events that the person goes to, a week back and a week ahead, each with what is still to be told. */
export function EventsPage({ branchId, today }: { branchId: string; today: string }): ReactNode {
  const say = useSay()
  const [open, setOpen] = useState<string>()
  const language = useLanguage()
  const keeps = keepsTold(usePhone())
  const { known, error, again } = useOwnEvents({
    ...{ branchId, from: addDays(today, -7), to: addDays(today, 8) },
  })
  if (error && !known) return <Message title={error.message} step="" again={again} />
  if (!known)
    return (
      <main className={css.page} role="status" aria-label={say(WORDS.loading)}>
        <div className={css.bone} />
        <div className={css.bone} />
      </main>
    )
  const { rows, asOf } = known
  const chosen = rows.find(({ eventId }) => eventId === open)
  return (
    <main className={css.page}>
      <header className={css.head}>
        <div>
          <h1>{say(WORDS.title)}</h1>
          <p>{say(keeps ? WORDS.keeps : WORDS.online)}</p>
          {asOf !== null && <p>{say(WORDS.asOf, { at: instantText(asOf, language) })}</p>}
        </div>
      </header>
      {rows.length === 0 && <Message title={say(WORDS.none)} step={say(WORDS.noneStep)} />}
      <ol className={css.cards}>
        {rows.map((event) => (
          <EventCard
            key={event.eventId}
            event={event}
            isToday={event.onDay === today}
            open={() => setOpen(event.eventId)}
          />
        ))}
      </ol>
      {chosen && (
        <EventSheet
          {...{ branchId }}
          event={chosen}
          key={chosen.eventId}
          close={() => setOpen(undefined)}
        />
      )}
    </main>
  )
}

function EventCard(of: { event: OwnEvent; isToday: boolean; open: () => void }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const { event, isToday } = of
  return (
    <li className={css.card}>
      <button type="button" className={css.body} onClick={of.open}>
        <span className={css.who}>
          <strong>{event.placeName}</strong>
          <span>{say(EVENT_KIND_NAMES[event.kind])}</span>
        </span>
        <span>
          {dayText(event.onDay, language)} {event.starts}–{event.ends}
          {isToday && <b className={css.mark}> · {say(WORDS.today)}</b>}
        </span>
        {event.campaign && <span className={css.small}>{say(event.campaign.campaignName)}</span>}
        <State event={event} />
        <ToldHere eventId={event.eventId} />
      </button>
    </li>
  )
}

/** What was told of it on this phone, and whether it has arrived. */
function ToldHere({ eventId }: { eventId: string }): ReactNode {
  const say = useSay()
  const known = usePhone()
  return toldOf(eventId, known).map(({ entry: { itemId, at, tells }, item }) => {
    const state = item?.state ?? 'accepted'
    return (
      <span key={itemId} className={state === 'accepted' ? css.mark : css.soon}>
        {say(WORDS.told, {
          ...{ at: clockText(at), what: say(TELLS[tells]), state: say(STATES[state]) },
        })}
        {item?.told.map((each) => ` ${say(each)}`)}
      </span>
    )
  })
}

/** What is told of it already, and what is not. */
function State({ event }: { event: OwnEvent }): ReactNode {
  const say = useSay()
  if (event.calledOff)
    return <span className={css.closed}>{say(WORDS.off, { why: event.calledOff.note })}</span>
  const isDue = event.can.includes('report')
  return (
    <>
      {event.counts && <span className={css.mark}>{say(WORDS.counts)}</span>}
      {isDue &&
        event.against.map(({ code, text }) => (
          <span key={code} className={css.soon}>
            {say(text)}
          </span>
        ))}
      {isDue && (
        <span className={event.result ? css.mark : css.soon}>
          {say(event.result ? WORDS.reported : WORDS.unreported)}
        </span>
      )}
    </>
  )
}
