import { type ReactNode, useState } from 'react'
import { EVENT_KIND_NAMES, listEvents } from '#contract/events.ts'
import type { Answer } from '../../api.ts'
import { useAnswer } from '../../ask.ts'
import { addDays, dayText } from '../../format/day.ts'
import { useLanguage, useSay } from '../../language.ts'
import css from '../field.module.css'
import { Message } from '../Message.tsx'
import { EventSheet } from './EventSheet.tsx'

const WORDS = {
  title: { zh: '现场活动', en: 'Events' },
  online: {
    zh: '上传凭证、上报结果需要网络；没有网络时先拍照存在相册，有网络后再上传。',
    en: 'Proof and results take a network. Without one, keep the photos in the album and send them later.',
  },
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

export type OwnEvent = Answer<typeof listEvents>['rows'][number]

/** The events that the person goes to, a week back and a week ahead, each with what is still to be told. */
export function EventsPage({ branchId, today }: { branchId: string; today: string }): ReactNode {
  const say = useSay()
  const [open, setOpen] = useState<string>()
  const [from, to] = [addDays(today, -7), addDays(today, 8)]
  const list = useAnswer(listEvents, {
    params: { branchId },
    query: { whose: 'mine', from, to, sort: 'onDay', limit: 100 },
  })
  if (list.error)
    return <Message title={list.error.message} step="" again={() => void list.refetch()} />
  if (!list.data)
    return (
      <main className={css.page} role="status" aria-label={say(WORDS.loading)}>
        <div className={css.bone} />
        <div className={css.bone} />
      </main>
    )
  const { rows } = list.data
  const chosen = rows.find(({ eventId }) => eventId === open)
  return (
    <main className={css.page}>
      <header className={css.head}>
        <div>
          <h1>{say(WORDS.title)}</h1>
          <p>{say(WORDS.online)}</p>
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
          {...{ branchId, today }}
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
      </button>
    </li>
  )
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
