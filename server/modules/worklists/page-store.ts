import { type RawBuilder, sql } from 'kysely'
import { COUNTED_UP_TO, type Mark, type Order } from '#platform/page.ts'
import type { Unit } from '#platform/unit.ts'

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
  const reached = sql`(${mark.value}::${sql.raw(column.type)}, ${mark.id})`
  return descending ? sql`and ${place} < ${reached}` : sql`and ${place} > ${reached}`
}

/** How many rows there are, counted no further than lists show. */
export async function countUpTo(unit: Unit, from: Part): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*)::integer as total from (select from ${from} limit ${COUNTED_UP_TO}) as counted
  `.execute(unit.db)
  return rows[0]?.total ?? 0
}
