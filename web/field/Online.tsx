import { type ReactNode, useSyncExternalStore } from 'react'
import { useSay } from '../language.ts'
import css from './field.module.css'

const WORDS = {
  offline: {
    zh: '没有网络，显示的是上次读到的内容。',
    en: 'No network; this is what was read last.',
  },
} as const

/** A band on top while the phone has no network. */
export function Online(): ReactNode {
  const say = useSay()
  const online = useSyncExternalStore(listen, () => navigator.onLine)
  if (online) return null
  return (
    <p className={css.band} role="status">
      {say(WORDS.offline)}
    </p>
  )
}

function listen(tell: () => void): () => void {
  addEventListener('online', tell)
  addEventListener('offline', tell)
  return () => {
    removeEventListener('online', tell)
    removeEventListener('offline', tell)
  }
}
