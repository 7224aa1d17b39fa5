import { randomUUID, webcrypto } from 'node:crypto'
import type { z } from 'zod'
import { DayPack, type registerDevice } from '#contract/field.ts'
import type { Answered, Branch, Person } from './branch.ts'

const { subtle } = webcrypto
type Registered = z.output<typeof registerDevice.response>

/** A phone as the field app is one: it knows what docs/field.md says, and nothing of the server. */
export type Phone = Readonly<{
  deviceId: string
  who: Person
  registered: Registered
  /** Asks for the list of today, and opens it once its signature proves to be good. */
  pack(): Promise<DayPack>
  askPack(): Promise<Answered>
}>

type Caller = Pick<Branch, 'post'>

/** Registers a phone of somebody who is signed in; another one, unless it is told which. */
export async function openPhone(
  branch: Caller,
  who: Person,
  deviceId: string = randomUUID(),
): Promise<Phone> {
  const at = `/branches/${who.branchId}/field`
  const { status, body } = await branch.post(`${at}/devices`, who, { deviceId, name: '测试手机' })
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`)
  const registered = body as Registered
  const askPack = () => branch.post(`${at}/packs`, who, { deviceId })
  return {
    deviceId,
    who,
    registered,
    askPack,
    pack: async () => {
      const answer = await askPack()
      if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`)
      const told = answer.body as { pack: string; signature: string; keyId: string }
      if (!(await isGenuine(registered, told))) throw new Error('the signature is not good')
      return DayPack.parse(JSON.parse(told.pack))
    },
  }
}

/** Whether a pack is what the server signed, to the last byte. */
export async function isGenuine(
  { signingKey }: Pick<Registered, 'signingKey'>,
  { pack, signature, keyId }: Readonly<{ pack: string; signature: string; keyId: string }>,
): Promise<boolean> {
  if (keyId !== signingKey.keyId) return false
  const curve = { name: 'ECDSA', namedCurve: 'P-256' }
  const key = await subtle.importKey('spki', bytesOf(signingKey.spki), curve, false, ['verify'])
  const how = { name: 'ECDSA', hash: 'SHA-256' }
  return subtle.verify(how, key, bytesOf(signature), new TextEncoder().encode(pack))
}

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(Buffer.from(base64, 'base64'))
