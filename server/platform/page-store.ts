import { type RawBuilder, sql } from 'kysely'
import { COUNTED_UP_TO, type Mark, type Order, pageOfRows, readCursor } from './page.ts'
import type { Unit } from './unit.ts'

/** A part of a statement. */
export type Part = RawBuilder<unknown>
/** What a page is sorted by, as it is kept in a cursor. */
export const keyOf = ({ column }: Order): Part => sql.raw(column.sql)
/** The order of a page: by its column, ties by `id`, both in one direction. */
export const along = ({ column, descending }: Order, id: Part): Part =>
  descending ? sql`${sql.raw(column.sql)} desc, ${id} desc` : sql`${sql.raw(column.sql)}, ${id}`

/** What comes after the mark; everything where there is none. */
export function beyond({ column, descending }: Order, mark: Mark | undefined, id: Part): Part {
  if (!mark) return sql``
  const place = sql`(${sql.raw(column.sql)}, ${id})`
  const type = column.type === 'integer' ? sql`bigint` : sql.raw(column.type)
  const reached = sql`(${mark.value}::${type}, ${mark.id})`
  return descending ? sql`and ${place} < ${reached}` : sql`and ${place} > ${reached}`
}

/** How many rows there are, counted no further than lists show. */
export async function countUpTo(unit: Unit, from: Part): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*)::integer as total from (select from ${from} limit ${COUNTED_UP_TO}) as counted
  `.execute(unit.db)
  return rows[0]?.total ?? 0
}

/**
 * A page of what happened, the latest first, from a cursor on, with how many there are in all, counted
 * no further than lists show. `at` and `id` say in SQL when a row happened and what breaks a tie;
 * `markOf` says the same of a row. @throws Refusal `cursor-unreadable`
 */
export async function selectLatestPage<Row>(
  unit: Unit,
  of: Readonly<{
    columns: Part
    from: Part
    where: Part
    at: Part
    id: Part
    markOf: (row: Row) => Readonly<{ at: Date; id: string }>
    cursor: string | undefined
    limit: number
  }>,
): Promise<{ rows: Row[]; next: string | null; total: number }> {
  const after = readCursor(of.cursor, 'instant')
  const page = after
    ? sql`and (${of.at}, ${of.id}) < (${after.value}::timestamptz, ${after.id})`
    : sql``
  const found = await sql<Row>`
    select ${of.columns} from ${of.from} where ${of.where} ${page}
     order by ${of.at} desc, ${of.id} desc limit ${of.limit + 1}`.execute(unit.db)
  const { rows, next } = pageOfRows(found.rows, of.limit, (row) => {
    const { at, id } = of.markOf(row)
    return { value: at.toISOString(), id }
  })
  return { rows, next, total: await countUpTo(unit, sql`${of.from} where ${of.where}`) }
}
