import { type Bytes, bytesOf, fromBase64, joined, randomBytes, toBase64 } from '../vault/bytes.ts'
import { asBytes } from '../vault/lock.ts'

/** The server’s public key for results, as it hands it out. */
export type SealTo = Readonly<{ keyId: string; spki: string }>

const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const
const IV_BYTES = 12

/**
 * Something that only the server can read: an ephemeral pair with its key by ECDH, HKDF-SHA-256,
 * AES-GCM-256. Which item of which device it is stands beside it and is held to it. The bytes are
 * those of docs/field.md.
 */
export async function sealed(
  { keyId, spki }: SealTo,
  of: Readonly<{ deviceId: string; itemId: string; seq: number }>,
  plain: unknown,
): Promise<string> {
  const theirs = await crypto.subtle.importKey('spki', fromBase64(spki), CURVE, false, [])
  const own = await crypto.subtle.generateKey(CURVE, false, ['deriveBits'])
  const shared = await crypto.subtle.deriveBits(
    { name: 'ECDH', public: theirs },
    own.privateKey,
    256,
  )
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', own.publicKey))
  const iv = randomBytes(IV_BYTES)
  const key = await keyFrom(shared, point)
  const additionalData = bytesOf(`${of.deviceId}|${of.itemId}|${of.seq}`)
  const text = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData },
    key,
    asBytes(plain),
  )
  const name = bytesOf(keyId)
  const head: Bytes = new Uint8Array([1, name.length])
  return toBase64(joined(head, name, point, iv, new Uint8Array(text)))
}

async function keyFrom(shared: ArrayBuffer, point: Bytes): Promise<CryptoKey> {
  const secret = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey'])
  const info = bytesOf('gridkeeper field outbox')
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: point, info },
    secret,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt'],
  )
}
