import { getRouteApi, Link } from '@tanstack/react-router'
import { Select } from 'antd'
import { type ReactNode, useState } from 'react'
import type { Language } from '#contract/language.ts'
import { readPlan } from '#contract/plans.ts'
import { Asked } from '../../Asked.tsx'
import type { Answer } from '../../api.ts'
import { useAnswer } from '../../ask.ts'
import { countText } from '../../format/count.ts'
import { dayText, instantText } from '../../format/day.ts'
import { LinkButton } from '../../LinkButton.tsx'
import { type Say, useLanguage, useSay } from '../../language.ts'
import { usePlace } from '../../place.ts'
import { EmptyState, Mark, Warnings } from '../../ui/Notices.tsx'
import { Filter, FilterBar, PageTitle, Part } from '../../ui/PageTitle.tsx'
import { COMMON, PLAN_STATES } from '../../words.ts'
import { Comparison } from './Comparison.tsx'
import { type Plan, planToShow } from './latest.ts'
import { MakePlan } from './MakePlan.tsx'
import { PlanActions } from './PlanActions.tsx'
import { PlanFunnel } from './PlanFunnel.tsx'
import { ByCampaign, ByUnit, Capacity, Imbalances } from './PlanTables.tsx'
import { useLatestPlans } from './useLatestPlans.ts'

const WORDS = {
  title: { zh: '计划总览', en: 'Plan overview' },
  plan: { zh: '计划', en: 'Plan' },
  none: { zh: '还没有计划', en: 'There is no plan yet' },
  noneStep: {
    zh: '导入用户清单后，生成一天的计划，看清每户由谁去、为什么去。',
    en: 'Import the subscribers, then make the plan of a day: who goes where, and why.',
  },
  import: { zh: '导入数据', en: 'Import files' },
  assigned: { zh: '已派 {count} 项', en: '{count} tasks assigned' },
  made: {
    zh: '数据截至 {day}，{by} 于 {at} 生成',
    en: 'data as of {day}, made by {by} at {at}',
  },
  published: { zh: '{by} 于 {at} 发布', en: 'published by {by} at {at}' },
  funnel: { zh: '从在册用户到清单', en: 'From the base to the lists' },
  lists: { zh: '看这一天的清单', en: 'Lists of this day' },
} as const

const route = getRouteApi('/console/plan')

export function Overview(): ReactNode {
  const say = useSay()
  const { branchId, today } = usePlace()
  const { plan: asked } = route.useSearch()
  const plans = useLatestPlans(branchId)
  const rows = plans.data?.rows ?? []
  const planId = asked ?? planToShow(rows, today)?.planId
  return (
    <>
      {plans.data && !planId && (
        <>
          <PageTitle title={say(WORDS.title)} />
          <EmptyState title={say(WORDS.none)} step={say(WORDS.noneStep)}>
            <LinkButton to="/base/imports">{say(WORDS.import)}</LinkButton>
          </EmptyState>
          <MakePlan branchId={branchId} today={today} />
        </>
      )}
      {(planId || !plans.data) && (
        <Asked of={plans}>
          {() => <OnePlan key={planId} planId={planId ?? ''} plans={rows} branchId={branchId} />}
        </Asked>
      )}
    </>
  )
}

function OnePlan(of: { planId: string; plans: readonly Plan[]; branchId: string }): ReactNode {
  const { unit, today } = usePlace()
  const plan = useAnswer(readPlan, {
    params: { branchId: of.branchId, planId: of.planId },
    query: { unit },
  })
  return (
    <>
      <Asked of={plan} lines={12}>
        {(known) => <Shown plan={known} plans={of.plans} branchId={of.branchId} />}
      </Asked>
      <MakePlan branchId={of.branchId} today={today} />
    </>
  )
}

type Known = Answer<typeof readPlan>

function Shown(of: { plan: Known; plans: readonly Plan[]; branchId: string }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const go = route.useNavigate()
  const { plan, plans, branchId } = of
  const [busy, setBusy] = useState(false)
  return (
    <>
      <PageTitle
        title={`${say(WORDS.title)} · ${dayText(plan.date, language)}`}
        figure={
          <>
            <Mark tone={plan.state === 'published' ? 'good' : 'soon'}>
              {say(PLAN_STATES[plan.state])}
            </Mark>{' '}
            {say(WORDS.assigned, { count: countText(plan.counts.assigned) })}
          </>
        }
        asOf={historyText(plan, say, language)}
      >
        <PlanActions plan={plan} branchId={branchId} busy={busy} setBusy={setBusy} />
      </PageTitle>
      <FilterBar name={say(WORDS.plan)}>
        <Filter name={say(WORDS.plan)}>
          <Select
            aria-label={say(WORDS.plan)}
            value={plan.planId}
            style={{ width: 260 }}
            onChange={(planId) => void go({ search: (before) => ({ ...before, plan: planId }) })}
            options={plans.map(({ planId, date, state }) => ({
              value: planId,
              label: `${dayText(date, language)} · ${say(PLAN_STATES[state])}`,
            }))}
          />
        </Filter>
        <Link to="/work" search={{ date: plan.date }}>
          {say(WORDS.lists)}
        </Link>
      </FilterBar>
      <Warnings name={say(COMMON.warnings)} lines={plan.warnings.map(({ text }) => say(text))} />
      <Part title={say(WORDS.funnel)}>
        <PlanFunnel planId={plan.planId} counts={plan.counts} />
      </Part>
      <ByUnit rows={plan.byUnit} />
      <ByCampaign planId={plan.planId} rows={plan.byCampaign} />
      <Capacity rows={plan.capacity} />
      <Imbalances rows={plan.imbalances} date={plan.date} />
      <Comparison branchId={branchId} planId={plan.planId} />
    </>
  )
}

/** From which data a plan was made, by whom and when; and who has published it. */
function historyText(plan: Plan, say: Say, language: Language): string {
  const made = say(WORDS.made, {
    day: dayText(plan.snapshotDate, language),
    by: say(plan.madeByName),
    at: instantText(plan.madeAt, language),
  })
  if (!plan.publishedAt || !plan.publishedByName) return made
  const at = instantText(plan.publishedAt, language)
  return `${made} · ${say(WORDS.published, { by: say(plan.publishedByName), at })}`
}
