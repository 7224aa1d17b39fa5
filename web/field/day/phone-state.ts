import type { z } from 'zod'
import type { Sentence } from '#contract/language.ts'
import type { whoAmI } from '#contract/session.ts'
import type { DoneWhat, ResultCode, readMyDay } from '#contract/tasks.ts'
import type { Answer } from '../../api.ts'
import type { Item } from '../outbox/item.ts'
import type { ReadPack } from '../vault/pack.ts'

export type Me = Answer<typeof whoAmI>

/** One result that was recorded here, as its owner may read it while the vault is open. */
export type Entry = Readonly<{
  itemId: string
  taskId: string
  /** Masked, as on the list. */
  name: string
  place: string
  result: ResultCode
  what: z.infer<typeof DoneWhat> | null
  /** The day that was promised. */
  on: string | null
  at: string
}>

/** What was told of an event here, as its owner may read it while the vault is open. */
export type EventEntry = Readonly<{
  itemId: string
  eventId: string
  placeName: string
  tells: 'proof' | 'report'
  at: string
}>

export type ServerDay = Readonly<{ said: Answer<typeof readMyDay>; at: string }>

/**
 * How the phone stands: `looking` at first; `unable` where the browser keeps nothing or the page came
 * without TLS; `none` without a list to take along; `shut` until the PIN; `held` until the sign-in.
 */
export type Standing = 'looking' | 'unable' | 'none' | 'shut' | 'held' | 'open'

export type PhoneState = Readonly<{
  standing: Standing
  /** Whose list it is. */
  staffId: string | null
  /** Who is signed in, as known without a network. */
  me: Me | null
  /**
   * Checked against the server’s signature; `altered` where it does not hold, `unreadable` where it is
   * of a form that this page does not know.
   */
  pack: ReadPack | 'altered' | 'unreadable' | null
  journal: readonly Entry[]
  toldOfEvents: readonly EventEntry[]
  items: readonly Item[]
  photosWaiting: number
  photosTold: readonly Sentence[]
  /** How the server says that the day stands, and when it said so, by the clock of the phone. */
  day: ServerDay | null
  /** When the server was last heard, by the clock of the phone. */
  syncedAt: string | null
  busy: boolean
  /** What went wrong last, or what happened to the list. */
  notice: Sentence | null
}>

/** Whether there is a list that can be shown. */
export const isRead = (pack: PhoneState['pack']): pack is ReadPack =>
  typeof pack === 'object' && pack !== null

export const NOTHING: PhoneState = {
  standing: 'looking',
  staffId: null,
  me: null,
  pack: null,
  journal: [],
  toldOfEvents: [],
  items: [],
  photosWaiting: 0,
  photosTold: [],
  day: null,
  syncedAt: null,
  busy: false,
  notice: null,
}

export const NOTICES = {
  expired: {
    zh: '离线清单已到期，已从这台手机清除。联网后重新取清单。',
    en: 'The list taken along has expired and is gone from this phone. Take it again when there is a network.',
  },
  wiped: {
    zh: '密码错了 5 次，离线清单已从这台手机清除。没有发送的结果还在。',
    en: 'After five wrong PINs the list is gone from this phone. Results not sent yet are still here.',
  },
  remote: {
    zh: '离线清单已被远程清除。没有发送的结果还在，会继续发送。',
    en: 'The list was wiped by a remote order. Results not sent yet are still here and will be sent.',
  },
  altered: {
    zh: '离线清单被改动过，签名不符，不能使用。请联网重新取清单。',
    en: 'The list on this phone was changed: its signature does not hold, so it cannot be used. Take it again when there is a network.',
  },
  unreadable: {
    zh: '离线清单的格式比这个页面新，读不出来。请在有网络时刷新页面，再取清单；仍不行请告诉管理员。',
    en: 'The list is of a newer form than this page can read. Reload the page when there is a network and take the list again; tell the administrator if it goes on.',
  },
  foreign: {
    zh: '这台手机上是别人的离线清单，已清除。',
    en: 'The list on this phone was somebody else’s; it is gone.',
  },
} as const satisfies Record<string, Sentence>
