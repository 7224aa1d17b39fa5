import { useSyncExternalStore } from 'react'
import { applyTokens, type Mode } from './tokens.ts'

const KEPT_AS = 'gridkeeper.mode'
/** `system` follows what the device prefers. */
export type Wish = Mode | 'system'

const preference = matchMedia('(prefers-color-scheme: dark)')
const stillness = matchMedia('(prefers-reduced-motion: reduce)')
const listeners = new Set<() => void>()
let wish: Wish = readWish()
let mode: Mode = decide()
applyTokens(mode)
preference.addEventListener('change', change)

export function useMode(): Mode {
  return useSyncExternalStore(listen, () => mode)
}

/** Whether the device asks for stillness. */
export function useStill(): boolean {
  return useSyncExternalStore(
    (tell) => {
      stillness.addEventListener('change', tell)
      return () => stillness.removeEventListener('change', tell)
    },
    () => stillness.matches,
  )
}

export function useWish(): Wish {
  return useSyncExternalStore(listen, () => wish)
}

export function setWish(next: Wish): void {
  wish = next
  localStorage.setItem(KEPT_AS, next)
  change()
}

function change(): void {
  mode = decide()
  applyTokens(mode)
  for (const tell of listeners) tell()
}

function decide(): Mode {
  if (wish !== 'system') return wish
  return preference.matches ? 'dark' : 'light'
}

function readWish(): Wish {
  const kept = localStorage.getItem(KEPT_AS)
  return kept === 'light' || kept === 'dark' ? kept : 'system'
}

function listen(tell: () => void): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}
