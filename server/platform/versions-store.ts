import { type RawBuilder, sql } from 'kysely'
import type { Unit } from './unit.ts'

/** What a unit of the organisation has settled, as one of its versions. */
export type Version<Setting> = Readonly<{
  unitId: string
  /** From 1 on, by unit. */
  version: number
  setting: Setting
  savedAt: Date
  savedBy: string
}>

/** Settings that are kept in versions: appended, never changed. */
export type Versions<Setting> = Readonly<{
  /** Of the table that holds them. */
  schema: string
  /** The latest version of each of the units that has one. */
  latest(unit: Unit, unitIds: readonly string[]): Promise<Version<Setting>[]>
  /** The latest 50 versions of a unit, newest first. */
  history(unit: Unit, unitId: string): Promise<Version<Setting>[]>
  /** Saves the next version of a unit; two at once lose in the key, not in an `if`. */
  insert(unit: Unit, unitId: string, setting: Setting): Promise<void>
}>

/**
 * The versions in a table of the caller’s own schema with the columns branch_id (the unit that
 * settles), version, and who saved each when: `saved_at`, `saved_by`, or with `told: 'recorded'`
 * `recorded_at`, `recorded_by`. `setting` is the SQL of a setting as jsonb, `columns` what of one is
 * written into which column.
 */
export function versionsIn<Setting>(of: {
  table: string
  setting: RawBuilder<unknown>
  columns: (setting: Setting) => Readonly<Record<string, unknown>>
  told?: 'saved' | 'recorded'
}): Versions<Setting> {
  const told = of.told ?? 'saved'
  const table = sql.table(of.table)
  const [at, by] = [sql.ref(`${told}_at`), sql.ref(`${told}_by`)]
  const version = sql`branch_id as "unitId", version, ${of.setting} as setting, ${at} as "savedAt",
    ${by} as "savedBy"`
  return {
    schema: of.table.split('.')[0] ?? '',
    latest: async (unit, unitIds) => {
      const { rows } = await sql<Version<Setting>>`
        select distinct on (branch_id) ${version} from ${table}
         where branch_id = any (${[...unitIds]}::text[])
         order by branch_id, version desc`.execute(unit.db)
      return rows
    },
    history: async (unit, unitId) => {
      const { rows } = await sql<Version<Setting>>`
        select ${version} from ${table}
         where branch_id = ${unitId} order by version desc limit 50`.execute(unit.db)
      return rows
    },
    insert: async (unit, unitId, setting) => {
      const columns = Object.entries(of.columns(setting))
      const names = sql.join(columns.map(([name]) => sql.ref(name)))
      const values = sql.join(columns.map(([, value]) => sql`${value}`))
      await sql`
        insert into ${table} (branch_id, version, ${names}, ${at}, ${by})
        select ${unitId}, coalesce(max(version), 0) + 1, ${values}, ${unit.now}, ${unit.actor.id}
          from ${table} where branch_id = ${unitId}`.execute(unit.db)
    },
  }
}
