import { useSyncExternalStore } from 'react'
import type { Where } from './form.ts'

const KEPT_AS = 'gridkeeper.position'
const WAIT_MS = 20_000
const FRESH_FOR_MS = 60_000
const listeners = new Set<() => void>()

/** Whether the person lets their results say where they were; null: not asked yet. */
export type Consent = 'yes' | 'no' | null

export function consentNow(): Consent {
  const kept = localStorage.getItem(KEPT_AS)
  return kept === 'yes' || kept === 'no' ? kept : null
}

export function setConsent(consent: 'yes' | 'no'): void {
  localStorage.setItem(KEPT_AS, consent)
  for (const tell of listeners) tell()
}

export function useConsent(): Consent {
  return useSyncExternalStore(listen, consentNow)
}

/** Where the phone is, as exactly as it can say; why not otherwise. */
export function findPosition(): Promise<Where | 'denied' | 'unknown'> {
  return new Promise((resolve) => {
    if (!navigator.geolocation) {
      resolve('unknown')
      return
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords, timestamp }) =>
        resolve({
          latitude: coords.latitude,
          longitude: coords.longitude,
          accuracyM: Math.round(coords.accuracy),
          at: new Date(timestamp).toISOString(),
        }),
      ({ code, PERMISSION_DENIED }) => resolve(code === PERMISSION_DENIED ? 'denied' : 'unknown'),
      { enableHighAccuracy: true, timeout: WAIT_MS, maximumAge: FRESH_FOR_MS },
    )
  })
}

function listen(tell: () => void): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}
