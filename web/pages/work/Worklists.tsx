import { getRouteApi, Link } from '@tanstack/react-router'
import { Input, Segmented } from 'antd'
import type { ReactNode } from 'react'
import { listWorklists } from '#contract/plans.ts'
import { Refused } from '../../Asked.tsx'
import type { Answer } from '../../api.ts'
import { useAnswer } from '../../ask.ts'
import { countText } from '../../format/count.ts'
import { dayText } from '../../format/day.ts'
import { shortMoney } from '../../format/money.ts'
import { shareOf, shareText } from '../../format/share.ts'
import { LinkButton } from '../../LinkButton.tsx'
import { type Say, useLanguage, useSay } from '../../language.ts'
import { usePaging } from '../../paging.ts'
import { usePlace } from '../../place.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { DayInput } from '../../ui/DayInput.tsx'
import { FigureText } from '../../ui/FigureText.tsx'
import { EmptyState } from '../../ui/Notices.tsx'
import { Filter, FilterBar, PageTitle } from '../../ui/PageTitle.tsx'
import { COMMON, TOUCHPOINTS } from '../../words.ts'
import { useDayOfLists } from './useDayOfLists.ts'

const WORDS = {
  title: { zh: '清单', en: 'Lists' },
  filters: { zh: '筛选清单', en: 'Filter lists' },
  by: { zh: '按', en: 'By' },
  zone: { zh: '片区', en: 'Zone' },
  hall: { zh: '营业厅', en: 'Hall' },
  grid: { zh: '网格', en: 'Grid' },
  person: { zh: '人员', en: 'Person' },
  campaign: { zh: '活动', en: 'Campaign' },
  search: { zh: '按名称查找', en: 'Find by name' },
  unit: { zh: '所属单位', en: 'Unit' },
  tasks: { zh: '任务', en: 'Tasks' },
  people: { zh: '人数', en: 'People' },
  capacity: { zh: '能力', en: 'Capacity' },
  use: { zh: '使用率', en: 'Use' },
  touchpoints: { zh: '触点', en: 'Touchpoints' },
  value: { zh: '预期价值', en: 'Expected value' },
  print: { zh: '打印清单', en: 'Print lists' },
  none: { zh: '{day}没有已发布的清单', en: 'No published list on {day}' },
  noneStep: {
    zh: '生成并发布这一天的计划，各人就能看到清单。',
    en: 'Make and publish the plan of the day; everybody then sees their list.',
  },
  plan: { zh: '去计划', en: 'Go to Plan' },
} as const

const WAYS = ['zone', 'hall', 'grid', 'person', 'campaign'] as const
type By = (typeof WAYS)[number]
type Row = Answer<typeof listWorklists>['rows'][number]

const route = getRouteApi('/console/work')

