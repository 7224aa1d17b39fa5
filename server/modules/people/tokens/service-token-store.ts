import { sql } from 'kysely'
import type { Unit } from '#platform/unit.ts'

/** What is known of a token, but its secret. */
export type TokenRow = Readonly<{
  tokenId: string
  unitId: string
  name: string
  actions: readonly string[]
  madeAt: Date
  madeBy: string
  expiresAt: Date
  usedAt: Date | null
  revokedAt: Date | null
}>

const TOKEN = sql.raw(`token_id as "tokenId", unit_id as "unitId", name, actions,
  made_at as "madeAt", made_by as "madeBy", expires_at as "expiresAt", used_at as "usedAt",
  revoked_at as "revokedAt"`)

/** The tokens of the units in scope: those in force first, then the latest made. */
export async function selectTokens(unit: Unit): Promise<TokenRow[]> {
  const { rows } = await sql<TokenRow>`
    select ${TOKEN} from people.service_token
     order by revoked_at is null and expires_at > ${unit.now} desc, made_at desc, token_id
  `.execute(unit.db)
  return rows
}

export async function selectToken(unit: Unit, tokenId: string): Promise<TokenRow | undefined> {
  const { rows } = await sql<TokenRow>`
    select ${TOKEN} from people.service_token where token_id = ${tokenId}
  `.execute(unit.db)
  return rows[0]
}

/** What tokens in scope are called, by id. */
export async function selectTokenNames(
  unit: Unit,
  tokenIds: readonly string[],
): Promise<{ tokenId: string; name: string }[]> {
  const { rows } = await sql<{ tokenId: string; name: string }>`
    select token_id as "tokenId", name from people.service_token
     where token_id = any (${tokenIds})
  `.execute(unit.db)
  return rows
}

export type NewToken = Readonly<{
  tokenId: string
  secretSha256: string
  ticket: string
  unitId: string
  name: string
  actions: readonly string[]
  expiresAt: Date
}>

/** Keeps a new token with its ticket; false where the database forbids it. */
export async function insertToken(unit: Unit, of: NewToken): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select people.make_token(${of.tokenId}, ${of.secretSha256}, ${of.ticket}, ${of.unitId},
      ${of.name}, ${of.actions}, ${unit.now}, ${unit.actor.id}, ${of.expiresAt}) as done
  `.execute(unit.db)
  return rows[0]?.done ?? false
}

/** Ends a token at once; false when there is none in reach that still stood. */
export async function endToken(unit: Unit, tokenId: string): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select people.revoke_token(${tokenId}, ${unit.now}, ${unit.actor.id}) as done
  `.execute(unit.db)
  return rows[0]?.done ?? false
}

export type HeldToken = Readonly<{
  tokenId: string
  ticket: string
  actions: readonly string[]
  usedAt: Date | null
}>

/** The token with this hash, while it holds; only units of the system find one. */
export async function selectHeldToken(
  unit: Unit,
  secretSha256: string,
): Promise<HeldToken | undefined> {
  const { rows } = await sql<HeldToken>`
    select token_id as "tokenId", ticket, actions, used_at as "usedAt"
      from people.token_of(${secretSha256})
  `.execute(unit.db)
  return rows[0]
}

export async function noteUse(unit: Unit, tokenId: string): Promise<void> {
  await sql`select people.note_use(${tokenId}, ${unit.now})`.execute(unit.db)
}
