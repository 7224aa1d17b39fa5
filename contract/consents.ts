import { z } from 'zod'
import { type Endpoint, Id, InBranch, Instant, Named, Uuid } from './endpoint.ts'
import { Proof, ProofKind, TouchChannel } from './touches.ts'

/** What a word is about: being approached, being reckoned with by a model, asking to leave with the number. */
export const ConsentSubject = z.enum(['marketing', 'personalisation', 'port-out'])
/** On which channel a word on marketing holds; null: on every one. */
const ConsentChannel = z.enum(['sms', 'call']).nullable()
const Answer = z.enum(['yes', 'no'])

const Consent = z
  .object({
    consentId: Uuid,
    subject: ConsentSubject,
    channel: ConsentChannel,
    answer: Answer,
    toldAt: Instant,
    via: TouchChannel,
    proof: z.object({ kind: ProofKind, ref: z.string() }).nullable(),
    recordedAt: Instant,
    recordedBy: z.string(),
    recordedByName: Named,
    /** Whether this is the latest word on its subject and channel. */
    stands: z.boolean(),
  })
  .meta({ id: 'Consent' })

const OfSubscriber = InBranch.extend({ subscriberId: Id })
const Consents = z.object({ consents: z.array(Consent) })

export const listConsents = {
  operationId: 'listConsents',
  method: 'GET',
  path: '/branches/:branchId/subscribers/:subscriberId/consents',
  needs: 'subscriber:read',
  summary: { zh: '用户的同意与退订', en: 'What a subscriber agreed to and forbade' },
  params: OfSubscriber,
  response: Consents,
  refusals: ['subscriber-unknown'],
} as const satisfies Endpoint

export const recordConsent = {
  operationId: 'recordConsent',
  method: 'POST',
  path: '/branches/:branchId/subscribers/:subscriberId/consents',
  needs: 'subscriber:read',
  summary: { zh: '登记同意或退订', en: 'Record a consent or its withdrawal' },
  params: OfSubscriber,
  body: z.strictObject({
    subject: ConsentSubject,
    channel: ConsentChannel,
    answer: Answer,
    /** When it was told, not in the future; null: now. */
    toldAt: Instant.nullable(),
    via: TouchChannel,
    /** Where the proof is: the number of a recording, a form, a message. A “yes” needs one. */
    proof: Proof.nullable(),
    note: z.string().trim().max(500).nullable(),
  }),
  response: Consents,
  refusals: [
    'subscriber-unknown',
    'consent-needs-proof',
    'consent-channel-not-marketing',
    'consent-in-future',
  ],
} as const satisfies Endpoint
