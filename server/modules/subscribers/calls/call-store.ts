import { sql } from 'kysely'
import type { UnmaskPurpose } from '#contract/personal.ts'
import type { Unit } from '#platform/unit.ts'

/** Whom somebody had called, and why. */
export type CallRecord = Readonly<{
  branchId: string
  callId: string
  staffId: string
  day: string
  subscriberId: string
  purpose: UnmaskPurpose
  note: string
  ownTask: boolean
}>

/** Records a call that is about to be made; false where it was recorded before. */
export async function insertCall(unit: Unit, of: CallRecord): Promise<boolean> {
  const { rows } = await sql`
    insert into subscribers.call (branch_id, call_id, staff_id, day, at, subscriber_id, purpose, note,
        own_task)
    values (${of.branchId}, ${of.callId}, ${of.staffId}, ${of.day}, ${unit.now}, ${of.subscriberId},
        ${of.purpose}, ${of.note}, ${of.ownTask})
    on conflict do nothing returning call_id
  `.execute(unit.db)
  return rows.length > 0
}
