import { getRouteApi } from '@tanstack/react-router'
import { Button, Drawer, Select } from 'antd'
import type { ReactNode } from 'react'
import { readVisitFlags, VISIT_DAYS, VisitFlag, VisitStanding } from '#contract/visits.ts'
import { Refused } from '../../Asked.tsx'
import type { Answer } from '../../api.ts'
import { useAnswer } from '../../ask.ts'
import { countText, totalText } from '../../format/count.ts'
import { addDays, dayText } from '../../format/day.ts'
import { LinkButton } from '../../LinkButton.tsx'
import { type Say, useLanguage, useSay } from '../../language.ts'
import { usePaging } from '../../paging.ts'
import { usePlace } from '../../place.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { Filter, FilterBar, PageTitle, Part } from '../../ui/PageTitle.tsx'
import { COMMON } from '../../words.ts'
import { VisitPeople } from './VisitPeople.tsx'
import { VisitSheet } from './VisitSheet.tsx'
import { VisitTable } from './VisitTable.tsx'
import { FLAGS, STANDINGS } from './visit-words.ts'

const WORDS = {
  title: { zh: '走访核实', en: 'Visits to look at' },
  figure: {
    zh: '{visits} 次上门，{flagged} 次值得看一眼，{unseen} 次未看',
    en: '{flagged} of {visits} visits to look at, {unseen} not seen yet',
  },
  note: {
    zh: '只供了解情况，不自动作处罚依据',
    en: 'to find out what happened; no penalty follows by itself',
  },
  board: { zh: '实时看板', en: 'Live board' },
  filters: { zh: '筛选走访', en: 'Filter visits' },
  from: { zh: '从', en: 'From' },
  to: { zh: '到', en: 'To' },
  week: { zh: '近 7 天', en: 'Last 7 days' },
  flag: { zh: '原因', en: 'Why' },
  standing: { zh: '意见', en: 'Verdict' },
  everybody: { zh: '看所有人', en: 'Everybody' },
  people: { zh: '按人员', en: 'By person' },
  peopleNote: { zh: '点一个人，只看此人的走访', en: 'choose a person to see those visits alone' },
  visits: { zh: '走访', en: 'Visits' },
  sheet: { zh: '走访', en: 'Visit' },
} as const

type Shown = Answer<typeof readVisitFlags>
const route = getRouteApi('/console/work/visits')

/** The visits that are worth a look, by person and one by one, each with its facts beside it. */
export function Visits(): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const go = route.useNavigate()
  const { branchId, unit, today } = usePlace()
  const search = route.useSearch()
  const { flag, standing, person, cursor, page, open } = search
  const from = search.from ?? search.to ?? today
  const to = search.to ?? from
  const query = { from, to, flag, standing, person, unit, cursor, limit: 50 }
  const list = useAnswer(readVisitFlags, { params: { branchId }, query })
  const narrow = (change: Partial<typeof search>) =>
    void go({
      search: (before) => ({ ...before, ...change, cursor: undefined, page: undefined }),
    })
  const paging = usePaging(
    `visits ${JSON.stringify([from, to, flag, standing, person, unit])}`,
    { cursor, page },
    list.data,
    (step) => void go({ search: (before) => ({ ...before, ...step }) }),
  )
  const days = from === to ? dayText(from, language) : spanText(from, to, language)
  const chosen = list.data?.rows.find(({ resultId }) => resultId === open)
  const show = (resultId: string | undefined) =>
    void go({ search: (before) => ({ ...before, open: resultId }) })
  return (
    <>
      <PageTitle
        title={`${say(WORDS.title)} · ${days}`}
        figure={list.data && figureOf(list.data, say)}
        asOf={say(WORDS.note)}
      >
        <LinkButton to="/work/board">{say(WORDS.board)}</LinkButton>
      </PageTitle>
      <FilterBar name={say(WORDS.filters)}>
        <Filter name={say(WORDS.from)}>
          <DayInput
            name={say(WORDS.from)}
            value={from}
            max={today}
            change={(day) => narrow({ from: day, to: fitting(day, to, 'from') })}
          />
        </Filter>
        <Filter name={say(WORDS.to)}>
          <DayInput
            name={say(WORDS.to)}
            value={to}
            max={today}
            change={(day) => narrow({ from: fitting(day, from, 'to'), to: day })}
          />
        </Filter>
        <Button onClick={() => narrow({ from: addDays(today, -6), to: today })}>
          {say(WORDS.week)}
        </Button>
        <Choice
          name={say(WORDS.flag)}
          value={flag}
          options={VisitFlag.options.map((value) => ({ value, label: say(FLAGS[value]) }))}
          change={(value) => narrow({ flag: value })}
        />
        <Choice
          name={say(WORDS.standing)}
          value={standing}
          options={VisitStanding.options.map((value) => ({ value, label: say(STANDINGS[value]) }))}
          change={(value) => narrow({ standing: value })}
        />
        {person && (
          <Button onClick={() => narrow({ person: undefined })}>{say(WORDS.everybody)}</Button>
        )}
      </FilterBar>
      <Refused of={list}>
        {list.data && list.data.people.length > 0 && (
          <Part title={say(WORDS.people)} note={person ? undefined : say(WORDS.peopleNote)}>
            <VisitPeople
              people={list.data.people}
              choose={(staffId, why) => narrow({ person: staffId, flag: why })}
            />
          </Part>
        )}
        <Part title={say(WORDS.visits)} note={list.data && totalText(list.data.total)}>
          <VisitTable
            rows={list.data?.rows}
            isOneDay={from === to}
            open={show}
            chosen={open}
            paging={paging}
          />
        </Part>
      </Refused>
      <Drawer
        open={chosen !== undefined}
        onClose={() => show(undefined)}
        size={560}
        title={say(WORDS.sheet)}
        destroyOnHidden
      >
        {chosen && <VisitSheet key={chosen.resultId} branchId={branchId} visit={chosen} />}
      </Drawer>
    </>
  )
}

function figureOf({ visits, people }: Shown, say: Say): string {
  const sum = (of: 'flagged' | 'unseen') =>
    countText(people.reduce((total, person) => total + person[of], 0))
  return say(WORDS.figure, {
    ...{ visits: countText(visits), flagged: sum('flagged'), unseen: sum('unseen') },
  })
}

function spanText(from: string, to: string, language: 'zh' | 'en'): string {
  return `${dayText(from, language)}–${dayText(to, language)}`
}

/** The other end of the days, moved along where they would run backwards or be too many. */
function fitting(chosen: string, other: string, end: 'from' | 'to'): string {
  const [least, most] =
    end === 'from'
      ? [chosen, addDays(chosen, VISIT_DAYS - 1)]
      : [addDays(chosen, 1 - VISIT_DAYS), chosen]
  if (other < least) return least
  return other > most ? most : other
}

function Choice<Value extends string>(of: {
  name: string
  value: Value | undefined
  options: { value: Value; label: string }[]
  change: (value: Value | undefined) => void
}): ReactNode {
  const say = useSay()
  return (
    <Filter name={of.name}>
      <Select
        aria-label={of.name}
        allowClear
        placeholder={say(COMMON.all)}
        value={of.value}
        onChange={(value: Value | undefined) => of.change(value)}
        options={of.options}
        style={{ width: 140 }}
      />
    </Filter>
  )
}
