import { sql } from 'kysely'
import { escapeLiteral } from 'pg'
import type { Mark } from '../page.ts'
import { type Unit, withCommit } from '../unit.ts'
import type { AuditEvent } from './audit.ts'

/** Appends to the chains with the commit: whoever else waits for a chain waits for no way to us. */
export function appendEvents(unit: Unit, events: readonly AuditEvent[]): void {
  const told = events.map(({ branchId, about, ...event }) => ({
    ...event,
    branch: branchId,
    kind: about?.kind,
    id: about?.id,
  }))
  withCommit(unit, `select platform.append_audit(${escapeLiteral(JSON.stringify(told))}::jsonb)`)
}

export type AuditRow = Readonly<{
  seq: number
  at: Date
  actor: string
  action: string
  kind: string | null
  id: string | null
  body: string
  hash: string
}>

export type AuditAsked = Readonly<{
  chain: string
  from: Date | null
  to: Date | null
  actor: string | null
  action: string | null
  about: string | null
  /** Entries before this one; null for the newest. */
  before: Mark | null
  limit: number
}>

/** Entries of one chain, newest first. */
export async function selectEntries(unit: Unit, of: AuditAsked): Promise<AuditRow[]> {
  const { rows } = await sql<AuditRow>`
    select seq, at, actor, action, about_kind as kind, about_id as id, body, hash
      from platform.audit_entry
     where ${matching(of)}
       and (${of.before === null} or seq < ${Number(of.before?.value ?? 0)})
     order by seq desc
     limit ${of.limit}
  `.execute(unit.db)
  return rows
}

