import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { BoardPart, readBoard } from '#contract/board.ts'
import type { Answer } from '../../api.ts'
import { countText } from '../../format/count.ts'
import type { Say } from '../../language.ts'
import type { Column } from '../../ui/DataTable.tsx'
import { Mark } from '../../ui/Notices.tsx'
import type { Dividing } from './DivideTasks.tsx'
import { dragging } from './dragged.ts'
import type { Giving } from './GiveTasks.tsx'
import { PARTS } from './parts.ts'
import css from './work.module.css'

/** By what the board is divided. */
export const LEVEL_NAMES = {
  zone: { zh: '片区', en: 'Zone' },
  hall: { zh: '营业厅', en: 'Hall' },
  grid: { zh: '网格', en: 'Grid' },
  person: { zh: '人员', en: 'Person' },
} as const
const WORDS = {
  unit: { zh: '所属单位', en: 'Unit' },
  planned: { zh: '计划', en: 'Planned' },
  total: { zh: '合计', en: 'Total' },
  noOrder: { zh: '还没有单', en: 'No order yet' },
  give: { zh: '改派', en: 'Give away' },
  toCrew: { zh: '分给班组', en: 'To the crew' },
  anew: { zh: '重新分派', en: 'Divide anew' },
} as const

export const LEVELS = ['zone', 'hall', 'grid', 'person'] as const
export type Level = (typeof LEVELS)[number]
const BELOW = { zone: 'hall', hall: 'grid', grid: 'person' } as const

/** What a unit is divided into at first, by its kind. */
export const firstLevel = (kind: string | undefined): Level =>
  (BELOW as Readonly<Record<string, Level>>)[kind ?? ''] ?? 'zone'

const COLUMNS = [
  ...(['planned', 'done', 'promised', 'refused', 'notAtHome', 'otherwise'] as const),
  ...(['left', 'orders', 'takenBack'] as const),
]
type Counted = (typeof COLUMNS)[number]
export type Board = Answer<typeof readBoard>
export type Row = Board['total'] & {
  key: string
  rowName: string
  unitName: string | null
  isTotal?: true
}
type Show = Readonly<{
  by: Level
  date: string
  say: Say
  /** Gives away what somebody has, and divides it; absent where the reader may not. */
  give: ((giving: Giving) => void) | undefined
  divide: ((dividing: Dividing) => void) | undefined
}>

/** The sum first, then the rows in the order asked for; unasked they stay in the order of units. */
export function rowsOf(board: Board, sort: string | undefined, say: Say): Row[] {
  if (board.rows.length === 0) return []
  const column = COLUMNS.find((each) => each === sort?.replace('-', ''))
  const turn = sort?.startsWith('-') ? -1 : 1
  const rows: Row[] = column
    ? board.rows.toSorted((a, b) => turn * (a[column] - b[column]))
    : board.rows
  const total = { ...board.total, key: '', rowName: say(WORDS.total), unitName: null }
  return [{ ...total, isTotal: true }, ...rows]
}

/** Somebody’s line is dragged onto somebody else’s; the sum is nobody. */
export function lineOf(row: Row, give: NonNullable<Show['give']>) {
  if (row.isTotal) return {}
  const person = { staffId: row.key, name: row.rowName }
  return dragging(person, (from, to) => give({ from, to }))
}

export function columnsOf(show: Show): Column<Row>[] {
  const { by, say, give, divide } = show
  const titleOf = (counted: Counted) =>
    say(counted === 'planned' ? WORDS.planned : PARTS[counted === 'orders' ? 'order' : counted])
  return [
    {
      id: 'name',
      title: say(LEVEL_NAMES[by]),
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
    ...((by === 'person' || by === 'grid') && give && divide
      ? [{ id: 'hands', title: '', render: (row: Row) => <Hands row={row} show={show} /> }]
      : []),
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

/** Puts what is left into other hands: of a person, or of the crew of a grid anew. */
function Hands({ row, show: { by, say, give, divide } }: { row: Row; show: Show }): ReactNode {
  if (row.isTotal || row.left === 0) return null
  const { key: id, rowName: name } = row
  const button = (text: string, onClick: () => void) => (
    <Button size="small" type="link" aria-label={`${text} · ${name}`} onClick={onClick}>
      {text}
    </Button>
  )
  if (by === 'grid') return button(say(WORDS.anew), () => divide?.({ kind: 'unit', id, name }))
  return (
    <>
      {button(say(WORDS.give), () => give?.({ from: { staffId: id, name }, to: null }))}
      {button(say(WORDS.toCrew), () => divide?.({ kind: 'person', id, name }))}
    </>
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
