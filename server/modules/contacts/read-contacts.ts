import { staffNames } from '#people'
import { dayOf } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'
import { selectConsents } from './consent-store.ts'
import { contactPolicy } from './policy.ts'
import { firstAllowedDay } from './refusals.ts'
import { selectContacts, selectToldOf } from './store.ts'

/**
 * The latest 50 contacts of a household, newest first, as the portrait shows them: also those of
 * its subscribers that were told before anybody knew where they live.
 */
export async function contactsOf(
  unit: Unit,
  branchId: string,
  home: Readonly<{ householdId: string; subscriberIds: readonly string[] }>,
) {
  const rows = await selectContacts(unit, { branchId, ...home, limit: 50 })
  if (rows.length === 0) return []
  const names = await staffNames(unit, branchId)
  const { refusalMonths } = await contactPolicy(unit, branchId)
  return rows.map(({ at, staffId, until, ...row }) => ({
    ...row,
    at: at.toISOString(),
    // Of a refusal the first day on which it holds no longer, also where nobody asked for one.
    until: row.result === 'refused' ? firstAllowedDay(dayOf(at), until, refusalMonths) : until,
    // Who works outside the scope of whoever looks is known by number alone.
    staffName: staffId === null ? null : (names.get(staffId) ?? staffId),
  }))
}

/** Everything told of a subscriber and by the subscriber, for who asks what is kept of them. */
export async function toldOf(unit: Unit, of: Readonly<{ branchId: string; subscriberId: string }>) {
  return { contacts: await selectToldOf(unit, of), consents: await selectConsents(unit, of) }
}
