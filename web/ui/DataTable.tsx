import { Button, Checkbox, Skeleton } from 'antd'
import type { HTMLAttributes, KeyboardEvent, MouseEvent, ReactNode } from 'react'
import css from './table.module.css'

/** A column; `sort` is the name by which the server sorts, absent where it does not. */
export type Column<Row> = Readonly<{
  id: string
  title: string
  render: (row: Row) => ReactNode
  sort?: string
  numeric?: boolean
  /** Stays on one line. */
  nowrap?: boolean
  /** Sorted in its first direction or not at all. */
  oneWay?: boolean
  /** At least so many pixels, before the table is scrolled sideways. */
  width?: number
}>

/** A page of a list as the server sent it, and the way to the pages beside it. */
export type Paging = Readonly<{
  text: string
  previous: { name: string; run: (() => void) | undefined }
  next: { name: string; run: (() => void) | undefined }
}>

/** Lines that are ticked to do something with them together. */
export type Ticking<Row> = Readonly<{
  isTicked: (row: Row) => boolean
  tick: (rows: readonly Row[], on: boolean) => void
  /** What the box of the whole page is called, and that of a line. */
  all: string
  one: (row: Row) => string
  /** Why no more can be ticked. */
  full: string | undefined
}>

/**
 * A list: sorted and paged by the server, its lines openable by pointer and keyboard. `empty` is
 * what stands in its place when there is no line. With `cards` each line becomes a card on a phone,
 * its cells below each other under their titles; without, the table is pushed sideways there.
 */
export function DataTable<Row>(of: {
  name: string
  columns: readonly Column<Row>[]
  rows: readonly Row[] | undefined
  keyOf: (row: Row) => string
  empty: ReactNode
  sort?: { by: string | undefined; change: (by: string | undefined) => void }
  open?: (row: Row) => void
  chosen?: string | undefined
  paging?: Paging | undefined
  dense?: boolean
  cards?: boolean
  ticking?: Ticking<Row> | undefined
  /** What a line can do beside being opened, such as being dragged. */
  line?: (row: Row) => HTMLAttributes<HTMLTableRowElement>
}): ReactNode {
  if (of.rows && of.rows.length === 0) return of.empty
  return (
    <div className={css.frame}>
      <div className={css.scroll}>
        <table
          className={css.table}
          aria-label={of.name}
          aria-busy={of.rows === undefined}
          data-dense={of.dense ?? false}
          data-cards={of.cards ?? false}
        >
          <thead>
            <tr>
              {of.ticking && (
                <th scope="col" className={css.ticks}>
                  <TickAll rows={of.rows ?? []} ticking={of.ticking} />
                </th>
              )}
              {of.columns.map((column) => (
                <Head key={column.id} column={column} sort={of.sort} />
              ))}
            </tr>
          </thead>
          <tbody aria-hidden={of.rows === undefined}>
            {of.rows?.map((row) => <Line key={of.keyOf(row)} row={row} of={of} />) ?? (
              <Bones columns={of.columns.length + (of.ticking ? 1 : 0)} />
            )}
          </tbody>
        </table>
      </div>
      {of.paging && of.rows && <Pages paging={of.paging} />}
    </div>
  )
}

type Table<Row> = Parameters<typeof DataTable<Row>>[0]

function Head<Row>({ column, sort }: { column: Column<Row>; sort: Table<Row>['sort'] }): ReactNode {
  const style = column.width ? { minWidth: column.width } : undefined
  if (!column.sort || !sort)
    return (
      <th scope="col" style={style} data-numeric={column.numeric}>
        {column.title}
      </th>
    )
  const order = orderOf(column.sort, sort.by)
  return (
    <th scope="col" style={style} data-numeric={column.numeric} aria-sort={order}>
      <button
        type="button"
        className={css.sort}
        onClick={() => sort.change(turned(column, sort.by))}
      >
        {column.title}
        <span aria-hidden="true">{ARROWS[order]}</span>
      </button>
    </th>
  )
}

