import { getRouteApi, Link } from '@tanstack/react-router'
import { Segmented } from 'antd'
import type { ReactNode } from 'react'
import { type BoardPart, readBoard } from '#contract/board.ts'
import { Asked } from '../../Asked.tsx'
import type { Answer } from '../../api.ts'
import { useAnswer } from '../../ask.ts'
import { countText } from '../../format/count.ts'
import { clockText, dayText } from '../../format/day.ts'
import { shareOf, shareText } from '../../format/share.ts'
import { LinkButton } from '../../LinkButton.tsx'
import { type Say, useLanguage, useSay } from '../../language.ts'
import { usePlace } from '../../place.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { DayInput } from '../../ui/DayInput.tsx'
import { EmptyState, Mark } from '../../ui/Notices.tsx'
import { Filter, FilterBar, PageTitle } from '../../ui/PageTitle.tsx'
import { COMMON } from '../../words.ts'
import { PARTS } from './parts.ts'
import { StuckLists } from './StuckLists.tsx'
import css from './work.module.css'

const WORDS = {
  title: { zh: '实时看板', en: 'Live board' },
  filters: { zh: '筛选看板', en: 'Filter the board' },
  by: { zh: '按', en: 'By' },
  zone: { zh: '片区', en: 'Zone' },
  hall: { zh: '营业厅', en: 'Hall' },
  grid: { zh: '网格', en: 'Grid' },
  person: { zh: '人员', en: 'Person' },
  unit: { zh: '所属单位', en: 'Unit' },
  planned: { zh: '计划', en: 'Planned' },
  total: { zh: '合计', en: 'Total' },
  figure: {
    zh: '已办 {closed} / {planned} 项（{share}），{orders} 单',
    en: '{closed} of {planned} closed ({share}), {orders} orders',
  },
  asOf: { zh: '截至 {at}，每 30 秒更新', en: 'as of {at}, renewed every 30 seconds' },
  noOrder: { zh: '还没有单', en: 'No order yet' },
  none: { zh: '{day}没有已发布的清单', en: 'No published list on {day}' },
  noneStep: {
    zh: '发布这一天的计划后，这里显示办理进展。',
    en: 'Publish the plan of the day; how it goes is then shown here.',
  },
  plan: { zh: '去计划', en: 'Go to Plan' },
  visits: { zh: '走访核实', en: 'Visits to look at' },
} as const

const RENEWED_EVERY_MS = 30_000
const LEVELS = ['zone', 'hall', 'grid', 'person'] as const
type Level = (typeof LEVELS)[number]
const BELOW = { zone: 'hall', hall: 'grid', grid: 'person' } as const
/** What a unit is divided into at first. */
const FIRST: Readonly<Record<string, Level>> = BELOW
const COLUMNS = [
  ...(['planned', 'done', 'promised', 'refused', 'notAtHome', 'otherwise'] as const),
  ...(['left', 'orders', 'takenBack'] as const),
]
type Counted = (typeof COLUMNS)[number]
type Board = Answer<typeof readBoard>
type Row = Board['total'] & {
  key: string
  rowName: string
  unitName: string | null
  isTotal?: true
}
type Show = Readonly<{ by: Level; date: string; say: Say }>

const route = getRouteApi('/console/work/board')

