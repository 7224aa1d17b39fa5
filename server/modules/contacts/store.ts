import type { Readable, Writable } from 'node:stream'
import { type RawBuilder, sql } from 'kysely'
import { copyIn, copyOut } from '#platform/postgres/copy.ts'
import type { Unit } from '#platform/unit.ts'
import { versionsIn } from '#platform/versions-store.ts'
import type { ContactPolicy } from './policy.ts'

/** The columns of a contact as files bring them, in the order of queries/staged-contacts.sql. */
const STAGED_COLUMNS = [
  'contact_id',
  'subscriber_id',
  'household_id',
  'happened_at',
  'day',
  'channel',
  'direction',
  'purpose',
  'staff_id',
  'result',
  'reason',
  'scope',
  'offer',
  'until',
  'note',
] as const

/**
 * Appends what `csv` (of the staged columns) tells; answers how many were new. `households` gives
 * those of subscribers for which the file names none.
 */
export async function insertContacts(
  unit: Unit,
  told: { branchId: string; csv: Readable; households: ReadonlyMap<string, string> },
): Promise<number> {
  await sql`create temp table staged_contact (
      contact_id text, subscriber_id text, household_id text, happened_at timestamptz, day date,
      channel text, direction text, purpose text, staff_id text, result text, reason text,
      scope text, offer text, until date, note text
    ) on commit drop`.execute(unit.db)
  await copyIn(unit, 'staged_contact', STAGED_COLUMNS, told.csv)
  await sql`
    update staged_contact set household_id = known.household_id
      from unnest(${[...told.households.keys()]}::text[], ${[...told.households.values()]}::text[])
           as known (subscriber_id, household_id)
     where staged_contact.household_id is null
       and staged_contact.subscriber_id = known.subscriber_id`.execute(unit.db)
  const { numAffectedRows } = await sql`
    insert into contacts.contact (branch_id, ${names(STAGED_COLUMNS)})
    select ${told.branchId}, ${names(STAGED_COLUMNS)} from staged_contact
    on conflict (branch_id, contact_id) do nothing`.execute(unit.db)
  await sql`drop table staged_contact`.execute(unit.db)
  return Number(numAffectedRows ?? 0n)
}

const names = (columns: readonly string[]): RawBuilder<unknown> =>
  sql.join(columns.map((column) => sql.ref(column)))

export type ContactRow = Readonly<{
  contactId: string
  at: Date
  channel: string
  purpose: string
  result: string
  reason: string | null
  staffId: string | null
  until: string | null
  nextOn: string | null
}>

/** The latest contacts of a household and of those who live in it today, newest first. */
export async function selectContacts(
  unit: Unit,
  of: Readonly<{
    branchId: string
    householdId: string
    subscriberIds: readonly string[]
    limit: number
  }>,
): Promise<ContactRow[]> {
  const { rows } = await sql<ContactRow>`
    select contact_id as "contactId", happened_at as at, channel, purpose, result, reason,
           staff_id as "staffId", until, next_on as "nextOn"
      from contacts.contact
     where branch_id = ${of.branchId}
       and (household_id = ${of.householdId} or subscriber_id = any (${[...of.subscriberIds]}::text[]))
     order by happened_at desc, contact_id limit ${of.limit}`.execute(unit.db)
  return rows
}

/** All contacts of a subscriber with everything that was noted, newest first. */
export async function selectToldOf(
  unit: Unit,
  of: Readonly<{ branchId: string; subscriberId: string }>,
): Promise<Record<string, unknown>[]> {
  const { rows } = await sql<{ contact: Record<string, unknown> }>`
    select to_jsonb(contact) - 'branch_id' - 'recorded_in' as contact
      from contacts.contact
     where branch_id = ${of.branchId} and subscriber_id = ${of.subscriberId}
     order by happened_at desc, contact_id`.execute(unit.db)
  return rows.map(({ contact }) => contact)
}

type Erased = Readonly<{
  branchId: string
  subscriberIds: readonly string[]
  leftHomes: readonly Readonly<{ subscriberId: string; householdId: string }>[]
}>

/**
 * Empties the free text and the proofs of the contacts of these subscribers, and of the homes that they left, and
 * parts them from the household.
 */
