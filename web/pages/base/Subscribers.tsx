import { getRouteApi, Link } from '@tanstack/react-router'
import { Drawer, Input, Select } from 'antd'
import type { ReactNode } from 'react'
import type { z } from 'zod'
import { listSubscribers, type SubscriberRow, SubscriberStatus } from '#contract/subscribers.ts'
import { Refused } from '../../Asked.tsx'
import { useAnswer } from '../../ask.ts'
import { sharedLead } from '../../format/address.ts'
import { totalText } from '../../format/count.ts'
import { addDays, dateText, daysBetween, distanceText } from '../../format/day.ts'
import { moneyText } from '../../format/money.ts'
import { LinkButton } from '../../LinkButton.tsx'
import { type Say, useLanguage, useSay } from '../../language.ts'
import { usePaging } from '../../paging.ts'
import { usePlace } from '../../place.ts'
import { Address, AddressLead } from '../../ui/Address.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { EmptyState, Mark, type Tone } from '../../ui/Notices.tsx'
import { Filter, FilterBar, PageTitle } from '../../ui/PageTitle.tsx'
import { COMMON, STATUSES } from '../../words.ts'
import { TickedBar } from '../work/assign/TickedBar.tsx'
import { useTicked } from '../work/assign/useTicked.ts'
import { endsOf, type Filters, filtersOf, SPANS, spanOf } from './contract-filter.ts'
import { Portrait } from './Portrait.tsx'

const WORDS = {
  title: { zh: '用户列表', en: 'Subscribers' },
  total: { zh: '{total} 户', en: '{total} subscribers' },
  filters: { zh: '筛选用户', en: 'Filter subscribers' },
  search: { zh: '查找用户', en: 'Find subscribers' },
  searchHint: { zh: '编号、尾号、地址、姓名首字母', en: 'Id, number tail, address, initials' },
  status: { zh: '状态', en: 'Status' },
  contract: { zh: '合约', en: 'Contract' },
  coming: { zh: '今天起到期', en: 'Ends from today on' },
  anyEnd: { zh: '不限', en: 'Any' },
  days: { zh: '{days} 天内到期', en: 'Ends within {days} days' },
  lapsed: { zh: '已到期未续', en: 'Lapsed' },
  id: { zh: '用户编号', en: 'Subscriber' },
  name: { zh: '姓名', en: 'Name' },
  phone: { zh: '号码', en: 'Number' },
  address: { zh: '地址', en: 'Address' },
  unit: { zh: '网格', en: 'Grid' },
  plan: { zh: '套餐', en: 'Plan' },
  fee: { zh: '月费', en: 'Monthly fee' },
  end: { zh: '合约到期', en: 'Contract end' },
  arrears: { zh: '欠费', en: 'Arrears' },
  none: { zh: '没有符合条件的用户', en: 'No subscriber matches' },
  noneStep: {
    zh: '放宽筛选，或在页面上方换一个单位。',
    en: 'Widen the filters, or choose another unit on top of the page.',
  },
  empty: { zh: '还没有用户数据', en: 'There are no subscribers yet' },
  emptyStep: {
    zh: '导入 BSS 导出的用户清单即可开始。',
    en: 'Import the subscriber extract of the BSS to begin.',
  },
  import: { zh: '导入用户清单', en: 'Import subscribers' },
  portrait: { zh: '用户画像', en: 'Portrait' },
  whole: { zh: '打开整页', en: 'Open as a page' },
} as const

type Row = z.output<typeof SubscriberRow>
export const STATUS_TONES: Record<Row['status'], Tone> = {
  active: 'plain',
  suspended_by_user: 'plain',
  suspended_for_arrears: 'soon',
  pending: 'plain',
  terminated: 'plain',
}
const route = getRouteApi('/console/base')

