import { randomUUID, webcrypto } from 'node:crypto'
import type { z } from 'zod'
import { DayPack, type deliverOutbox, type registerDevice } from '#contract/field.ts'
import type { EventTold } from '#contract/on-site-event.ts'
import type { TaskResult } from '#contract/tasks.ts'
import type { Answered, Branch, Person } from './branch.ts'

const { subtle } = webcrypto
type Registered = z.output<typeof registerDevice.response>
type Delivered = z.output<typeof deliverOutbox.response>
type Item = z.input<typeof deliverOutbox.body>['items'][number]
type Body = z.input<typeof TaskResult>
/** What is told of an event; left out: at the time of the phone. */
type Told = OmitAt<z.input<typeof EventTold>>
type OmitAt<Of> = Of extends { at: string } ? Omit<Of, 'at'> & { at?: string } : never

/** A phone as the field app is one: it knows what docs/field.md says, and nothing of the server. */
export type Phone = Readonly<{
  deviceId: string
  who: Person
  registered: Registered
  /** Asks for the list of today, and opens it once its signature proves to be good. */
  pack(): Promise<DayPack>
  askPack(): Promise<Answered>
  /** Seals a result, by the clock of the phone, as the next item of the outbox. */
  record(taskId: string, result?: Partial<Body>): Promise<Item>
  /** Seals what is told of an on-site event, as the next item of the outbox. */
  tell(eventId: string, told: Told): Promise<Item>
  /** Seals whatever it is told to, as an app would that is broken or forged. */
  seal(of: Readonly<{ itemId: string; seq: number }>, plain: unknown): Promise<Item>
  deliver(items: readonly Item[], as?: Person): Promise<Delivered>
}>

/** The server as a phone reaches it. */
export type Reached = Pick<Branch, 'post'>
type Options = Readonly<{
  deviceId?: string
  /** The clock of the phone. */
  clock?: () => Date
}>

/** Registers a phone of somebody who is signed in; another one, unless it is told which. */
export async function openPhone(
  server: Reached,
  who: Person,
  { deviceId = randomUUID(), clock = () => new Date() }: Options = {},
): Promise<Phone> {
  const at = `/branches/${who.branchId}/field`
  const post = async (path: string, body: object, as = who) => {
    const answer = await server.post(`${at}/${path}`, as, body)
    if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const registered = (await post('devices', { deviceId, name: '测试手机' })) as Registered
  const askPack = () => server.post(`${at}/packs`, who, { deviceId })
  let next = 0
  const seal: Phone['seal'] = async ({ itemId, seq }, plain) => {
    const sealed = await sealed256(registered.sealingKey, `${deviceId}|${itemId}|${seq}`, plain)
    return { itemId, seq, sealed }
  }
  const sealNext = (said: object) => {
    next += 1
    const place = { itemId: randomUUID(), seq: next }
    const about = { v: 1, staffId: who.id, branchId: who.branchId, deviceId }
    return seal(place, { ...about, ...place, ...said })
  }
  return {
    ...{ deviceId, who, registered, askPack, seal },
    pack: async () => {
      const told = (await post('packs', { deviceId })) as Signed
      if (!(await isGenuine(registered, told))) throw new Error('the signature is not good')
      return DayPack.parse(JSON.parse(told.pack))
    },
    record: (taskId, result = {}) => {
      const body = { ...NOT_AT_HOME, resultId: randomUUID(), at: clock().toISOString(), ...result }
      return sealNext({ kind: 'result', taskId, body })
    },
    tell: (eventId, told) =>
      sealNext({ kind: 'event', eventId, body: { at: clock().toISOString(), ...told } }),
    deliver: async (items, as) => {
      const sent = { deviceId, deviceTime: clock().toISOString(), items }
      return (await post('outbox', sent, as)) as Delivered
    },
  }
}

const NOT_AT_HOME = {
  ...{ result: 'not_at_home', notAtHome: { tryAgain: null } },
  ...{ done: null, promised: null, refused: null, moved: null, competitor: null },
  ...{ wrongData: null, handedOver: null, reason: null, note: null, startedAt: null },
  ...{ position: null, photos: [] },
}

type Signed = Readonly<{ pack: string; signature: string; keyId: string }>

/** Whether a pack is what the server signed, to the last byte. */
export async function isGenuine(
  { signingKey }: Pick<Registered, 'signingKey'>,
  { pack, signature, keyId }: Signed,
): Promise<boolean> {
  if (keyId !== signingKey.keyId) return false
  const curve = { name: 'ECDSA', namedCurve: 'P-256' }
  const key = await subtle.importKey('spki', bytesOf(signingKey.spki), curve, false, ['verify'])
  const how = { name: 'ECDSA', hash: 'SHA-256' }
  return subtle.verify(how, key, bytesOf(signature), new TextEncoder().encode(pack))
}

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(Buffer.from(base64, 'base64'))

const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const

async function sealed256(
  { keyId, spki }: Registered['sealingKey'],
  place: string,
  plain: unknown,
): Promise<string> {
  const text = (value: string) => new TextEncoder().encode(value)
  const theirs = await subtle.importKey('spki', bytesOf(spki), CURVE, false, [])
  const own = await subtle.generateKey(CURVE, false, ['deriveBits'])
  const shared = await subtle.deriveBits({ name: 'ECDH', public: theirs }, own.privateKey, 256)
  const salt = new Uint8Array(await subtle.exportKey('raw', own.publicKey))
  const secret = await subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey'])
  const key = await subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt, info: text('gridkeeper field outbox') },
    secret,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt'],
  )
  const iv = webcrypto.getRandomValues(new Uint8Array(12))
  const how = { name: 'AES-GCM', iv, additionalData: text(place) }
  const said = typeof plain === 'string' ? plain : JSON.stringify(plain)
  const body = new Uint8Array(await subtle.encrypt(how, key, text(said)))
  const head = Uint8Array.of(1, keyId.length)
  return Buffer.concat([head, text(keyId), salt, iv, body]).toString('base64')
}