/** Ticks the lines of the page, or unticks them where all are ticked. */
function TickAll<Row>(of: { rows: readonly Row[]; ticking: Ticking<Row> }): ReactNode {
  const { rows, ticking } = of
  const ticked = rows.filter(ticking.isTicked).length
  const isAll = rows.length > 0 && ticked === rows.length
  const full = ticked === 0 ? ticking.full : undefined
  return (
    <Checkbox
      className={css.tick ?? ''}
      aria-label={ticking.all}
      title={full ?? ticking.all}
      disabled={full !== undefined}
      checked={isAll}
      indeterminate={ticked > 0 && !isAll}
      onChange={() => ticking.tick(rows, !isAll && ticking.full === undefined)}
    >
      <span className={css.tickName}>{ticking.all}</span>
    </Checkbox>
  )
}

function Tick<Row>({ row, ticking }: { row: Row; ticking: Ticking<Row> }): ReactNode {
  const isTicked = ticking.isTicked(row)
  const full = isTicked ? undefined : ticking.full
  return (
    <Checkbox
      className={css.tick ?? ''}
      aria-label={ticking.one(row)}
      {...(full ? { title: full } : {})}
      disabled={full !== undefined}
      checked={isTicked}
      onChange={() => ticking.tick([row], !isTicked)}
    />
  )
}

const ARROWS = { none: ' ↕', ascending: ' ↑', descending: ' ↓' } as const

function orderOf(name: string, by: string | undefined): keyof typeof ARROWS {
  if (by === name) return 'ascending'
  return by === `-${name}` ? 'descending' : 'none'
}

/** Figures are asked for from the top first, words from the beginning; a third click is no sort. */
function turned<Row>({ sort = '', numeric, oneWay }: Column<Row>, by: string | undefined) {
  const [first, second] = numeric ? [`-${sort}`, sort] : [sort, `-${sort}`]
  if (by === first) return oneWay ? undefined : second
  return by === second ? undefined : first
}

function Line<Row>({ row, of }: { row: Row; of: Table<Row> }): ReactNode {
  const key = of.keyOf(row)
  const { open } = of
  const ways = open
    ? {
        tabIndex: 0,
        onClick: (event: MouseEvent) => !isControl(event.target) && open(row),
        onKeyDown: (event: KeyboardEvent) =>
          event.key === 'Enter' && event.target === event.currentTarget && open(row),
      }
    : {}
  return (
    <tr
      {...of.line?.(row)}
      {...ways}
      data-open={open !== undefined}
      aria-selected={of.chosen === key || undefined}
    >
      {of.ticking && (
        <td className={css.ticks}>
          <Tick row={row} ticking={of.ticking} />
        </td>
      )}
      {of.columns.map((column) => (
        <td key={column.id} data-numeric={column.numeric} data-nowrap={column.nowrap}>
          {of.cards ? (
            <div className={css.cell} data-title={column.title}>
              <div>{column.render(row)}</div>
            </div>
          ) : (
            column.render(row)
          )}
        </td>
      ))}
    </tr>
  )
}

/** A click on a link or a button of a line is that control’s own. */
function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest('a, button, input, label') !== null
}

function Bones({ columns }: { columns: number }): ReactNode {
  return Array.from({ length: 8 }, (_, line) => `line-${line}`).map((line) => (
    <tr key={line}>
      <td colSpan={columns}>
        <Skeleton active title={false} paragraph={{ rows: 1, width: '100%' }} />
      </td>
    </tr>
  ))
}

/** Without buttons where everything stands on one page. */
function Pages({ paging }: { paging: Paging }): ReactNode {
  const { previous, next } = paging
  return (
    <div className={css.pages}>
      <span role="status">{paging.text}</span>
      {(previous.run ?? next.run) &&
        [previous, next].map(({ name, run }) => (
          <Button key={name} size="small" disabled={!run} onClick={() => run?.()}>
            {name}
          </Button>
        ))}
    </div>
  )
}
