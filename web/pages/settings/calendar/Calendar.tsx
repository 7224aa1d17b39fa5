import { getRouteApi } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { readCalendar } from '#contract/calendar.ts'
import { Asked } from '../../../Asked.tsx'
import type { Answer } from '../../../api.ts'
import { useAnswer } from '../../../ask.ts'
import { countText } from '../../../format/count.ts'
import { useSay } from '../../../language.ts'
import { usePlace } from '../../../place.ts'
import { Warnings } from '../../../ui/Notices.tsx'
import { PageTitle } from '../../../ui/PageTitle.tsx'
import { COMMON } from '../../../words.ts'
import css from './calendar.module.css'
import { DayPanel } from './DayPanel.tsx'
import { Holidays, SolarTerms } from './Holidays.tsx'
import { Seasons } from './Seasons.tsx'
import { VisitTimes } from './VisitTimes.tsx'
import { Legend, YearGrid } from './YearGrid.tsx'
import { workingDays } from './year-grid.ts'

const WORDS = {
  title: { zh: '日历与农时', en: 'Calendar and seasons' },
  year: { zh: '{year} 年', en: '{year}' },
  previous: { zh: '上一年', en: 'Previous year' },
  next: { zh: '下一年', en: 'Next year' },
  working: { zh: '{count} 个工作日', en: '{count} working days' },
} as const

const FIRST_YEAR = 2000
const LAST_YEAR = 2100
const route = getRouteApi('/console/settings/calendar')

/** When people work and when households are at home: a year of days, seasons and visit windows. */
export function Calendar(): ReactNode {
  const say = useSay()
  const go = route.useNavigate()
  const { branchId, today } = usePlace()
  const asked = route.useSearch()
  const year = asked.year ?? Number((asked.day ?? today).slice(0, 4))
  const calendar = useAnswer(readCalendar, { params: { branchId, year } })
  const turn = (by: number) => void go({ search: { year: year + by, day: undefined } })
  return (
    <>
      <PageTitle
        title={`${say(WORDS.title)} · ${say(WORDS.year, { year })}`}
        figure={
          calendar.data && say(WORDS.working, { count: countText(workingDays(calendar.data.days)) })
        }
      >
        <span className={css.years}>
          <Button disabled={year <= FIRST_YEAR} onClick={() => turn(-1)}>
            {say(WORDS.previous)}
          </Button>
          <Button disabled={year >= LAST_YEAR} onClick={() => turn(1)}>
            {say(WORDS.next)}
          </Button>
        </span>
      </PageTitle>
      <Asked of={calendar} lines={16}>
        {(known) => (
          <Shown
            known={known}
            year={Number(known.days[0]?.day.slice(0, 4) ?? year)}
            branchId={branchId}
            today={today}
            chosen={asked.day ?? (today.startsWith(`${year}-`) ? today : `${year}-01-01`)}
            choose={(day) => void go({ search: { year, day }, replace: true, resetScroll: false })}
          />
        )}
      </Asked>
    </>
  )
}

function Shown(of: {
  known: Answer<typeof readCalendar>
  year: number
  branchId: string
  today: string
  chosen: string
  choose: (day: string) => void
}): ReactNode {
  const say = useSay()
  const { known, branchId } = of
  const day = known.days.find((one) => one.day === of.chosen)
  return (
    <>
      <Warnings name={say(COMMON.warnings)} lines={known.warnings.map(({ text }) => say(text))} />
      <Legend />
      <div className={css.page}>
        <YearGrid
          year={of.year}
          days={known.days}
          seasons={known.seasons}
          today={of.today}
          chosen={of.chosen}
          choose={of.choose}
        />
        <div className={css.beside}>
          {day && (
            <DayPanel
              branchId={branchId}
              day={day}
              seasons={known.seasons}
              windows={known.windows}
            />
          )}
        </div>
      </div>
      <div style={{ height: 16 }} />
      <Seasons branchId={branchId} seasons={known.seasons} />
      <VisitTimes branchId={branchId} windows={known.windows} quietHours={known.quietHours} />
      <Holidays days={known.days} />
      <SolarTerms days={known.days} choose={of.choose} />
    </>
  )
}
