import { sql } from 'kysely'
import type { z } from 'zod'
import type { TouchResult } from '#contract/touches.ts'
import type { Unit } from '#platform/unit.ts'
import type { Channel } from './refusals.ts'

export type LastTouch = Readonly<{
  subscriberId: string
  at: Date
  channel: Channel
  result: z.infer<typeof TouchResult>
  staffId: string | null
}>

/** The last touch of each of these subscribers that anybody told. */
export async function selectLastTouches(
  unit: Unit,
  of: Readonly<{ branchId: string; subscriberIds: readonly string[] }>,
): Promise<LastTouch[]> {
  const { rows } = await sql<LastTouch>`
    select last.* from unnest(${[...of.subscriberIds]}::text[]) as asked (subscriber_id)
      cross join lateral (
        select subscriber_id as "subscriberId", happened_at as at, channel, result,
               staff_id as "staffId"
          from contacts.contact
         where branch_id = ${of.branchId} and contact.subscriber_id = asked.subscriber_id
         order by happened_at desc, contact_id limit 1) as last`.execute(unit.db)
  return rows
}
