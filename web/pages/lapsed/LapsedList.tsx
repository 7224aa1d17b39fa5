import { getRouteApi } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import type { ReactNode } from 'react'
import { LapseReason, LapseStanding, listLapsed, ReasonKnown } from '#contract/lapsed.ts'
import { Refused } from '../../Asked.tsx'
import type { Answer } from '../../api.ts'
import { useAnswer } from '../../ask.ts'
import { sharedLead } from '../../format/address.ts'
import { totalText } from '../../format/count.ts'
import { dateText, daysBetween, distanceText } from '../../format/day.ts'
import { moneyText } from '../../format/money.ts'
import { type Say, useLanguage, useSay } from '../../language.ts'
import { usePaging } from '../../paging.ts'
import { usePlace } from '../../place.ts'
import { Address, AddressLead } from '../../ui/Address.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { EmptyState, Mark } from '../../ui/Notices.tsx'
import { Filter, FilterBar, Part } from '../../ui/PageTitle.tsx'
import { COMMON, REASONS } from '../../words.ts'
import { TickedBar } from '../work/assign/TickedBar.tsx'
import { useTicked } from '../work/assign/useTicked.ts'
import { endsOfSpan, isSpan, SPAN_NAMES } from './spans.ts'
import { DETAILS, KNOWN, OVER, STANDINGS, WON_BY } from './words.ts'

const WORDS = {
  title: { zh: '失效用户', en: 'Subscribers who lapsed' },
  members: { zh: '这次走访的用户', en: 'Whom the sweep goes to' },
  everybody: { zh: '看这里全部失效用户', en: 'Everybody who lapsed here' },
  filters: { zh: '筛选失效用户', en: 'Filter the lapsed' },
  standing: { zh: '状态', en: 'State' },
  known: { zh: '原因', en: 'Reason' },
  reason: { zh: '哪种原因', en: 'Which reason' },
  span: { zh: '失效时长', en: 'Lapsed for' },
  who: { zh: '用户', en: 'Subscriber' },
  address: { zh: '地址', en: 'Address' },
  contract: { zh: '最后合约', en: 'Last contract' },
  fee: { zh: '月费', en: 'Monthly fee' },
  ended: { zh: '到期', en: 'Ended' },
  why: { zh: '原因', en: 'Reason' },
  unasked: { zh: '还没有人问', en: 'Nobody has asked' },
  now: { zh: '状态', en: 'State' },
  sweep: { zh: '下次走访 {day}', en: 'Sweep on {day}' },
  none: { zh: '没有符合条件的失效用户', en: 'Nobody who lapsed matches' },
  noneStep: { zh: '放宽筛选，或换一个地点。', en: 'Widen the filters, or choose another place.' },
} as const

type Row = Answer<typeof listLapsed>['rows'][number]
const route = getRouteApi('/console/base/lapsed')

/** The register, narrowed by the filters of the address, a page at a time. */
export function LapsedList(): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const go = route.useNavigate()
  const { branchId, unit, today } = usePlace()
  const search = route.useSearch()
  const { sort, cursor, page, open, span, unit: _unit, ...filters } = search
  const ticked = useTicked()
  const list = useAnswer(listLapsed, {
    params: { branchId },
    query: {
      ...{ ...filters, unit, sort, cursor, limit: 50 },
      ...(isSpan(span) ? endsOfSpan(span, today) : {}),
    },
  })
  const narrow = (change: Partial<typeof search>) =>
    void go({ search: (before) => ({ ...before, ...change, cursor: undefined, page: undefined }) })
  const paging = usePaging(
    `lapsed ${JSON.stringify([filters, span, unit, sort])}`,
    { cursor, page },
    list.data,
    (step) => void go({ search: (before) => ({ ...before, ...step }) }),
  )
  const lead = sharedLead(list.data?.rows.map(({ address }) => address) ?? [])
  return (
    <Part
      title={say(filters.sweep ? WORDS.members : WORDS.title)}
      note={list.data && totalText(list.data.total)}
    >
      <FilterBar name={say(WORDS.filters)}>
        {filters.sweep === undefined && (
          <Choice
            name={say(WORDS.standing)}
            value={filters.standing ?? 'lapsed'}
            options={LapseStanding.options.map((value) => ({
              value,
              label: say(STANDINGS[value]),
            }))}
            change={(standing) =>
              narrow({ standing: standing === 'lapsed' ? undefined : standing })
            }
          />
        )}
        <Choice
          name={say(WORDS.known)}
          value={filters.known}
          options={ReasonKnown.options.map((value) => ({ value, label: say(KNOWN[value]) }))}
          change={(known) => narrow({ known })}
          clearable
        />
        <Choice
          name={say(WORDS.reason)}
          value={filters.reason}
          options={LapseReason.options.map((value) => ({ value, label: say(REASONS[value]) }))}
          change={(reason) => narrow({ reason })}
          clearable
        />
        <Choice
          name={say(WORDS.span)}
          value={isSpan(span) ? span : undefined}
          options={SPAN_NAMES.map(({ span: value, name }) => ({ value, label: say(name) }))}
          change={(to) => narrow({ span: to })}
          clearable
        />
        {filters.sweep && (
          <Button onClick={() => narrow({ sweep: undefined })}>{say(WORDS.everybody)}</Button>
        )}
        <AddressLead lead={lead} />
      </FilterBar>
      <Refused of={list}>
        <DataTable
          name={say(WORDS.title)}
          dense
          cards
          rows={list.data?.rows}
          keyOf={({ lapseId }) => lapseId}
          open={({ subscriberId }) =>
            void go({ search: (before) => ({ ...before, open: subscriberId }) })
          }
          chosen={list.data?.rows.find(({ subscriberId }) => subscriberId === open)?.lapseId}
          sort={{ by: sort, change: (by) => narrow({ sort: by }) }}
          paging={paging}
          ticking={ticked.ticking}
          empty={<EmptyState title={say(WORDS.none)} step={say(WORDS.noneStep)} />}
          columns={columnsOf({ say, language, today, lead })}
        />
      </Refused>
      <TickedBar now={ticked} kind="lapsed_sweep" />
    </Part>
  )
}

