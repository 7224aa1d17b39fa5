import type { z } from 'zod'
import type { deliverOutbox } from '#contract/field.ts'
import type { EventTaken, EventTold } from '#contract/on-site-event.ts'
import { sentencesOf } from '#contract/refusals.ts'
import type { ResultTaken } from '#contract/tasks.ts'
import { readBranch } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { sha256Hex } from '#platform/hash.ts'
import { toldOfPassing, toldOfRace } from '#platform/passing.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Actor, Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { type HearResult, recordResultOf } from '#worklists'
import {
  answerDelivery,
  claimDelivery,
  type Delivery,
  noteRefused,
  selectDelivery,
} from './delivery-store.ts'
import { byOurClock, eventByOurClock } from './device-clock.ts'
import { type OfDevice, selectDevice, updateSeen } from './device-store.ts'
import { isToWipe, unknownDevice } from './devices.ts'
import { type Opened, openItem, readItem, recorderOf, type SealedItem } from './open-item.ts'

type Sent = z.output<typeof deliverOutbox.body>
type Delivered = z.input<typeof deliverOutbox.response>['items'][number]
type Taken = z.input<typeof ResultTaken>
type OfEventTaken = z.input<typeof EventTaken>

/** Takes what was told of an on-site event, as events do; its times are moved by `offMs` already. */
export type TellEvent = (
  unit: Unit,
  of: Readonly<{ branchId: string; eventId: string; told: EventTold; offMs: number }>,
) => Promise<Readonly<{ isBeside: boolean; taken: OfEventTaken }>>

/** Where the defects go that one item meets: the others are worked all the same. */
export type Log = Readonly<{ error(fields: object, text: string): void }>

/** What deliveries are worked with. */
export type Working = Readonly<{ works: Works; log: Log; hear: HearResult; tellEvent: TellEvent }>

type Outbox = Working &
  Readonly<{
    actor: Actor
    of: OfDevice
    deviceTime: Date
  }>

/**
 * Takes what a phone kept without a network: each item in a unit of its own, in the order in which
 * they were recorded, once however often it comes. Whatever becomes of one, the others are worked.
 * @throws Refusal `branch-unknown`, `device-unknown`
 */
export async function deliver(
  working: Working,
  actor: Actor,
  { branchId }: Readonly<{ branchId: string }>,
  { deviceId, deviceTime, items }: Sent,
  signal: AbortSignal,
) {
  const { works } = working
  const of = { branchId, deviceId, staffId: actor.id }
  await works.run(actor, async (unit) => {
    await readBranch(unit, branchId)
    if (!(await selectDevice(unit, of))) throw unknownDevice(of)
  })
  const outbox = { ...working, actor, of, deviceTime: new Date(deviceTime) }
  const outcomes = new Map<Sent['items'][number], Delivered>()
  const inOrder = items.toSorted((a, b) => a.seq - b.seq || (a.itemId < b.itemId ? -1 : 1))
  for (const item of inOrder) {
    signal.throwIfAborted()
    outcomes.set(item, await deliverItem(outbox, { ...item, deviceId }))
  }
  const delivered = items.flatMap((item) => outcomes.get(item) ?? [])
  return works.run(actor, async (unit) => {
    const device = await selectDevice(unit, of)
    await updateSeen(unit, of, { inUse: false })
    const about = { kind: 'device', id: deviceId } as const
    const values = countsOf(delivered)
    if (items.length > 0) audit(unit, { branchId, action: 'outbox.delivered', about, values })
    const wipe = device !== undefined && isToWipe(device)
    return { items: delivered, wipe, serverTime: unit.now.toISOString() }
  })
}

function countsOf(items: readonly Delivered[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { outcome } of items) counts[outcome] = (counts[outcome] ?? 0) + 1
  return counts
}

const nothing = { response: null, event: null, problem: null }

