import type { readBoard } from '#contract/board.ts'
import type { readClose } from '#contract/close.ts'
import type { Sentence } from '#contract/language.ts'
import type { Answer } from '../../../api.ts'

type Board = Answer<typeof readBoard>
export type Counts = Board['total']

/** Everything that the picture of a day is drawn from; the same of it draws the same picture. */
export type Told = Readonly<{
  date: string
  unitName: string
  asOf: string
  closed: Readonly<{ closedAt: string; closedByName: Sentence }> | null
  /** How many units below are closed. */
  below: number
  total: Counts
  /** What the rows are, such as zones. */
  level: string
  rows: readonly Readonly<Counts & { key: string; rowName: string }>[]
  /** Those who have tasks of the day, and how many of them told an order. */
  people: Readonly<{ all: number; withOrder: number }>
  best: readonly Readonly<{ key: string; name: string; unitName: string | null; orders: number }>[]
  madeBy: Readonly<{ name: string; account: string }>
}>

const BEST = 3

/** The day of a unit as the board, the board by person and the close tell it. */
export function toldOf(
  from: Readonly<{ board: Board; byPerson: Board; close: Answer<typeof readClose> }>,
  of: Pick<Told, 'unitName' | 'level' | 'madeBy'>,
): Told {
  const { board, byPerson, close } = from
  const all = byPerson.rows.filter(({ planned }) => planned > 0).length
  return {
    ...of,
    ...{ date: board.date, asOf: board.asOf, total: board.total, rows: board.rows },
    ...{ closed: close.closed, below: close.below.length },
    people: { all, withOrder: all - byPerson.withoutOrder.length },
    best: byPerson.rows
      .filter(({ orders }) => orders > 0)
      .toSorted((a, b) => b.orders - a.orders || b.done - a.done)
      .slice(0, BEST)
      .map(({ key, rowName, unitName, orders }) => ({ key, name: rowName, unitName, orders })),
  }
}
