import { type JSONColumnType, sql } from 'kysely'
import type { Day } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'
import type { Named } from './named.ts'
import type { DayKind } from './schedule.ts'
import type { Season } from './season.ts'
import type { QuietHours, VisitWindow } from './windows.ts'

/** The tables this module owns. */
type Tables = {
  'calendar.day': {
    branch_id: string
    day: string
    kind: DayKind
    name_zh: string | null
    name_en: string | null
    edited_at: Date
    edited_by: string
  }
  'calendar.setting': {
    branch_id: string
    part: Part
    list: JSONColumnType<unknown[]>
    edited_at: Date
    edited_by: string
  }
}
export type Part = 'seasons' | 'windows' | 'quiet-hours'

/** What a branch made of a day. */
export type EditedDay = Readonly<{ day: Day; kind: DayKind; name: Named | null }>

export async function selectDays(unit: Unit, branchId: string): Promise<EditedDay[]> {
  const rows = await unit.db
    .$extendTables<Tables>()
    .selectFrom('calendar.day')
    .select(['day', 'kind', 'name_zh', 'name_en'])
    .where('branch_id', '=', branchId)
    .orderBy('day')
    .execute()
  return rows.map(({ day, kind, name_zh, name_en }) => ({
    day,
    kind,
    name: name_zh !== null && name_en !== null ? { zh: name_zh, en: name_en } : null,
  }))
}

export async function putDay(unit: Unit, branchId: string, edited: EditedDay): Promise<void> {
  const values = {
    kind: edited.kind,
    name_zh: edited.name?.zh ?? null,
    name_en: edited.name?.en ?? null,
    edited_at: unit.now,
    edited_by: unit.actor.id,
  }
  await unit.db
    .$extendTables<Tables>()
    .insertInto('calendar.day')
    .values({ branch_id: branchId, day: edited.day, ...values })
    .onConflict((on) => on.columns(['branch_id', 'day']).doUpdateSet(values))
    .execute()
}

/** Takes back what the branch made of a day. */
export async function deleteDay(unit: Unit, branchId: string, day: Day): Promise<void> {
  await unit.db
    .$extendTables<Tables>()
    .deleteFrom('calendar.day')
    .where('branch_id', '=', branchId)
    .where('day', '=', day)
    .execute()
}

/** The lists that a branch saved; a part it never saved is missing. */
export type Settings = Readonly<{
  seasons?: readonly Season[]
  windows?: readonly VisitWindow[]
  'quiet-hours'?: readonly QuietHours[]
}>

export async function selectSettings(unit: Unit, branchId: string): Promise<Settings> {
  const { rows } = await sql<{ settings: Settings | null }>`
    select jsonb_object_agg(part, list) as settings from calendar.setting
     where branch_id = ${branchId}
  `.execute(unit.db)
  return rows[0]?.settings ?? {}
}

export async function putSetting(
  unit: Unit,
  branchId: string,
  { part, list }: Readonly<{ part: Part; list: readonly unknown[] }>,
): Promise<void> {
  const values = { list: JSON.stringify(list), edited_at: unit.now, edited_by: unit.actor.id }
  await unit.db
    .$extendTables<Tables>()
    .insertInto('calendar.setting')
    .values({ branch_id: branchId, part, ...values })
    .onConflict((on) => on.columns(['branch_id', 'part']).doUpdateSet(values))
    .execute()
}
