import { getRouteApi, Link } from '@tanstack/react-router'
import { Select } from 'antd'
import type { ReactNode } from 'react'
import { BoardPart } from '#contract/board.ts'
import { Touchpoint } from '#contract/organisation.ts'
import { listTasks } from '#contract/plans.ts'
import { RESULT_NAMES } from '#contract/tasks.ts'
import { Refused } from '../../Asked.tsx'
import type { Answer } from '../../api.ts'
import { useAnswer } from '../../ask.ts'
import { sharedLead } from '../../format/address.ts'
import { orderText } from '../../format/count.ts'
import { clockText, dayText } from '../../format/day.ts'
import { moneyText } from '../../format/money.ts'
import { LinkButton } from '../../LinkButton.tsx'
import { type Say, useLanguage, useSay } from '../../language.ts'
import { usePaging } from '../../paging.ts'
import { usePlace } from '../../place.ts'
import { Address, AddressLead } from '../../ui/Address.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { DayInput } from '../../ui/DayInput.tsx'
import { EmptyState } from '../../ui/Notices.tsx'
import { Filter, FilterBar, PageTitle } from '../../ui/PageTitle.tsx'
import { COMMON, TOUCHPOINTS } from '../../words.ts'
import { PARTS } from './parts.ts'
import { TASK_STATES } from './task-words.ts'
import { useDayOfLists } from './useDayOfLists.ts'

const WORDS = {
  title: { zh: '任务', en: 'Tasks' },
  filters: { zh: '筛选任务', en: 'Filter tasks' },
  touchpoint: { zh: '触点', en: 'Touchpoint' },
  part: { zh: '进展', en: 'Progress' },
  order: { zh: '次序', en: 'Order' },
  subscriber: { zh: '用户', en: 'Subscriber' },
  address: { zh: '地址', en: 'Address' },
  assignee: { zh: '负责人', en: 'Assignee' },
  campaign: { zh: '活动', en: 'Campaign' },
  why: { zh: '为什么', en: 'Why' },
  offer: { zh: '推荐销售品', en: 'Offer' },
  state: { zh: '结果', en: 'Result' },
  window: { zh: '时段', en: 'Window' },
  due: { zh: '截止', en: 'Due' },
  none: { zh: '没有符合条件的任务', en: 'No task matches' },
  noneStep: {
    zh: '换一天，或去计划页发布这一天的计划。',
    en: 'Choose another day, or publish the plan of the day.',
  },
  plan: { zh: '去计划', en: 'Go to Plan' },
  everyone: { zh: '看所有人', en: 'Everybody' },
} as const

export type TaskRow = Answer<typeof listTasks>['rows'][number]

const route = getRouteApi('/console/work/tasks')

/** The tasks of a day under the unit looked at, each with its first reason. */
export function Tasks(): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const go = route.useNavigate()
  const { branchId, unit } = usePlace()
  const search = route.useSearch()
  const { assignee, campaign, touchpoint, part, sort, cursor, page } = search
  const date = useDayOfLists(search.date)
  const filters = { unit, assignee, campaign, touchpoint, part }
  const list = useAnswer(
    listTasks,
    { params: { branchId }, query: { ...filters, date: date ?? '', sort, cursor, limit: 50 } },
    { when: date !== undefined },
  )
  const narrow = (change: Partial<typeof search>) =>
    void go({
      search: (before) => ({ ...before, ...change, cursor: undefined, page: undefined }),
    })
  const paging = usePaging(
    `tasks ${JSON.stringify([date, filters, sort])}`,
    { cursor, page },
    list.data,
    (step) => void go({ search: (before) => ({ ...before, ...step }) }),
  )
  const lead = sharedLead(list.data?.rows.map(({ address }) => address) ?? [])
  return (
    <>
      <PageTitle
        title={date ? `${say(WORDS.title)} · ${dayText(date, language)}` : say(WORDS.title)}
      />
      <FilterBar name={say(WORDS.filters)}>
        <Filter name={say(COMMON.date)}>
          <DayInput name={say(COMMON.date)} value={date} change={(day) => narrow({ date: day })} />
        </Filter>
        <Filter name={say(WORDS.touchpoint)}>
          <Select
            aria-label={say(WORDS.touchpoint)}
            allowClear
            placeholder={say(COMMON.all)}
            value={touchpoint}
            style={{ width: 140 }}
            onChange={(chosen) => narrow({ touchpoint: chosen })}
            options={Touchpoint.options.map((value) => ({
              value,
              label: say(TOUCHPOINTS[value]),
            }))}
          />
        </Filter>
        <Filter name={say(WORDS.part)}>
          <Select
            aria-label={say(WORDS.part)}
            allowClear
            placeholder={say(COMMON.all)}
            value={part}
            style={{ width: 140 }}
            onChange={(chosen) => narrow({ part: chosen })}
            options={BoardPart.options.map((value) => ({ value, label: say(PARTS[value]) }))}
          />
        </Filter>
        {(assignee || campaign) && (
          <Link to="/work/tasks" search={{ date }}>
            {say(WORDS.everyone)}
          </Link>
        )}
        <AddressLead lead={lead} />
      </FilterBar>
      <Refused of={list}>
        <DataTable
          name={say(WORDS.title)}
          columns={taskColumns(say, language, lead)}
          rows={list.data?.rows}
          keyOf={({ taskId }) => taskId}
          sort={{ by: sort, change: (next) => narrow({ sort: next }) }}
          paging={paging}
          empty={
            <EmptyState title={say(WORDS.none)} step={say(WORDS.noneStep)}>
              <LinkButton to="/plan">{say(WORDS.plan)}</LinkButton>
            </EmptyState>
          }
        />
      </Refused>
    </>
  )
}

