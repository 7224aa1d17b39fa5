import { getRouteApi, Link } from '@tanstack/react-router'
import { Select } from 'antd'
import type { ReactNode } from 'react'
import type { z } from 'zod'
import { type DecisionRow, listDecisions, Outcome, readPlan } from '#contract/plans.ts'
import { Refused } from '../../Asked.tsx'
import { useAnswer } from '../../ask.ts'
import { sharedLead } from '../../format/address.ts'
import { dayText } from '../../format/day.ts'
import { LinkButton } from '../../LinkButton.tsx'
import { useLanguage, useSay } from '../../language.ts'
import { usePaging } from '../../paging.ts'
import { usePlace } from '../../place.ts'
import { Address, AddressLead } from '../../ui/Address.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { EmptyState, Mark, type Tone } from '../../ui/Notices.tsx'
import { Filter, FilterBar, PageTitle } from '../../ui/PageTitle.tsx'
import { COMMON, OUTCOMES } from '../../words.ts'
import { planToShow } from './latest.ts'
import { useLatestPlans } from './useLatestPlans.ts'

const WORDS = {
  title: { zh: '决策明细', en: 'Decisions' },
  filters: { zh: '筛选决策', en: 'Filter decisions' },
  outcome: { zh: '结果', en: 'Outcome' },
  reason: { zh: '原因', en: 'Reason' },
  campaign: { zh: '活动', en: 'Campaign' },
  subscriber: { zh: '用户', en: 'Subscriber' },
  address: { zh: '地址', en: 'Address' },
  until: { zh: '到何时', en: 'Until' },
  priority: { zh: '优先级', en: 'Priority' },
  back: { zh: '回到计划总览', en: 'Back to the overview' },
  none: { zh: '没有符合条件的决策', en: 'No decision matches' },
  noneStep: { zh: '放宽筛选，或换一份计划。', en: 'Widen the filters, or choose another plan.' },
  ofPlan: { zh: '{day} 的计划', en: 'plan of {day}' },
} as const

const TONES: Record<z.output<typeof Outcome>, Tone> = {
  assigned: 'good',
  unassigned: 'soon',
  suppressed: 'plain',
  'held-out': 'plain',
  outranked: 'plain',
}

const route = getRouteApi('/console/plan/decisions')

/** What lies behind a number of the funnel: one line a subscriber and campaign, with the reason. */
export function Decisions(): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const go = route.useNavigate()
  const { branchId, unit, today } = usePlace()
  const { plan: asked, outcome, reason, campaign, sort, cursor, page } = route.useSearch()
  const plans = useLatestPlans(branchId)
  const planId = asked ?? planToShow(plans.data?.rows ?? [], today)?.planId
  const params = { branchId, planId: planId ?? '' }
  const plan = useAnswer(readPlan, { params, query: {} }, { when: planId !== undefined })
  const filters = { outcome, reason, campaign, unit }
  const list = useAnswer(
    listDecisions,
    { params, query: { ...filters, sort, cursor, limit: 50 } },
    { when: planId !== undefined },
  )
  const narrow = (change: Partial<typeof filters>) =>
    void go({
      search: (before) => ({ ...before, ...change, cursor: undefined, page: undefined }),
    })
  const paging = usePaging(
    `decisions ${JSON.stringify([planId, filters, sort])}`,
    { cursor, page },
    list.data,
    (step) => void go({ search: (before) => ({ ...before, ...step }) }),
  )
  const losses = [...(plan.data?.counts.suppressed ?? []), ...(plan.data?.counts.unassigned ?? [])]
  const lead = sharedLead(list.data?.rows.map(({ address }) => address) ?? [])
  return (
    <>
      <PageTitle
        title={say(WORDS.title)}
        asOf={plan.data && say(WORDS.ofPlan, { day: dayText(plan.data.date, language) })}
      >
        <LinkButton to="/plan" search={{ plan: planId }}>
          {say(WORDS.back)}
        </LinkButton>
      </PageTitle>
      <FilterBar name={say(WORDS.filters)}>
        <Filter name={say(WORDS.outcome)}>
          <Select
            aria-label={say(WORDS.outcome)}
            allowClear
            placeholder={say(COMMON.all)}
            value={outcome}
            style={{ width: 180 }}
            onChange={(chosen) => narrow({ outcome: chosen, reason: undefined })}
            options={Outcome.options.map((value) => ({ value, label: say(OUTCOMES[value]) }))}
          />
        </Filter>
        <Filter name={say(WORDS.reason)}>
          <Select
            aria-label={say(WORDS.reason)}
            allowClear
            placeholder={say(COMMON.all)}
            value={reason}
            style={{ width: 240 }}
            onChange={(chosen) => narrow({ reason: chosen })}
            options={losses.map((loss) => ({ value: loss.reason, label: say(loss.text) }))}
          />
        </Filter>
        <Filter name={say(WORDS.campaign)}>
          <Select
            aria-label={say(WORDS.campaign)}
            allowClear
            placeholder={say(COMMON.all)}
            value={campaign}
            style={{ width: 220 }}
            onChange={(chosen) => narrow({ campaign: chosen })}
            options={(plan.data?.byCampaign ?? []).map((one) => ({
              value: one.campaign,
              label: say(one.name),
            }))}
          />
        </Filter>
        <AddressLead lead={lead} />
      </FilterBar>
      <Refused of={list}>
        <DataTable
          name={say(WORDS.title)}
          columns={columns(say, language, lead)}
          rows={list.data?.rows}
          keyOf={({ subscriberId, campaign: of }) => `${subscriberId} ${of}`}
          sort={{
            by: sort,
            change: (by) =>
              void go({
                search: (before) => ({ ...before, sort: by, cursor: undefined, page: undefined }),
              }),
          }}
          paging={paging}
          empty={<EmptyState title={say(WORDS.none)} step={say(WORDS.noneStep)} />}
        />
      </Refused>
    </>
  )
}

function columns(
  say: ReturnType<typeof useSay>,
  language: 'zh' | 'en',
  lead: string,
): Column<z.output<typeof DecisionRow>>[] {
  return [
    {
      id: 'subscriber',
      nowrap: true,
      title: say(WORDS.subscriber),
      render: ({ subscriberId, name }) => (
        <>
          <Link to="/base/$subscriberId" params={{ subscriberId }}>
            {subscriberId}
          </Link>
          {name && <div>{name}</div>}
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
      id: 'campaign',
      nowrap: true,
      title: say(WORDS.campaign),
      render: ({ campaignName }) => say(campaignName),
    },
    {
      id: 'outcome',
      nowrap: true,
      title: say(WORDS.outcome),
      render: ({ outcome }) => <Mark tone={TONES[outcome]}>{say(OUTCOMES[outcome])}</Mark>,
    },
    {
      id: 'reason',
      width: 220,
      title: say(WORDS.reason),
      render: ({ reason }) => (reason ? say(reason.text) : '–'),
    },
    {
      id: 'until',
      nowrap: true,
      title: say(WORDS.until),
      render: ({ until }) => (until ? dayText(until, language) : '–'),
    },
    {
      id: 'priority',
      title: say(WORDS.priority),
      numeric: true,
      sort: 'priority',
      oneWay: true,
      render: ({ priority }) => priority?.toFixed(2) ?? '–',
    },
  ]
}
