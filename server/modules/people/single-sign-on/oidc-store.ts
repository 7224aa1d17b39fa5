import { sql } from 'kysely'
import type { Unit } from '#platform/unit.ts'

/** A main account at a provider. */
export type MainAccount = Readonly<{ issuer: string; subject: string }>
export type Holder = Readonly<{ staffId: string; account: string | null }>

const HAS_POST = sql`
  staff.valid_from <= people.today() and (staff.valid_to is null or people.today() < staff.valid_to)`

/** Who a main account is linked to, of people with a post today. */
export async function selectLinked(unit: Unit, of: MainAccount): Promise<Holder | undefined> {
  const { rows } = await sql<Holder>`
    select identity.staff_id as "staffId", account.account
      from people.identity
      join people.staff on staff.staff_id = identity.staff_id and ${HAS_POST}
      left join people.account on account.staff_id = identity.staff_id
     where identity.issuer = ${of.issuer} and identity.subject = ${of.subject}
  `.execute(unit.db)
  return rows[0]
}

/** Links a main account; false where it, or the person, is linked already. */
export async function insertIdentity(
  unit: Unit,
  of: MainAccount & Readonly<{ staffId: string; linkedBy: string }>,
): Promise<boolean> {
  const { rows } = await sql`
    insert into people.identity (issuer, subject, staff_id, linked_at, linked_by)
    values (${of.issuer}, ${of.subject}, ${of.staffId}, ${unit.now}, ${of.linkedBy})
    on conflict do nothing
    returning 1
  `.execute(unit.db)
  return rows.length > 0
}

export type Identity = Readonly<{ subject: string; linkedAt: Date; linkedBy: string }>

export async function selectIdentity(
  unit: Unit,
  issuer: string,
  staffId: string,
): Promise<Identity | undefined> {
  const { rows } = await sql<Identity>`
    select subject, linked_at as "linkedAt", linked_by as "linkedBy"
      from people.identity where issuer = ${issuer} and staff_id = ${staffId}
  `.execute(unit.db)
  return rows[0]
}

export async function deleteIdentity(unit: Unit, issuer: string, staffId: string): Promise<void> {
  await sql`
    delete from people.identity where issuer = ${issuer} and staff_id = ${staffId}
  `.execute(unit.db)
}

/** Keeps what the provider gave for a session, and forgets that of sessions that ended. */
export async function insertProviderSession(
  unit: Unit,
  of: MainAccount &
    Readonly<{ ticket: string; sid: string | null; idToken: string; refresh: string | null }>,
): Promise<void> {
  await sql`
    delete from people.provider_session as held
     where not exists (select from people.session where session.ticket = held.ticket)
  `.execute(unit.db)
  await sql`
    insert into people.provider_session (ticket, issuer, subject, sid, id_token, refresh, checked_at)
    values (${of.ticket}, ${of.issuer}, ${of.subject}, ${of.sid}, ${of.idToken}, ${of.refresh},
      ${unit.now})
  `.execute(unit.db)
}

/** Whether the provider opened a session. */
export async function isOfProvider(unit: Unit, ticket: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from people.provider_session where ticket = ${ticket}
  `.execute(unit.db)
  return rows.length > 0
}

export async function selectIdToken(
  unit: Unit,
  issuer: string,
  ticket: string,
): Promise<string | undefined> {
  const { rows } = await sql<{ idToken: string }>`
    select id_token as "idToken" from people.provider_session
     where issuer = ${issuer} and ticket = ${ticket}
  `.execute(unit.db)
  return rows[0]?.idToken
}

/** Ends the sessions opened by a main account, or those of one session at the provider; whose. */
export async function deleteProviderSessions(
  unit: Unit,
  of: Readonly<{ issuer: string; subject: string | null; sid: string | null }>,
): Promise<string[]> {
  const { rows } = await sql<{ staffId: string }>`
    with ended as (
      delete from people.provider_session
       where issuer = ${of.issuer}
         and (${of.subject}::text is null or subject = ${of.subject})
         and (${of.sid}::text is null or sid = ${of.sid})
         and (${of.subject}::text is not null or ${of.sid}::text is not null)
      returning ticket
    ),
    torn as (delete from people.ticket where ticket in (select ticket from ended))
    delete from people.session where ticket in (select ticket from ended)
    returning staff_id as "staffId"
  `.execute(unit.db)
  return rows.map(({ staffId }) => staffId)
}

/** Takes a message of the provider; false when it was taken before. Forgets those that have ended. */
export async function takeNotice(
  unit: Unit,
  of: Readonly<{ issuer: string; jti: string; expiresAt: Date }>,
): Promise<boolean> {
  await sql`delete from people.logout_token where expires_at <= ${unit.now}`.execute(unit.db)
  const { rows } = await sql`
    insert into people.logout_token (issuer, jti, expires_at)
    values (${of.issuer}, ${of.jti}, ${of.expiresAt})
    on conflict do nothing
    returning 1
  `.execute(unit.db)
  return rows.length > 0
}

export type DueSession = Readonly<{ ticket: string; subject: string; refresh: string }>

/**
 * Sessions whose main account was last asked about before `before`: each is claimed, so that of
 * several processes one alone asks. At most `limit` of them, the longest unasked first.
 */
export async function claimDue(
  unit: Unit,
  of: Readonly<{ issuer: string; before: Date; limit: number }>,
): Promise<DueSession[]> {
  const { rows } = await sql<DueSession>`
    update people.provider_session as held set checked_at = ${unit.now}
     where ticket in (
       select due.ticket from people.provider_session as due
         join people.session on session.ticket = due.ticket
        where due.issuer = ${of.issuer} and due.refresh is not null
          and due.checked_at <= ${of.before}
        order by due.checked_at
        limit ${of.limit}
        for update of due skip locked)
    returning ticket, subject, refresh
  `.execute(unit.db)
  return rows
}

export async function updateRefresh(unit: Unit, ticket: string, refresh: string): Promise<void> {
  await sql`
    update people.provider_session set refresh = ${refresh} where ticket = ${ticket}
  `.execute(unit.db)
}
