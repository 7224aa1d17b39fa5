import { sql } from 'kysely'
import type { LapseReason } from '#contract/lapsed.ts'
import type { Day } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'

type OfLapse = Readonly<{ branchId: string; lapseId: string; subscriberId: string }>
type OfSubscriber = Readonly<{ branchId: string; subscriberId: string }>

/** Why somebody lapsed, as it was told. */
export type ReasonTold = Readonly<{
  reasonId: string
  reason: LapseReason
  detail: string | null
  askedAt: Date
  askedBy: string
  evidence: string | null
  touchId: string | null
}>

/** What `told` rests on, the better the higher (`STRENGTH`), and who put it down. */
export type Recorded = Readonly<{ strength: number; recordedBy: string }>

/**
 * Appends what was told. The line of the register says the best that is known, of what is equally
 * good what was heard last, however late it is told; true where it now says this.
 */
export async function insertReason(
  unit: Unit,
  of: OfLapse,
  told: ReasonTold & Recorded,
): Promise<boolean> {
  await sql`
    insert into renewals.lapse_reason (branch_id, reason_id, lapse_id, subscriber_id, reason, detail,
      asked_at, asked_by, evidence, touch_id, strength, recorded_by)
    values (${of.branchId}, ${told.reasonId}, ${of.lapseId}, ${of.subscriberId}, ${told.reason},
      ${told.detail}, ${told.askedAt}, ${told.askedBy}, ${told.evidence}, ${told.touchId},
      ${told.strength}, ${told.recordedBy})`.execute(unit.db)
  const { numAffectedRows } = await sql`
    update renewals.lapsed
       set reason = ${told.reason}, reason_detail = ${told.detail}, asked_at = ${told.askedAt},
           asked_by = ${told.askedBy}, strength = ${told.strength}
     where branch_id = ${of.branchId} and lapse_id = ${of.lapseId}
       and (strength is null or strength < ${told.strength}
         or (strength = ${told.strength} and asked_at <= ${told.askedAt}))`.execute(unit.db)
  return numAffectedRows === 1n
}

/** `stands`: the line of the register says so. */
type ReasonKept = ReasonTold &
  Readonly<{ contractEnd: Day; recordedAt: Date; recordedBy: string; stands: boolean }>

export async function selectReasons(unit: Unit, of: OfSubscriber): Promise<ReasonKept[]> {
  const { rows } = await sql<ReasonKept>`
    select reason_id as "reasonId", said.reason, detail, said.asked_at as "askedAt",
           said.asked_by as "askedBy", evidence, touch_id as "touchId",
           lapsed.contract_end as "contractEnd", recorded_at as "recordedAt",
           recorded_by as "recordedBy",
           row_number() over (partition by said.lapse_id
             order by said.strength desc, said.asked_at desc, recorded_at desc, reason_id) = 1 as stands
      from renewals.lapse_reason as said
      join renewals.lapsed on lapsed.branch_id = said.branch_id and lapsed.lapse_id = said.lapse_id
     where said.branch_id = ${of.branchId} and said.subscriber_id = ${of.subscriberId}
     order by said.asked_at desc, recorded_at desc, reason_id limit 100`.execute(unit.db)
  return rows
}

export type ReceiptTold = Readonly<{ receiptNo: string; paidOn: Day; amountFen: number }>

/** Appends a receipt; false where its number was recorded before, for whomever. */
export async function insertReceipt(unit: Unit, of: OfLapse, told: ReceiptTold): Promise<boolean> {
  const { rows } = await sql`
    insert into renewals.receipt (branch_id, receipt_no, lapse_id, subscriber_id, paid_on,
      amount_fen, recorded_by)
    values (${of.branchId}, ${told.receiptNo}, ${of.lapseId}, ${of.subscriberId}, ${told.paidOn},
      ${told.amountFen}, ${unit.actor.id})
    on conflict (branch_id, receipt_no) do nothing
    returning receipt_no`.execute(unit.db)
  if (rows.length === 0) return false
  await sql`
    update renewals.lapsed set paid_on = least(paid_on, ${told.paidOn}::date)
     where branch_id = ${of.branchId} and lapse_id = ${of.lapseId}`.execute(unit.db)
  return true
}

export async function selectReceipts(
  unit: Unit,
  of: OfSubscriber,
): Promise<(ReceiptTold & Readonly<{ recordedAt: Date; recordedBy: string }>)[]> {
  const { rows } = await sql<ReceiptTold & { recordedAt: Date; recordedBy: string }>`
    select receipt_no as "receiptNo", paid_on as "paidOn", amount_fen as "amountFen",
           recorded_at as "recordedAt", recorded_by as "recordedBy"
      from renewals.receipt
     where branch_id = ${of.branchId} and subscriber_id = ${of.subscriberId}
     order by paid_on desc, receipt_no limit 100`.execute(unit.db)
  return rows
}