/** The base: everybody in the unit looked at and below, sorted, narrowed and paged by the server. */
export function Subscribers(): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const go = route.useNavigate()
  const { branchId, unit, today } = usePlace()
  const search = route.useSearch()
  const { sort, cursor, page, open, unit: _unit, ...filters } = search
  const ticked = useTicked()
  const list = useAnswer(listSubscribers, {
    params: { branchId },
    query: { ...filters, ...endsOf(filters, today), unit, sort, cursor, limit: 50 },
  })
  const narrow = (change: Partial<typeof search>) =>
    void go({
      search: (before) => ({ ...before, ...change, cursor: undefined, page: undefined }),
    })
  const paging = usePaging(
    `base ${JSON.stringify([filters, unit, sort])}`,
    { cursor, page },
    list.data,
    (step) => void go({ search: (before) => ({ ...before, ...step }) }),
  )
  const show = (subscriberId: string | undefined) =>
    void go({ search: (before) => ({ ...before, open: subscriberId }) })
  const narrowed =
    Object.values({ ...filters, unit }).some((value) => value !== undefined) || list.data?.asOf
  const lead = sharedLead(list.data?.rows.map(({ address }) => address) ?? [])
  return (
    <>
      <PageTitle
        title={say(WORDS.title)}
        figure={list.data && say(WORDS.total, { total: totalText(list.data.total) })}
        asOf={list.data?.asOf && say(COMMON.asOf, { day: dateText(list.data.asOf, language) })}
      />
      <FilterBar name={say(WORDS.filters)}>
        <Input.Search
          key={filters.search}
          aria-label={say(WORDS.search)}
          placeholder={say(WORDS.searchHint)}
          defaultValue={filters.search ?? ''}
          allowClear
          style={{ width: 280 }}
          onSearch={(text) => narrow({ search: text.trim() || undefined })}
        />
        <Filter name={say(WORDS.status)}>
          <Select
            aria-label={say(WORDS.status)}
            allowClear
            placeholder={say(COMMON.all)}
            value={filters.status}
            style={{ width: 150 }}
            onChange={(status) => narrow({ status })}
            options={SubscriberStatus.options.map((value) => ({
              value,
              label: say(STATUSES[value]),
            }))}
          />
        </Filter>
        <Filter name={say(WORDS.contract)}>
          <Select
            aria-label={say(WORDS.contract)}
            value={spanOf(filters, today)}
            style={{ width: 190 }}
            onChange={(span) => narrow(filtersOf(span, today))}
            options={spanOptions(filters, today, say, language)}
          />
        </Filter>
        <AddressLead lead={lead} />
      </FilterBar>
      <Refused of={list}>
        <DataTable
          name={say(WORDS.title)}
          columns={columnsOf(say, today, lead)}
          rows={list.data?.rows}
          keyOf={({ subscriberId }) => subscriberId}
          sort={{ by: sort, change: (by) => narrow({ sort: by }) }}
          paging={paging}
          open={({ subscriberId }) => show(subscriberId)}
          chosen={open}
          ticking={ticked.ticking}
          dense
          cards
          empty={
            narrowed ? (
              <EmptyState title={say(WORDS.none)} step={say(WORDS.noneStep)} />
            ) : (
              <EmptyState title={say(WORDS.empty)} step={say(WORDS.emptyStep)}>
                <LinkButton look="primary" to="/base/imports/new">
                  {say(WORDS.import)}
                </LinkButton>
              </EmptyState>
            )
          }
        />
      </Refused>
      <TickedBar now={ticked} />
      <Drawer
        open={open !== undefined}
        onClose={() => show(undefined)}
        size={640}
        title={say(WORDS.portrait)}
        destroyOnHidden
        extra={
          open && (
            <Link to="/base/$subscriberId" params={{ subscriberId: open }}>
              {say(WORDS.whole)}
            </Link>
          )
        }
      >
        {open && <Portrait branchId={branchId} subscriberId={open} narrow />}
      </Drawer>
    </>
  )
}

function spanOptions(filters: Filters, today: string, say: Say, language: 'zh' | 'en') {
  const { endsFrom, endsTo } = filters
  const own = [endsFrom, endsTo && addDays(endsTo, -1)]
    .map((day) => (day ? dateText(day, language) : '…'))
    .join(' – ')
  return [
    { value: '', label: say(WORDS.coming) },
    ...SPANS.map((days) => ({ value: String(days), label: say(WORDS.days, { days }) })),
    { value: 'lapsed', label: say(WORDS.lapsed) },
    { value: 'all', label: say(WORDS.anyEnd) },
    ...(spanOf(filters, today) === 'days' ? [{ value: 'days', label: own }] : []),
  ]
}

function columnsOf(say: Say, today: string, lead: string): Column<Row>[] {
  return [
    {
      id: 'id',
      nowrap: true,
      title: say(WORDS.id),
      sort: 'subscriberId',
      render: ({ subscriberId }) => (
        <Link to="/base/$subscriberId" params={{ subscriberId }}>
          {subscriberId}
        </Link>
      ),
    },
    {
      id: 'name',
      nowrap: true,
      title: say(WORDS.name),
      sort: 'name',
      render: ({ name }) => name ?? '–',
    },
    { id: 'phone', nowrap: true, title: say(WORDS.phone), render: ({ phone }) => phone ?? '–' },
    {
      id: 'address',
      width: 220,
      title: say(WORDS.address),
      render: ({ address }) => <Address address={address} lead={lead} />,
    },
    { id: 'unit', width: 84, title: say(WORDS.unit), render: ({ unitName }) => unitName },
    {
      id: 'status',
      nowrap: true,
      title: say(WORDS.status),
      render: ({ status }) => <Mark tone={STATUS_TONES[status]}>{say(STATUSES[status])}</Mark>,
    },
    {
      id: 'plan',
      width: 120,
      title: say(WORDS.plan),
      render: ({ plan, product }) => plan ?? product ?? '–',
    },
    {
      id: 'fee',
      title: say(WORDS.fee),
      numeric: true,
      sort: 'monthlyFeeFen',
      render: ({ monthlyFeeFen }) => (monthlyFeeFen === null ? '–' : moneyText(monthlyFeeFen)),
    },
    {
      id: 'end',
      nowrap: true,
      title: say(WORDS.end),
      sort: 'contractEnd',
      render: ({ contractEnd, status }) =>
        contractEnd && <End on={contractEnd} today={today} over={status === 'terminated'} />,
    },
    {
      id: 'arrears',
      title: say(WORDS.arrears),
      numeric: true,
      sort: 'arrearsFen',
      render: ({ arrearsFen }) => (arrearsFen ? moneyText(arrearsFen) : '–'),
    },
  ]
}

/** A contract’s end; how near it is matters while the subscriber is one. */
function End(of: { on: string; today: string; over: boolean }): ReactNode {
  const language = useLanguage()
  const left = daysBetween(of.today, of.on)
  const tone: Tone = left < 0 ? 'late' : left <= 30 ? 'soon' : 'plain'
  return (
    <>
      {dateText(of.on, language)}{' '}
      {left <= 30 && !of.over && <Mark tone={tone}>{distanceText(left, language)}</Mark>}
    </>
  )
}
