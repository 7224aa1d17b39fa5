import { z } from 'zod'
import { Purpose } from './campaigns.ts'
import {
  Count,
  Day,
  Done,
  type Endpoint,
  Id,
  InBranch,
  Instant,
  PageQuery,
  pageOf,
  Reason,
  Uuid,
} from './endpoint.ts'

/**
 * How personal data may leave: each type knows the shape of what is masked, so a value in clear text
 * makes the answer fail instead of leaving with it. `ClearText` and `VisitAddress` are what leaves
 * unmasked; which answers may carry them stands in decision 10.
 */

/** 王**, 欧阳*; of a firm two characters: 栖霞****. */
export const MaskedName = z
  .string()
  .regex(/^[^*]{0,2}\*+$/u)
  .meta({ id: 'MaskedName' })
/** 138****5678; a landline keeps its area code and two digits: 0535*****12. */
export const MaskedPhone = z
  .string()
  .regex(/^(?:\d{3}\*{4,}\d{4}|0\d{2,3}\*{2,}\d{2}|\*+\d{0,2})$/)
  .meta({ id: 'MaskedPhone' })
/** Letters and digits behind the first two are hidden: 37****************. */
export const MaskedId = z
  .string()
  .regex(/^[\s\S]{0,2}[^\p{L}\p{N}]*$/u)
  .meta({ id: 'MaskedId' })
/** Up to the building or the village: …3号楼****, …国路夼村**. */
export const MaskedAddress = z
  .string()
  .regex(/^(?![\s\S]*\d\s*(?:室|单元))[\s\S]*\*{2,}$/u)
  .meta({ id: 'MaskedAddress' })

/** In clear text: in the answer to an unmasking alone. */
export const ClearText = z.string().meta({ id: 'ClearText' })
/** Where a visit goes, in whole: on the list of whoever goes, for them and for whoever leads them. */
export const VisitAddress = z.string().meta({ id: 'VisitAddress' })
/** A search at that address in a map application. */
export const VisitLink = z.string().meta({ id: 'VisitLink' })

/** The columns of extracts that identify somebody, and how each is masked wherever it is shown. */
export const PERSONAL_COLUMNS: Readonly<Record<string, z.ZodType<string>>> = {
  customer_name: MaskedName,
  contact_name: MaskedName,
  account_name: MaskedName,
  contact_phone: MaskedPhone,
  service_number: MaskedPhone,
  broadband_account: MaskedId,
  terminal_no: MaskedId,
  id_card_no: MaskedId,
  install_address: MaskedAddress,
  unit_no: MaskedAddress,
  house_no: MaskedAddress,
  wecom_external_id: MaskedId,
}

/** How the value of a column has to look; undefined where it identifies nobody. */
export function maskOf(column: string): z.ZodType<string> | undefined {
  return column.startsWith('custom_') ? MaskedId : PERSONAL_COLUMNS[column]
}

/** What people may see in clear text for a while. */
export const PersonalField = z.enum(['name', 'phone', 'address', 'idNumber'])
export type PersonalField = z.infer<typeof PersonalField>

export const UnmaskPurpose = z.enum([
  'own-task',
  'customer-present',
  'complaint',
  'correction',
  'legal-request',
])
export type UnmaskPurpose = z.infer<typeof UnmaskPurpose>

