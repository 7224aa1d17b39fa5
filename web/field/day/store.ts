import { useSyncExternalStore } from 'react'
import { deliverOutbox, uploadEvidence } from '#contract/field.ts'
import { call, upload } from '../../api.ts'
import type { Photo } from '../outbox/item.ts'
import { outboxOn } from '../outbox/outbox.ts'
import { openShelf } from '../vault/shelf.ts'
import { vaultsOn } from '../vault/vault.ts'
import { type Phone, phoneOf } from './phone.ts'
import type { PhoneState } from './phone-state.ts'

const listeners = new Set<() => void>()
const tell = () => {
  for (const hear of listeners) hear()
}
/** Looked for often; how often it is tried after failures, the phone decides. */
const LOOK_EVERY_MS = 20_000

let signedOut: () => void = () => {}

/** This phone: what it keeps, and what it does when there is a network. */
export const phone: Phone = phoneOf({
  vaults: vaultsOn(openShelf('gridkeeper-vault', ['lock', 'kept']), Date.now),
  outbox: outboxOn(openShelf('gridkeeper-outbox', ['items', 'photos', 'device'])),
  server: { deliver: (of) => call(deliverOutbox, of), upload: uploadPhoto },
  clock: Date.now,
  online: () => navigator.onLine,
  deviceName: deviceName(navigator.userAgent),
  tell,
  onSignedOut: () => signedOut(),
})

export function usePhone(): PhoneState {
  return useSyncExternalStore(listen, phone.state)
}

/**
 * Has the phone send and take its list whenever the network returns, the page is looked at again, or
 * some time has passed. `onSignedOut` hears when the server knows nobody here any more.
 */
export function watchNetwork(onSignedOut: () => void): void {
  signedOut = onSignedOut
  addEventListener('online', () => void phone.sync({ now: true }))
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void phone.sync({ now: false })
  })
  setInterval(() => void phone.sync({ now: false }), LOOK_EVERY_MS)
}

async function uploadPhoto(
  { branchId, evidenceId }: Photo,
  jpeg: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const file = new File([jpeg], `${evidenceId}.jpg`, { type: 'image/jpeg' })
  const { signal } = new AbortController()
  await upload(uploadEvidence, { params: { branchId, evidenceId } }, file, {
    tell: () => {},
    signal,
  })
}

function listen(hear: () => void): () => void {
  listeners.add(hear)
  return () => listeners.delete(hear)
}

/** The phone as its owner would call it, as far as the browser says. */
export function deviceName(userAgent: string): string {
  const system = ['iPhone', 'iPad', 'Android', 'HarmonyOS', 'Windows', 'Mac OS', 'Linux'].find(
    (name) => userAgent.includes(name),
  )
  const inside = userAgent.includes('wxwork')
    ? ' · WeCom'
    : userAgent.includes('MicroMessenger')
      ? ' · WeChat'
      : ''
  return `${system ?? 'Web'}${inside}`
}
