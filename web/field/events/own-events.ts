import { useEffect } from 'react'
import { listEvents } from '#contract/events.ts'
import type { EventTold } from '#contract/on-site-event.ts'
import type { Answer } from '../../api.ts'
import { useAnswer } from '../../ask.ts'
import { isRead, type PhoneState } from '../day/phone-state.ts'
import { phone, usePhone } from '../day/store.ts'
import type { Item } from '../outbox/item.ts'

export type OwnEvent = Answer<typeof listEvents>['rows'][number]

type Asked = Readonly<{ branchId: string; from: string; to: string }>

/**
 * The events that the person goes to from one day to another: as the server tells, else those of the
 * list that was taken along (`asOf`: when that was). They are asked for anew when one was delivered.
 */
export function useOwnEvents({ branchId, from, to }: Asked) {
  const { pack, items } = usePhone()
  const list = useAnswer(listEvents, {
    params: { branchId },
    query: { whose: 'mine', from, to, sort: 'onDay', limit: 100 },
  })
  const { refetch } = list
  const delivered = items.filter(
    ({ kind, state }) => kind === 'event' && state !== 'waiting',
  ).length
  // The server answers otherwise once it has what waited here.
  useEffect(() => {
    if (delivered > 0) void refetch()
  }, [delivered, refetch])
  const known = list.data
    ? { rows: list.data.rows, asOf: null }
    : isRead(pack)
      ? {
          rows: pack.events.filter(({ onDay }) => from <= onDay && onDay < to),
          asOf: pack.issuedAt,
        }
      : undefined
  return { known, error: list.error, again: () => void refetch() }
}

/** What was told of an event on this phone, with how it stands, the latest last. */
export function toldOf(eventId: string, { toldOfEvents, items }: PhoneState) {
  const byId = new Map(items.map((item) => [item.itemId, item]))
  return toldOfEvents
    .filter((entry) => entry.eventId === eventId)
    .map((entry) => ({ entry, item: byId.get(entry.itemId) }))
}

/** Whether the phone keeps what is told until there is a network: it has an open list. */
export const keepsTold = ({ standing, pack }: PhoneState) => standing === 'open' && isRead(pack)

export const isWaiting = ({ item }: { item: Item | undefined }) => item?.state === 'waiting'

type Said<Told> = Told extends { at: string } ? Omit<Told, 'at'> : never

/** Puts what is told of an event into the outbox, and has it sent where there is a network. */
export async function keepTold(
  event: OwnEvent,
  told: Said<EventTold>,
  pictures: ReadonlyMap<string, Blob> = new Map(),
): Promise<void> {
  const { me, pack } = phone.state()
  if (!me || !isRead(pack)) throw new Error('an event is told from an open list')
  const itemId = crypto.randomUUID()
  const at = new Date().toISOString()
  const photos = await Promise.all(
    [...pictures].map(async ([evidenceId, picture]) => ({
      ...{ evidenceId, jpeg: new Uint8Array(await picture.arrayBuffer()) },
    })),
  )
  await phone.tellEvent(
    {
      ...{ itemId, at, photos, branchId: pack.branchId, staffId: me.staffId },
      said: { kind: 'event', eventId: event.eventId, body: { ...told, at } },
    },
    { itemId, at, eventId: event.eventId, placeName: event.placeName, tells: told.tells },
  )
  void phone.sync({ now: false })
}
