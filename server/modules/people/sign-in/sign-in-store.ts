import { sql } from 'kysely'
import type { Unit } from '#platform/unit.ts'
import type { AttemptKind } from './attempts.ts'

/** What a sign-in is compared with; `given` by somebody else, who wants it changed. */
export type Credential = Readonly<{
  hash: string
  given: boolean
  expiresAt: Date | null
  setAt: Date
}>

const CREDENTIAL = sql.raw('hash, given, expires_at as "expiresAt", set_at as "setAt"')

/** Who signs in with an account; of people with a post today. */
export async function selectHolder(unit: Unit, account: string): Promise<string | undefined> {
  const { rows } = await sql<{ staffId: string }>`
    select staff_id as "staffId" from people.account join people.staff using (staff_id)
     where account = ${account} and staff.valid_from <= people.today()
       and (staff.valid_to is null or people.today() < staff.valid_to)
  `.execute(unit.db)
  return rows[0]?.staffId
}

/** The password of the actor, or of anybody for the system; none for nobody. */
export async function selectCredential(
  unit: Unit,
  staffId: string | null,
): Promise<Credential | undefined> {
  const { rows } = await sql<Credential>`
    select ${CREDENTIAL} from people.credential_of(${staffId})
  `.execute(unit.db)
  return rows[0]
}

/** Sets a password and ends the person’s other sessions; false where the database forbids it. */
export async function updatePassword(
  unit: Unit,
  of: Readonly<{
    staffId: string
    hash: string
    by: string
    given: boolean
    expiresAt: Date | null
  }>,
): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select people.set_password(
      ${of.staffId}, ${of.hash}, ${unit.now}, ${of.by}, ${of.given}, ${of.expiresAt}) as done
  `.execute(unit.db)
  return rows[0]?.done ?? false
}

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

/** After a success the account, or the second factor, starts anew. */
export async function forgiveAttempts(
  unit: Unit,
  kind: 'account' | 'factor',
  key: string,
): Promise<void> {
  await sql`delete from people.attempt where kind = ${kind} and key = ${key}`.execute(unit.db)
}

/** After a success the address takes back the one attempt that was counted. */
export async function forgiveOne(unit: Unit, address: string): Promise<void> {
  await sql`
    update people.attempt set failures = greatest(failures - 1, 0)
     where kind = 'address' and key = ${address}
  `.execute(unit.db)
}

/** Forgets the failures of a person: whether there were any; null where the database forbids it. */
export async function unlockAccount(unit: Unit, staffId: string): Promise<boolean | null> {
  const { rows } = await sql<{ had: boolean | null }>`
    select people.unlock(${staffId}) as had
  `.execute(unit.db)
  return rows[0]?.had ?? null
}

export type LastSignIn = Readonly<{
  at: Date
  address: string | null
  device: string | null
  failures: number
}>

/** Notes a sign-in, and answers with the one before and what was refused since. */
export async function replaceLastSignIn(
  unit: Unit,
  staffId: string,
  from: Readonly<{ address: string | null; device: string | null }>,
): Promise<LastSignIn | null> {
  const { rows } = await sql<LastSignIn>`
    select at, address, device, failures from people.last_sign_in
     where staff_id = ${staffId} for update
  `.execute(unit.db)
  await sql`
    insert into people.last_sign_in as held (staff_id, at, address, device, failures)
    values (${staffId}, ${unit.now}, ${from.address}, ${from.device}, 0)
    on conflict (staff_id) do update
      set at = excluded.at, address = excluded.address, device = excluded.device, failures = 0
  `.execute(unit.db)
  return rows[0] ?? null
}

/** One more refused; asked for nobody as well, so that an unknown account takes as long. */
export async function addFailure(unit: Unit, staffId: string | null): Promise<void> {
  await sql`
    update people.last_sign_in set failures = failures + 1 where staff_id = ${staffId}
  `.execute(unit.db)
}
