import { type Bytes, bytesOf, fromBase64, joined, randomBytes, textOf } from './bytes.ts'

/** By OWASP’s figure for PBKDF2 with HMAC-SHA-512. */
export const ROUNDS = 210_000
const IV_BYTES = 12

/** What the PIN alone comes to: held in the memory of the page while the vault is open. */
export async function stretched(pin: string, salt: Bytes, rounds: number): Promise<Bytes> {
  const password = await crypto.subtle.importKey('raw', bytesOf(pin), 'PBKDF2', false, [
    'deriveBits',
  ])
  const algorithm = { name: 'PBKDF2', hash: 'SHA-512', salt, iterations: rounds }
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, password, 256))
}

/** The server’s half as the browser keeps it: usable, and not to be read out again. */
export function keptHalf(base64: string): Promise<CryptoKey> {
  return crypto.subtle.importKey(
    'raw',
    fromBase64(base64),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
}

/** The key that opens the vault: it takes the PIN and the half. */
export async function keyOf(pinBits: Bytes, half: CryptoKey): Promise<CryptoKey> {
  return keyFrom(new Uint8Array(await crypto.subtle.sign('HMAC', half, pinBits)))
}

export const keyFrom = (bits: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', bits, 'AES-GCM', false, ['encrypt', 'decrypt'])

/** Encrypted under a name, so that one thing cannot be put in the place of another. */
export async function locked(key: CryptoKey, name: string, plain: Bytes): Promise<Bytes> {
  const iv = randomBytes(IV_BYTES)
  const sealed = await crypto.subtle.encrypt(algorithmOf(iv, name), key, plain)
  return joined(iv, new Uint8Array(sealed))
}

/** Undefined where the key is another one, or a byte was changed. */
export async function unlocked(
  key: CryptoKey,
  name: string,
  kept: Bytes,
): Promise<Bytes | undefined> {
  const iv = kept.slice(0, IV_BYTES)
  try {
    const plain = await crypto.subtle.decrypt(algorithmOf(iv, name), key, kept.slice(IV_BYTES))
    return new Uint8Array(plain)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'OperationError') return undefined
    throw error
  }
}

const algorithmOf = (iv: Bytes, name: string) =>
  ({ name: 'AES-GCM', iv, additionalData: bytesOf(name) }) as const

export const asBytes = (value: unknown): Bytes => bytesOf(JSON.stringify(value))
export const asValue = (bytes: Bytes): unknown => JSON.parse(textOf(bytes))
