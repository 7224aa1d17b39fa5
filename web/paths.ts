import { z } from 'zod'
import { AUDIT_ACTIONS, type AuditAction } from '#contract/audit.ts'
import { BoardLevel, BoardPart } from '#contract/board.ts'
import { CloseAccount } from '#contract/close.ts'
import { Day } from '#contract/endpoint.ts'
import { LapseReason, LapseStanding, ReasonKnown } from '#contract/lapsed.ts'
import { Role } from '#contract/organisation.ts'
import { VisitFlag, VisitStanding } from '#contract/visits.ts'

/** What the address of a page may carry; whatever cannot be read is left out, never refused. */
const text = z.string().max(400).optional().catch(undefined)
const day = Day.optional().catch(undefined)
const list = {
  sort: text,
  cursor: text,
  page: z.coerce.number().int().min(1).optional().catch(undefined),
}

export const ConsoleSearch = z.object({ unit: text })
/** `refused`: why a sign-in through the identity provider came to nothing. */
export const SignInSearch = z.object({ next: text, refused: text })
export const BaseSearch = z.object({
  ...list,
  search: text,
  status: z
    .enum(['active', 'suspended_by_user', 'suspended_for_arrears', 'pending', 'terminated'])
    .optional()
    .catch(undefined),
  endsFrom: day,
  endsTo: day,
  /** `true`: lapsed alone; `all`: with the lapsed; else without them unless something is sought. */
  lapsed: z.enum(['true', 'all']).optional().catch(undefined),
  /** The subscriber whose portrait is open beside the list. */
  open: text,
})
/** `place`: a village or building; `sweep`: whom one goes to; `span`: for how long; `open`: whose file is beside the list. */
export const LapsedSearch = z.object({
  ...list,
  place: text,
  sweep: text,
  standing: LapseStanding.optional().catch(undefined),
  known: ReasonKnown.optional().catch(undefined),
  reason: LapseReason.optional().catch(undefined),
  span: text,
  open: text,
})
export const SweepsSearch = z.object(list)
export const ExpirySearch = z.object({ month: day })
export const ImportsSearch = z.object({
  ...list,
  kind: z
    .enum([
      'organisation',
      'places',
      'staff',
      'subscribers',
      'contacts',
      'competitors',
      'resources',
    ])
    .optional()
    .catch(undefined),
})
/** A new import: the file that arrived, and the job that works on it. */
export const NewImportSearch = ImportsSearch.pick({ kind: true }).extend({
  upload: text,
  file: text,
  bytes: z.coerce.number().int().min(0).optional().catch(undefined),
  job: text,
})
/** `job` makes a plan. */
export const PlanSearch = z.object({ plan: text, job: text })
export const DecisionsSearch = z.object({
  ...list,
  plan: text,
  outcome: z
    .enum(['assigned', 'unassigned', 'suppressed', 'held-out', 'outranked'])
    .optional()
    .catch(undefined),
  reason: text,
  campaign: text,
})
export const WorkSearch = z.object({
  ...list,
  date: day,
  by: z.enum(['zone', 'hall', 'grid', 'person', 'campaign']).optional().catch(undefined),
  search: text,
})
export const BoardSearch = z.object({
  date: day,
  by: BoardLevel.optional().catch(undefined),
  sort: text,
})
export const BulletinSearch = z.object({ date: day, by: BoardLevel.optional().catch(undefined) })
/** `account`: what became of the tasks that are listed, of a day that was closed. */
export const CloseSearch = z.object({
  ...list,
  date: day,
  account: CloseAccount.optional().catch(undefined),
})
/** `open`: the result whose facts are beside the list. */
export const VisitsSearch = z.object({
  ...list,
  from: day,
  to: day,
  flag: VisitFlag.optional().catch(undefined),
  standing: VisitStanding.optional().catch(undefined),
  person: text,
  open: text,
})
export const TasksSearch = z.object({
  ...list,
  date: day,
  part: BoardPart.optional().catch(undefined),
  assignee: text,
  campaign: text,
  touchpoint: z
    .enum(['door', 'call_out', 'hall', 'installer', 'sms', 'online'])
    .optional()
    .catch(undefined),
})
export const PersonListSearch = z.object({ date: day })
export const CampaignSearch = z.object({
  tab: z.enum(['form', 'yaml']).optional().catch(undefined),
})
/** `hall` and `week`: the cell of the coverage that the list is narrowed to; `open`: whose file is beside it. */
export const EventsSearch = z.object({
  ...list,
  year: z.coerce.number().int().min(2000).max(2100).optional().catch(undefined),
  hall: text,
  week: text,
  open: text,
})
/** A new campaign may be written after another one. */
export const NewCampaignSearch = z.object({ from: text })
export const OrganisationSearch = z.object({
  ...list,
  search: text,
  role: Role.optional().catch(undefined),
  on: day,
})
export const PermissionsSearch = z.object({ role: Role.optional().catch(undefined) })
export const AuditSearch = z.object({
  ...list,
  from: day,
  to: day,
  actor: text,
  about: text,
  action: z
    .enum(Object.keys(AUDIT_ACTIONS) as [AuditAction, ...AuditAction[]])
    .optional()
    .catch(undefined),
})
/** `import` and `what`: the left-out rows that are asked for at once. */
export const ExportsSearch = z.object({
  ...list,
  import: text,
  what: z.enum(['rejects', 'duplicates']).optional().catch(undefined),
})
export const AlarmsSearch = z.object(list)
export const JobsSearch = z.object(list)
export const CorrectionsSearch = z.object(list)
export const ErasuresSearch = z.object(list)
/** `webhook`: the one whose messages are open. */
export const WebhooksSearch = z.object({ ...list, webhook: text })
export const CalendarSearch = z.object({
  year: z.coerce.number().int().min(2000).max(2100).optional().catch(undefined),
  day,
})

/** The query of an address as plain text: `370686` stays the text that it is. */
export function readSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search))
}

export function writeSearch(search: Record<string, unknown>): string {
  const written = new URLSearchParams()
  for (const [name, value] of Object.entries(search))
    if (value !== undefined && value !== null && value !== '') written.set(name, String(value))
  const text = written.toString()
  return text ? `?${text}` : ''
}
