import { getRouteApi, Link } from '@tanstack/react-router'
import { Segmented } from 'antd'
import type { ReactNode } from 'react'
import { CloseAccount, type CloseCounts, listClosed, type readClose } from '#contract/close.ts'
import { RESULT_NAMES } from '#contract/tasks.ts'
import { Refused } from '../../../Asked.tsx'
import type { Answer } from '../../../api.ts'
import { useAnswer } from '../../../ask.ts'
import { sharedLead } from '../../../format/address.ts'
import { countText } from '../../../format/count.ts'
import { instantText } from '../../../format/day.ts'
import { type Say, useLanguage, useSay } from '../../../language.ts'
import { usePaging } from '../../../paging.ts'
import { usePlace } from '../../../place.ts'
import { Address, AddressLead } from '../../../ui/Address.tsx'
import { type Column, DataTable } from '../../../ui/DataTable.tsx'
import { EmptyState } from '../../../ui/Notices.tsx'
import { FilterBar, Part } from '../../../ui/PageTitle.tsx'
import { COMMON } from '../../../words.ts'
import css from '../work.module.css'
import { ACCOUNTS, DROP_REASONS, FIGURES } from './words.ts'

const WORDS = {
  closes: { zh: '各单位日清', en: 'Closes' },
  unit: { zh: '单位', en: 'Unit' },
  by: { zh: '日清人', en: 'Closed by' },
  tasks: { zh: '逐项去向', en: 'Where each task went' },
  filter: { zh: '按去向筛选', en: 'By what became of it' },
  who: { zh: '负责人', en: 'Assignee' },
  subscriber: { zh: '用户', en: 'Subscriber' },
  address: { zh: '地址', en: 'Address' },
  campaign: { zh: '活动', en: 'Campaign' },
  account: { zh: '去向', en: 'Account' },
  to: { zh: '改派给{name}', en: 'to {name}' },
  times: { zh: '第 {count} 次顺延', en: 'carried over {count} ×' },
  none: { zh: '没有这样的任务', en: 'There is no such task' },
  noneStep: { zh: '换一个去向看看。', en: 'Choose another one above.' },
  late: { zh: '日清后到达的结果', en: 'Arrived after the close' },
  lateNote: {
    zh: '不计入上面的数字，结果和单照样有效',
    en: 'in none of the figures above; the results stand all the same',
  },
  result: { zh: '结果', en: 'Result' },
  at: { zh: '到达时间', en: 'Arrived' },
} as const

type View = Answer<typeof readClose>
type Row = Answer<typeof listClosed>['rows'][number]
const route = getRouteApi('/console/work/close')

/** How a day was closed: the counts of each unit, each task with where it went, and what came later. */
export function CloseTold({ view }: { view: View }): ReactNode {
  const say = useSay()
  const closes = [...(view.closed ? [view.closed] : []), ...view.below]
  return (
    <>
      <Part title={say(WORDS.closes)}>
        <DataTable
          name={say(WORDS.closes)}
          columns={closeColumns(say, useLanguage())}
          rows={closes}
          keyOf={({ unitId }) => unitId}
          cards
          dense
          empty={null}
        />
      </Part>
      <Accounts view={view} />
      {view.late.length > 0 && <Late view={view} />}
    </>
  )
}

function closeColumns(say: Say, language: 'zh' | 'en'): Column<View['below'][number]>[] {
  const figures = Object.keys(FIGURES) as (keyof typeof FIGURES & keyof CloseCounts)[]
  return [
    { id: 'unit', nowrap: true, title: say(WORDS.unit), render: ({ unitName }) => unitName },
    ...figures.map(
      (figure): Column<View['below'][number]> => ({
        ...{ id: figure, numeric: true, title: say(FIGURES[figure]) },
        render: ({ counts }) => (
          <span className={counts[figure] === 0 ? css.zero : undefined}>
            {countText(counts[figure])}
          </span>
        ),
      }),
    ),
    {
      id: 'by',
      nowrap: true,
      title: say(WORDS.by),
      render: ({ closedByName, closedAt }) =>
        `${say(closedByName)} ${instantText(closedAt, language)}`,
    },
  ]
}

