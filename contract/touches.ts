import { z } from 'zod'
import { Purpose } from './campaigns.ts'
import { Day, type Endpoint, Id, InBranch, Instant, Reason, Uuid } from './endpoint.ts'
import { Touchpoint } from './organisation.ts'

/** On which channel a touch was made. */
export const TouchChannel = z.enum([
  'door',
  'hall',
  'call_in',
  'call_out',
  'sms',
  'wecom',
  'wechat',
  'installer',
  'online',
])
export const TouchResult = z.enum([
  'done',
  'promised',
  'refused',
  'not_reached',
  'moved',
  'competitor',
  'wrong_data',
  'no_answer',
  'delivered',
])
/** What was refused: this offer, this channel, or everything. */
export const RefusalScope = z.enum(['offer', 'channel', 'all'])

/** How something that was told is proven. */
export const ProofKind = z.enum(['recording', 'signature', 'message', 'form', 'system'])
/** Where a proof is. */
export const Proof = z.strictObject({ kind: ProofKind, ref: z.string().trim().min(1).max(200) })

const OfSubscriber = InBranch.extend({ subscriberId: Id })

/** Whether the household may be touched there now; `opens`: when it may be, as far as can be told. */
const Gate = z
  .object({
    touchpoint: Touchpoint,
    may: z.boolean(),
    opens: Instant.nullable(),
    against: z.array(Reason),
  })
  .meta({ id: 'TouchGate' })

export const readTouchGates = {
  operationId: 'readTouchGates',
  method: 'GET',
  path: '/branches/:branchId/subscribers/:subscriberId/touch-gates',
  needs: 'subscriber:read',
  summary: { zh: '现在能否联系', en: 'Whether a household may be touched now' },
  params: OfSubscriber,
  query: z.object({
    purpose: Purpose.default('marketing'),
    /** The offer that is to be presented. */
    offer: Id.optional(),
  }),
  response: z.object({
    at: Instant,
    gates: z.array(Gate),
    /** When somebody said they would meet the household again; null: nobody, or they did. */
    followUp: z.object({ on: Day, staffName: z.string().nullable() }).nullable(),
  }),
  refusals: ['subscriber-unknown'],
} as const satisfies Endpoint

export const recordTouch = {
  operationId: 'recordTouch',
  method: 'POST',
  path: '/branches/:branchId/subscribers/:subscriberId/touches',
  needs: 'touch:record',
  summary: { zh: '登记一次接触', en: 'Record a touch' },
  params: OfSubscriber,
  body: z.strictObject({
    /** Given by the device that records it, so that it is told once however often it is sent. */
    touchId: Uuid.optional(),
    /** When it was, not in the future; null: now. */
    at: Instant.nullable(),
    channel: TouchChannel,
    purpose: Purpose,
    result: TouchResult,
    /** Of a refusal: what was refused; left out it is everything. */
    scope: RefusalScope.nullable(),
    /** The offer that was presented. */
    offer: Id.nullable(),
    /** Of a refusal: not before this day, where a later one was asked for. */
    until: Day.nullable(),
    /** On which day to meet them again: after the touch, within a year. */
    nextOn: Day.nullable().default(null),
    /** Where its proof is: the number of a recording, a form, a photo. */
    proof: Proof.nullable().default(null),
    note: z.string().trim().max(500).nullable(),
  }),
  response: z.object({
    touchId: Uuid,
    /** What stood against it when it was made; it is kept all the same. */
    against: z.array(Reason),
  }),
  refusals: [
    'subscriber-unknown',
    'touch-in-future',
    'touch-told-otherwise',
    'scope-without-refusal',
    'refused-offer-missing',
    'next-day-unfit',
  ],
} as const satisfies Endpoint