/** Who has how much to do on a day, by zone, hall, grid, person or campaign. */
export function Worklists(): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const go = route.useNavigate()
  const { branchId, unit } = usePlace()
  const { by = 'person', search, sort, cursor, page, date: asked } = route.useSearch()
  const date = useDayOfLists(asked)
  const list = useAnswer(
    listWorklists,
    {
      params: { branchId },
      query: { date: date ?? '', by, unit, search, sort, cursor, limit: 50 },
    },
    { when: date !== undefined },
  )
  const narrow = (change: {
    by?: By
    date?: string
    search?: string | undefined
    sort?: string | undefined
  }) =>
    void go({
      search: (before) => ({ ...before, ...change, cursor: undefined, page: undefined }),
    })
  const paging = usePaging(
    `lists ${JSON.stringify([date, by, unit, search, sort])}`,
    { cursor, page },
    list.data,
    (step) => void go({ search: (before) => ({ ...before, ...step }) }),
  )
  return (
    <>
      <PageTitle
        title={date ? `${say(WORDS.title)} · ${dayText(date, language)}` : say(WORDS.title)}
      >
        <LinkButton to="/work/print" search={{ date }}>
          {say(WORDS.print)}
        </LinkButton>
      </PageTitle>
      <FilterBar name={say(WORDS.filters)}>
        <Filter name={say(WORDS.by)}>
          <Segmented<By>
            aria-label={say(WORDS.by)}
            value={by}
            onChange={(chosen) => narrow({ by: chosen, sort: undefined })}
            options={WAYS.map((value) => ({ value, label: say(WORDS[value]) }))}
          />
        </Filter>
        <Filter name={say(COMMON.date)}>
          <DayInput name={say(COMMON.date)} value={date} change={(day) => narrow({ date: day })} />
        </Filter>
        <Input.Search
          aria-label={say(WORDS.search)}
          placeholder={say(WORDS.search)}
          defaultValue={search ?? ''}
          allowClear
          style={{ width: 220 }}
          onSearch={(text) => narrow({ search: text.trim() || undefined })}
        />
      </FilterBar>
      <Refused of={list}>
        <DataTable
          name={say(WORDS.title)}
          columns={columnsOf(by, date, say, language)}
          rows={list.data?.rows}
          keyOf={({ key }) => key}
          sort={{ by: sort, change: (next) => narrow({ sort: next }) }}
          paging={paging}
          empty={
            <EmptyState
              title={say(WORDS.none, { day: date ? dayText(date, language) : '' })}
              step={say(WORDS.noneStep)}
            >
              <LinkButton look="primary" to="/plan">
                {say(WORDS.plan)}
              </LinkButton>
            </EmptyState>
          }
        />
      </Refused>
    </>
  )
}

function columnsOf(
  by: By,
  date: string | undefined,
  say: Say,
  language: 'zh' | 'en',
): Column<Row>[] {
  const load: Column<Row>[] = [
    {
      id: 'capacity',
      title: say(WORDS.capacity),
      numeric: true,
      render: ({ capacity }) => (capacity === null ? '–' : countText(capacity)),
    },
    {
      id: 'use',
      title: say(WORDS.use),
      numeric: true,
      render: ({ tasks, capacity }) =>
        shareText(capacity === null ? null : shareOf(tasks, capacity)),
    },
  ]
  return [
    {
      id: 'name',
      title: say(WORDS[by]),
      sort: 'name',
      render: (row) => <Name row={row} by={by} date={date} />,
    },
    ...(by === 'person'
      ? [{ id: 'unit', title: say(WORDS.unit), render: ({ unitName }: Row) => unitName ?? '–' }]
      : []),
    {
      id: 'tasks',
      title: say(WORDS.tasks),
      numeric: true,
      sort: 'tasks',
      render: ({ tasks }) => countText(tasks),
    },
    ...(by === 'person'
      ? []
      : [
          {
            id: 'people',
            title: say(WORDS.people),
            numeric: true,
            sort: 'people',
            render: ({ people }: Row) => countText(people),
          },
        ]),
    ...(by === 'campaign' ? [] : load),
    {
      id: 'touchpoints',
      title: say(WORDS.touchpoints),
      render: ({ touchpoints }) =>
        touchpoints
          .map(({ touchpoint, tasks }) => `${say(TOUCHPOINTS[touchpoint])} ${countText(tasks)}`)
          .join(' · '),
    },
    {
      id: 'value',
      title: say(WORDS.value),
      numeric: true,
      sort: 'valueFen',
      render: ({ valueFen }) => <FigureText {...shortMoney(valueFen, language)} />,
    },
  ]
}

/** A person’s name opens the list; a unit goes one level down; a campaign shows its tasks. */
function Name({ row, by, date }: { row: Row; by: By; date: string | undefined }): ReactNode {
  const say = useSay()
  const name = say(row.name)
  if (by === 'person')
    return (
      <Link to="/work/people/$staffId" params={{ staffId: row.key }} search={{ date }}>
        {name}
      </Link>
    )
  if (by === 'campaign')
    return (
      <Link to="/work/tasks" search={{ date, campaign: row.key }}>
        {name}
      </Link>
    )
  const below = { zone: 'hall', hall: 'grid', grid: 'person' } as const
  return (
    <Link to="/work" search={{ unit: row.key, by: below[by], date }}>
      {name}
    </Link>
  )
}
