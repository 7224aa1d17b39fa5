/** Values that mean something in the world of a unit, by the names that parameters have. */
export type Known = Readonly<Record<string, string>>

/** Ids of the right form that nobody has. */
export const UNKNOWN: Known = {
  branchId: '999999',
  unitId: '999999-Z9',
  staffId: 'NOBODY-W9',
  subscriberId: 'NOBODY-S9',
  householdId: 'NOBODY-H9',
  taskId: 'nobody-t9',
  importId: '00000000-0000-4000-8000-000000000000',
  jobId: '00000000-0000-4000-8000-000000000000',
  uploadId: '00000000-0000-4000-8000-000000000000',
  resultId: '00000000-0000-4000-8000-000000000000',
  evidenceId: '00000000-0000-4000-8000-000000000000',
  planId: '2026-11-21-nobodys-plan',
  otherPlanId: '2026-11-22-nobodys-plan',
  webhookId: 'wh_nobody000000',
  eventId: 'evt_00000000000000000000000000000000',
  onSiteEventId: '00000000-0000-4000-8000-000000000000',
  campaignId: 'nobodys-campaign',
  place: '999999999999',
  name: 'nobodys-profile',
  search: 'NOBODY-S9',
}

/** Parameters that are called otherwise than the id they carry. */
const CALLED: Readonly<Record<string, string>> = {
  unit: 'unitId',
  parentId: 'unitId',
  person: 'staffId',
  staff: 'staffId',
  assignee: 'staffId',
  actor: 'staffId',
  headStaffId: 'staffId',
  about: 'subscriberId',
  subscriber: 'subscriberId',
  campaign: 'campaignId',
  with: 'otherPlanId',
  profile: 'name',
  within: 'place',
}

/** The value that a parameter of this name has in this world; undefined when it is not an id. */
export function knownAs(known: Known, name: string): string | undefined {
  const called = CALLED[name] ?? name
  return Object.hasOwn(known, called) ? known[called] : undefined
}

/** The same for a part of a path, where `eventId` is of a webhook or of an event of a hall. */
export function knownInPath(known: Known, path: string, name: string): string | undefined {
  const isOnSite = name === 'eventId' && !path.includes('/webhooks/')
  return knownAs(known, isOnSite ? 'onSiteEventId' : name)
}