function taskColumns(say: Say, language: 'zh' | 'en', lead: string): Column<TaskRow>[] {
  return [
    {
      id: 'subscriber',
      nowrap: true,
      title: say(WORDS.subscriber),
      render: ({ subscriberId, name, phone }) => (
        <>
          <Link to="/base/$subscriberId" params={{ subscriberId }}>
            {name ?? subscriberId}
          </Link>
          <div>{phone}</div>
        </>
      ),
    },
    {
      id: 'address',
      width: 220,
      title: say(WORDS.address),
      render: ({ address }) => <Address address={address} lead={lead} />,
    },
    {
      id: 'why',
      width: 200,
      title: say(WORDS.why),
      render: ({ reasons: [first] }) => first && say(first.text),
    },
    {
      id: 'campaign',
      nowrap: true,
      title: say(WORDS.campaign),
      sort: 'campaign',
      render: ({ campaignName, touchpoint }) => (
        <>
          {say(campaignName)}
          <div>{say(TOUCHPOINTS[touchpoint])}</div>
        </>
      ),
    },
    { id: 'offer', title: say(WORDS.offer), render: ({ offer }) => offerText(offer, say) },
    {
      id: 'assignee',
      nowrap: true,
      title: say(WORDS.assignee),
      sort: 'assignee',
      render: ({ assigneeId, assigneeName, unitName }) => (
        <>
          <Link to="/work/people/$staffId" params={{ staffId: assigneeId }}>
            {assigneeName}
          </Link>
          <div>{unitName}</div>
        </>
      ),
    },
    {
      id: 'order',
      title: say(WORDS.order),
      numeric: true,
      render: ({ visitOrder }) => orderText(visitOrder),
    },
    {
      id: 'state',
      nowrap: true,
      title: say(WORDS.state),
      render: ({ state, result, closedAt }) => (
        <>
          {say(result ? RESULT_NAMES[result] : TASK_STATES[state])}
          <div>{closedAt && clockText(closedAt)}</div>
        </>
      ),
    },
    {
      id: 'window',
      nowrap: true,
      title: say(WORDS.window),
      render: ({ windowStart, windowEnd }) => `${clockText(windowStart)}–${clockText(windowEnd)}`,
    },
    {
      id: 'due',
      nowrap: true,
      title: say(WORDS.due),
      sort: 'dueOn',
      render: ({ dueOn }) => dayText(dueOn, language),
    },
  ]
}

/** The offer with its price, as one line; `–` where the task has none. */
export function offerText(offer: TaskRow['offer'], say: Say): string {
  if (!offer.id) return '–'
  const price = offer.monthlyFeeFen === null ? '' : ` ${moneyText(offer.monthlyFeeFen)}`
  return `${say(offer.name)}${price}`
}