export async function eraseContacts(unit: Unit, of: Erased): Promise<void> {
  await sql`
    update contacts.contact
       set note = null, reason = null, household_id = 's-' || subscriber_id,
           proof_ref = case when proof_ref is not null then '-' end
     where branch_id = ${of.branchId} and subscriber_id = any (${[...of.subscriberIds]}::text[])
       and (note is not null or reason is not null or proof_ref <> '-'
            or household_id is distinct from 's-' || subscriber_id)`.execute(unit.db)
  await sql`
    update contacts.contact
       set note = null, reason = null, household_id = 's-' || home.subscriber_id,
           proof_ref = case when proof_ref is not null then '-' end
      from unnest(${of.leftHomes.map((home) => home.subscriberId)}::text[],
                  ${of.leftHomes.map((home) => home.householdId)}::text[])
           as home (subscriber_id, household_id)
     where branch_id = ${of.branchId} and contact.household_id = home.household_id
       and contact.subscriber_id is null`.execute(unit.db)
}

export type Part = Readonly<{ fromXid: string; toXid: string; file: string; rowCount: number }>

/** Holds the branch’s copy lock until the unit ends, so that two copies cannot run at once. */
export async function lockPublication(unit: Unit, branchId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`contacts ${branchId}`}, 7))`.execute(
    unit.db,
  )
}

/**
 * Where the copy to the lake stands: the parts of the newest generation, each with the cluster it
 * was copied from, this cluster, and the transaction below which nothing can still appear.
 */
export async function readPublication(unit: Unit, branchId: string) {
  const { rows } = await sql<{ settled: string; cluster: string }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as settled,
           (select system_identifier::text from pg_control_system()) as cluster`.execute(unit.db)
  const here = rows[0]
  if (!here) throw new Error('the ledger tells its snapshot')
  const parts = await sql<Part & { generation: number; cluster: string }>`
    select generation, cluster_id as cluster, from_xid::text as "fromXid", to_xid::text as "toXid",
           file, row_count as "rowCount"
      from contacts.published_part
     where branch_id = ${branchId} and generation = (
       select max(generation) from contacts.published_part where branch_id = ${branchId})
     order by from_xid`.execute(unit.db)
  return { ...here, parts: parts.rows }
}

export async function insertPart(
  unit: Unit,
  branchId: string,
  part: Part & { generation: number; cluster: string },
): Promise<void> {
  await sql`
    insert into contacts.published_part
      (branch_id, generation, from_xid, to_xid, cluster_id, file, row_count)
    values (${branchId}, ${part.generation}, ${part.fromXid}::xid8, ${part.toXid}::xid8,
            ${part.cluster}, ${part.file}, ${part.rowCount})`.execute(unit.db)
}

type Told = Readonly<{ branchId: string; fromXid: string; toXid: string | null }>

/** Streams the contacts of the transactions [fromXid, toXid) as CSV; `toXid` null: all later ones. */
export const streamContacts = (unit: Unit, of: Told, target: Writable): Promise<void> =>
  stream(unit, of, { columns: ['branch_id', ...STAGED_COLUMNS], target })

/** Streams the ids alone. */
export const streamContactIds = (unit: Unit, of: Told, target: Writable): Promise<void> =>
  stream(unit, of, { columns: ['contact_id'], target })

async function stream(
  unit: Unit,
  of: Told,
  { columns, target }: Readonly<{ columns: readonly string[]; target: Writable }>,
): Promise<void> {
  const { rows } = await sql<{ query: string }>`
    select format(
      'select %s from contacts.contact where branch_id = %L and recorded_in >= %L::xid8 %s order by contact_id',
      ${columns.join(', ')}::text, ${of.branchId}::text, ${of.fromXid}::text,
      case when ${of.toXid}::text is null then ''
           else format('and recorded_in < %L::xid8', ${of.toXid}::text) end
    ) as query`.execute(unit.db)
  const query = rows[0]?.query
  if (!query) throw new Error('a query was formatted')
  await copyOut(unit, query, target)
}

/** Versions of before there was a length of a refusal mean the three months of the law. */
export const POLICY_VERSIONS = versionsIn<ContactPolicy>({
  table: 'contacts.policy_version',
  setting: sql`jsonb_build_object('refusalMonths', 3) || body`,
  columns: (policy) => ({ body: JSON.stringify(policy) }),
})
