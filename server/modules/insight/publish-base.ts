import { publishConsents, publishContacts } from '#contacts'
import { publishOrganisation } from '#people'
import { type LakeSession, question } from '#platform/duckdb/lake.ts'
import type { Works } from '#platform/works.ts'
import { publishCompetitors, publishSubscribers } from '#subscribers'
import { publishResources } from '#territory'
import type { Catalogue } from './check.ts'
import type { Field } from './field.ts'
import { fieldsFor } from './fields.ts'
import { dormantDaysOf } from './policy.ts'

/** The base of a branch on a day, as a session shows it. */
export type Base = Readonly<{
  snapshotId: string
  /** The data date of the snapshot. */
  date: string
  rows: number
  fields: readonly Field[]
  catalogue: Catalogue
}>

/**
 * Shows in `session` what is known of a branch on `day`: subscribers, organisation, competitors,
 * resources and contacts as `published.*`, and over them `published.base`, which conditions ask.
 * @throws Refusal `no-snapshot` while no extract up to that day is imported.
 */
export async function publishBase(
  works: Works,
  session: LakeSession,
  of: { branchId: string; day: string },
): Promise<Base> {
  const { branchId, day } = of
  const snapshot = await publishSubscribers(works, session, branchId, day)
  await publishOrganisation(works, session, branchId, day)
  const competitors = await publishCompetitors(works, session, branchId, day)
  const resources = await publishResources(works, session, branchId, day)
  await publishContacts(works, session, branchId, day)
  const consents = await publishConsents(works, session, branchId)
  const dormantDays = await works.run(works.system, (unit) => dormantDaysOf(unit, branchId))
  await session.run('set variable day = $day::date', { day })
  await session.run('set variable dormant_days = $days::integer', { days: dormantDays })
  await session.run(question(import.meta.url, './queries/base.sql'))
  const columns = new Set(snapshot.deliveredColumns)
  if (competitors.rows > 0) columns.add('competitors')
  if (resources.rows > 0) columns.add('resources')
  if (consents.rows > 0) columns.add('consents')
  const fields = fieldsFor({ columns, customColumns: snapshot.customColumns })
  return {
    snapshotId: snapshot.snapshotId,
    date: snapshot.date,
    rows: snapshot.rows,
    fields,
    catalogue: new Map(fields.map((field) => [field.field, field])),
  }
}
