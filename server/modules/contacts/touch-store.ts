import { sql } from 'kysely'
import type { Day } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'

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
  note: string | null
}>

/** Appends a touch; false where its number is taken. */
export async function insertTouch(unit: Unit, touch: TouchTold): Promise<boolean> {
  const { rows } = await sql`
    insert into contacts.contact (branch_id, contact_id, subscriber_id, household_id, happened_at,
      day, channel, direction, purpose, staff_id, result, scope, offer, until, note)
    values (${touch.branchId}, ${touch.touchId}, ${touch.subscriberId}, ${touch.householdId},
      ${touch.at}, ${touch.day}, ${touch.channel}, ${touch.direction}, ${touch.purpose},
      ${touch.staffId}, ${touch.result}, ${touch.scope}, ${touch.offer}, ${touch.until},
      ${touch.note})
    on conflict (branch_id, contact_id) do nothing
    returning contact_id`.execute(unit.db)
  return rows.length > 0
}

/** Whether the touch of that number says the same, by the same person. */
export async function isToldAs(unit: Unit, touch: TouchTold): Promise<boolean> {
  const { rows } = await sql`
    select contact_id from contacts.contact
     where branch_id = ${touch.branchId} and contact_id = ${touch.touchId}
       and subscriber_id = ${touch.subscriberId} and happened_at = ${touch.at}
       and channel = ${touch.channel} and purpose = ${touch.purpose}
       and staff_id = ${touch.staffId} and result = ${touch.result}
       and scope is not distinct from ${touch.scope}::text
       and offer is not distinct from ${touch.offer}::text
       and until is not distinct from ${touch.until}::date
       and note is not distinct from ${touch.note}::text`.execute(unit.db)
  return rows.length > 0
}
