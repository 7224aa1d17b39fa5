import { getRouteApi } from '@tanstack/react-router'
import { Button, Segmented } from 'antd'
import { type ReactNode, useState } from 'react'
import { readBoard } from '#contract/board.ts'
import { Asked } from '../../Asked.tsx'
import { useAnswer } from '../../ask.ts'
import { countText } from '../../format/count.ts'
import { clockText, dayText } from '../../format/day.ts'
import { shareOf, shareText } from '../../format/share.ts'
import { LinkButton } from '../../LinkButton.tsx'
import { type Say, useLanguage, useSay } from '../../language.ts'
import { useMay } from '../../may.ts'
import { usePlace } from '../../place.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { DayInput } from '../../ui/DayInput.tsx'
import { EmptyState } from '../../ui/Notices.tsx'
import { Filter, FilterBar, PageTitle } from '../../ui/PageTitle.tsx'
import { COMMON } from '../../words.ts'
import {
  columnsOf,
  firstLevel,
  LEVEL_NAMES,
  LEVELS,
  type Level,
  lineOf,
  type Row,
  rowsOf,
  type Board as Told,
} from './BoardRows.tsx'
import { DivideTasks, type Dividing } from './DivideTasks.tsx'
import { GiveTasks, type Giving } from './GiveTasks.tsx'
import { StuckLists } from './StuckLists.tsx'
import css from './work.module.css'

const WORDS = {
  title: { zh: '实时看板', en: 'Live board' },
  filters: { zh: '筛选看板', en: 'Filter the board' },
  by: { zh: '按', en: 'By' },
  figure: {
    zh: '已办 {closed} / {planned} 项（{share}），{orders} 单',
    en: '{closed} of {planned} closed ({share}), {orders} orders',
  },
  asOf: { zh: '截至 {at}，每 30 秒更新', en: 'as of {at}, renewed every 30 seconds' },
  none: { zh: '{day}没有已发布的清单', en: 'No published list on {day}' },
  noneStep: {
    zh: '发布这一天的计划后，这里显示办理进展。',
    en: 'Publish the plan of the day; how it goes is then shown here.',
  },
  plan: { zh: '去计划', en: 'Go to Plan' },
  visits: { zh: '走访核实', en: 'Visits to look at' },
  giveBack: { zh: '分派收回的 {count} 项', en: 'Give out {count} taken back' },
  bulletin: { zh: '战报', en: 'Bulletin' },
  close: { zh: '日清日结', en: 'Day’s close' },
  drag: {
    zh: '把一行拖到另一人上即可改派，或用行末的“改派”。',
    en: 'Drag a line onto somebody else to give tasks away, or use the button at its end.',
  },
} as const

const RENEWED_EVERY_MS = 30_000
const route = getRouteApi('/console/work/board')

/** How the day stands, unit by unit and person by person, and who needs a hand. */
export function Board(): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const go = route.useNavigate()
  const { branchId, unit, path, today } = usePlace()
  const { date: asked, by: chosen, sort } = route.useSearch()
  const date = asked ?? today
  const by = chosen ?? firstLevel(path.at(-1)?.kind)
  const board = useAnswer(
    readBoard,
    { params: { branchId }, query: { date, by, unit } },
    { every: () => RENEWED_EVERY_MS, keep: false },
  )
  const [giving, setGiving] = useState<Giving>()
  const [dividing, setDividing] = useState<Dividing>()
  const mayAssign = useMay('task:assign')
  const give = mayAssign ? setGiving : undefined
  const divide = mayAssign ? setDividing : undefined
  const narrow = (change: { by?: Level; date?: string; sort?: string | undefined }) =>
    void go({ search: (before) => ({ ...before, ...change }) })
  return (
    <>
      <PageTitle
        title={`${say(WORDS.title)} · ${dayText(date, language)}`}
        figure={board.data && figureOf(board.data.total, say)}
        asOf={board.data && say(WORDS.asOf, { at: clockText(board.data.asOf) })}
      >
        <LinkButton to="/work/close" search={{ unit, date }}>
          {say(WORDS.close)}
        </LinkButton>
        <LinkButton to="/work/bulletin" search={{ unit, date, by }}>
          {say(WORDS.bulletin)}
        </LinkButton>
        <LinkButton to="/work/visits" search={{ unit, from: date, to: date }}>
          {say(WORDS.visits)}
        </LinkButton>
      </PageTitle>
      <FilterBar name={say(WORDS.filters)}>
        <Filter name={say(WORDS.by)}>
          <Segmented<Level>
            aria-label={say(WORDS.by)}
            value={by}
            onChange={(level) => narrow({ by: level, sort: undefined })}
            options={LEVELS.map((value) => ({ value, label: say(LEVEL_NAMES[value]) }))}
          />
        </Filter>
        <Filter name={say(COMMON.date)}>
          <DayInput name={say(COMMON.date)} value={date} change={(day) => narrow({ date: day })} />
        </Filter>
        {give && (board.data?.total.takenBack ?? 0) > 0 && (
          <Button onClick={() => give({ from: null, to: null })}>
            {say(WORDS.giveBack, { count: countText(board.data?.total.takenBack ?? 0) })}
          </Button>
        )}
      </FilterBar>
      {giving && <GiveTasks giving={giving} date={date} done={() => setGiving(undefined)} />}
      {dividing && (
        <DivideTasks dividing={dividing} date={date} done={() => setDividing(undefined)} />
      )}
      <Asked of={board} lines={12}>
        {(known) => (
          <>
            <DataTable
              name={say(WORDS.title)}
              columns={columnsOf({ by, date: known.date, say, give, divide })}
              rows={rowsOf(known, sort, say)}
              keyOf={({ key, isTotal }) => (isTotal ? 'total' : `of ${key}`)}
              sort={{ by: sort, change: (next) => narrow({ sort: next }) }}
              cards
              dense
              {...(by === 'person' && give ? { line: (row: Row) => lineOf(row, give) } : {})}
              empty={
                <EmptyState
                  title={say(WORDS.none, { day: dayText(date, language) })}
                  step={say(WORDS.noneStep)}
                >
                  <LinkButton look="primary" to="/plan">
                    {say(WORDS.plan)}
                  </LinkButton>
                </EmptyState>
              }
            />
            {by === 'person' && give && known.rows.length > 1 && (
              <p className={css.drag}>{say(WORDS.drag)}</p>
            )}
            {known.rows.length > 0 && (
              <div className={css.stuck}>
                <StuckLists board={known} />
              </div>
            )}
          </>
        )}
      </Asked>
    </>
  )
}

function figureOf({ planned, left, orders }: Told['total'], say: Say): string {
  const closed = planned - left
  return say(WORDS.figure, {
    ...{ closed: countText(closed), planned: countText(planned), orders: countText(orders) },
    share: shareText(shareOf(closed, planned)),
  })
}
