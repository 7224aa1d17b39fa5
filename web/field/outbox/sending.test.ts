import { createDecipheriv, createECDH, createPublicKey, hkdfSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { Problem } from '../../problem.ts'
import { memoryShelf } from '../vault/memory-shelf.ts'
import type { Photo } from './item.ts'
import { type Outbox, outboxOn, type Said } from './outbox.ts'
import { type Server, send, waitAfter } from './sending.ts'

const BRANCH = '370686'
const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 1, 2, 3])
const NOW = Date.parse('2026-11-22T01:00:00Z')
const as = (staffId: string) => ({ staffId, clock: () => NOW })
const idOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

const pair = createECDH('prime256v1')
pair.generateKeys()
const point = pair.getPublicKey()
const key = {
  ...{ kty: 'EC', crv: 'P-256' },
  x: point.subarray(1, 33).toString('base64url'),
  y: point.subarray(33).toString('base64url'),
}
const spki = createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'der' })

async function openPhone() {
  const shelf = memoryShelf<'items' | 'photos' | 'device'>()
  const outbox = outboxOn(shelf)
  await outbox.sealTo({ keyId: 'k1', spki: spki.toString('base64') })
  return { shelf, outbox }
}

const taskOf = (number: number): Said => ({
  ...{ kind: 'result', taskId: `task-${number}` },
  body: { note: `第 ${number} 户` },
})

async function record(
  outbox: Outbox,
  number: number,
  { staffId = 'S-01', photos = 0, said = taskOf(number) } = {},
) {
  await outbox.add({
    ...{ itemId: idOf(number), branchId: BRANCH, staffId, said },
    at: new Date(NOW + number).toISOString(),
    photos: Array.from({ length: photos }, (_, at) => ({
      evidenceId: idOf(1000 + number * 10 + at),
      jpeg: JPEG,
    })),
  })
}

type Delivery = Parameters<Server['deliver']>[0]
type Outcome = Awaited<ReturnType<Server['deliver']>>['items'][number]['outcome']

/** A server that takes everything, unless `outcomeOf` says otherwise; it can be cut off. */
function openServer(outcomeOf: (itemId: string) => Outcome = () => 'recorded') {
  const deliveries: Delivery[] = []
  const uploads: { photo: Photo; jpeg: Uint8Array }[] = []
  /** What came in which order, by the numbers of items and photos. */
  const order: string[] = []
  const about = { isAway: false }
  const check = () => {
    if (about.isAway) throw new Problem(0, 'unreachable', 'no network')
  }
  const server: Server = {
    deliver: async (of) => {
      check()
      deliveries.push(of)
      order.push(...of.body.items.map(({ itemId }) => itemId))
      const items = of.body.items.map(({ itemId }) => ({
        ...{ itemId, outcome: outcomeOf(itemId), response: null, event: null },
        problem:
          outcomeOf(itemId) === 'refused'
            ? { code: 'task-unknown', text: { zh: '没有这个任务', en: 'no such task' } }
            : null,
      }))
      return { items, wipe: false, serverTime: new Date(NOW).toISOString() }
    },
    upload: async (photo, jpeg) => {
      check()
      uploads.push({ photo, jpeg })
      order.push(photo.evidenceId)
    },
  }
  const sent = () => deliveries.flatMap(({ body }) => body.items.map(({ itemId }) => itemId))
  return { server, about, deliveries, uploads, order, sent }
}

test('what was recorded is sent in order, fifty at once, and once', async () => {
  const { outbox } = await openPhone()
  const { server, deliveries, sent } = openServer()
  for (let number = 1; number <= 120; number++) await record(outbox, number)
  expect(await send(outbox, server, as('S-01'))).toMatchObject({ outcome: 'done' })
  expect(deliveries.map(({ body }) => body.items.length)).toEqual([50, 50, 20])
  expect(sent()).toEqual(Array.from({ length: 120 }, (_, at) => idOf(at + 1)))
  const seqs = deliveries.flatMap(({ body }) => body.items.map(({ seq }) => seq))
  expect(seqs).toEqual(seqs.toSorted((a, b) => a - b))
  await send(outbox, server, as('S-01'))
  expect(deliveries).toHaveLength(3)
  expect((await outbox.items()).every(({ sealed }) => sealed === null)).toBe(true)
})

