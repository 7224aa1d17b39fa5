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
    'erasure-decided',
    'erasure-note-missing',
    'erasure-under-contract',
    'erasure-owes',
    'snapshot-damaged',
    'not-allowed',
  ],
} as const satisfies Endpoint
