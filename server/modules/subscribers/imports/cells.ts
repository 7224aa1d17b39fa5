import type { LakeSession } from '#platform/duckdb/lake.ts'
import { question } from '#platform/duckdb/lake.ts'

/** Teaches a session how delivered cells are read: the macros of `queries/cells.sql`. */
export const learnCells = (session: LakeSession): Promise<void> => learn(session, 'cells')

/** Teaches a session what the parts of an address are: the macros of `queries/addresses.sql`. */
export const learnAddresses = (session: LakeSession): Promise<void> => learn(session, 'addresses')

async function learn(session: LakeSession, file: 'cells' | 'addresses'): Promise<void> {
  const macros = question(import.meta.url, `../queries/${file}.sql`).split(/^(?=create macro)/m)
  for (const macro of macros.slice(1)) await session.run(macro)
}