test('without a network nothing is lost, and nothing is marked as sent', async () => {
  const { outbox } = await openPhone()
  const { server, about, sent, uploads } = openServer()
  await record(outbox, 1, { photos: 2 })
  about.isAway = true
  expect(await send(outbox, server, as('S-01'))).toMatchObject({ outcome: 'later' })
  expect(await outbox.items()).toMatchObject([{ state: 'waiting' }])
  about.isAway = false
  await send(outbox, server, as('S-01'))
  expect(sent()).toEqual([idOf(1)])
  expect(uploads.map(({ jpeg }) => [...jpeg])).toEqual([[...JPEG], [...JPEG]])
  expect(await outbox.photos()).toEqual([])
})

test('what a colleague recorded on this phone waits for the colleague', async () => {
  const { outbox } = await openPhone()
  const { server, sent } = openServer()
  await record(outbox, 1, { staffId: 'S-02', photos: 1 })
  await record(outbox, 2)
  await send(outbox, server, as('S-01'))
  expect(sent()).toEqual([idOf(2)])
  expect(await outbox.photos()).toHaveLength(1)
  await send(outbox, server, as('S-02'))
  expect(sent()).toEqual([idOf(2), idOf(1)])
})

test('one that is refused stops none after it, and stays with its reason', async () => {
  const { outbox } = await openPhone()
  const { server, sent } = openServer((itemId) => (itemId === idOf(2) ? 'refused' : 'recorded'))
  for (const number of [1, 2, 3]) await record(outbox, number)
  await send(outbox, server, as('S-01'))
  expect(sent()).toEqual([idOf(1), idOf(2), idOf(3)])
  const [first, second, third] = await outbox.items()
  expect([first?.state, second?.state, third?.state]).toEqual(['accepted', 'refused', 'accepted'])
  expect(second).toMatchObject({ told: [{ zh: '没有这个任务' }], sealed: expect.any(String) })
})

test('while the server cannot just now, what comes after waits too', async () => {
  const { outbox } = await openPhone()
  const outcome = { now: 'later' as Outcome }
  const { server, sent } = openServer(() => outcome.now)
  for (let number = 1; number <= 60; number++) await record(outbox, number)
  expect(await send(outbox, server, as('S-01'))).toMatchObject({ outcome: 'later' })
  expect(sent()).toHaveLength(50)
  outcome.now = 'recorded'
  expect(await send(outbox, server, as('S-01'))).toMatchObject({ outcome: 'done' })
  expect((await outbox.items()).every(({ state }) => state === 'accepted')).toBe(true)
})

test('a photo that is never taken is told, and holds up no other', async () => {
  const { outbox } = await openPhone()
  const { server, uploads } = openServer()
  const picky: Server = {
    ...server,
    upload: async (photo, jpeg) => {
      if (photo.evidenceId === idOf(1010))
        throw new Problem(400, 'evidence-too-large', '照片太大。')
      await server.upload(photo, jpeg)
    },
  }
  await record(outbox, 1, { photos: 2 })
  expect(await send(outbox, picky, as('S-01'))).toMatchObject({ outcome: 'done' })
  expect(uploads).toHaveLength(1)
  expect(await outbox.photos()).toMatchObject([{ told: { zh: '照片太大。' } }])
})

const proof: Said = { kind: 'event', eventId: idOf(99), body: { tells: 'proof' } }

test('the photos of an event are there before it, those of a result come after', async () => {
  const { outbox } = await openPhone()
  const { server, order } = openServer()
  await record(outbox, 1, { photos: 1 })
  await record(outbox, 2, { photos: 2, said: proof })
  expect(await send(outbox, server, as('S-01'))).toMatchObject({ outcome: 'done' })
  expect(order).toEqual([1020, 1021, 1, 2, 1010].map(idOf))
})

