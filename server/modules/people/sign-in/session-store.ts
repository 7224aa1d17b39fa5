import { sql } from 'kysely'
import type { Unit } from '#platform/unit.ts'
import type { Role } from '../roles.ts'

/** What has to be done before a session opens anything else. */
export type Due = 'second-factor' | 'password-change' | 'enrolment'

/** An open session, its person’s roles being those of all posts on the day of the unit. */
export type SessionRow = Readonly<{
  sessionId: string
  staffId: string
  ticket: string
  address: string | null
  device: string | null
  seenAt: Date
  endsAt: Date
  idleSeconds: number
  due: Due | null
  roles: readonly Role[]
}>

/** None where the post or the roles are no longer those of the opening. */
export async function selectSession(
  unit: Unit,
  tokenSha256: string,
): Promise<SessionRow | undefined> {
  const { rows } = await sql<SessionRow>`
    select session_id as "sessionId", staff_id as "staffId", ticket, address, device,
      seen_at as "seenAt", ends_at as "endsAt", idle_seconds as "idleSeconds", due,
      people.roles_of(staff_id) as roles
      from people.session_of(${tokenSha256})
  `.execute(unit.db)
  return rows[0]
}

/** Opens a session, and its ticket unless the second factor is still due. Only the system can. */
export async function insertSession(
  unit: Unit,
  of: Readonly<{
    sessionId: string
    tokenSha256: string
    ticket: string
    staffId: string
    address: string | null
    device: string | null
    due: Due | null
    idleSeconds: number
    endsAt: Date
  }>,
): Promise<void> {
  if (of.due !== 'second-factor')
    await sql`
      insert into people.ticket (ticket, kind, staff_id, opened_at, expires_at)
      values (${of.ticket}, 'person', ${of.staffId}, ${unit.now}, ${of.endsAt})
    `.execute(unit.db)
  await sql`
    insert into people.session (session_id, token_sha256, staff_id, ticket, address, device, due,
      idle_seconds, post, opened_at, seen_at, ends_at)
    values (${of.sessionId}, ${of.tokenSha256}, ${of.staffId}, ${of.ticket}, ${of.address},
      ${of.device}, ${of.due}, ${of.idleSeconds}, people.post_mark(${of.staffId}), ${unit.now},
      ${unit.now}, ${of.endsAt})
  `.execute(unit.db)
}

/**
 * Opens a session for which nothing but the second factor was due: it gets another token, and the
 * ticket that it was to have. False when it has ended meanwhile.
 */
export async function completeSession(
  unit: Unit,
  of: Readonly<{ sessionId: string; tokenSha256: string; endsAt: Date }>,
): Promise<boolean> {
  const { rows } = await sql`
    with complete as (
      update people.session
         set token_sha256 = ${of.tokenSha256}, due = null, seen_at = ${unit.now},
             ends_at = ${of.endsAt}
       where session_id = ${of.sessionId} and due = 'second-factor' and not ${IS_OVER(unit.now)}
      returning ticket, staff_id
    )
    insert into people.ticket (ticket, kind, staff_id, opened_at, expires_at)
    select ticket, 'person', staff_id, ${unit.now}, ${of.endsAt} from complete
    returning 1
  `.execute(unit.db)
  return rows.length > 0
}

export async function touchSession(unit: Unit, tokenSha256: string): Promise<void> {
  await sql`
    update people.session set seen_at = ${unit.now}
     where token_sha256 = ${tokenSha256} and seen_at < ${unit.now}
  `.execute(unit.db)
}

const IS_OVER = (now: Date) => sql`
  (ends_at <= ${now} or seen_at + idle_seconds * interval '1 second' <= ${now})`

/** Removes sessions and tickets that nobody can use any more, and attempts that are forgotten. */
export async function deleteEnded(unit: Unit, attemptedBefore: Date): Promise<void> {
  await sql`delete from people.attempt where last_at <= ${attemptedBefore}`.execute(unit.db)
  await sql`
    delete from people.ticket
     where expires_at <= ${unit.now}
        or ticket in (select ticket from people.session where ${IS_OVER(unit.now)})
  `.execute(unit.db)
  await sql`delete from people.session where ${IS_OVER(unit.now)}`.execute(unit.db)
}

/** The sessions of a person that can still be used, the latest first. */
export async function selectSessionsOf(
  unit: Unit,
  staffId: string,
): Promise<
  Readonly<{
    sessionId: string
    address: string | null
    device: string | null
    openedAt: Date
    seenAt: Date
  }>[]
> {
  const { rows } = await sql<{
    sessionId: string
    address: string | null
    device: string | null
    openedAt: Date
    seenAt: Date
  }>`
    select session_id as "sessionId", address, device, opened_at as "openedAt", seen_at as "seenAt"
      from people.session
     where staff_id = ${staffId} and post = people.post_mark(${staffId})
       and due is distinct from 'second-factor' and not ${IS_OVER(unit.now)}
     order by seen_at desc, session_id
  `.execute(unit.db)
  return rows
}

/** Ends sessions of a person with their tickets: one, all but one, or all; how many. */
export async function deleteSessions(
  unit: Unit,
  staffId: string,
  which: Readonly<{ only?: string; but?: string }> = {},
): Promise<number> {
  const { rows } = await sql`
    with ended as (
      delete from people.session
       where staff_id = ${staffId}
         and (${which.only ?? null}::uuid is null or session_id = ${which.only ?? null}::uuid)
         and session_id is distinct from ${which.but ?? null}::uuid
      returning ticket
    ),
    torn as (delete from people.ticket where ticket in (select ticket from ended))
    select from ended
  `.execute(unit.db)
  return rows.length
}
