import { getRouteApi } from '@tanstack/react-router'
import { Drawer, InputNumber } from 'antd'
import { type ReactNode, useState } from 'react'
import { readEventCoverage } from '#contract/events.ts'
import { ActionButton } from '../../ActionButton.tsx'
import { Asked } from '../../Asked.tsx'
import type { Answer } from '../../api.ts'
import { useAnswer } from '../../ask.ts'
import { countText } from '../../format/count.ts'
import { addDays, dateText } from '../../format/day.ts'
import { type Say, useLanguage, useSay } from '../../language.ts'
import { usePlace } from '../../place.ts'
import { Filter, FilterBar, PageTitle } from '../../ui/PageTitle.tsx'
import { Coverage } from './Coverage.tsx'
import { EventFile } from './EventFile.tsx'
import { EventList } from './EventList.tsx'
import { PlanEvent } from './PlanEvent.tsx'

const WORDS = {
  title: { zh: '现场活动', en: 'On-site events' },
  figure: {
    zh: '旺季应办 {due} 场，已计 {counted} 场，目前缺 {short} 场',
    en: '{counted} of {due} counted this season, {short} short so far',
  },
  season: { zh: '旺季 {from} 至 {to}', en: 'Season {from} to {to}' },
  noSeason: { zh: '这一年没有旺季', en: 'This year has no season' },
  filters: { zh: '筛选活动', en: 'Filter the events' },
  year: { zh: '春节年份', en: 'Spring festival of' },
  plan: { zh: '安排活动', en: 'Plan an event' },
  file: { zh: '现场活动', en: 'On-site event' },
} as const

const route = getRouteApi('/console/work/events')

/** Which hall held how many events in which week of the season, and every event with its proof. */
export function Events(): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const go = route.useNavigate()
  const { branchId, unit } = usePlace()
  const { year, hall, week, open } = route.useSearch()
  const [planning, setPlanning] = useState(false)
  const coverage = useAnswer(readEventCoverage, { params: { branchId }, query: { unit, year } })
  const narrow = (change: {
    year?: number
    hall?: string | undefined
    week?: string | undefined
  }) =>
    void go({
      search: (before) => ({ ...before, ...change, cursor: undefined, page: undefined }),
    })
  const known = coverage.data
  return (
    <>
      <PageTitle
        title={say(WORDS.title)}
        figure={known && figureOf(known, say)}
        asOf={known && seasonOf(known, say, language)}
      >
        <ActionButton type="primary" needs="event:plan" onClick={() => setPlanning(true)}>
          {say(WORDS.plan)}
        </ActionButton>
      </PageTitle>
      <FilterBar name={say(WORDS.filters)}>
        <Filter name={say(WORDS.year)}>
          <InputNumber
            aria-label={say(WORDS.year)}
            min={2000}
            max={2100}
            precision={0}
            value={year ?? known?.year ?? null}
            onChange={(to) => to && narrow({ year: to, hall: undefined, week: undefined })}
          />
        </Filter>
      </FilterBar>
      <Asked of={coverage}>
        {(found) => (
          <Coverage
            known={found}
            chosen={{ hall, week }}
            choose={(cell) => narrow(cell ?? { hall: undefined, week: undefined })}
          />
        )}
      </Asked>
      <EventList days={known?.weeks.find((each) => each.week === week)} />
      {planning && <PlanEvent branchId={branchId} hall={hall} done={() => setPlanning(false)} />}
      <Drawer
        open={open !== undefined}
        onClose={() => void go({ search: (before) => ({ ...before, open: undefined }) })}
        size={560}
        title={say(WORDS.file)}
        destroyOnHidden
      >
        {open && <EventFile branchId={branchId} eventId={open} />}
      </Drawer>
    </>
  )
}

type Known = Answer<typeof readEventCoverage>

const figureOf = ({ sum }: Known, say: Say) =>
  say(WORDS.figure, {
    ...{ due: countText(sum.due), counted: countText(sum.counted), short: countText(sum.short) },
  })

function seasonOf({ season, weeks }: Known, say: Say, language: 'zh' | 'en'): string {
  if (weeks.length === 0) return say(WORDS.noSeason)
  return say(WORDS.season, {
    from: dateText(season.from, language),
    to: dateText(addDays(season.to, -1), language),
  })
}
