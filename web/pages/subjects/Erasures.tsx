import { getRouteApi, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { listErasures } from '#contract/subject.ts'
import type { Answer } from '../../api.ts'
import { useAnswer } from '../../ask.ts'
import { instantText } from '../../format/day.ts'
import { type Say, useLanguage, useSay } from '../../language.ts'
import { usePlace } from '../../place.ts'
import { RecordsPage, StateCell, WhoCell } from '../../RecordsPage.tsx'
import type { Column } from '../../ui/DataTable.tsx'
import { DecideErasure } from './DecideErasure.tsx'
import { GROUNDS, STATE_TONES, STATES } from './words.ts'

const WORDS = {
  title: { zh: '个人信息删除', en: 'Erasures' },
  note: {
    zh: '由第二人批准后删除，不能恢复',
    en: 'Erased for good once a second person has approved',
  },
  state: { zh: '状态', en: 'State' },
  number: { zh: '来函或工单编号', en: 'Letter or case' },
  who: { zh: '用户', en: 'Subscribers' },
  ground: { zh: '依据', en: 'Ground' },
  by: { zh: '登记人', en: 'Asked by' },
  decided: { zh: '审批', en: 'Decided' },
  none: { zh: '没有删除申请', en: 'Nobody has asked for an erasure' },
  noneStep: {
    zh: '用户本人要求删除时，在其画像页底部登记。',
    en: 'When a person asks for it, put it down at the foot of the portrait.',
  },
} as const

type Row = Answer<typeof listErasures>['rows'][number]
const route = getRouteApi('/console/settings/erasures')

/** Who asked to be erased, what was decided, and what became of it. */
export function Erasures(): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const go = route.useNavigate()
  const { branchId } = usePlace()
  const { cursor, page } = route.useSearch()
  const list = useAnswer(
    listErasures,
    { params: { branchId }, query: { cursor, limit: 50 } },
    { every: (known) => (known?.rows.some(({ state }) => state === 'approved') ? 1500 : false) },
  )
  return (
    <RecordsPage
      list="erasures"
      words={WORDS}
      asked={list}
      at={{ cursor, page }}
      go={(step) => void go({ search: (before) => ({ ...before, ...step }) })}
      columns={columnsOf(branchId, say, language)}
      keyOf={({ erasureId }) => erasureId}
    />
  )
}

function columnsOf(branchId: string, say: Say, language: 'zh' | 'en'): Column<Row>[] {
  return [
    {
      id: 'state',
      nowrap: true,
      title: say(WORDS.state),
      render: ({ state, doneAt }) => (
        <StateCell
          tone={STATE_TONES[state]}
          name={say(STATES[state])}
          when={doneAt && instantText(doneAt, language)}
        />
      ),
    },
    {
      id: 'act',
      nowrap: true,
      title: '',
      render: ({ erasureId, number, can }) =>
        can.includes('decide') && (
          <DecideErasure branchId={branchId} erasureId={erasureId} number={number} />
        ),
    },
    { id: 'number', nowrap: true, title: say(WORDS.number), render: ({ number }) => number },
    {
      id: 'who',
      title: say(WORDS.who),
      render: ({ subscriberIds }) =>
        subscriberIds.map((subscriberId) => (
          <div key={subscriberId}>
            <Link to="/base/$subscriberId" params={{ subscriberId }}>
              {subscriberId}
            </Link>
          </div>
        )),
    },
    { id: 'ground', title: say(WORDS.ground), render: ({ ground }) => say(GROUNDS[ground]) },
    {
      id: 'by',
      nowrap: true,
      title: say(WORDS.by),
      render: ({ requestedByName, requestedAt }) => (
        <WhoCell name={requestedByName} at={requestedAt} />
      ),
    },
    {
      id: 'decided',
      width: 140,
      title: say(WORDS.decided),
      render: ({ decidedByName, decidedAt, decisionNote }) =>
        decidedByName && decidedAt ? (
          <WhoCell name={decidedByName} at={decidedAt} note={decisionNote} />
        ) : (
          '–'
        ),
    },
  ]
}
