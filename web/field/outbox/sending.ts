import { type deliverOutbox, OUTBOX_LIMIT } from '#contract/field.ts'
import type { Answer, Input } from '../../api.ts'
import { Problem } from '../../problem.ts'
import type { Item, ItemState, Photo } from './item.ts'
import type { Outbox } from './outbox.ts'

/** The server, as the outbox needs it. Each throws a `Problem` where it is refused or not reached. */
export type Server = Readonly<{
  deliver(of: Input<typeof deliverOutbox>): Promise<Answer<typeof deliverOutbox>>
  upload(photo: Photo, jpeg: Uint8Array<ArrayBuffer>): Promise<void>
}>

/** How a sending went. `later`: try again after a while; `wipe`: the phone is to forget its list. */
export type Sending = Readonly<{
  outcome: 'done' | 'later' | 'signed-out'
  wipe: boolean
  problem: Problem | null
}>

const STATE_OF = {
  recorded: 'accepted',
  again: 'accepted',
  kept: 'beside',
  refused: 'refused',
  'of-another': 'waiting',
  later: 'waiting',
} as const satisfies Record<Delivered['outcome'], ItemState>
type Delivered = Answer<typeof deliverOutbox>['items'][number]

/**
 * Sends what a person has waiting, in the order in which it was recorded, then the photos; those that
 * prove an event go before it, for the server takes an event with the photos that it has. What
 * others recorded on this phone waits for them. An answer that is lost does no harm: the same item
 * again is the same result.
 */
export async function send(
  outbox: Outbox,
  server: Server,
  { staffId, clock }: { staffId: string; clock: () => number },
): Promise<Sending> {
  let wipe = false
  let isLater = false
  try {
    for (const batch of batchesOf(await outbox.items(), staffId)) {
      await sendPhotos(outbox, server, isOf(batch.items.filter(({ kind }) => kind === 'event')))
      const answer = await server.deliver({
        params: { branchId: batch.branchId },
        body: {
          deviceId: batch.deviceId,
          deviceTime: new Date(clock()).toISOString(),
          items: batch.items.map(({ itemId, seq, sealed }) => ({ itemId, seq, sealed })),
        },
      })
      wipe ||= answer.wipe
      const told = new Map(answer.items.map((each) => [each.itemId, each]))
      for (const item of batch.items) {
        const about = told.get(item.itemId)
        if (about) await outbox.settle(settled(item, about))
        isLater ||= about === undefined || about.outcome === 'later'
      }
      if (isLater) break // what comes after must not overtake it
    }
    await sendPhotos(outbox, server, (photo) => photo.staffId === staffId)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const outcome = error.status === 401 ? 'signed-out' : 'later'
    return { outcome, wipe, problem: error }
  }
  return { outcome: isLater ? 'later' : 'done', wipe, problem: null }
}

type Batch = { branchId: string; deviceId: string; items: (Item & { sealed: string })[] }

/** Neighbours in order of one branch and device, as many as a delivery takes. */
function batchesOf(items: readonly Item[], staffId: string): Batch[] {
  const batches: Batch[] = []
  for (const item of items) {
    const { branchId, deviceId, sealed } = item
    if (item.staffId !== staffId || item.state !== 'waiting' || sealed === null) continue
    const last = batches.at(-1)
    const fits = last?.branchId === branchId && last.deviceId === deviceId
    if (last && fits && last.items.length < OUTBOX_LIMIT) last.items.push({ ...item, sealed })
    else batches.push({ branchId, deviceId, items: [{ ...item, sealed }] })
  }
  return batches
}

function settled(item: Item, { outcome, response, event, problem }: Delivered): Item {
  const state = response?.standing === 'beside' ? 'beside' : STATE_OF[outcome]
  const has = state === 'accepted' || state === 'beside'
  const reasons = [
    ...(response?.conflicts ?? []),
    ...(response?.against ?? []),
    ...(event?.conflicts ?? []),
  ]
  const told = problem ? [problem.text] : reasons.map(({ text }) => text)
  return { ...item, state, sealed: has ? null : item.sealed, told }
}

const isOf = (items: readonly Item[]) => {
  const ids = new Set(items.map(({ itemId }) => itemId))
  return ({ itemId }: Photo) => ids.has(itemId)
}

async function sendPhotos(
  outbox: Outbox,
  server: Server,
  which: (photo: Photo) => boolean,
): Promise<void> {
  for (const photo of await outbox.photos())
    if (photo.told === null && which(photo)) await sendPhoto(outbox, server, photo)
}

/** One that can never be taken stays with the reason; one that was changed on the phone as well. */
async function sendPhoto(outbox: Outbox, server: Server, photo: Photo): Promise<void> {
  const jpeg = await outbox.jpegOf(photo)
  if (!jpeg) return outbox.settlePhoto({ ...photo, told: DAMAGED }, false)
  try {
    await server.upload(photo, jpeg)
    await outbox.settlePhoto(photo, true)
  } catch (error) {
    if (!(error instanceof Problem) || !error.code.startsWith('evidence-')) throw error
    const told = { zh: error.message, en: error.message }
    await outbox.settlePhoto({ ...photo, told }, false)
  }
}

const DAMAGED = {
  zh: '照片在手机上被改动，无法读取。',
  en: 'The photo was changed on the phone and cannot be read.',
} as const

const FIRST_WAIT_MS = 5_000
const LONGEST_WAIT_MS = 300_000

/** How long to wait after so many failures in a row: twice as long each time, five minutes at most. */
export function waitAfter(failures: number): number {
  return failures === 0 ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS)
}
