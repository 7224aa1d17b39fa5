import { sql } from 'kysely'
import type { Unit } from './unit.ts'

type Key = Readonly<{ operation: string; key: string }>

/** Claims a key for the actor; false if it was claimed before, after waiting for whoever holds it. */
export async function insertCommand(
  unit: Unit,
  of: Key & Readonly<{ contentSha256: string }>,
): Promise<boolean> {
  const { rows } = await sql`
    insert into platform.command (staff_id, operation, key, content_sha256, at)
    values (${unit.actor.id}, ${of.operation}, ${of.key}, ${of.contentSha256}, ${unit.now})
    on conflict do nothing
    returning 1
  `.execute(unit.db)
  return rows.length > 0
}

export async function updateAnswer(
  unit: Unit,
  of: Key & Readonly<{ answer: unknown }>,
): Promise<void> {
  await sql`
    update platform.command set answered = true, answer = ${JSON.stringify(of.answer)}::jsonb
     where staff_id = ${unit.actor.id} and operation = ${of.operation} and key = ${of.key}
  `.execute(unit.db)
}

export async function selectCommand(
  unit: Unit,
  of: Key,
): Promise<{ contentSha256: string; answered: boolean; answer: unknown } | undefined> {
  const { rows } = await sql<{ contentSha256: string; answered: boolean; answer: unknown }>`
    select content_sha256 as "contentSha256", answered, answer
      from platform.command
     where staff_id = ${unit.actor.id} and operation = ${of.operation} and key = ${of.key}
  `.execute(unit.db)
  return rows[0]
}

export async function deleteCommand(unit: Unit, of: Key): Promise<void> {
  await sql`
    delete from platform.command
     where staff_id = ${unit.actor.id} and operation = ${of.operation} and key = ${of.key}
       and not answered
  `.execute(unit.db)
}

/** Forgets answers older than `before`, of everybody; units of the system can. */
export async function deleteAnswers(unit: Unit, before: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from platform.command where at < ${before}
  `.execute(unit.db)
  return Number(numAffectedRows ?? 0)
}
