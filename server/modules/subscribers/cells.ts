import type { LakeSession } from '#platform/duckdb/lake.ts'
import { question } from '#platform/duckdb/lake.ts'

/** Teaches a session how delivered cells are read: the macros of `queries/cells.sql`. */
export async function learnCells(session: LakeSession): Promise<void> {
  const macros = question(import.meta.url, './queries/cells.sql').split(/^(?=create macro)/m)
  for (const macro of macros.slice(1)) await session.run(macro)
}
