import { z } from 'zod'
import { QuietHours } from './calendar.ts'
import {
  Count,
  Day,
  type Endpoint,
  Id,
  InBranch,
  Instant,
  Named,
  Reason,
  Uuid,
} from './endpoint.ts'
import { EventTaken, EventTold, OnSiteEvent } from './on-site-event.ts'
import { Touchpoint } from './organisation.ts'
import { VisitAddress } from './personal.ts'
import { VisitTask } from './plans.ts'
import { ResultTaken, TaskResult } from './tasks.ts'
import { TouchChannel, TouchResult } from './touches.ts'

/** What a phone does with all this, byte by byte, stands in docs/field.md. */

/** Bytes in base64 (RFC 4648, with padding). */
const Base64 = z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/)
/** A public key on the curve P-256, as SubjectPublicKeyInfo; `keyId` names it. */
const PublicKey = z.object({ keyId: z.string(), spki: Base64 }).meta({ id: 'PublicKey' })

export const Device = z
  .object({
    deviceId: Uuid,
    /** What its owner calls it. */
    name: z.string(),
    registeredAt: Instant,
    /** When it last asked for a list or delivered results. */
    seenAt: Instant,
    /** From when on it is to forget everything but what it has not delivered; null: it is in use. */
    wipedAt: Instant.nullable(),
    /** When the device was told so; null while it has not come back. */
    wipeToldAt: Instant.nullable(),
  })
  .meta({ id: 'Device' })

export const registerDevice = {
  operationId: 'registerDevice',
  method: 'POST',
  path: '/branches/:branchId/field/devices',
  needs: 'own',
  secret: true,
  summary: { zh: '登记本人手机', en: 'Register the own phone' },
  params: InBranch,
  body: z.strictObject({
    /** Made by the phone, once. */
    deviceId: Uuid,
    name: z.string().trim().min(1).max(60),
  }),
  response: z.object({
    /** 32 bytes for this person on this device: the same until they end or the device is wiped. */
    half: Base64,
    /** When the half ends: twelve hours after it was made. */
    expiresAt: Instant,
    /** ECDH: what results are sealed to. */
    sealingKey: PublicKey,
    /** ECDSA with SHA-256: what day-packs are signed with. */
    signingKey: PublicKey,
    /** Whether to forget first what was kept under an earlier half; sealed results stay. */
    wipe: z.boolean(),
    serverTime: Instant,
  }),
  refusals: ['branch-unknown', 'staff-unknown'],
} as const satisfies Endpoint

const OfPerson = InBranch.extend({ staffId: Id })

export const listDevices = {
  operationId: 'listDevices',
  method: 'GET',
  path: '/branches/:branchId/people/:staffId/devices',
  needs: { orElse: 'device:wipe' },
  summary: { zh: '本人或他人的手机', en: 'The phones of oneself, or of somebody else' },
  params: OfPerson,
  response: z.object({ devices: z.array(Device) }),
  refusals: ['branch-unknown', 'staff-unknown', 'not-allowed'],
} as const satisfies Endpoint

export const wipeDevice = {
  operationId: 'wipeDevice',
  method: 'POST',
  path: '/branches/:branchId/people/:staffId/devices/:deviceId/wipe',
  needs: { orElse: 'device:wipe' },
  summary: {
    zh: '远程清除手机上的清单（未上传的结果保留）',
    en: 'Have a phone forget its list; results that it has not delivered stay',
  },
  params: OfPerson.extend({ deviceId: Uuid }),
  response: Device,
  refusals: ['branch-unknown', 'staff-unknown', 'not-allowed', 'device-unknown'],
} as const satisfies Endpoint

/** A reason against a touch; it ends by itself at `opens`, null: it does not. */
const PackReason = Reason.extend({ opens: Instant.nullable() })

/** As the gate judged when the pack was made, and what that goes on to say without a network. */
const PackGate = z.object({
  touchpoint: Touchpoint,
  may: z.boolean(),
  opens: Instant.nullable(),
  against: z.array(PackReason),
  /** When quiet hours let the touchpoint be used that day, half-open; other reasons still count. */
  open: z.array(z.object({ from: Instant, to: Instant })),
})

export const PackTask = VisitTask.extend({
  gates: z.array(PackGate),
  /** The last touch of this subscriber that anybody told. */
  lastTouch: z
    .object({
      at: Instant,
      channel: TouchChannel,
      result: TouchResult,
      staffName: z.string().nullable(),
    })
    .nullable(),
})

export type PackTask = z.infer<typeof PackTask>

/** A door near a visit of today where nobody may knock: no name, no number. */
const Neighbour = z.object({
  town: z.string().nullable(),
  place: z.string().nullable(),
  address: VisitAddress,
  /** The first day on which somebody may again. */
  until: Day,
})

