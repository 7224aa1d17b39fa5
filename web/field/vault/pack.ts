import type { DayPack } from '#contract/field.ts'
import { bytesOf, fromBase64 } from './bytes.ts'

/** A day-pack as the server sent it, with the key that it is to be checked against. */
export type SignedPack = Readonly<{ pack: string; signature: string; spki: string }>

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

/** What the pack says, if the server signed exactly these bytes for this phone; else undefined. */
export async function verified(
  { pack, signature, spki }: SignedPack,
  deviceId: string,
): Promise<DayPack | undefined> {
  const key = await crypto.subtle.importKey('spki', fromBase64(spki), ALGORITHM, false, ['verify'])
  const good = await crypto.subtle.verify(ALGORITHM, key, fromBase64(signature), bytesOf(pack))
  if (!good) return undefined
  const said = JSON.parse(pack) as DayPack // signed: it is what the contract says
  return said.version === 1 && said.deviceId === deviceId ? said : undefined
}
