import { sql } from 'kysely'
import type { Day } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'
import type { Fate, Open } from './lapse.ts'

/** By which cards, and on which day, the register of a branch was kept last. */
export type Kept = Readonly<{ snapshotId: string | null; asOf: Day | null; day: Day }>

export async function selectKept(unit: Unit, branchId: string): Promise<Kept | undefined> {
  const { rows } = await sql<Kept>`
    select snapshot_id as "snapshotId", as_of as "asOf", day from renewals.register
     where branch_id = ${branchId}`.execute(unit.db)
  return rows[0]
}

/** Whoever keeps the register of a branch, or takes many of its lines, does it alone until the unit ends. */
export async function lockRegister(unit: Unit, branchId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('renewals.register ' || ${branchId}, 0))`.execute(
    unit.db,
  )
}

export async function upsertKept(unit: Unit, branchId: string, kept: Kept): Promise<void> {
  await sql`
    insert into renewals.register (branch_id, snapshot_id, as_of, day)
    values (${branchId}, ${kept.snapshotId}, ${kept.asOf}, ${kept.day})
    on conflict (branch_id) do update
      set snapshot_id = excluded.snapshot_id, as_of = excluded.as_of, day = excluded.day`.execute(
    unit.db,
  )
}

/** Those held open that are not in `lapsed_card`. */
export async function selectLeft(unit: Unit, branchId: string): Promise<Open[]> {
  const { rows } = await sql<Open>`
    select lapse_id as "lapseId", subscriber_id as "subscriberId", contract_end as "contractEnd",
           found_on as "foundOn"
      from renewals.lapsed
     where branch_id = ${branchId} and closed_as is null
       and not exists (select from lapsed_card as card
            where card.subscriber_id = lapsed.subscriber_id
              and card.contract_end = lapsed.contract_end)
     order by lapse_id`.execute(unit.db)
  return rows
}

export async function closeLapses(
  unit: Unit,
  branchId: string,
  on: Day,
  fates: readonly (Fate & Readonly<{ lapseId: string }>)[],
): Promise<void> {
  // In order of id, as everybody holds lines of the register, so that two wait in turn.
  await sql`
    select from renewals.lapsed
     where branch_id = ${branchId} and lapse_id = any (${fates.map(({ lapseId }) => lapseId)}::text[])
     order by lapse_id for update`.execute(unit.db)
  await sql`
    update renewals.lapsed
       set closed_as = fate."closedAs", closed_on = ${on}::date, renewed_to = fate."renewedTo"
      from jsonb_to_recordset(${JSON.stringify(fates)}::jsonb)
           as fate ("lapseId" text, "closedAs" text, "renewedTo" date)
     where lapsed.branch_id = ${branchId} and lapsed.lapse_id = fate."lapseId"`.execute(unit.db)
}

/**
 * Brings everybody of `lapsed_card` into the register: new lapses are added, known ones follow the
 * card, and one that was closed by cards that do not stand any more is open again.
 */
export async function mergeLapsed(unit: Unit, branchId: string, foundOn: Day): Promise<void> {
  await sql`
    insert into renewals.lapsed (branch_id, lapse_id, subscriber_id, contract_end, unit_id,
      place_code, status, product, plan, monthly_fee_fen, found_on)
    select ${branchId}, subscriber_id || '~' || to_char(contract_end, 'YYYY-MM-DD'), subscriber_id,
           contract_end, unit_id, place_code, status, product, plan, monthly_fee_fen, ${foundOn}::date
      from lapsed_card as card
     where not exists (select from renewals.lapsed as known
            where known.branch_id = ${branchId} and known.subscriber_id = card.subscriber_id
              and known.contract_end = card.contract_end and known.closed_as is null
              and (known.unit_id, known.place_code, known.status)
                  is not distinct from (card.unit_id, card.place_code, card.status))
     order by 2
    on conflict (branch_id, lapse_id) do update
      set unit_id = excluded.unit_id, place_code = excluded.place_code, status = excluded.status,
          closed_as = null, closed_on = null, renewed_to = null`.execute(unit.db)
}

type Those = Readonly<{ branchId: string; subscriberIds: readonly string[] }>

/** The place goes, and the words of what was said. */
export async function eraseLapses(unit: Unit, { branchId, subscriberIds }: Those): Promise<void> {
  const ids = [...subscriberIds]
  await sql`
    select from renewals.lapsed
     where branch_id = ${branchId} and subscriber_id = any (${ids}::text[])
     order by lapse_id for update`.execute(unit.db)
  await sql`
    update renewals.lapsed set place_code = null
     where branch_id = ${branchId} and subscriber_id = any (${ids}::text[])
       and place_code is not null`.execute(unit.db)
  await sql`
    update renewals.lapse_reason set evidence = null
     where branch_id = ${branchId} and subscriber_id = any (${ids}::text[])
       and evidence is not null`.execute(unit.db)
}

/** Everything that the register has of a subscriber, latest lapse first. */
export async function selectLapsesOf(
  unit: Unit,
  of: Readonly<{ branchId: string; subscriberId: string }>,
): Promise<Record<string, unknown>[]> {
  const own = sql`branch_id = ${of.branchId} and subscriber_id = ${of.subscriberId}`
  const { rows } = await sql<{ lapse: Record<string, unknown> }>`
    select to_jsonb(lapse) - 'branch_id' - 'standing' - 'fee_fen' - 'won_back_on' || jsonb_build_object(
        'reasons', coalesce((select jsonb_agg(to_jsonb(said) - 'branch_id' order by asked_at)
            from renewals.lapse_reason as said where ${own} and said.lapse_id = lapse.lapse_id), '[]'),
        'receipts', coalesce((select jsonb_agg(to_jsonb(paid) - 'branch_id' order by paid_on)
            from renewals.receipt as paid where ${own} and paid.lapse_id = lapse.lapse_id), '[]'),
        'sweeps', coalesce((select jsonb_agg(to_jsonb(member) - 'branch_id' order by sweep_id)
            from renewals.sweep_member as member where ${own} and member.lapse_id = lapse.lapse_id), '[]')
      ) as lapse
      from renewals.lapsed as lapse
     where ${own}
     order by contract_end desc`.execute(unit.db)
  return rows.map(({ lapse }) => lapse)
}
