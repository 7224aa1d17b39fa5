import { getRouteApi, Link } from '@tanstack/react-router'
import { Popconfirm } from 'antd'
import type { ReactNode } from 'react'
import { listCorrections, withdrawCorrection } from '#contract/subject.ts'
import { ActionButton } from '../../ActionButton.tsx'
import type { Answer } from '../../api.ts'
import { useAnswer, useCommand } from '../../ask.ts'
import { instantText } from '../../format/day.ts'
import { type Say, useLanguage, useSay } from '../../language.ts'
import { usePlace } from '../../place.ts'
import { RecordsPage, StateCell, WhoCell } from '../../RecordsPage.tsx'
import type { Column } from '../../ui/DataTable.tsx'
import { ProblemNotice } from '../../ui/Notices.tsx'
import { COMMON } from '../../words.ts'
import { CORRECTION_STATES, FIELDS, LETTER } from './words.ts'

const WORDS = {
  title: { zh: '个人信息更正', en: 'Corrections' },
  note: {
    zh: '生效中的须通知 BSS，数据更新后自动完成',
    en: 'Tell the BSS of those in force; they end once an extract brings them',
  },
  state: { zh: '状态', en: 'State' },
  who: { zh: '用户', en: 'Subscriber' },
  what: { zh: '更正内容', en: 'What was wrong' },
  value: { zh: '更正为', en: 'Corrected to' },
  by: { zh: '登记人', en: 'Recorded by' },
  withdraw: { zh: '撤回', en: 'Take back' },
  sure: {
    zh: '撤回后恢复为最近一次数据。',
    en: 'The card then says what the latest extract says.',
  },
  none: { zh: '没有更正', en: 'Nobody has asked for a correction' },
  noneStep: {
    zh: '用户本人说内容有误时，在其画像页底部登记。',
    en: 'When a person says that something is wrong, record it at the foot of the portrait.',
  },
} as const

type Row = Answer<typeof listCorrections>['rows'][number]
const route = getRouteApi('/console/settings/corrections')

/** What people said is wrong of what is kept of them: what the BSS has still to be told first. */
export function Corrections(): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const go = route.useNavigate()
  const { branchId } = usePlace()
  const { cursor, page } = route.useSearch()
  const list = useAnswer(listCorrections, { params: { branchId }, query: { cursor, limit: 50 } })
  return (
    <RecordsPage
      list="corrections"
      words={WORDS}
      asked={list}
      at={{ cursor, page }}
      go={(step) => void go({ search: (before) => ({ ...before, ...step }) })}
      columns={columnsOf(branchId, say, language)}
      keyOf={({ correctionId }) => correctionId}
    />
  )
}

function Withdraw(params: { branchId: string; correctionId: string }): ReactNode {
  const say = useSay()
  const withdraw = useCommand(withdrawCorrection, { renews: [listCorrections] })
  return (
    <>
      <Popconfirm
        title={say(WORDS.sure)}
        okText={say(WORDS.withdraw)}
        cancelText={say(COMMON.cancel)}
        onConfirm={() => withdraw.mutate({ params })}
      >
        <ActionButton needs="subject:correct" size="small" loading={withdraw.isPending}>
          {say(WORDS.withdraw)}
        </ActionButton>
      </Popconfirm>
      {withdraw.error && <ProblemNotice sentence={withdraw.error.message} />}
    </>
  )
}

function columnsOf(branchId: string, say: Say, language: 'zh' | 'en'): Column<Row>[] {
  return [
    {
      id: 'state',
      nowrap: true,
      title: say(WORDS.state),
      render: ({ endedAs, endedAt }) => {
        const { tone, name } = CORRECTION_STATES[endedAs ?? 'open']
        const when = endedAt && instantText(endedAt, language)
        return <StateCell tone={tone} name={say(name)} when={when} />
      },
    },
    {
      id: 'act',
      nowrap: true,
      title: '',
      render: ({ correctionId, can }) =>
        can.includes('withdraw') && <Withdraw branchId={branchId} correctionId={correctionId} />,
    },
    {
      id: 'who',
      nowrap: true,
      title: say(WORDS.who),
      render: ({ subscriberId }) => (
        <Link to="/base/$subscriberId" params={{ subscriberId }}>
          {subscriberId}
        </Link>
      ),
    },
    { id: 'what', nowrap: true, title: say(WORDS.what), render: ({ field }) => say(FIELDS[field]) },
    {
      id: 'value',
      title: say(WORDS.value),
      render: ({ name, phone, address }) => name ?? phone ?? address ?? '–',
    },
    { id: 'number', nowrap: true, title: say(LETTER.number), render: ({ number }) => number },
    {
      id: 'by',
      nowrap: true,
      title: say(WORDS.by),
      render: ({ recordedByName, recordedAt }) => <WhoCell name={recordedByName} at={recordedAt} />,
    },
  ]
}
