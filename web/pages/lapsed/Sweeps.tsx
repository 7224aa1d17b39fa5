import { getRouteApi, Link } from '@tanstack/react-router'
import { Popconfirm } from 'antd'
import type { ReactNode } from 'react'
import { callOffSweep, listSweeps } from '#contract/lapsed.ts'
import { ActionButton } from '../../ActionButton.tsx'
import type { Answer } from '../../api.ts'
import { useAnswer, useCommand } from '../../ask.ts'
import { countText } from '../../format/count.ts'
import { dayText } from '../../format/day.ts'
import { shareOf, shareText } from '../../format/share.ts'
import { LinkButton } from '../../LinkButton.tsx'
import { type Say, useLanguage, useSay } from '../../language.ts'
import { usePlace } from '../../place.ts'
import { RecordsPage, StateCell, WhoCell } from '../../RecordsPage.tsx'
import type { Column } from '../../ui/DataTable.tsx'
import { ProblemNotice } from '../../ui/Notices.tsx'
import { COMMON } from '../../words.ts'
import { BY_SWEEPS } from './renewed.ts'
import { PURPOSES, SWEEP_STATES } from './words.ts'

const WORDS = {
  title: { zh: '扫楼扫村', en: 'Sweeps' },
  note: { zh: '先问清原因，再唤醒休眠用户', en: 'Find the reason first, then wake' },
  register: { zh: '失效登记', en: 'Lapsed register' },
  state: { zh: '状态', en: 'State' },
  place: { zh: '地点', en: 'Place' },
  goes: { zh: '谁去', en: 'Who goes' },
  members: { zh: '走访', en: 'Goes to' },
  memberSplit: { zh: '问原因 {ask}，唤醒 {wake}', en: '{ask} to ask, {wake} to wake' },
  visits: { zh: '走访进度', en: 'Visits' },
  met: { zh: '见到 {count}', en: '{count} met' },
  notMet: { zh: '未见到 {count}', en: '{count} not met' },
  left: { zh: '还剩 {count}', en: '{count} left' },
  asked: { zh: '已问', en: 'Asked' },
  won: { zh: '已挽回', en: 'Won back' },
  leftOut: { zh: '不去的', en: 'Left out' },
  by: { zh: '安排人', en: 'Planned by' },
  callOff: { zh: '取消安排', en: 'Call off' },
  sure: {
    zh: '还没走访的任务会从清单撤下，这些用户可以另行安排。',
    en: 'Visits not yet made leave the lists, and they may be in another sweep.',
  },
  none: { zh: '还没有扫楼扫村安排', en: 'No sweep is planned yet' },
  noneStep: {
    zh: '在失效登记里点一个村或楼栋，再点“安排走访”。',
    en: 'Choose a village or a building in the lapsed register, then “Plan a sweep”.',
  },
} as const

type Row = Answer<typeof listSweeps>['rows'][number]
const route = getRouteApi('/console/base/sweeps')

/** The sweeps of the unit looked at, those to come first, each with how far it got. */
export function Sweeps(): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const go = route.useNavigate()
  const { branchId, unit } = usePlace()
  const { cursor, page } = route.useSearch()
  const list = useAnswer(listSweeps, {
    params: { branchId },
    query: { unit, cursor, limit: 50 },
  })
  return (
    <RecordsPage
      list={`sweeps ${unit ?? ''}`}
      words={WORDS}
      asked={list}
      at={{ cursor, page }}
      go={(step) => void go({ search: (before) => ({ ...before, ...step }) })}
      columns={columnsOf(branchId, say, language)}
      keyOf={({ sweepId }) => sweepId}
    >
      <LinkButton to="/base/lapsed">{say(WORDS.register)}</LinkButton>
    </RecordsPage>
  )
}

function CallOff(params: { branchId: string; sweepId: string }): ReactNode {
  const say = useSay()
  const callOff = useCommand(callOffSweep, { renews: BY_SWEEPS })
  return (
    <>
      <Popconfirm
        title={say(WORDS.sure)}
        okText={say(WORDS.callOff)}
        cancelText={say(COMMON.close)}
        onConfirm={() => callOff.mutate({ params, body: {} })}
      >
        <ActionButton needs="sweep:plan" size="small" loading={callOff.isPending}>
          {say(WORDS.callOff)}
        </ActionButton>
      </Popconfirm>
      {callOff.error && <ProblemNotice sentence={callOff.error.message} />}
    </>
  )
}

function columnsOf(branchId: string, say: Say, language: 'zh' | 'en'): Column<Row>[] {
  const part = (count: number, { members }: Row) =>
    `${countText(count)} · ${shareText(shareOf(count, members))}`
  return [
    {
      id: 'state',
      nowrap: true,
      title: say(WORDS.state),
      render: ({ state, onDay }) => {
        const { tone, name } = SWEEP_STATES[state]
        return <StateCell tone={tone} name={say(name)} when={dayText(onDay, language)} />
      },
    },
    {
      id: 'place',
      title: say(WORDS.place),
      render: ({ place, placeName, purpose }) => (
        <>
          <Link to="/base/lapsed" search={{ place }}>
            {placeName}
          </Link>
          <br />
          <small>{say(PURPOSES[purpose])}</small>
        </>
      ),
    },
    { id: 'goes', title: say(WORDS.goes), render: ({ goes }) => say(goes.name) },
    {
      id: 'members',
      title: say(WORDS.members),
      render: ({ sweepId, place, members, toAsk, toWake }) => (
        <>
          <Link to="/base/lapsed" search={{ place, sweep: sweepId }}>
            {countText(members)}
          </Link>
          <br />
          <small>{say(WORDS.memberSplit, { ask: toAsk, wake: toWake })}</small>
        </>
      ),
    },
    {
      id: 'visits',
      nowrap: true,
      title: say(WORDS.visits),
      render: ({ visits: { met, notMet, left } }) =>
        met + notMet + left === 0 ? (
          '–'
        ) : (
          <>
            {say(WORDS.met, { count: countText(met) })}
            <br />
            <small>
              {say(WORDS.notMet, { count: countText(notMet) })} ·{' '}
              {say(WORDS.left, { count: countText(left) })}
            </small>
          </>
        ),
    },
    { id: 'asked', title: say(WORDS.asked), numeric: true, render: (row) => part(row.asked, row) },
    { id: 'won', title: say(WORDS.won), numeric: true, render: (row) => part(row.wonBack, row) },
    {
      id: 'leftOut',
      title: say(WORDS.leftOut),
      render: ({ leftOut }) =>
        leftOut.length === 0
          ? '–'
          : leftOut.map(({ why, count }) => (
              <div key={why.code}>
                {say(why.text)} {countText(count)}
              </div>
            )),
    },
    {
      id: 'by',
      nowrap: true,
      title: say(WORDS.by),
      render: ({ plannedByName, plannedAt }) => <WhoCell name={plannedByName} at={plannedAt} />,
    },
    {
      id: 'act',
      nowrap: true,
      title: '',
      render: ({ sweepId, can }) =>
        can.includes('call-off') && <CallOff branchId={branchId} sweepId={sweepId} />,
    },
  ]
}
