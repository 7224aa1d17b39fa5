import { sql } from 'kysely'
import type { Unit } from '#platform/unit.ts'

/** How many rows of a table the actor of a unit sees. */
export async function countRows(unit: Unit, table: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from ${sql.table(table)}`.execute(unit.db)
  return rows[0]?.n ?? 0
}
