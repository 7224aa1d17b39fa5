import { sql } from 'kysely'
import type { Unit } from '#platform/unit.ts'
import type { Role } from './roles.ts'

/** An open session, its person’s roles being those of the day of the unit. */
export type SessionRow = Readonly<{
  staffId: string
  ticket: string
  seenAt: Date
  endsAt: Date
  roles: readonly Role[]
}>

export async function selectSession(
  unit: Unit,
  tokenSha256: string,
): Promise<SessionRow | undefined> {
  const { rows } = await sql<SessionRow>`
    select staff_id as "staffId", ticket, seen_at as "seenAt", ends_at as "endsAt", roles
      from people.session_of(${tokenSha256})
  `.execute(unit.db)
  return rows[0]
}

/** Opens a session with its ticket. Only units of the system can. */
export async function insertSession(
  unit: Unit,
  of: Readonly<{
    tokenSha256: string
    ticket: string
    staffId: string
    address: string | null
    endsAt: Date
  }>,
): Promise<void> {
  await sql`
    insert into people.ticket (ticket, kind, staff_id, opened_at, expires_at)
    values (${of.ticket}, 'person', ${of.staffId}, ${unit.now}, ${of.endsAt})
  `.execute(unit.db)
  await sql`
    insert into people.session (token_sha256, staff_id, ticket, address, opened_at, seen_at, ends_at)
    values (${of.tokenSha256}, ${of.staffId}, ${of.ticket}, ${of.address}, ${unit.now},
      ${unit.now}, ${of.endsAt})
  `.execute(unit.db)
}

export async function touchSession(unit: Unit, tokenSha256: string): Promise<void> {
  await sql`
    update people.session set seen_at = ${unit.now}
     where token_sha256 = ${tokenSha256} and seen_at < ${unit.now}
  `.execute(unit.db)
}

/** Removes sessions and tickets that nobody can use any more, and attempts that are forgotten. */
export async function deleteEnded(
  unit: Unit,
  { idleSince, attemptedBefore }: Readonly<{ idleSince: Date; attemptedBefore: Date }>,
): Promise<void> {
  await sql`delete from people.attempt where last_at <= ${attemptedBefore}`.execute(unit.db)
  await sql`
    delete from people.ticket
     where expires_at <= ${unit.now}
        or ticket in (select ticket from people.session where seen_at <= ${idleSince})
  `.execute(unit.db)
  await sql`
    delete from people.session where ends_at <= ${unit.now} or seen_at <= ${idleSince}
  `.execute(unit.db)
}

/** Ends the session of the unit’s own ticket. */
export async function closeOwnSession(unit: Unit): Promise<void> {
  await sql`select people.close_session()`.execute(unit.db)
}

/** Who signs in with an account, and the hash to compare; of people with a post today. */
export async function selectCredential(
  unit: Unit,
  account: string,
): Promise<{ staffId: string; hash: string | null } | undefined> {
  const { rows } = await sql<{ staffId: string; hash: string | null }>`
    select staff_id as "staffId", people.password_of(staff_id) as hash
      from people.account join people.staff using (staff_id)
     where account = ${account} and staff.valid_from <= people.today()
       and (staff.valid_to is null or people.today() < staff.valid_to)
  `.execute(unit.db)
  return rows[0]
}

/** The hash of the actor, or of anybody for the system. */
export async function selectHash(unit: Unit, staffId: string): Promise<string | null> {
  const { rows } = await sql<{ hash: string | null }>`
    select people.password_of(${staffId}) as hash
  `.execute(unit.db)
  return rows[0]?.hash ?? null
}

/** Sets a password and ends the person’s other sessions; false where the database forbids it. */
export async function updatePassword(unit: Unit, staffId: string, hash: string): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select people.set_password(${staffId}, ${hash}, ${unit.now}, ${unit.actor.id}) as done
  `.execute(unit.db)
  return rows[0]?.done ?? false
}

export type AttemptKind = 'account' | 'address'
export type Attempts = Readonly<{ failures: number; lastAt: Date }>

/** The attempts under a key so far, locked until the unit ends: attempts are counted one by one. */
export async function lockAttempts(unit: Unit, kind: AttemptKind, key: string): Promise<Attempts> {
  const { rows } = await sql<Attempts>`
    insert into people.attempt as held (kind, key, failures, last_at)
    values (${kind}, ${key}, 0, ${unit.now})
    on conflict (kind, key) do update set failures = held.failures
    returning failures, last_at as "lastAt"
  `.execute(unit.db)
  return rows[0] ?? { failures: 0, lastAt: unit.now }
}

export async function updateAttempts(
  unit: Unit,
  of: Readonly<{ kind: AttemptKind; key: string; failures: number }>,
): Promise<void> {
  await sql`
    update people.attempt set failures = ${of.failures}, last_at = ${unit.now}
     where kind = ${of.kind} and key = ${of.key}
  `.execute(unit.db)
}

/** After a success: the account starts anew, the address takes back the one that was counted. */
export async function forgiveAttempts(
  unit: Unit,
  account: string,
  address: string | null,
): Promise<void> {
  await sql`delete from people.attempt where kind = 'account' and key = ${account}`.execute(unit.db)
  await sql`
    update people.attempt set failures = greatest(failures - 1, 0)
     where kind = 'address' and key = ${address}
  `.execute(unit.db)
}
