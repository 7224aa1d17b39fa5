import { locked, unlocked } from '../vault/lock.ts'
import type { Put, Shelf } from '../vault/shelf.ts'
import type { Item, Photo } from './item.ts'
import { type SealTo, sealed } from './seal.ts'

export type OutboxShelf = Shelf<'items' | 'photos' | 'device'>

/** What the server is to get: what came of a task, or what is told of an on-site event. */
export type Said =
  | Readonly<{ kind: 'result'; taskId: string; body: unknown }>
  | Readonly<{ kind: 'event'; eventId: string; body: unknown }>

/** Something as it is recorded. */
export type Recorded = Readonly<{
  itemId: string
  branchId: string
  staffId: string
  at: string
  said: Said
  photos: readonly Readonly<{ evidenceId: string; jpeg: Uint8Array<ArrayBuffer> }>[]
}>

export type Outbox = Readonly<{
  /** The id that this phone goes by, made once. */
  deviceId(): Promise<string>
  /** What results are sealed to; undefined until the phone was registered. */
  sealsTo(): Promise<SealTo | undefined>
  sealTo(key: SealTo): Promise<void>
  /** Once this is fulfilled it survives whatever happens to the page and the browser. */
  add(recorded: Recorded): Promise<void>
  /** In the order in which they were recorded. */
  items(): Promise<Item[]>
  settle(item: Item): Promise<void>
  photos(): Promise<Photo[]>
  /** The picture as it was taken; undefined where it was changed on the phone. */
  jpegOf(photo: Photo): Promise<Uint8Array<ArrayBuffer> | undefined>
  settlePhoto(photo: Photo, taken: boolean): Promise<void>
  /** Forgets what the server has had since before `day`. */
  tidy(day: string): Promise<void>
}>

/**
 * What was recorded and the server does not have yet. It stands apart from the vault and survives
 * every wipe of it; only the server can read a result in it. Photos are under a key that the browser
 * keeps and does not give out.
 */
export function outboxOn(shelf: OutboxShelf): Outbox {
  async function deviceId(): Promise<string> {
    const known = await shelf.get<string>('device', 'deviceId')
    if (known !== undefined) return known
    const made = crypto.randomUUID()
    await shelf.put('device', 'deviceId', made)
    return made
  }

  const sealsTo = () => shelf.get<SealTo>('device', 'sealTo')

  async function photoKey(): Promise<CryptoKey> {
    const known = await shelf.get<CryptoKey>('device', 'photoKey')
    if (known) return known
    const algorithm = { name: 'AES-GCM', length: 256 }
    const key = await crypto.subtle.generateKey(algorithm, false, ['encrypt', 'decrypt'])
    await shelf.put('device', 'photoKey', key)
    return key
  }

  return {
    deviceId,
    sealsTo,
    sealTo: (key) => shelf.put('device', 'sealTo', key),
    async add({ itemId, branchId, staffId, at, said, photos }) {
      const key = await sealsTo()
      if (!key) throw new Error('a phone that was not registered records nothing')
      const device = await deviceId()
      const seq = await shelf.count('device', 'seq')
      const about = { v: 1, staffId, deviceId: device, itemId, seq, branchId }
      const text = await sealed(key, { deviceId: device, itemId, seq }, { ...about, ...said })
      const item: Item = {
        ...{ seq, itemId, deviceId: device, branchId, staffId, at },
        ...{ sealed: text, state: 'waiting', kind: said.kind, told: [] },
      }
      const puts: Put<'items' | 'photos'>[] = []
      for (const { evidenceId, jpeg } of photos) {
        const bytes = await locked(await photoKey(), evidenceId, jpeg)
        const photo: Photo = { evidenceId, itemId, branchId, staffId, bytes, told: null }
        puts.push(['photos', evidenceId, photo])
      }
      await shelf.putAll([...puts, ['items', seq, item]])
    },
    items: () => shelf.all<Item>('items'),
    settle: (item) => shelf.put('items', item.seq, item),
    photos: () => shelf.all<Photo>('photos'),
    jpegOf: async ({ evidenceId, bytes }) => unlocked(await photoKey(), evidenceId, bytes),
    settlePhoto: (photo, taken) =>
      taken
        ? shelf.remove('photos', photo.evidenceId)
        : shelf.put('photos', photo.evidenceId, photo),
    async tidy(day) {
      for (const { seq, sealed: text, at } of await shelf.all<Item>('items'))
        if (text === null && at < day) await shelf.remove('items', seq)
    },
  }
}
