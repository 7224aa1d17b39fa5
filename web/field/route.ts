import { useSyncExternalStore } from 'react'
import { isDay } from '../format/day.ts'

/** The phone’s pages all lie below this path. */
const BASE = '/field'

/**
 * Where the phone is: a list (one’s own, or that of `staffId`), the own day, the own events, the own
 * visits to look at, the own page, or nowhere.
 */
export type Route =
  | Readonly<{ page: 'list'; staffId: string | undefined; date: string | undefined }>
  | Readonly<{ page: 'day' | 'me' | 'events' | 'visits' }>
  | Readonly<{ page: 'missing' }>

export function routeOf(path: string, search: string): Route {
  const parts = path.slice(BASE.length).split('/').filter(Boolean)
  const date = new URLSearchParams(search).get('date') ?? undefined
  const day = isDay(date) ? date : undefined
  const [page, staffId, ...more] = parts.map(decodeURIComponent)
  if (page === undefined) return { page: 'list', staffId: undefined, date: day }
  if (page === 'people' && staffId !== undefined && more.length === 0)
    return { page: 'list', staffId, date: day }
  const isOwn = page === 'day' || page === 'me' || page === 'events' || page === 'visits'
  if (isOwn && staffId === undefined) return { page }
  return { page: 'missing' }
}

/** The address of a list; a day left out is the day the server thinks of. */
export function wayToList(staffId: string | undefined, date?: string): string {
  const path = staffId === undefined ? BASE : `${BASE}/people/${encodeURIComponent(staffId)}`
  return date === undefined ? path : `${path}?date=${date}`
}
export const WAY_TO_ME = `${BASE}/me`
export const WAY_TO_DAY = `${BASE}/day`
export const WAY_TO_EVENTS = `${BASE}/events`
export const WAY_TO_VISITS = `${BASE}/visits`

const listeners = new Set<() => void>()

export function go(way: string): void {
  history.pushState(null, '', way)
  scrollTo(0, 0)
  for (const tell of listeners) tell()
}

/** The route of the address, followed as it changes. */
export function useRoute(): Route {
  const address = useSyncExternalStore(listen, () => `${location.pathname}${location.search}`)
  const [path = BASE, search = ''] = address.split('?')
  return routeOf(path, search)
}

function listen(tell: () => void): () => void {
  listeners.add(tell)
  addEventListener('popstate', tell)
  return () => {
    listeners.delete(tell)
    removeEventListener('popstate', tell)
  }
}