/** Each task that was accounted for, by what became of it. */
function Accounts({ view }: { view: View }): ReactNode {
  const say = useSay()
  const go = route.useNavigate()
  const { branchId } = usePlace()
  const { account, cursor, page } = route.useSearch()
  const { date, unitId: unit } = view
  const query = { date, unit, account, cursor, limit: 50 }
  const list = useAnswer(listClosed, { params: { branchId }, query })
  const paging = usePaging(
    `closed ${JSON.stringify([date, unit, account])}`,
    { cursor, page },
    list.data,
    (step) => void go({ search: (before) => ({ ...before, ...step }) }),
  )
  const lead = sharedLead(list.data?.rows.map(({ address }) => address) ?? [])
  const ways = CloseAccount.options.map((value) => ({ value, label: say(ACCOUNTS[value]) }))
  return (
    <Part title={say(WORDS.tasks)}>
      <FilterBar name={say(WORDS.filter)}>
        <div className={css.ways}>
          <Segmented<CloseAccount | 'all'>
            aria-label={say(WORDS.filter)}
            value={account ?? 'all'}
            options={[{ value: 'all', label: say(COMMON.all) }, ...ways]}
            onChange={(chosen) =>
              void go({
                search: ({ unit: at, date: on }) => ({
                  ...{ unit: at, date: on },
                  account: chosen === 'all' ? undefined : chosen,
                }),
              })
            }
          />
        </div>
        <AddressLead lead={lead} />
      </FilterBar>
      <Refused of={list}>
        <DataTable
          name={say(WORDS.tasks)}
          columns={accountColumns(say, lead)}
          rows={list.data?.rows}
          keyOf={({ taskId }) => taskId}
          paging={paging}
          cards
          empty={<EmptyState title={say(WORDS.none)} step={say(WORDS.noneStep)} />}
        />
      </Refused>
    </Part>
  )
}

function accountColumns(say: Say, lead: string): Column<Row>[] {
  return [
    {
      id: 'account',
      title: say(WORDS.account),
      render: (row) => (
        <>
          {say(ACCOUNTS[row.account])}
          <div className={css.fine}>{furtherOf(row, say)}</div>
        </>
      ),
    },
    {
      id: 'subscriber',
      nowrap: true,
      title: say(WORDS.subscriber),
      render: ({ subscriberId, name }) => (
        <Link to="/base/$subscriberId" params={{ subscriberId }}>
          {name ?? subscriberId}
        </Link>
      ),
    },
    {
      id: 'address',
      width: 220,
      title: say(WORDS.address),
      render: ({ address }) => <Address address={address} lead={lead} />,
    },
    { id: 'campaign', title: say(WORDS.campaign), render: (row) => say(row.campaignName) },
    {
      id: 'who',
      nowrap: true,
      title: say(WORDS.who),
      render: ({ staffName, unitName }) => (
        <>
          {staffName}
          <div className={css.fine}>{unitName}</div>
        </>
      ),
    },
  ]
}

/** To whom, how often, or why. */
function furtherOf({ toStaffName, times, reason, note }: Row, say: Say): string {
  const parts = [
    ...(toStaffName ? [say(WORDS.to, { name: say(toStaffName) })] : []),
    ...(times !== null && times > 1 ? [say(WORDS.times, { count: countText(times) })] : []),
    ...(reason && !note ? [say(DROP_REASONS[reason])] : []),
    ...(note ? [note] : []),
  ]
  return parts.join(' · ')
}

function Late({ view }: { view: View }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  return (
    <Part title={say(WORDS.late)} note={say(WORDS.lateNote)}>
      <DataTable
        name={say(WORDS.late)}
        dense
        columns={[
          {
            id: 'who',
            title: say(WORDS.who),
            render: ({ staffId, staffName }) => (
              <Link to="/work/people/$staffId" params={{ staffId }} search={{ date: view.date }}>
                {staffName}
              </Link>
            ),
          },
          {
            id: 'result',
            title: say(WORDS.result),
            render: ({ result }) => say(RESULT_NAMES[result]),
          },
          {
            id: 'at',
            title: say(WORDS.at),
            render: ({ recordedAt }) => instantText(recordedAt, language),
          },
        ]}
        rows={view.late}
        keyOf={({ taskId, recordedAt }) => `${taskId} ${recordedAt}`}
        empty={null}
      />
    </Part>
  )
}
