import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { listImports } from '#contract/imports.ts'
import { Asked } from '../../Asked.tsx'
import { useAnswer } from '../../ask.ts'
import { countText } from '../../format/count.ts'
import { addDays, dayText } from '../../format/day.ts'
import { shareOf, shareText } from '../../format/share.ts'
import { useLanguage, useSay } from '../../language.ts'
import { usePlace } from '../../place.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Columns, EmptyState, Mark } from '../../ui/Notices.tsx'
import { PageTitle, Part } from '../../ui/PageTitle.tsx'
import { PLAN_STATES } from '../../words.ts'
import { ImportsTable } from '../imports/ImportsTable.tsx'
import { type Plan, planFor } from '../plan/latest.ts'
import { PlanFunnel } from '../plan/PlanFunnel.tsx'
import { useLatestPlans } from '../plan/useLatestPlans.ts'
import { CalendarHint } from './CalendarHint.tsx'
import { Step } from './Step.tsx'

const WORDS = {
  title: { zh: '今日', en: 'Today' },
  plans: { zh: '今明两天的计划', en: 'Plans of today and tomorrow' },
  day: { zh: '日期', en: 'Day' },
  today: { zh: '今天', en: 'Today' },
  tomorrow: { zh: '明天', en: 'Tomorrow' },
  state: { zh: '状态', en: 'State' },
  none: { zh: '尚未生成', en: 'Not made yet' },
  assigned: { zh: '已派到人', en: 'Assigned' },
  share: { zh: '派发率', en: 'Share assigned' },
  open: { zh: '打开', en: 'Open' },
  overview: { zh: '计划', en: 'Plan' },
  lists: { zh: '清单', en: 'Lists' },
  imports: { zh: '最近的数据', en: 'Latest files' },
  importsAll: { zh: '全部导入记录', en: 'All imports' },
  noImports: { zh: '还没有导入过数据', en: 'No file was imported yet' },
  noImportsStep: {
    zh: '先导入组织、人员和用户清单。',
    en: 'Start with organisation, staff and subscribers.',
  },
  noPlan: { zh: '没有可看的计划', en: 'No plan to show' },
  noPlanStep: {
    zh: '生成明天的计划后，这里显示漏斗。',
    en: 'The funnel of the plan of tomorrow will stand here.',
  },
  funnel: { zh: '{day} 的计划', en: 'Plan of {day}' },
} as const

/** The morning page: what is done, what is not, and the one thing to do next. */
export function Today(): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const { branchId, today } = usePlace()
  const plans = useLatestPlans(branchId)
  const imports = useAnswer(listImports, { params: { branchId }, query: { limit: 6 } })
  const rows = plans.data?.rows ?? []
  const tomorrow = addDays(today, 1)
  const shown = planFor(rows, today) ?? planFor(rows, tomorrow) ?? rows[0]
  return (
    <>
      <PageTitle title={`${say(WORDS.title)} · ${dayText(today, language)}`} />
      {plans.data && imports.data && (
        <Step
          plans={rows}
          hasSubscribers={
            imports.data.rows.some(
              ({ kind, state }) => kind === 'subscribers' && state !== 'withdrawn',
            ) || rows.length > 0
          }
        />
      )}
      <Columns>
        <div>
          <Part title={say(WORDS.plans)}>
            <Asked of={plans} lines={3}>
              {() => (
                <TwoDays
                  days={[
                    { day: today, name: say(WORDS.today), plan: planFor(rows, today) },
                    { day: tomorrow, name: say(WORDS.tomorrow), plan: planFor(rows, tomorrow) },
                  ]}
                />
              )}
            </Asked>
          </Part>
          <Part
            title={say(WORDS.imports)}
            actions={<Link to="/base/imports">{say(WORDS.importsAll)}</Link>}
          >
            <Asked of={imports} lines={4}>
              {({ rows: latest }) => (
                <ImportsTable
                  brief
                  rows={latest}
                  empty={
                    <EmptyState title={say(WORDS.noImports)} step={say(WORDS.noImportsStep)} />
                  }
                />
              )}
            </Asked>
          </Part>
        </div>
        <CalendarHint branchId={branchId} today={today} />
      </Columns>
      <Part
        title={
          shown ? say(WORDS.funnel, { day: dayText(shown.date, language) }) : say(WORDS.overview)
        }
      >
        <Asked of={plans}>
          {() =>
            shown ? (
              <PlanFunnel planId={shown.planId} counts={shown.counts} />
            ) : (
              <EmptyState title={say(WORDS.noPlan)} step={say(WORDS.noPlanStep)} />
            )
          }
        </Asked>
      </Part>
    </>
  )
}

type DayPlan = Readonly<{ day: string; name: string; plan: Plan | undefined }>

function TwoDays({ days }: { days: readonly DayPlan[] }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const figure = (plan: Plan | undefined, of: (plan: Plan) => string) => (plan ? of(plan) : '–')
  return (
    <DataTable
      name={say(WORDS.plans)}
      dense
      rows={days}
      keyOf={({ day }) => day}
      empty={null}
      columns={[
        {
          id: 'day',
          nowrap: true,
          title: say(WORDS.day),
          render: ({ name, day }) => `${name} · ${dayText(day, language)}`,
        },
        {
          id: 'state',
          title: say(WORDS.state),
          render: ({ plan }) => (
            <Mark tone={plan?.state === 'published' ? 'good' : 'soon'}>
              {plan ? say(PLAN_STATES[plan.state]) : say(WORDS.none)}
            </Mark>
          ),
        },
        {
          id: 'assigned',
          title: say(WORDS.assigned),
          numeric: true,
          render: ({ plan }) => figure(plan, ({ counts }) => countText(counts.assigned)),
        },
        {
          id: 'share',
          title: say(WORDS.share),
          numeric: true,
          render: ({ plan }) =>
            figure(plan, ({ counts }) => shareText(shareOf(counts.assigned, counts.candidates))),
        },
        {
          id: 'open',
          nowrap: true,
          title: say(WORDS.open),
          render: ({ plan }) =>
            plan && (
              <>
                <Link to="/plan" search={{ plan: plan.planId }}>
                  {say(WORDS.overview)}
                </Link>
                {plan.state === 'published' && (
                  <>
                    {' · '}
                    <Link to="/work" search={{ date: plan.date }}>
                      {say(WORDS.lists)}
                    </Link>
                  </>
                )}
              </>
            ),
        },
      ]}
    />
  )
}
