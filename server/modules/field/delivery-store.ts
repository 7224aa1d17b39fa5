import { type SqlBool, sql } from 'kysely'
import type { Unit } from '#platform/unit.ts'

export type OfItem = Readonly<{ branchId: string; staffId: string; itemId: string }>

/** An item that is being delivered. */
export type Delivery = OfItem &
  Readonly<{
    deviceId: string
    seq: number
    /** Of what was sealed. */
    sha256: string
    toldAt: Date | null
    skewMs: number
  }>

export type Answered = Readonly<{ sha256: string; answer: object | null }>

/** Claims an item that is not recorded yet; false if it is, after waiting for whoever records it. */
export async function claimDelivery(unit: Unit, of: Delivery): Promise<boolean> {
  return write(unit, of, 'recorded')
}

/** Notes that an item was refused, unless it is recorded by now. */
export async function noteRefused(unit: Unit, of: Delivery): Promise<void> {
  await write(unit, of, 'refused')
}

async function write(unit: Unit, of: Delivery, outcome: 'recorded' | 'refused'): Promise<boolean> {
  const { rows } = await sql<SqlBool>`
    insert into field.delivery (branch_id, staff_id, item_id, device_id, seq, sha256, delivered_at,
      told_at, skew_ms, outcome)
    values (${of.branchId}, ${of.staffId}, ${of.itemId}, ${of.deviceId}, ${of.seq}, ${of.sha256},
      ${unit.now}, ${of.toldAt}, ${of.skewMs}, ${outcome})
    on conflict (branch_id, staff_id, item_id) do update
       set device_id = excluded.device_id, seq = excluded.seq, sha256 = excluded.sha256,
           delivered_at = excluded.delivered_at, told_at = excluded.told_at,
           skew_ms = excluded.skew_ms, outcome = excluded.outcome
     where delivery.outcome = 'refused'
    returning true`.execute(unit.db)
  return rows.length > 0
}

export async function answerDelivery(
  unit: Unit,
  { branchId, staffId, itemId }: OfItem,
  { outcome, answer }: Readonly<{ outcome: 'recorded' | 'kept'; answer: object }>,
): Promise<void> {
  await sql`
    update field.delivery set outcome = ${outcome}, answer = ${JSON.stringify(answer)}
     where (branch_id, staff_id, item_id) = (${branchId}, ${staffId}, ${itemId})`.execute(unit.db)
}

export async function selectDelivery(
  unit: Unit,
  { branchId, staffId, itemId }: OfItem,
): Promise<Answered | undefined> {
  const { rows } = await sql<Answered>`
    select sha256, answer from field.delivery
     where (branch_id, staff_id, item_id) = (${branchId}, ${staffId}, ${itemId})`.execute(unit.db)
  return rows[0]
}

/** Forgets the deliveries before an instant, of everybody; units of the system can. */
export async function deleteDeliveries(unit: Unit, before: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from field.delivery where delivered_at < ${before}`.execute(unit.db)
  return Number(numAffectedRows ?? 0)
}