export const unmaskSubscriber = {
  operationId: 'unmaskSubscriber',
  method: 'POST',
  secret: true,
  path: '/branches/:branchId/subscribers/:subscriberId/unmask',
  needs: { orElse: 'subscriber:unmask' },
  summary: {
    zh: '查看一个用户的明文（有用途、计数、留痕）',
    en: 'See one subscriber in clear text, for a purpose; counted and audited',
  },
  params: InBranch.extend({ subscriberId: Id }),
  body: z.object({
    purpose: UnmaskPurpose,
    /** Why, in words: a case number, who asked. May be empty for an own task and at the counter. */
    note: z.string().max(200),
    /** Of a number: what it is rung for. Left out, what the own task is for, else service. */
    touchPurpose: Purpose.optional(),
    fields: z.array(PersonalField).min(1).max(4),
  }),
  response: z
    .object({
      subscriberId: Id,
      /** The fields asked for; null: not delivered. */
      values: z.object({
        name: ClearText.nullable().optional(),
        phone: ClearText.nullable().optional(),
        address: ClearText.nullable().optional(),
        idNumber: ClearText.nullable().optional(),
      }),
      /** A screen masks them again after so long. */
      shownForSeconds: Count,
      /** How many the person has seen today outside the own tasks, and how many a day allows. */
      today: Count,
      limit: Count,
    })
    .meta({ id: 'Unmasked' }),
  refusals: [
    'subscriber-unknown',
    'unmask-not-yours',
    'unmask-note-missing',
    'unmask-limit',
    'snapshot-damaged',
    'touch-closed',
  ],
} as const satisfies Endpoint

export const connectCall = {
  operationId: 'connectCall',
  method: 'POST',
  path: '/branches/:branchId/subscribers/:subscriberId/calls',
  needs: { orElse: 'subscriber:unmask' },
  summary: {
    zh: '呼叫一个用户（经话务平台接通，不显示号码）',
    en: 'Have the call platform connect oneself with a subscriber, without seeing the number',
  },
  params: InBranch.extend({ subscriberId: Id }),
  body: z.object({
    purpose: UnmaskPurpose,
    /** Why, in words: as for an unmasking. */
    note: z.string().max(200),
    /** What they are called for. Left out, what the own task is for, else service. */
    touchPurpose: Purpose.optional(),
  }),
  /** The platform rings the own extension, then the subscriber. */
  response: z.object({ callId: Uuid, at: Instant }).meta({ id: 'ConnectedCall' }),
  refusals: [
    ...(['subscriber-unknown', 'unmask-not-yours', 'unmask-note-missing'] as const),
    ...(['call-off', 'call-extension-missing', 'call-quiet-hours'] as const),
    ...(['call-number-missing', 'call-person-erased', 'call-tried'] as const),
    ...(['call-gateway-failed', 'call-gateway-slow', 'touch-closed'] as const),
  ],
} as const satisfies Endpoint

/** Something unusual that a person did with personal data on a day; one line a reason. */
export const Alarm = z
  .object({
    staffId: Id,
    staffName: z.object({ zh: z.string(), en: z.string() }),
    unitId: Id,
    unitName: z.string(),
    day: Day,
    reason: Reason,
    firstAt: Instant,
    lastAt: Instant,
    /** The last look into it; null: nobody has looked, or it has gone on since. */
    looked: z
      .object({
        at: Instant,
        staffId: Id,
        staffName: z.object({ zh: z.string(), en: z.string() }),
        note: z.string(),
      })
      .nullable(),
  })
  .meta({ id: 'Alarm' })

export const listAlarms = {
  operationId: 'listAlarms',
  method: 'GET',
  path: '/branches/:branchId/alarms',
  needs: 'alarm:read',
  summary: { zh: '个人信息异常提醒', en: 'Alarms about reads of personal data' },
  params: InBranch,
  query: PageQuery.omit({ sort: true }),
  response: pageOf(Alarm),
  refusals: ['branch-unknown', 'not-allowed', 'cursor-unreadable'],
} as const satisfies Endpoint

export const lookIntoAlarm = {
  operationId: 'lookIntoAlarm',
  method: 'POST',
  path: '/branches/:branchId/alarms/looks',
  needs: 'alarm:read',
  summary: { zh: '登记已核查的异常提醒', en: 'Record that somebody looked into an alarm' },
  params: InBranch,
  body: z.strictObject({
    staffId: Id,
    day: Day,
    reason: z.string().min(1).max(40),
    /** What came of it. */
    note: z.string().trim().min(2).max(400),
  }),
  response: Done,
  refusals: ['branch-unknown', 'not-allowed', 'alarm-unknown', 'alarm-own', 'not-for-tokens'],
} as const satisfies Endpoint
