import { getRouteApi } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { EVENT_KIND_NAMES, listEvents } from '#contract/events.ts'
import { Refused } from '../../Asked.tsx'
import type { Answer } from '../../api.ts'
import { useAnswer } from '../../ask.ts'
import { countText } from '../../format/count.ts'
import { dayText } from '../../format/day.ts'
import { moneyText } from '../../format/money.ts'
import { type Say, useLanguage, useSay } from '../../language.ts'
import { usePaging } from '../../paging.ts'
import { usePlace } from '../../place.ts'
import { StateCell } from '../../RecordsPage.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/Notices.tsx'
import { Part } from '../../ui/PageTitle.tsx'
import { EVENT_STATES } from './words.ts'

const WORDS = {
  title: { zh: '活动', en: 'Events' },
  state: { zh: '状态', en: 'State' },
  when: { zh: '时间', en: 'When' },
  place: { zh: '地点', en: 'Place' },
  hall: { zh: '营业厅', en: 'Hall' },
  goes: { zh: '谁去', en: 'Who goes' },
  proof: { zh: '计入', en: 'Counts' },
  counts: { zh: '计入', en: 'Counts' },
  result: { zh: '结果', en: 'Result' },
  told: { zh: '接触 {met} 人，意向 {leads} 人', en: '{met} met, {leads} leads' },
  orders: { zh: '{count} 单，{amount}', en: '{count} orders, {amount}' },
  untold: { zh: '–', en: '–' },
  none: { zh: '还没有活动', en: 'No event yet' },
  noneStep: {
    zh: '点右上角“安排活动”，选营业厅、地点、日期和前往的人。',
    en: 'Choose “Plan an event” above: a hall, a place, a day, and who goes.',
  },
} as const

type Row = Answer<typeof listEvents>['rows'][number]
const route = getRouteApi('/console/work/events')

/** The events of the unit looked at, or of a cell of the coverage, the latest day first. */
export function EventList(of: {
  days: Readonly<{ from: string; to: string }> | undefined
}): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const go = route.useNavigate()
  const { branchId, unit } = usePlace()
  const { hall, cursor, page, open } = route.useSearch()
  const { from, to } = of.days ?? {}
  const list = useAnswer(listEvents, {
    params: { branchId },
    query: { unit: hall ?? unit, from, to, cursor, limit: 50 },
  })
  const paging = usePaging(
    `events ${hall ?? unit ?? ''} ${from ?? ''}`,
    { cursor, page },
    list.data,
    (step) => void go({ search: (before) => ({ ...before, ...step }) }),
  )
  return (
    <Part title={say(WORDS.title)}>
      <Refused of={list}>
        <DataTable
          name={say(WORDS.title)}
          columns={columnsOf(say, language)}
          rows={list.data?.rows}
          keyOf={({ eventId }) => eventId}
          open={({ eventId }) => void go({ search: (before) => ({ ...before, open: eventId }) })}
          chosen={open}
          cards
          paging={paging}
          empty={<EmptyState title={say(WORDS.none)} step={say(WORDS.noneStep)} />}
        />
      </Refused>
    </Part>
  )
}

function columnsOf(say: Say, language: 'zh' | 'en'): Column<Row>[] {
  return [
    {
      id: 'state',
      nowrap: true,
      title: say(WORDS.state),
      render: ({ state }) => {
        const { tone, name } = EVENT_STATES[state]
        return <StateCell tone={tone} name={say(name)} />
      },
    },
    {
      id: 'when',
      nowrap: true,
      title: say(WORDS.when),
      render: ({ onDay, starts, ends }) => (
        <>
          {dayText(onDay, language)}
          <br />
          <small>
            {starts}–{ends}
          </small>
        </>
      ),
    },
    {
      id: 'place',
      title: say(WORDS.place),
      render: ({ placeName, kind }) => (
        <>
          {placeName}
          <br />
          <small>{say(EVENT_KIND_NAMES[kind])}</small>
        </>
      ),
    },
    { id: 'hall', title: say(WORDS.hall), nowrap: true, render: ({ unitName }) => unitName },
    {
      id: 'goes',
      title: say(WORDS.goes),
      render: ({ goes }) => goes.map(({ name }) => say(name)).join(language === 'zh' ? '、' : ', '),
    },
    {
      id: 'counts',
      title: say(WORDS.proof),
      render: ({ counts, against }) =>
        counts
          ? say(WORDS.counts)
          : against.map(({ code, text }) => <div key={code}>{say(text)}</div>),
    },
    { id: 'result', title: say(WORDS.result), render: ({ result }) => resultText(result, say) },
  ]
}

/** What came of an event in two lines. */
function resultText(result: Row['result'], say: Say): ReactNode {
  if (result === null) return say(WORDS.untold)
  const { met, leads, orders } = result
  const count = orders.reduce((sum, order) => sum + order.count, 0)
  const amount = orders.reduce((sum, order) => sum + order.amountFen, 0)
  return (
    <>
      {say(WORDS.told, { met: countText(met), leads: countText(leads) })}
      <br />
      <small>{say(WORDS.orders, { count: countText(count), amount: moneyText(amount) })}</small>
    </>
  )
}