/** How the day stands, unit by unit and person by person, and who needs a hand. */
export function Board(): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const go = route.useNavigate()
  const { branchId, unit, path, today } = usePlace()
  const { date: asked, by: chosen, sort } = route.useSearch()
  const date = asked ?? today
  const by = chosen ?? FIRST[path.at(-1)?.kind ?? ''] ?? 'zone'
  const board = useAnswer(
    readBoard,
    { params: { branchId }, query: { date, by, unit } },
    { every: () => RENEWED_EVERY_MS, keep: false },
  )
  const narrow = (change: { by?: Level; date?: string; sort?: string | undefined }) =>
    void go({ search: (before) => ({ ...before, ...change }) })
  return (
    <>
      <PageTitle
        title={`${say(WORDS.title)} · ${dayText(date, language)}`}
        figure={board.data && figureOf(board.data.total, say)}
        asOf={board.data && say(WORDS.asOf, { at: clockText(board.data.asOf) })}
      >
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
            options={LEVELS.map((value) => ({ value, label: say(WORDS[value]) }))}
          />
        </Filter>
        <Filter name={say(COMMON.date)}>
          <DayInput name={say(COMMON.date)} value={date} change={(day) => narrow({ date: day })} />
        </Filter>
      </FilterBar>
      <Asked of={board} lines={12}>
        {(known) => (
          <>
            <DataTable
              name={say(WORDS.title)}
              columns={columnsOf({ by, date: known.date, say })}
              rows={rowsOf(known, sort, say)}
              keyOf={({ key, isTotal }) => (isTotal ? 'total' : `of ${key}`)}
              sort={{ by: sort, change: (next) => narrow({ sort: next }) }}
              cards
              dense
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

function figureOf({ planned, left, orders }: Board['total'], say: Say): string {
  const closed = planned - left
  return say(WORDS.figure, {
    ...{ closed: countText(closed), planned: countText(planned), orders: countText(orders) },
    share: shareText(shareOf(closed, planned)),
  })
}

/** The sum first, then the rows in the order asked for; unasked they stay in the order of units. */
function rowsOf(board: Board, sort: string | undefined, say: Say): Row[] {
  if (board.rows.length === 0) return []
  const column = COLUMNS.find((each) => each === sort?.replace('-', ''))
  const turn = sort?.startsWith('-') ? -1 : 1
  const rows: Row[] = column
    ? board.rows.toSorted((a, b) => turn * (a[column] - b[column]))
    : board.rows
  const total = { ...board.total, key: '', rowName: say(WORDS.total), unitName: null }
  return [{ ...total, isTotal: true }, ...rows]
}

function columnsOf(show: Show): Column<Row>[] {
  const { by, say } = show
  const titleOf = (counted: Counted) =>
    say(counted === 'planned' ? WORDS.planned : PARTS[counted === 'orders' ? 'order' : counted])
  return [
    {
      id: 'name',
      title: say(WORDS[by]),
      width: 96,
      render: (row) => <Name row={row} show={show} />,
    },
    ...(by === 'person'
      ? [{ id: 'unit', title: say(WORDS.unit), render: ({ unitName }: Row) => unitName ?? '' }]
      : []),
    ...COLUMNS.map((counted) => ({
      ...{ id: counted, sort: counted, numeric: true, title: titleOf(counted) },
      render: (row: Row) => <Figure row={row} counted={counted} show={show} />,
    })),
  ]
}

/** A unit goes one level down; a person’s name opens the list. */
function Name({ row, show: { by, date } }: { row: Row; show: Show }): ReactNode {
  if (row.isTotal) return <strong>{row.rowName}</strong>
  if (by === 'person')
    return (
      <Link to="/work/people/$staffId" params={{ staffId: row.key }} search={{ date }}>
        {row.rowName}
      </Link>
    )
  return (
    <Link to="/work/board" search={{ unit: row.key, by: BELOW[by], date }}>
      {row.rowName}
    </Link>
  )
}

/** A number opens the tasks that it counts. */
function Figure({ row, counted, show }: { row: Row; counted: Counted; show: Show }): ReactNode {
  const { by, date, say } = show
  const text = countText(row[counted])
  const isWithout = counted === 'orders' && by === 'person' && row.orders === 0 && row.planned > 0
  if (isWithout && !row.isTotal) return <Mark tone="soon">{say(WORDS.noOrder)}</Mark>
  if (row[counted] === 0) return <span className={css.zero}>{text}</span>
  const part: BoardPart | undefined =
    counted === 'planned' ? undefined : counted === 'orders' ? 'order' : counted
  const of = row.isTotal ? {} : by === 'person' ? { assignee: row.key } : { unit: row.key }
  return (
    <Link to="/work/tasks" search={{ date, part, ...of }}>
      {row.isTotal ? <strong>{text}</strong> : text}
    </Link>
  )
}