async function deliverItem(outbox: Outbox, item: SealedItem): Promise<Delivered> {
  const { itemId } = item
  const { works, actor, of, log } = outbox
  let delivery: Delivery | undefined
  try {
    const text = openItem(works.keys, item)
    const recorder = recorderOf(text)
    if (recorder !== null && recorder !== actor.id)
      return { itemId, outcome: 'of-another', ...nothing }
    delivery = { ...of, ...item, sha256: sha256Hex(text), toldAt: null, skewMs: 0 }
    const { sealed: _, ...place } = item
    return await work(outbox, delivery, readItem(text, place, of.branchId))
  } catch (error) {
    const told = toldOfRace(toldOfPassing(error))
    if (!(told instanceof Refusal)) log.error({ err: told }, 'an item of an outbox')
    if (!(told instanceof Refusal) || isPassing(told))
      return { itemId, outcome: 'later', ...nothing }
    const refused = delivery
    if (refused) await works.run(actor, (unit) => noteRefused(unit, refused))
    const problem = { code: told.code, text: sentencesOf(told.code, told.values) }
    return { itemId, outcome: 'refused', ...nothing, problem }
  }
}

/** What ends by itself; what is refused for good stays with whoever recorded it. */
const isPassing = ({ kind, code }: Refusal) =>
  kind === 'unavailable' || kind === 'full' || kind === 'too-many' || code === 'changed-meanwhile'

async function work(outbox: Outbox, delivery: Delivery, opened: Opened): Promise<Delivered> {
  const { works, actor, deviceTime } = outbox
  const { itemId } = delivery
  return works.run(actor, async (unit) => {
    const clocks = { now: unit.now, deviceTime }
    const { toldAt, skewMs, take } =
      opened.kind === 'event'
        ? eventToTake(outbox, opened, clocks)
        : resultToTake(outbox, opened, clocks)
    if (!(await claimDelivery(unit, { ...delivery, toldAt, skewMs }))) {
      const known = await selectDelivery(unit, delivery)
      if (known?.sha256 !== delivery.sha256)
        throw new Refusal('conflict', 'item-told-otherwise', { item: itemId })
      return { itemId, outcome: 'again', ...answerOf(opened, known.answer) }
    }
    const { isBeside, answer } = await take(unit)
    const outcome = isBeside ? 'kept' : 'recorded'
    await answerDelivery(unit, delivery, { outcome, answer })
    return { itemId, outcome, ...answerOf(opened, answer) }
  })
}

const answerOf = ({ kind }: Opened, answer: object | null) =>
  kind === 'event'
    ? { ...nothing, event: answer as OfEventTaken }
    : { ...nothing, response: answer as Taken }

/** An item with its times put right, and how it is taken. */
type ToTake = Readonly<{
  toldAt: Date | null
  skewMs: number
  take(unit: Unit): Promise<Readonly<{ isBeside: boolean; answer: object }>>
}>
type Clocks = Parameters<typeof byOurClock>[1]
type OfKind<Kind> = Extract<Opened, Readonly<{ kind: Kind }>>

function resultToTake(
  { works, of, hear }: Outbox,
  { body, taskId }: OfKind<'result'>,
  clocks: Clocks,
): ToTake {
  const { told, clock } = byOurClock(body, clocks)
  return {
    toldAt: body.at === null ? null : new Date(body.at),
    skewMs: clock?.offMs ?? 0,
    take: async (unit) => {
      const how = { hear, clock, hasWaited: true }
      const answer = await recordResultOf(unit, works, { ...of, taskId }, told, how)
      return { isBeside: answer.standing !== 'first', answer }
    },
  }
}

function eventToTake(
  { of, tellEvent }: Outbox,
  { body, eventId }: OfKind<'event'>,
  clocks: Clocks,
): ToTake {
  const { told, offMs } = eventByOurClock(body, clocks)
  return {
    toldAt: new Date(body.at),
    skewMs: offMs,
    take: async (unit) => {
      const { branchId } = of
      const { isBeside, taken } = await tellEvent(unit, { branchId, eventId, told, offMs })
      return { isBeside, answer: taken }
    },
  }
}
