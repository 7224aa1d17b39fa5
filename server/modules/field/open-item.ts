import { createDecipheriv, createPublicKey, diffieHellman, hkdfSync } from 'node:crypto'
import type { z } from 'zod'
import { OutboxItem } from '#contract/field.ts'
import type { KeyPair } from '#platform/key-pairs.ts'
import type { Keys } from '#platform/keys.ts'
import { holdsNul } from '#platform/nul.ts'
import { Refusal } from '#platform/refusal.ts'
import { sealingPairs } from './devices.ts'

/** An item as it came, under the id of the device that sealed it. */
export type SealedItem = Readonly<{
  deviceId: string
  itemId: string
  seq: number
  sealed: string
}>
export type Opened = z.output<typeof OutboxItem>

const VERSION = 1
const POINT_BYTES = 65
const NONCE_BYTES = 12
const TAG_BYTES = 16
const INFO = 'gridkeeper field outbox'

/**
 * The text that a phone sealed: version, id of our key after its length, ephemeral point, nonce,
 * AES-256-GCM, tag (docs/field.md). An item that was altered, or put in the place of another, does not
 * open. @throws Refusal `item-unreadable`
 */
export function openItem(keys: Keys, { sealed, ...of }: SealedItem): string {
  const bytes = Buffer.from(sealed, 'base64')
  const from = 2 + (bytes[1] ?? 0)
  const pair = sealingPairs(keys).of(bytes.toString('utf8', 2, from))
  const nonceAt = from + POINT_BYTES
  const bodyAt = nonceAt + NONCE_BYTES
  if (bytes[0] !== VERSION || !pair || bytes.length < bodyAt + TAG_BYTES)
    throw new Refusal('invalid', 'item-unreadable')
  try {
    const key = keyOf(pair, bytes.subarray(from, nonceAt))
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(nonceAt, bodyAt))
      .setAAD(Buffer.from(`${of.deviceId}|${of.itemId}|${of.seq}`))
      .setAuthTag(bytes.subarray(-TAG_BYTES))
    return decipher.update(bytes.subarray(bodyAt, -TAG_BYTES)).toString() + decipher.final('utf8')
  } catch {
    throw new Refusal('invalid', 'item-unreadable') // no point of the curve, or the tag says no
  }
}

function keyOf({ privateKey }: KeyPair, point: Buffer): Buffer {
  const [x, y] = [point.subarray(1, 33), point.subarray(33)]
  const key = { kty: 'EC', crv: 'P-256', x: x.toString('base64url'), y: y.toString('base64url') }
  const publicKey = createPublicKey({ key, format: 'jwk' })
  const secret = diffieHellman({ privateKey, publicKey })
  return Buffer.from(hkdfSync('sha256', secret, point, INFO, 32))
}

/** Who recorded what is in a text; null where that cannot be told. */
export function recorderOf(text: string): string | null {
  const said = jsonOf(text)
  const isOne = said !== null && typeof said === 'object' && 'staffId' in said
  return isOne && typeof said.staffId === 'string' ? said.staffId : null
}

/**
 * What a text says, if it is what the device says it is and of this branch.
 * @throws Refusal `item-malformed`, which names the member at fault and nothing of what it holds
 */
export function readItem(text: string, of: Omit<SealedItem, 'sealed'>, branchId: string): Opened {
  const said = jsonOf(text)
  const read = OutboxItem.safeParse(said)
  if (!read.success) {
    const { path = [] } = read.error.issues[0] ?? {}
    throw malformed(path.map(String).join('.') || 'JSON')
  }
  if (holdsNul(read.data)) throw malformed('\\u0000')
  for (const [name, wanted] of Object.entries({ ...of, branchId }))
    if (read.data[name as keyof Opened] !== wanted) throw malformed(name)
  return read.data
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // which no schema takes
  }
}

const malformed = (detail: string) => new Refusal('invalid', 'item-malformed', { detail })
