import {
  createECDH,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  type KeyObject,
} from 'node:crypto'

/** A pair on the curve P-256: its public half as SubjectPublicKeyInfo, in base64. */
export type KeyPair = Readonly<{ keyId: string; spki: string; privateKey: KeyObject }>

/**
 * The pairs of an installation for one purpose: a pair for each key that it holds, worked out from
 * that key, so they are the same after a restart and after a restore beside the key file.
 */
export type KeyPairs = Readonly<{
  /** The pair that is handed out now. */
  current: KeyPair
  /** The pair of an id; undefined when that key is not held. */
  of(keyId: string): KeyPair | undefined
}>

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
/** 64 bits more than the order has: what is left of a division is then as good as evenly spread. */
const SEED_BYTES = 40

export function keyPairsOf(
  held: ReadonlyMap<string, Buffer>,
  current: string,
  purpose: string,
): KeyPairs {
  const made = new Map<string, KeyPair>()
  const of = (keyId: string) => {
    const root = held.get(keyId)
    const known = made.get(keyId)
    if (known || !root) return known
    const pair = pairOf(root, keyId, purpose)
    made.set(keyId, pair)
    return pair
  }
  const now = of(current)
  if (!now) throw new Error('the current key is held')
  return { current: now, of }
}

function pairOf(root: Buffer, keyId: string, purpose: string): KeyPair {
  const seed = Buffer.from(hkdfSync('sha256', root, '', `gridkeeper ${purpose} pair`, SEED_BYTES))
  const scalar = (BigInt(`0x${seed.toString('hex')}`) % (ORDER - 1n)) + 1n
  const d = Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex')
  const point = createECDH('prime256v1')
  point.setPrivateKey(d)
  const bytes = point.getPublicKey() // 04, x, y
  const [x, y] = [bytes.subarray(1, 33), bytes.subarray(33)]
  const text = (part: Buffer) => part.toString('base64url')
  const key = { kty: 'EC', crv: 'P-256', d: text(d), x: text(x), y: text(y) }
  const privateKey = createPrivateKey({ key, format: 'jwk' })
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  return { keyId, spki: spki.toString('base64'), privateKey }
}