export async function countEntries(unit: Unit, of: AuditAsked, upTo: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count
      from (select from platform.audit_entry where ${matching(of)} limit ${upTo}) as found
  `.execute(unit.db)
  return rows[0]?.count ?? 0
}

const matching = (of: AuditAsked) => sql`
  chain = ${of.chain}
  and (${of.from}::timestamptz is null or at >= ${of.from}) and (${of.to}::timestamptz is null or at < ${of.to})
  and (${of.actor}::text is null or actor = ${of.actor})
  and (${of.action}::text is null or action = ${of.action})
  and (${of.about}::text is null or about_id = ${of.about})`

/** What an entry that does not stand as it was appended looks like. */
export type AuditFault = Readonly<{
  chain: string
  seq: number
  /**
   * `altered`: not what its hash says. `missing`: those before it. `inserted`: does not follow the
   * one before it. `cut`: the chain ends elsewhere than its head. `unlike`: not what was told outside.
   */
  fault: 'altered' | 'missing' | 'inserted' | 'cut' | 'unlike'
}>

/**
 * Looks at every entry: its hash, the hash before, its number, its columns, and the end of its
 * chain. The first 1,000 faults, in the order of the chains.
 */
export async function selectFaults(unit: Unit): Promise<AuditFault[]> {
  const { rows } = await sql<AuditFault>`
    with read as (
      select entry.*, platform.read_json(body) as told,
             lag(hash, 1, '') over chained as hash_before,
             lag(seq, 1, 0::bigint) over chained as seq_before
        from platform.audit_entry as entry
      window chained as (partition by chain order by seq)
    ),
    judged as (
      select chain, seq, case
          when hash <> encode(sha256(convert_to(body, 'UTF8')), 'hex')
            or (told->>'chain', told->>'seq', told->>'actor', told->>'action')
               is distinct from (chain, seq::text, actor, action)
            or (told->>'kind', told->>'id') is distinct from (about_kind, about_id)
            or told->>'at' is distinct from to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
          then 'altered'
          when seq <> seq_before + 1 then 'missing'
          when told->>'prev' is distinct from hash_before then 'inserted'
        end as fault
        from read
    ),
    ended as (
      select coalesce(head.chain, last.chain) as chain, coalesce(last.seq, 0) as seq, 'cut' as fault
        from platform.audit_head as head
        full join (
          select distinct on (chain) chain, seq, hash from platform.audit_entry order by chain, seq desc
        ) as last on last.chain = head.chain
       where (head.seq, head.hash) is distinct from (coalesce(last.seq, 0), coalesce(last.hash, ''))
    )
    select chain, seq, fault from judged where fault is not null
    union all
    select chain, seq, fault from ended
    order by chain, seq, fault
    limit 1000
  `.execute(unit.db)
  return rows
}

export type ChainHead = Readonly<{ chain: string; seq: number; hash: string }>

export async function selectHeads(unit: Unit): Promise<ChainHead[]> {
  const { rows } = await sql<ChainHead>`
    select chain, seq, hash from platform.audit_head order by chain
  `.execute(unit.db)
  return rows
}

/** Which of these entries, told to somebody outside before, do not stand in the trail as told. */
export async function selectUnlike(unit: Unit, told: readonly ChainHead[]): Promise<ChainHead[]> {
  const { rows } = await sql<ChainHead>`
    select told.chain, told.seq, told.hash
      from jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as told (chain text, seq bigint, hash text)
      left join platform.audit_entry as entry
        on entry.chain = told.chain and entry.seq = told.seq and entry.hash = told.hash
     where entry.chain is null
     order by told.chain, told.seq
  `.execute(unit.db)
  return rows
}

/** Entries that a sink has not been told yet, in the order of their chains. */
export async function selectUntold(
  unit: Unit,
  sink: string,
  limit: number,
): Promise<(ChainHead & Readonly<{ body: string }>)[]> {
  const { rows } = await sql<ChainHead & { body: string }>`
    select entry.chain, entry.seq, entry.hash, entry.body
      from platform.audit_head as head
      left join platform.audit_told as told on told.chain = head.chain and told.sink = ${sink}
      join platform.audit_entry as entry
        on entry.chain = head.chain and entry.seq > coalesce(told.seq, 0)
     where head.seq > coalesce(told.seq, 0)
     order by entry.chain, entry.seq
     limit ${limit}
  `.execute(unit.db)
  return rows
}

export async function markTold(
  unit: Unit,
  sink: string,
  last: readonly ChainHead[],
): Promise<void> {
  await sql`
    insert into platform.audit_told as held (chain, sink, seq)
    select chain, ${sink}, max(seq)
      from jsonb_to_recordset(${JSON.stringify(last)}::jsonb) as told (chain text, seq bigint)
     group by chain
    on conflict (chain, sink) do update set seq = greatest(held.seq, excluded.seq)
  `.execute(unit.db)
}

/** What was done about somebody or something, the latest 10,000 acts. */
export async function selectAboutOf(
  unit: Unit,
  of: Readonly<{ chain: string; kind: string; id: string }>,
): Promise<Readonly<{ at: Date; actor: string; action: string }>[]> {
  const { rows } = await sql<{ at: Date; actor: string; action: string }>`
    select at, actor, action from platform.audit_entry
     where (chain, about_kind, about_id) = (${of.chain}, ${of.kind}, ${of.id})
     order by seq desc
     limit 10000
  `.execute(unit.db)
  return rows
}

/** That somebody did something to somebody else. */
export type Act = Readonly<{ actor: string; about: string }>

/** Who did one of these actions to whom since an instant, in all chains that the actor reads. */
export async function selectActs(
  unit: Unit,
  of: Readonly<{ actions: readonly string[]; kind: string; since: Date }>,
): Promise<Act[]> {
  const { rows } = await sql<Act>`
    select distinct entry.actor, entry.about_id as about
      from platform.audit_head as head
      join platform.audit_entry as entry
        on entry.chain = head.chain and entry.action = any (${[...of.actions]}::text[])
     where entry.about_kind = ${of.kind} and entry.at >= ${of.since}
       and entry.actor <> entry.about_id
  `.execute(unit.db)
  return rows
}
