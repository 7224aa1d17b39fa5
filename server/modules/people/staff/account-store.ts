import { sql } from 'kysely'
import type { Unit } from '#platform/unit.ts'

/** Whose account it is. */
export type Account = Readonly<{ staffId: string; account: string }>

/** The accounts, in scope, that are one of `accounts` or belong to one of `staffIds`. */
export async function selectAccounts(
  unit: Unit,
  of: Readonly<{ accounts: readonly string[]; staffIds: readonly string[] }>,
): Promise<Account[]> {
  const { rows } = await sql<Account>`
    select staff_id as "staffId", account from people.account
     where account = any (${of.accounts}) or staff_id = any (${of.staffIds})
     order by staff_id
  `.execute(unit.db)
  return rows
}

/** The accounts among the given that belong to somebody outside the actor’s scope. */
export async function selectForeignAccounts(
  unit: Unit,
  accounts: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ account: string }>`
    select account from unnest(${accounts}::text[]) as asked (account)
     where people.is_foreign_account(account)
  `.execute(unit.db)
  return new Set(rows.map(({ account }) => account))
}

export async function deleteAccounts(unit: Unit, staffIds: readonly string[]): Promise<void> {
  if (staffIds.length === 0) return
  await sql`delete from people.account where staff_id = any (${staffIds})`.execute(unit.db)
}

export async function insertAccounts(unit: Unit, accounts: readonly Account[]): Promise<void> {
  if (accounts.length === 0) return
  await sql`
    insert into people.account (staff_id, account)
    select "staffId", account
      from jsonb_to_recordset(${JSON.stringify(accounts)}::jsonb)
        as row("staffId" text, account text)
  `.execute(unit.db)
}
