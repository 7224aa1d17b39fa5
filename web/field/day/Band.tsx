import { type ReactNode, useSyncExternalStore } from 'react'
import { clockText } from '../../format/day.ts'
import { useSay } from '../../language.ts'
import css from '../field.module.css'
import { WAY_TO_DAY } from '../route.ts'
import { Way } from '../Way.tsx'
import { usePhone } from './store.ts'

const WORDS = {
  offline: { zh: '没有网络', en: 'Offline' },
  waiting: { zh: '待发送 {count}', en: 'Waiting to be sent: {count}' },
  sending: { zh: '正在同步', en: 'Syncing' },
  synced: { zh: '上次同步 {at}', en: 'Last sync {at}' },
  conflict: { zh: '有冲突 {count}', en: 'In conflict: {count}' },
  all: { zh: '查看', en: 'Show' },
} as const

/** How the phone stands with the server, on top of every page: no network, what waits, last sync. */
export function Band(): ReactNode {
  const say = useSay()
  const online = useOnline()
  const { items, photosWaiting, syncedAt, busy, pack, notice: last } = usePhone()
  const notice = typeof pack === 'string' ? null : last // the page says it where the list would be
  const waiting = items.filter(({ state }) => state === 'waiting').length + photosWaiting
  const conflicts = items.filter(({ state }) => state === 'beside' || state === 'refused').length
  if (online && waiting === 0 && conflicts === 0 && syncedAt === null && notice === null)
    return null
  const parts = [
    online ? busy && waiting > 0 && say(WORDS.sending) : say(WORDS.offline),
    waiting > 0 && say(WORDS.waiting, { count: waiting }),
    conflicts > 0 && say(WORDS.conflict, { count: conflicts }),
    syncedAt !== null && say(WORDS.synced, { at: clockText(syncedAt) }),
  ].filter((part) => part !== false)
  const isAsking = !online || waiting > 0 || conflicts > 0
  return (
    <div className={isAsking ? `${css.band} ${css.bandSoon}` : css.band}>
      <p role="status">{parts.join(' · ')}</p>
      {(waiting > 0 || conflicts > 0) && <Way to={WAY_TO_DAY}>{say(WORDS.all)}</Way>}
      {notice && <p role="alert">{say(notice)}</p>}
    </div>
  )
}

export function useOnline(): boolean {
  return useSyncExternalStore(listen, () => navigator.onLine)
}

function listen(tell: () => void): () => void {
  addEventListener('online', tell)
  addEventListener('offline', tell)
  return () => {
    removeEventListener('online', tell)
    removeEventListener('offline', tell)
  }
}
