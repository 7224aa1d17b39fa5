import { z } from 'zod'
import {
  Done,
  type Endpoint,
  Id,
  InBranch,
  Instant,
  Named,
  PageQuery,
  pageOf,
  Uuid,
} from './endpoint.ts'
import { MaskedAddress, MaskedName, MaskedPhone } from './personal.ts'

/** Why the law asks for it (PIPL art. 47). */
export const ErasureGround = z.enum([
  'asked',
  'consent-withdrawn',
  'purpose-achieved',
  'retention-over',
  'unlawful',
])
export type ErasureGround = z.infer<typeof ErasureGround>

/** `requested` → `approved` (being erased) → `done`; or `declined`. */
export const ErasureState = z.enum(['requested', 'approved', 'done', 'declined'])
export type ErasureState = z.infer<typeof ErasureState>

export const ErasureRow = z
  .object({
    erasureId: Uuid,
    /** Of the letter or the case in which the person asks. */
    number: z.string(),
    ground: ErasureGround,
    subscriberIds: z.array(Id),
    state: ErasureState,
    requestedBy: Id,
    requestedByName: Named,
    requestedAt: Instant,
    decidedByName: Named.nullable(),
    decidedAt: Instant.nullable(),
    /** What the person is told where it was declined. */
    decisionNote: z.string().nullable(),
    doneAt: Instant.nullable(),
    /** What the caller may do with it. */
    can: z.array(z.enum(['decide'])),
  })
  .meta({ id: 'ErasureRow' })

export const requestErasure = {
  operationId: 'requestErasure',
  method: 'POST',
  path: '/branches/:branchId/erasures',
  needs: 'subject:erase',
  summary: {
    zh: '申请删除用户本人的个人信息',
    en: 'Ask that what identifies a subscriber be erased',
  },
  params: InBranch,
  body: z.strictObject({
    subscriberId: Id,
    /** Everybody in the household, or the subscriber alone. */
    household: z.boolean(),
    ground: ErasureGround,
    /** Letters, digits and dashes: no place for names. */
    number: z.string().regex(/^[A-Za-z0-9\u4e00-\u9fff-]{1,40}$/),
  }),
  response: ErasureRow,
  refusals: [
    'branch-unknown',
    'subscriber-unknown',
    'erasure-under-contract',
    'erasure-owes',
    'erasure-asked',
    'snapshot-damaged',
    'not-allowed',
  ],
} as const satisfies Endpoint

export const listErasures = {
  operationId: 'listErasures',
  method: 'GET',
  path: '/branches/:branchId/erasures',
  needs: 'subject:erase',
  summary: { zh: '个人信息删除申请', en: 'Requests for erasure' },
  params: InBranch,
  query: PageQuery.omit({ sort: true }),
  response: pageOf(ErasureRow),
  refusals: ['branch-unknown', 'cursor-unreadable', 'not-allowed'],
} as const satisfies Endpoint

export const decideErasure = {
  operationId: 'decideErasure',
  method: 'POST',
  path: '/branches/:branchId/erasures/:erasureId/decision',
  needs: 'subject:approve',
  summary: {
    zh: '批准或驳回他人的删除申请',
    en: 'Decide on an erasure that somebody else asked for',
  },
  params: InBranch.extend({ erasureId: Uuid }),
  body: z.strictObject({
    approve: z.boolean(),
    /** What the person is told; a refusal needs one. */
    note: z.string().trim().max(400),
  }),
  response: Done,
  refusals: [
    'branch-unknown',
    'erasure-unknown',
    'erasure-own-request',
    'second-person-tied',
    'erasure-decided',
    'erasure-note-missing',
    'erasure-under-contract',
    'erasure-owes',
    'snapshot-damaged',
    'not-allowed',
  ],
} as const satisfies Endpoint

/** What can be wrong of what is kept of a person. */
export const CorrectedField = z.enum(['name', 'phone', 'address'])
export type CorrectedField = z.infer<typeof CorrectedField>

/** How a correction ended: an extract brought it, or it was taken back, replaced or erased. */
export const CorrectionEnd = z.enum(['taken-over', 'withdrawn', 'replaced', 'erased'])
export type CorrectionEnd = z.infer<typeof CorrectionEnd>

export const CorrectionRow = z
  .object({
    correctionId: Uuid,
    subscriberId: Id,
    field: CorrectedField,
    /** The value, under what it is of, masked; kept only while the correction stands. */
    name: MaskedName.nullable(),
    phone: MaskedPhone.nullable(),
    address: MaskedAddress.nullable(),
    /** Of the letter or the case in which the person says so. */
    number: z.string(),
    recordedBy: Id,
    recordedByName: Named,
    recordedAt: Instant,
    /** Null while it stands. */
    endedAt: Instant.nullable(),
    endedAs: CorrectionEnd.nullable(),
    /** What the caller may do with it. */
    can: z.array(z.enum(['withdraw'])),
  })
  .meta({ id: 'CorrectionRow' })

export const recordCorrection = {
  operationId: 'recordCorrection',
  method: 'POST',
  path: '/branches/:branchId/subscribers/:subscriberId/corrections',
  needs: 'subject:correct',
  summary: {
    zh: '登记用户本人要求的更正',
    en: 'Record what a person says is wrong of what is kept of them',
  },
  params: InBranch.extend({ subscriberId: Id }),
  body: z.strictObject({
    field: CorrectedField,
    /** A name, a number or an address; without `*`, which stands for what is hidden. */
    value: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .regex(/^[^\p{Cc}*]+$/u),
    /** Letters, digits and dashes: no place for names. */
    number: z.string().regex(/^[A-Za-z0-9\u4e00-\u9fff-]{1,40}$/),
  }),
  response: CorrectionRow,
  secret: true,
  refusals: [
    'branch-unknown',
    'subscriber-unknown',
    'correction-erased',
    'correction-phone-unreadable',
    'correction-same',
    'not-for-tokens',
    'not-allowed',
  ],
} as const satisfies Endpoint

export const listCorrections = {
  operationId: 'listCorrections',
  method: 'GET',
  path: '/branches/:branchId/corrections',
  needs: 'subject:correct',
  summary: {
    zh: '个人信息更正，未完成的在前',
    en: 'Corrections of personal data, those that stand first',
  },
  params: InBranch,
  query: PageQuery.omit({ sort: true }),
  response: pageOf(CorrectionRow),
  refusals: ['branch-unknown', 'cursor-unreadable', 'not-allowed'],
} as const satisfies Endpoint

export const withdrawCorrection = {
  operationId: 'withdrawCorrection',
  method: 'POST',
  path: '/branches/:branchId/corrections/:correctionId/withdrawal',
  needs: 'subject:correct',
  summary: { zh: '撤回更正', en: 'Take a correction back' },
  params: InBranch.extend({ correctionId: Uuid }),
  response: Done,
  refusals: [
    'branch-unknown',
    'correction-unknown',
    'correction-ended',
    'not-for-tokens',
    'not-allowed',
  ],
} as const satisfies Endpoint