test('a photo of an event that is never taken holds up neither the event nor what comes after', async () => {
  const { outbox } = await openPhone()
  const { server, sent } = openServer((itemId) => (itemId === idOf(1) ? 'kept' : 'recorded'))
  const conflict = {
    code: 'photos-missing',
    values: {},
    text: { zh: '照片没有送达', en: 'missing' },
  }
  const picky: Server = {
    deliver: async (of) => {
      const answer = await server.deliver(of)
      const event = { eventId: idOf(99), conflicts: [conflict] }
      return { ...answer, items: answer.items.map((item) => ({ ...item, event })) }
    },
    upload: async () => {
      throw new Problem(413, 'evidence-too-large', '照片太大。')
    },
  }
  await record(outbox, 1, { photos: 1, said: proof })
  await record(outbox, 2)
  expect(await send(outbox, picky, as('S-01'))).toMatchObject({ outcome: 'done' })
  expect(sent()).toEqual([idOf(1), idOf(2)])
  expect(await outbox.photos()).toMatchObject([{ told: { zh: '照片太大。' } }])
  expect((await outbox.items())[0]).toMatchObject({
    ...{ state: 'beside', sealed: null, kind: 'event', told: [{ zh: '照片没有送达' }] },
  })
})

test('while there is no network an event and its photos wait', async () => {
  const { outbox } = await openPhone()
  const { server, about, order } = openServer()
  await record(outbox, 1, { photos: 1, said: proof })
  about.isAway = true
  expect(await send(outbox, server, as('S-01'))).toMatchObject({ outcome: 'later' })
  expect(await outbox.items()).toMatchObject([{ state: 'waiting' }])
  about.isAway = false
  await send(outbox, server, as('S-01'))
  expect(order).toEqual([idOf(1010), idOf(1)])
})

test('what waits can be read by the server alone, and belongs to its place', async () => {
  const { outbox, shelf } = await openPhone()
  await record(outbox, 7, { photos: 1 })
  const kept = JSON.stringify([...shelf.kept].map(([name, of]) => [name, [...of]]))
  expect(kept).not.toContain('第 7 户')
  expect(kept).not.toContain(Buffer.from(JPEG).toString('base64'))
  const [item] = await outbox.items()
  if (!item?.sealed) throw new Error('it is sealed')
  const place = `${item.deviceId}|${item.itemId}|${item.seq}`
  expect(opened(item.sealed, place)).toMatchObject({
    ...{ v: 1, kind: 'result', staffId: 'S-01', taskId: 'task-7', body: { note: '第 7 户' } },
  })
  expect(() => opened(item.sealed ?? '', `${item.deviceId}|${item.itemId}|8`)).toThrow()
})

/** As the server opens it. */
function opened(sealed: string, place: string): unknown {
  const bytes = Buffer.from(sealed, 'base64')
  const from = 2 + (bytes[1] ?? 0)
  const theirs = bytes.subarray(from, from + 65)
  const iv = bytes.subarray(from + 65, from + 77)
  const secret = pair.computeSecret(theirs)
  const raw = Buffer.from(hkdfSync('sha256', secret, theirs, 'gridkeeper field outbox', 32))
  const decipher = createDecipheriv('aes-256-gcm', raw, iv)
  decipher.setAAD(Buffer.from(place))
  decipher.setAuthTag(bytes.subarray(-16))
  const plain = Buffer.concat([decipher.update(bytes.subarray(from + 77, -16)), decipher.final()])
  return JSON.parse(plain.toString('utf8'))
}

test('after failures it waits longer each time, and five minutes at most', () => {
  expect([0, 1, 2, 3].map(waitAfter)).toEqual([0, 5_000, 10_000, 20_000])
  expect(waitAfter(50)).toBe(300_000)
})
