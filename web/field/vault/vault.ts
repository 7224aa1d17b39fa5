import { type Bytes, randomBytes } from './bytes.ts'
import {
  asBytes,
  asValue,
  keptHalf,
  keyFrom,
  keyOf,
  locked,
  ROUNDS,
  stretched,
  unlocked,
} from './lock.ts'
import type { Shelf } from './shelf.ts'

/** After so many wrong PINs in a row everything in the vault is gone. */
export const MOST_TRIES = 5
export const PIN_SHAPE = /^\d{6,12}$/

export type VaultShelf = Shelf<'lock' | 'kept'>

/** What the phone knows of a vault without its PIN. Times are those of the server, in milliseconds. */
type Lock = Readonly<{
  staffId: string
  salt: Bytes
  rounds: number
  half: CryptoKey
  /** The key of all that is kept, encrypted under the one that PIN and half make. */
  wrapped: Bytes
  tries: number
  expiresAt: number
  /** The server’s clock less the phone’s. */
  skewMs: number
  /** The latest time that the phone has seen: a clock that is set back gains nothing. */
  seenAt: number
  /** The server has ended the session: it opens again once the person has signed in. */
  held: boolean
}>

export type OpenVault = Readonly<{
  staffId: string
  /** The server’s time, by the phone’s clock and the difference measured when the vault was filled. */
  now(): number
  /** Undefined where nothing is kept under the name; `altered` where it is not what was kept. */
  read(name: string): Promise<{ value: unknown } | 'altered' | undefined>
  keep(name: string, value: unknown): Promise<void>
  forget(name: string): Promise<void>
  /** Puts it under a fresh half, and moves its end. */
  renew(by: Half): Promise<void>
  /** When it ends, by the server's time. */
  endsAt(): number
}>

/** What the server hands out for a person and a device, and until when. */
export type Half = Readonly<{ half: string; expiresAt: number; skewMs: number }>

export type Opening =
  | Readonly<{ outcome: 'open'; vault: OpenVault }>
  | Readonly<{ outcome: 'wrong'; left: number }>
  | Readonly<{ outcome: 'wiped' | 'expired' | 'none' | 'held' }>

export type Vaults = Readonly<{
  /** Whose vault there is; wipes one that has expired. */
  whose(): Promise<{ staffId: string; held: boolean } | undefined>
  make(of: { staffId: string; pin: string } & Half): Promise<OpenVault>
  open(pin: string): Promise<Opening>
  /** Keeps it shut until the person has signed in again, or lets it be opened. */
  hold(held: boolean): Promise<void>
  wipe(): Promise<void>
}>

const LOCK = 'lock'
const WRAPPED = 'key'

/**
 * The list of the day on a phone, its names and doors encrypted under a key that takes the PIN of
 * the person and a half that the server hands out. It is gone when it expires, after five wrong PINs
 * and when it is wiped. What waits to be sent is not in here: see outbox.
 */
export function vaultsOn(shelf: VaultShelf, clock: () => number): Vaults {
  async function wipe(): Promise<void> {
    await shelf.clear('lock')
    await shelf.clear('kept')
  }

  /** The lock as it is now, unless it has expired. */
  async function current(): Promise<Lock | 'expired' | undefined> {
    const lock = await shelf.get<Lock>('lock', LOCK)
    if (!lock) return undefined
    const now = timeOf(lock)
    if (now >= lock.expiresAt) {
      await wipe()
      return 'expired'
    }
    const seen = { ...lock, seenAt: now }
    await shelf.put('lock', LOCK, seen)
    return seen
  }

  const timeOf = ({ seenAt, skewMs }: Lock) => Math.max(seenAt, clock() + skewMs)

  function opened(first: Lock, pinBits: Bytes, key: CryptoKey, rawKey: Bytes): OpenVault {
    let lock = first
    const nameOf = (name: string) => `${lock.staffId}/${name}`
    return {
      staffId: lock.staffId,
      endsAt: () => lock.expiresAt,
      now: () => timeOf(lock),
      async keep(name, value) {
        await shelf.put('kept', name, await locked(key, nameOf(name), asBytes(value)))
      },
      async read(name) {
        const kept = await shelf.get<Bytes>('kept', name)
        if (!kept) return undefined
        const plain = await unlocked(key, nameOf(name), kept)
        return plain ? { value: asValue(plain) } : 'altered'
      },
      forget: (name) => shelf.remove('kept', name),
      async renew({ half: base64, expiresAt, skewMs }) {
        const half = await keptHalf(base64)
        const wrapped = await locked(await keyOf(pinBits, half), WRAPPED, rawKey)
        lock = { ...lock, half, wrapped, expiresAt, skewMs, tries: 0, seenAt: 0, held: false }
        await shelf.put('lock', LOCK, lock)
      },
    }
  }

  return {
    wipe,
    async whose() {
      const lock = await current()
      return typeof lock === 'object' ? { staffId: lock.staffId, held: lock.held } : undefined
    },
    async make({ staffId, pin, half: base64, expiresAt, skewMs }) {
      await wipe()
      const salt = randomBytes(16)
      const half = await keptHalf(base64)
      const pinBits = await stretched(pin, salt, ROUNDS)
      const rawKey = randomBytes(32)
      const wrapped = await locked(await keyOf(pinBits, half), WRAPPED, rawKey)
      const about = { staffId, salt, rounds: ROUNDS, half, wrapped, expiresAt, skewMs }
      const lock: Lock = { ...about, tries: 0, seenAt: 0, held: false }
      await shelf.put('lock', LOCK, lock)
      return opened(lock, pinBits, await keyFrom(rawKey), rawKey)
    },
    async open(pin) {
      const lock = await current()
      if (lock === undefined) return { outcome: 'none' }
      if (lock === 'expired') return { outcome: 'expired' }
      if (lock.held) return { outcome: 'held' }
      // Counted before it is tried, so that killing the page gives no further try.
      const tries = lock.tries + 1
      await shelf.put('lock', LOCK, { ...lock, tries })
      const pinBits = await stretched(pin, lock.salt, lock.rounds)
      const rawKey = await unlocked(await keyOf(pinBits, lock.half), WRAPPED, lock.wrapped)
      if (rawKey) {
        const fresh = { ...lock, tries: 0 }
        await shelf.put('lock', LOCK, fresh)
        return { outcome: 'open', vault: opened(fresh, pinBits, await keyFrom(rawKey), rawKey) }
      }
      if (tries < MOST_TRIES) return { outcome: 'wrong', left: MOST_TRIES - tries }
      await wipe()
      return { outcome: 'wiped' }
    },
    async hold(held) {
      const lock = await current()
      if (typeof lock === 'object') await shelf.put('lock', LOCK, { ...lock, held })
    },
  }
}
