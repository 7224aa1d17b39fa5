import { sql } from 'kysely'
import type { Unit } from '#platform/unit.ts'

/** A second factor; `confirmedAt` null: it was begun, and no code has confirmed it. */
export type SecondFactor = Readonly<{
  sealed: string
  confirmedAt: Date | null
  /** The time step of the last code that was taken: no code of it or before is taken again. */
  lastStep: number
}>

export async function selectSecondFactor(
  unit: Unit,
  staffId: string,
): Promise<SecondFactor | undefined> {
  const { rows } = await sql<SecondFactor>`
    select sealed, confirmed_at as "confirmedAt", last_step as "lastStep"
      from people.second_factor where staff_id = ${staffId}
  `.execute(unit.db)
  return rows[0]
}

/** Begins a second factor, anew where none was confirmed; false where one is in force. */
export async function insertSecondFactor(
  unit: Unit,
  of: Readonly<{ staffId: string; sealed: string }>,
): Promise<boolean> {
  const { rows } = await sql`
    insert into people.second_factor as held (staff_id, sealed, begun_at)
    values (${of.staffId}, ${of.sealed}, ${unit.now})
    on conflict (staff_id) do update
      set sealed = excluded.sealed, begun_at = excluded.begun_at, last_step = 0
      where held.confirmed_at is null
    returning 1
  `.execute(unit.db)
  return rows.length > 0
}

/**
 * Takes the code of a step, which confirms what was begun: false when one of that step, or a later
 * one, was taken before, or the secret is another by now.
 */
export async function takeStep(
  unit: Unit,
  of: Readonly<{ staffId: string; sealed: string; step: number }>,
): Promise<boolean> {
  const { rows } = await sql`
    update people.second_factor
       set last_step = ${of.step}, confirmed_at = coalesce(confirmed_at, ${unit.now})
     where staff_id = ${of.staffId} and sealed = ${of.sealed} and last_step < ${of.step}
    returning 1
  `.execute(unit.db)
  return rows.length > 0
}

export async function deleteSecondFactor(unit: Unit, staffId: string): Promise<boolean> {
  await sql`delete from people.recovery_code where staff_id = ${staffId}`.execute(unit.db)
  const { rows } = await sql`
    delete from people.second_factor where staff_id = ${staffId} returning 1
  `.execute(unit.db)
  return rows.length > 0
}

/** Takes somebody’s second factor away: whether there was one; null where that is forbidden. */
export async function resetFactorOf(unit: Unit, staffId: string): Promise<boolean | null> {
  const { rows } = await sql<{ had: boolean | null }>`
    select people.reset_second_factor(${staffId}) as had
  `.execute(unit.db)
  return rows[0]?.had ?? null
}

/** Replaces the recovery codes of a person. */
export async function replaceRecoveryCodes(
  unit: Unit,
  staffId: string,
  hashes: readonly string[],
): Promise<void> {
  await sql`delete from people.recovery_code where staff_id = ${staffId}`.execute(unit.db)
  await sql`
    insert into people.recovery_code (staff_id, place, hash)
    select ${staffId}, place, hash
      from unnest(${hashes}::text[]) with ordinality as code (hash, place)
  `.execute(unit.db)
}

/** The recovery codes that were not used yet. */
export async function selectRecoveryCodes(
  unit: Unit,
  staffId: string,
): Promise<Readonly<{ place: number; hash: string }>[]> {
  const { rows } = await sql<{ place: number; hash: string }>`
    select place, hash from people.recovery_code
     where staff_id = ${staffId} and used_at is null order by place
  `.execute(unit.db)
  return rows
}

/** Uses a recovery code up; false when somebody else was first. */
export async function takeRecoveryCode(
  unit: Unit,
  staffId: string,
  place: number,
): Promise<boolean> {
  const { rows } = await sql`
    update people.recovery_code set used_at = ${unit.now}
     where staff_id = ${staffId} and place = ${place} and used_at is null
    returning 1
  `.execute(unit.db)
  return rows.length > 0
}

/** The sealed secrets of all, to see which can be read. In a unit of the system. */
export async function selectSealed(unit: Unit): Promise<string[]> {
  const { rows } = await sql<{ sealed: string }>`
    select sealed from people.second_factor where confirmed_at is not null
  `.execute(unit.db)
  return rows.map(({ sealed }) => sealed)
}

/**
 * Whether a unit of one of the person’s posts, or any above it, asks a second factor of a role of
 * that post. In a unit of the system.
 */
export async function selectNeedsFactor(unit: Unit, staffId: string): Promise<boolean> {
  const { rows } = await sql<{ needs: boolean }>`
    with main as (
      select unit_id, roles from people.staff
       where staff_id = ${staffId} and valid_from <= people.today()
         and (valid_to is null or people.today() < valid_to)
    ),
    held as (
      select unit_id, roles from main
      union all
      select unit_id, roles from people.post
       where staff_id = ${staffId} and valid_from <= people.today()
         and (valid_to is null or people.today() < valid_to) and exists (select from main)
    )
    select exists (
      select from held
        cross join lateral people.path_of(held.unit_id) as above
        cross join lateral (
          select rule.roles from people.sign_in_rule as rule
           where rule.branch_id = above.unit_id order by rule.version desc limit 1) as latest
       where latest.roles && held.roles) as needs
  `.execute(unit.db)
  return rows[0]?.needs ?? false
}
