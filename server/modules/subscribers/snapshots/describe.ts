import { type LakeSession, question } from '#platform/duckdb/lake.ts'
import { learnAddresses } from '../imports/cells.ts'

/**
 * Makes work.described, every accepted row with all that follows from it, out of work.converted,
 * work.accepted, work.place and work.unit.
 */
export async function describe(
  session: LakeSession,
  of: Readonly<{ branchId: string; date: string }>,
): Promise<void> {
  await learnAddresses(session)
  const about = { branch: of.branchId, date: of.date }
  await session.run(question(import.meta.url, '../queries/about.sql'), about)
  for (const step of ['spelt', 'stems', 'known-stems', 'buildings', 'homes', 'described'])
    await session.run(question(import.meta.url, `../queries/${step}.sql`))
}
