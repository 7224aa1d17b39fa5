import { z } from 'zod'
import {
  Count,
  Day,
  type Endpoint,
  Fen,
  Id,
  InBranch,
  Instant,
  Named,
  PageQuery,
  pageOf,
  Reason,
} from './endpoint.ts'
import { MaskedAddress, MaskedName, MaskedPhone, maskOf } from './personal.ts'

export const SubscriberStatus = z.enum([
  'active',
  'suspended_by_user',
  'suspended_for_arrears',
  'pending',
  'terminated',
])

/** A line of a list of subscribers; names and numbers are masked. */
export const SubscriberRow = z
  .object({
    subscriberId: Id,
    householdId: z.string(),
    name: MaskedName.nullable(),
    phone: MaskedPhone.nullable(),
    address: MaskedAddress.nullable(),
    unitId: Id,
    unitName: z.string(),
    status: SubscriberStatus,
    product: z.string().nullable(),
    plan: z.string().nullable(),
    monthlyFeeFen: Fen.nullable(),
    contractEnd: Day.nullable(),
    arrearsFen: Fen.nullable(),
    tenureMonths: Count.nullable(),
  })
  .meta({ id: 'SubscriberRow' })

export const listSubscribers = {
  operationId: 'listSubscribers',
  method: 'GET',
  path: '/branches/:branchId/subscribers',
  needs: 'subscriber:read',
  summary: { zh: '用户列表', en: 'Subscribers of a unit and everything below it' },
  params: InBranch,
  query: PageQuery.extend({
    unit: Id.optional(),
    status: SubscriberStatus.optional(),
    /** Contract end in [from, to). */
    endsFrom: Day.optional(),
    endsTo: Day.optional(),
    lapsed: z.enum(['true', 'false']).optional(),
    /**
     * Subscriber id, the last four digits of the number or all of them, a part of the address that
     * lists show, the beginning of the name or its initials.
     */
    search: z.string().max(60).optional(),
  }),
  response: pageOf(SubscriberRow).extend({ asOf: Day.nullable() }),
  refusals: ['branch-unknown', 'sort-unknown', 'cursor-unreadable', 'number-misses'],
} as const satisfies Endpoint

/** A text that tells of a column: masked where that identifies somebody. */
const fits = (column: string, text: z.infer<typeof Named> | null) => {
  const mask = maskOf(column)
  return !mask || text === null || (mask.safeParse(text.zh).success && text.zh === text.en)
}

/** A value of the portrait: what was delivered, in the words and the unit of the catalogue. */
export const PortraitValue = z
  .object({
    column: z.string(),
    label: Named,
    text: Named,
  })
  .refine(({ column, text }) => fits(column, text), 'personal data in clear text')

export const readPortrait = {
  operationId: 'readPortrait',
  method: 'GET',
  path: '/branches/:branchId/subscribers/:subscriberId',
  needs: 'subscriber:read',
  summary: { zh: '用户画像', en: 'Portrait of a subscriber' },
  params: InBranch.extend({ subscriberId: Id }),
  response: z
    .object({
      subscriber: SubscriberRow,
      asOf: Day,
      /** Since when nothing identifies the subscriber any more; null: nothing was erased. */
      erasedAt: Instant.nullable(),
      /** Groups A–H of the catalogue; columns that were not delivered are absent, never zero. */
      groups: z.array(
        z.object({ group: z.string(), label: Named, values: z.array(PortraitValue) }),
      ),
      /** The ends and starts of offer, contract, broadband and TV. */
      contractCalendar: z.array(
        z.object({
          what: Named,
          column: z.string(),
          on: Day,
          daysLeft: z.int(),
          isContractEnd: z.boolean(),
        }),
      ),
      bills: z.array(z.object({ month: z.string(), amountFen: Fen })),
      household: z.array(SubscriberRow),
      contacts: z.array(
        z.object({
          contactId: z.string(),
          at: Instant,
          channel: z.string(),
          purpose: z.string(),
          result: z.string(),
          reason: z.string().nullable(),
          staffName: z.string().nullable(),
          until: Day.nullable(),
          /** On which day to meet them again. */
          nextOn: Day.nullable(),
        }),
      ),
      rivals: z.array(
        z.object({
          operator: z.string(),
          monthlyFeeFen: Fen.nullable(),
          expiresOn: Day.nullable(),
          seenOn: Day.nullable(),
        }),
      ),
      changes: z.array(
        z
          .object({
            date: Day,
            column: z.string(),
            label: Named,
            before: Named.nullable(),
            after: Named.nullable(),
          })
          .refine(
            ({ column, before, after }) => fits(column, before) && fits(column, after),
            'personal data in clear text',
          ),
      ),
      notDelivered: z.array(Named),
      warnings: z.array(Reason),
    })
    .meta({ id: 'Portrait' }),
  refusals: ['branch-unknown', 'subscriber-unknown', 'not-allowed', 'snapshot-damaged'],
} as const satisfies Endpoint

/** The expiry calendar of a branch: contracts that end, by day, and those that have lapsed. */
export const readExpiryCalendar = {
  operationId: 'readExpiryCalendar',
  method: 'GET',
  path: '/branches/:branchId/expiry-calendar',
  needs: 'subscriber:read',
  summary: { zh: '到期日历', en: 'The expiry calendar' },
  params: InBranch,
  query: z.object({ unit: Id.optional(), from: Day, to: Day }),
  response: z.object({
    asOf: Day.nullable(),
    days: z.array(z.object({ day: Day, ending: Count, monthlyFeeFen: Fen })),
    byUnit: z.array(z.object({ unitId: Id, name: z.string(), ending: Count, lapsed: Count })),
    lapsed: Count,
    notStated: Count,
  }),
  refusals: ['branch-unknown'],
} as const satisfies Endpoint
