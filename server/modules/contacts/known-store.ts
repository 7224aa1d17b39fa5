import { sql } from 'kysely'
import type { Day } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'
import type { Consent } from './consents.ts'
import type { Channel, HouseholdRefusal } from './refusals.ts'

/** Households, and who lives in them today. */
export type Homes = Readonly<{
  branchId: string
  householdIds: readonly string[]
  subscriberIds: readonly string[]
}>

/** Whom a contact was with, as it was told. */
type With = Readonly<{ subscriberId: string | null; householdId: string | null }>

/** What was refused there by an instant; by the household of then or by somebody who lives there now. */
export async function selectRefusals(
  unit: Unit,
  of: Homes & Readonly<{ at: Date }>,
): Promise<(HouseholdRefusal & With)[]> {
  const { rows } = await sql<HouseholdRefusal & With>`
    select subscriber_id as "subscriberId", household_id as "householdId",
           day as "refusedOn", scope, channel, offer, until
      from contacts.contact
     where branch_id = ${of.branchId} and result = 'refused' and happened_at <= ${of.at}
       and ${there(of)}
     order by day, contact_id`.execute(unit.db)
  return rows
}

export type TouchRow = With & Readonly<{ day: Day; channel: Channel }>

/** The touches for marketing since a day that we began and that reached somebody. */
export async function selectMarketingTouches(
  unit: Unit,
  of: Homes & Readonly<{ since: Day }>,
): Promise<TouchRow[]> {
  const { rows } = await sql<TouchRow>`
    select subscriber_id as "subscriberId", household_id as "householdId", day, channel
      from contacts.contact
     where branch_id = ${of.branchId} and purpose = 'marketing' and direction = 'out'
       and result not in ('not_reached', 'no_answer', 'wrong_data')
       and day >= ${of.since} and ${there(of)}
     order by day, contact_id`.execute(unit.db)
  return rows
}

const there = ({ householdIds, subscriberIds }: Homes) => sql`
  (household_id = any (${[...householdIds]}::text[])
   or subscriber_id = any (${[...subscriberIds]}::text[]))`

export type StandingWord = Readonly<{
  subscriberId: string
  subject: Consent['subject']
  channel: Consent['channel']
  answer: Consent['answer']
}>

/** The latest word of each of these subscribers on each subject and channel, as of an instant. */
export async function selectStandingWords(
  unit: Unit,
  of: Readonly<{ branchId: string; subscriberIds: readonly string[]; at: Date }>,
): Promise<StandingWord[]> {
  const { rows } = await sql<StandingWord>`
    select distinct on (subscriber_id, subject, channel)
           subscriber_id as "subscriberId", subject, channel, answer
      from contacts.consent
     where branch_id = ${of.branchId} and subscriber_id = any (${[...of.subscriberIds]}::text[])
       and told_at <= ${of.at}
     order by subscriber_id, subject, channel, told_at desc, recorded_at desc, consent_id
  `.execute(unit.db)
  return rows
}
