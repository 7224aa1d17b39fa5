import { sql } from 'kysely'
import type { PersonalField, UnmaskPurpose } from '#contract/personal.ts'
import { selectLatestPage } from '#platform/page-store.ts'
import type { Unit } from '#platform/unit.ts'
import { versionsIn } from '#platform/versions-store.ts'
import type { AlarmReason } from './unmask-alarms.ts'
import type { PrivacyRules } from './unmask-rules.ts'

/** Of one person and day: what is seen at once is counted one after the other, until the unit ends. */
export async function lockCount(unit: Unit, staffId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`unmask ${staffId}`}, 0))`.execute(
    unit.db,
  )
}

export type SeenCount = Readonly<{ all: number; outside: number }>

/** How many a person has seen or called on a day, in whichever branch, and seen outside the own tasks. */
export async function selectCount(
  unit: Unit,
  of: Readonly<{ staffId: string; day: string }>,
): Promise<SeenCount> {
  const { rows } = await sql<SeenCount>`
    select (count(*) + (select count(*) from subscribers.call
          where (staff_id, day) = (${of.staffId}, ${of.day})))::integer as all,
        (count(*) filter (where not own_task))::integer as outside
      from subscribers.unmasking where (staff_id, day) = (${of.staffId}, ${of.day})
  `.execute(unit.db)
  return rows[0] ?? { all: 0, outside: 0 }
}

/** The counts outside the own tasks of the days in [from, to) on which there were any. */
export async function selectCountsBefore(
  unit: Unit,
  of: Readonly<{ staffId: string; from: string; to: string }>,
): Promise<number[]> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from subscribers.unmasking
     where staff_id = ${of.staffId} and day >= ${of.from}::date and day < ${of.to}::date
       and not own_task
     group by day order by count
  `.execute(unit.db)
  return rows.map(({ count }) => count)
}

export type Unmasking = Readonly<{
  branchId: string
  unmaskingId: string
  staffId: string
  day: string
  subscriberId: string
  purpose: UnmaskPurpose
  note: string
  fields: readonly PersonalField[]
  ownTask: boolean
}>

export async function insertUnmasking(unit: Unit, of: Unmasking): Promise<void> {
  await sql`
    insert into subscribers.unmasking (branch_id, unmasking_id, staff_id, day, at, subscriber_id,
        purpose, note, fields, own_task)
    values (${of.branchId}, ${of.unmaskingId}, ${of.staffId}, ${of.day}, ${unit.now},
        ${of.subscriberId}, ${of.purpose}, ${of.note}, ${[...of.fields]}, ${of.ownTask})
  `.execute(unit.db)
}

export type AlarmRow = Readonly<{
  branchId: string
  staffId: string
  day: string
  unitId: string
  reason: AlarmReason
  values: Readonly<Record<string, number>>
}>

/** Raises an alarm, or says anew how far what it tells of has gone; whether it is a new one. */
export async function raiseAlarm(unit: Unit, of: AlarmRow): Promise<boolean> {
  const { rows } = await sql<{ isNew: boolean }>`
    insert into subscribers.alarm (branch_id, staff_id, day, reason, unit_id, details, first_at, last_at)
    values (${of.branchId}, ${of.staffId}, ${of.day}, ${of.reason}, ${of.unitId},
        ${JSON.stringify(of.values)}, ${unit.now}, ${unit.now})
    on conflict (branch_id, staff_id, day, reason)
        do update set details = excluded.details, last_at = excluded.last_at
    returning xmax = 0 as "isNew"
  `.execute(unit.db)
  return rows[0]?.isNew ?? false
}

export type AlarmRead = AlarmRow &
  Readonly<{
    firstAt: Date
    lastAt: Date
    key: string
    lookedAt: Date | null
    lookedBy: string | null
    note: string | null
  }>

const KEY = sql`staff_id || ' ' || day || ' ' || reason`

const ofUnits = (branchId: string, units: readonly string[]) => sql`branch_id = ${branchId}
      and (unit_id = any (${[...units]}::text[]) or branch_id = any (${[...units]}::text[]))`

/** A page of the alarms of a branch in scope, the latest first. */
export const selectAlarms = (
  unit: Unit,
  of: Readonly<{
    branchId: string
    units: readonly string[]
    cursor?: string | undefined
    limit: number
  }>,
) =>
  selectLatestPage<AlarmRead>(unit, {
    columns: sql`branch_id as "branchId", staff_id as "staffId", day, unit_id as "unitId", reason,
      details as values, first_at as "firstAt", last_at as "lastAt", ${KEY} as key,
      look.looked_at as "lookedAt", look.looked_by as "lookedBy", look.note`,
    from: sql`subscribers.alarm left join lateral (
      select looked_at, looked_by, note from subscribers.alarm_look as each
       where (each.branch_id, each.staff_id, each.day, each.reason)
           = (alarm.branch_id, alarm.staff_id, alarm.day, alarm.reason)
         and each.looked_at >= alarm.last_at
       order by looked_at desc limit 1) as look on true`,
    where: ofUnits(of.branchId, of.units),
    ...{ at: sql`last_at`, id: KEY },
    markOf: ({ lastAt, key }) => ({ at: lastAt, id: key }),
    ...{ cursor: of.cursor, limit: of.limit },
  })

type WhichAlarm = Readonly<{ branchId: string; staffId: string; day: string; reason: string }>

/** Whether there is such an alarm about somebody of the units. */
export async function isAlarm(
  unit: Unit,
  of: WhichAlarm,
  units: readonly string[],
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from subscribers.alarm
     where ${ofUnits(of.branchId, units)}
       and (staff_id, day, reason) = (${of.staffId}, ${of.day}::date, ${of.reason})
  `.execute(unit.db)
  return rows.length > 0
}

/** Adds a look of the actor at an alarm. */
export async function insertLook(unit: Unit, of: WhichAlarm, note: string): Promise<void> {
  await sql`
    insert into subscribers.alarm_look (branch_id, staff_id, day, reason, looked_at, looked_by, note)
    values (${of.branchId}, ${of.staffId}, ${of.day}, ${of.reason}, ${unit.now}, ${unit.actor.id},
        ${note})
    on conflict do nothing
  `.execute(unit.db)
}

export const PRIVACY_VERSIONS = versionsIn<PrivacyRules>({
  table: 'subscribers.privacy_rules',
  setting: sql`jsonb_build_object('unmaskLimit', unmask_limit)`,
  columns: ({ unmaskLimit }) => ({ unmask_limit: unmaskLimit }),
  told: 'recorded',
})
