import { sql } from 'kysely'
import type { Day } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'
import type { Against } from './gate.ts'

/** A reason against a touch as it is kept. */
export type Kept = Pick<Against, 'code' | 'values'>

/** A touch as it was told, with the household and the day that follow from it. */
export type TouchTold = Readonly<{
  branchId: string
  touchId: string
  subscriberId: string
  householdId: string
  at: Date
  day: Day
  channel: string
  direction: 'in' | 'out'
  purpose: string
  staffId: string
  result: string
  scope: string | null
  offer: string | null
  until: Day | null
  nextOn: Day | null
  proof: Readonly<{ kind: string; ref: string }> | null
  note: string | null
}>

/** Appends a touch with what stood against it; false where its number is taken. */
export async function insertTouch(
  unit: Unit,
  touch: TouchTold,
  against: readonly Kept[],
): Promise<boolean> {
  const { rows } = await sql`
    insert into contacts.contact (branch_id, contact_id, subscriber_id, household_id, happened_at,
      day, channel, direction, purpose, staff_id, result, scope, offer, until, next_on, proof_kind,
      proof_ref, note, against)
    values (${touch.branchId}, ${touch.touchId}, ${touch.subscriberId}, ${touch.householdId},
      ${touch.at}, ${touch.day}, ${touch.channel}, ${touch.direction}, ${touch.purpose},
      ${touch.staffId}, ${touch.result}, ${touch.scope}, ${touch.offer}, ${touch.until},
      ${touch.nextOn}, ${touch.proof?.kind ?? null}, ${touch.proof?.ref ?? null}, ${touch.note},
      ${JSON.stringify(against)}::jsonb)
    on conflict (branch_id, contact_id) do nothing
    returning contact_id`.execute(unit.db)
  return rows.length > 0
}

/**
 * What stood against the touch of that number, and whether it says the same, by the same person;
 * undefined where there is none.
 */
export async function selectTold(
  unit: Unit,
  touch: TouchTold,
): Promise<Readonly<{ isSame: boolean; against: readonly Kept[] | null }> | undefined> {
  const { rows } = await sql<{ isSame: boolean; against: readonly Kept[] | null }>`
    select against, (subscriber_id = ${touch.subscriberId} and happened_at = ${touch.at}
       and channel = ${touch.channel} and purpose = ${touch.purpose}
       and staff_id = ${touch.staffId} and result = ${touch.result}
       and scope is not distinct from ${touch.scope}::text
       and offer is not distinct from ${touch.offer}::text
       and until is not distinct from ${touch.until}::date
       and next_on is not distinct from ${touch.nextOn}::date
       and proof_kind is not distinct from ${touch.proof?.kind ?? null}::text
       and proof_ref is not distinct from ${touch.proof?.ref ?? null}::text
       and note is not distinct from ${touch.note}::text) is true as "isSame"
      from contacts.contact
     where branch_id = ${touch.branchId} and contact_id = ${touch.touchId}`.execute(unit.db)
  return rows[0]
}