/** One of several, or none of them where it can be cleared. */
function Choice<Value extends string>(of: {
  name: string
  value: Value | undefined
  options: { value: Value; label: string }[]
  change: (value: Value | undefined) => void
  clearable?: boolean
}): ReactNode {
  const say = useSay()
  return (
    <Filter name={of.name}>
      <Select
        aria-label={of.name}
        allowClear={of.clearable ?? false}
        placeholder={say(COMMON.all)}
        value={of.value}
        onChange={(value: Value | undefined) => of.change(value)}
        options={of.options}
        style={{ width: 140 }}
      />
    </Filter>
  )
}

/** Why, in a word or two; or that nobody has asked. */
export function Why({ told }: Pick<Row, 'told'>): ReactNode {
  const say = useSay()
  if (told === null) return <Mark tone="soon">{say(WORDS.unasked)}</Mark>
  return (
    <>
      {say(REASONS[told.reason])}
      {told.detail && <small> {say(DETAILS[told.detail])}</small>}
    </>
  )
}

/** How a lapse stands, and by what. */
export function Standing({ row }: { row: Row }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const { standing, wonBack, over, doubts, nextSweepOn } = row
  const { tone, detail } = {
    lapsed: {
      tone: 'plain' as const,
      detail: nextSweepOn && say(WORDS.sweep, { day: dateText(nextSweepOn, language) }),
    },
    'won-back': { tone: 'good' as const, detail: wonBack && say(WON_BY[wonBack.by]) },
    over: { tone: 'plain' as const, detail: over && say(OVER[over]) },
  }[standing]
  return (
    <>
      <Mark tone={tone}>{say(STANDINGS[standing])}</Mark>
      {detail && <small> {detail}</small>}
      {doubts.map(({ code, text }) => (
        <div key={code}>
          <small>{say(text)}</small>
        </div>
      ))}
    </>
  )
}

function columnsOf(of: {
  say: Say
  language: 'zh' | 'en'
  today: string
  lead: string
}): Column<Row>[] {
  const { say, language, today, lead } = of
  return [
    {
      id: 'who',
      title: say(WORDS.who),
      nowrap: true,
      render: ({ name, subscriberId, phone }) => (
        <>
          {name ?? subscriberId} <small>{phone}</small>
        </>
      ),
    },
    {
      id: 'address',
      title: say(WORDS.address),
      width: 180,
      render: ({ address, placeName }) =>
        address ? <Address address={address} lead={lead} /> : (placeName ?? '–'),
    },
    {
      id: 'contract',
      title: say(WORDS.contract),
      width: 120,
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
      id: 'ended',
      title: say(WORDS.ended),
      nowrap: true,
      sort: 'contractEnd',
      render: ({ contractEnd }) => (
        <>
          {dateText(contractEnd, language)}{' '}
          <small>{distanceText(daysBetween(today, contractEnd), language)}</small>
        </>
      ),
    },
    { id: 'why', title: say(WORDS.why), render: ({ told }) => <Why told={told} /> },
    { id: 'now', title: say(WORDS.now), render: (row) => <Standing row={row} /> },
  ]
}