/** What a person takes along for a day; the text that is signed is this as JSON. */
export const DayPack = z.object({
  version: z.literal(1),
  branchId: Id,
  staffId: Id,
  deviceId: Uuid,
  day: Day,
  issuedAt: Instant,
  /** The end of the day, at most twelve hours from when it was made. */
  expiresAt: Instant,
  planId: z.string().nullable(),
  tasks: z.array(PackTask),
  /** The doors to leave alone in the places of these tasks. */
  neighbours: z.array(Neighbour),
  /** Whether there are more of them than a pack takes along. */
  moreNeighbours: z.boolean(),
  quietHours: z.array(QuietHours),
  /** Who else of the own unit works that day, to hand a task to; missing in packs of earlier releases. */
  colleagues: z.array(z.object({ staffId: Id, name: z.string() })).optional(),
  /** The events the person goes to, of the week before and of today; missing in packs of earlier releases. */
  events: z.array(OnSiteEvent).optional(),
})
export type DayPack = z.infer<typeof DayPack>

export const readDayPack = {
  operationId: 'readDayPack',
  method: 'POST',
  path: '/branches/:branchId/field/packs',
  needs: 'own',
  secret: true,
  summary: { zh: '下载当日离线清单（签名）', en: 'Take along the list of today, signed' },
  params: InBranch,
  body: z.strictObject({ deviceId: Uuid }),
  response: z.object({
    /** `DayPack` as JSON, its members in order of their names. */
    pack: z.string(),
    /** ECDSA with SHA-256 over the UTF-8 bytes of `pack`: r and s, 32 bytes each. */
    signature: Base64,
    /** Which signing key. */
    keyId: z.string(),
    serverTime: Instant,
  }),
  refusals: ['branch-unknown', 'staff-unknown', 'device-unknown', 'device-wiped'],
} as const satisfies Endpoint

/** More than a picture of 1600 pixels needs that a phone has made small. */
export const EVIDENCE_LIMIT_BYTES = 3 * 1024 * 1024

export const uploadEvidence = {
  operationId: 'uploadEvidence',
  method: 'POST',
  path: '/branches/:branchId/field/evidence/:evidenceId',
  needs: 'touch:record',
  summary: { zh: '上传现场照片', en: 'Send a photo as evidence' },
  params: InBranch.extend({ evidenceId: Uuid }),
  response: z.object({
    evidenceId: Uuid,
    bytes: Count,
    /** Of the bytes that were sent: the same photo for two visits has the same. */
    sha256: z.string(),
  }),
  refusals: [
    ...(['branch-unknown', 'staff-unknown', 'not-for-tokens', 'upload-missing'] as const),
    ...(['evidence-too-large', 'evidence-not-an-image', 'evidence-told-otherwise'] as const),
  ],
  kind: 'upload',
} as const satisfies Endpoint

const Item = {
  v: z.literal(1),
  /** Who recorded it. */
  staffId: Id,
  deviceId: Uuid,
  itemId: Uuid,
  seq: z.int().nonnegative(),
  branchId: Id,
}

/** What a phone seals, as JSON in UTF-8: a result of a task, or what is told of an on-site event. */
export const OutboxItem = z.discriminatedUnion('kind', [
  z.strictObject({
    ...Item,
    kind: z.literal('result'),
    taskId: z.string().min(1).max(80),
    body: TaskResult,
  }),
  z.strictObject({ ...Item, kind: z.literal('event'), eventId: Uuid, body: EventTold }),
])

/** How many results an outbox delivers at once. */
export const OUTBOX_LIMIT = 50

export const deliverOutbox = {
  operationId: 'deliverOutbox',
  method: 'POST',
  path: '/branches/:branchId/field/outbox',
  needs: 'own',
  summary: { zh: '上传离线登记的结果', en: 'Deliver what was recorded without a network' },
  params: InBranch,
  body: z.strictObject({
    /** The device that sealed the items. */
    deviceId: Uuid,
    /** What its clock says as this is sent: a clock that is wrong is found by it. */
    deviceTime: Instant,
    items: z
      .array(
        z.strictObject({
          itemId: Uuid,
          /** The place among the items of the device; they are worked in this order. */
          seq: z.int().nonnegative(),
          sealed: Base64.max(16_000),
        }),
      )
      .max(OUTBOX_LIMIT),
  }),
  response: z.object({
    /** In the order in which they were sent. */
    items: z.array(
      z.object({
        itemId: Uuid,
        /**
         * `recorded`; `again`: it was delivered before, with the answer of then; `kept`: recorded
         * beside what had happened meanwhile, which the conflicts tell; `refused`: it stays on the
         * phone for its owner to look at; `of-another`: it waits for whoever recorded it; `later`:
         * the server could not just now, send it again.
         */
        outcome: z.enum(['recorded', 'again', 'kept', 'refused', 'of-another', 'later']),
        response: ResultTaken.nullable(),
        /** The same of an item that is about an on-site event. */
        event: EventTaken.nullable(),
        problem: z.object({ code: z.string(), text: Named }).nullable(),
      }),
    ),
    /** Whether the phone is to forget its list now; what it has not delivered stays. */
    wipe: z.boolean(),
    serverTime: Instant,
  }),
  refusals: ['branch-unknown', 'device-unknown'],
} as const satisfies Endpoint
