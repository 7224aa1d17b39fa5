import { z } from 'zod'
import type { Sentence } from './language.ts'
import type { Needs } from './permissions.ts'
import type { RefusalCode } from './refusals.ts'

/**
 * One HTTP call as server, web app and command line share it: where it is, what goes in, what comes
 * out, and with which codes it may be refused. `path` is relative to `/api/v1`. `open` calls need no
 * sign-in, all others what `needs` says. A `download` answers with a file, an `upload` takes a multipart body of one file, a
 * `redirect` sends a browser on, a `form` takes the fields that another server posts. Every
 * other call than a GET is a command, which takes an `Idempotency-Key`, unless it only `asks` or
 * uploads a file; of one that carries a `secret`, in or out, nothing is kept for a repeat. What acts
 * on the caller’s own `session`, and may give it another token, takes no key either. Whatever the
 * schemas say, a call refuses members of `params`, `query` and `body` that they do not name.
 */
export type Endpoint = Readonly<{
  operationId: string
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  summary: Sentence
  params?: z.ZodObject
  query?: z.ZodObject
  body?: z.ZodType
  response: z.ZodType
  refusals: readonly RefusalCode[]
  needs?: Needs
  open?: true
  asks?: true
  secret?: true
  session?: true
  kind?: 'download' | 'upload' | 'redirect' | 'form'
}>

/** A calendar day in the branch’s zone: one that there is. */
export const Day = z
  .string()
  .regex(/^(19|20|21)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)
  .refine((day) => isOnAClock(`${day}T00:00:00.000Z`), { error: '没有这一天 no such day' })
/** An instant, RFC 3339 in UTC: one that there is. */
export const Instant = z
  .string()
  .regex(/^(19|20|21)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  .refine(isOnAClock, { error: '没有这一时刻 no such instant' })
/** Also asked of what the pattern has refused already. */
function isOnAClock(instant: string): boolean {
  return !Number.isNaN(Date.parse(instant)) && new Date(instant).toISOString() === instant
}
/** Identifiers of units, staff, subscribers, campaigns: short text without control characters. */
export const Id = z
  .string()
  .min(1)
  .max(80)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is kept out
  .regex(/^[^\u0000-\u001f/\\]+$/)
/** However it was written, in small letters, as the ledger tells it. */
export const Uuid = z.uuid().toLowerCase()
export const Fen = z.int()
export const Count = z.int().nonnegative()
/** What something is called, in both languages. */
export const Named = z.object({ zh: z.string(), en: z.string() })
/** The same as a part of what somebody sends under a name of its own. */
export const SentName = z.strictObject(Named.shape)
/** A reason as data: a stable code, its values, and the sentences made of them. */
export const Reason = z
  .object({
    code: z.string(),
    values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    text: Named,
  })
  .meta({ id: 'Reason' })

export const InBranch = z.object({ branchId: Id })

/** Query of every list: where to go on (`cursor` of the page before), how many, in which order. */
export const PageQuery = z.object({
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** `column` or `-column` for descending; each list names its columns. */
  sort: z.string().max(40).optional(),
})

/** A page of `row`s. `total` counts up to 10,001; above, the web says “10,000+”. */
export const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.object({ rows: z.array(row), next: z.string().nullable(), total: Count })

/** An empty answer. */
export const Done = z.object({ done: z.literal(true) })
