import { generateKeyPairSync, sign } from 'node:crypto'
import { expect, test } from 'vitest'
import { DayPack } from '#contract/field.ts'
import { verified } from './pack.ts'

const DEVICE = '6b1f8c1e-5a34-4f36-9d7c-6d0a4c3a2f11'
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')

function signed(said: object) {
  const pack = JSON.stringify(said)
  const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const
  return { pack, signature: sign('sha256', Buffer.from(pack), key).toString('base64'), spki }
}

const AT = '2026-11-22T01:00:00.000Z'
const NAMED = { zh: '续费', en: 'Renewal' }
const GATE = { touchpoint: 'door', may: true, opens: null, against: [], open: [] }
const TASK = {
  ...{ taskId: 't1', subscriberId: 'u1', householdId: 'h1', name: '王**', phone: '138****5678' },
  ...{ address: null, town: '桃村镇', place: '国路夼村', campaign: 'renewal-due' },
  ...{ campaignName: NAMED, touchpoint: 'door', assigneeId: 'S1', assigneeName: '李华' },
  ...{ unitId: 'g1', unitName: '一网格', visitOrder: 1, windowStart: AT, windowEnd: AT },
  ...{ dueOn: '2026-11-30', script: NAMED, priority: 1.5, state: 'open', kind: 'renewal_visit' },
  offer: { id: 'o1', name: NAMED, monthlyFeeFen: 9_800, terms: NAMED },
  reasons: [{ code: 'contract-ends', values: { days: 3 }, text: NAMED }],
  ...{ purpose: 'renewal', origin: 'plan', fromTask: null, attempt: 1, result: null },
  ...{ closedAt: null, visitAddress: '国路夼村 12 号', mapLink: null, gates: [GATE] },
  lastTouch: { at: AT, channel: 'door', result: 'done', staffName: null },
}
const DOOR = { town: '桃村镇', place: '国路夼村', address: '国路夼村 9 号', until: '2027-02-01' }
const COLLEAGUE = { staffId: 'S2', name: '张敏' }
const EVENT = {
  ...{ eventId: '8a1f8c1e-5a34-4f36-9d7c-6d0a4c3a2f11', unitId: 'h1', unitName: '桃村营业厅' },
  ...{
    kind: 'village',
    placeName: '国路夼村',
    onDay: '2026-11-22',
    starts: '09:00',
    ends: '11:30',
  },
  ...{ goes: [{ staffId: 'S1', name: NAMED }], campaign: null, state: 'planned', counts: false },
  ...{ against: [], photos: 0, hasPosition: false, result: null, calledOff: null },
  ...{ plannedAt: AT, plannedByName: NAMED, can: ['prove', 'report'] },
}
const LIST = {
  ...{ version: 1, branchId: '370686', staffId: 'S1', deviceId: DEVICE, day: '2026-11-22' },
  ...{ issuedAt: AT, expiresAt: '2026-11-22T13:00:00.000Z', planId: null, tasks: [TASK] },
  ...{ neighbours: [DOOR], moreNeighbours: false, quietHours: [], colleagues: [COLLEAGUE] },
  events: [EVENT],
}
const PACK = signed(LIST)
const ALL_READ = { tasks: 0, neighbours: 0, colleagues: 0, events: 0 }

/** What is read of a list that says something else than `LIST`. */
async function read(change: object) {
  const said = await verified(signed({ ...LIST, ...change }), DEVICE)
  if (typeof said === 'string') throw new Error(`the list is ${said}`)
  return said
}

test('a pack that the server signed for this phone is read whole', async () => {
  const { quietHours: _, ...asSigned } = DayPack.parse(LIST)
  expect(await verified(PACK, DEVICE)).toEqual({
    ...asSigned,
    unread: ALL_READ,
  })
})

test('a pack with one letter changed is refused, wherever it is', async () => {
  for (const at of [0, 10, Math.floor(PACK.pack.length / 2), PACK.pack.length - 1]) {
    const letter = PACK.pack[at] === 'x' ? 'y' : 'x'
    const pack = PACK.pack.slice(0, at) + letter + PACK.pack.slice(at + 1)
    expect(await verified({ ...PACK, pack }, DEVICE), String(at)).toBe('altered')
  }
})

test('a pack of another phone or by another key is refused', async () => {
  expect(await verified(PACK, '00000000-0000-4000-8000-000000000000')).toBe('altered')
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey
  const theirs = other.export({ type: 'spki', format: 'der' }).toString('base64')
  expect(await verified({ ...PACK, spki: theirs }, DEVICE)).toBe('altered')
})

test.each([
  { version: 2 },
  { branchId: null },
  { day: '2026-02-30' },
  { expiresAt: 'tonight' },
  { tasks: 'none' },
])('a signed pack that says %o is told as of another form, not as altered', async (change) => {
  expect(await verified(signed({ ...LIST, ...change }), DEVICE)).toBe('unreadable')
})

test.each([
  { kind: 'fibre_upgrade', because: 'nobody here knows its form' },
  { touchpoint: 'drone', because: 'nobody here knows how to go there' },
  { state: 'paused', because: 'whether it is left cannot be told' },
  { taskId: undefined, because: 'no result could name it' },
  { script: '您好', because: 'what to say has no language' },
])('a row that cannot be read ($because) is counted, and the others are shown', async (change) => {
  const { because: _, ...part } = change
  const told = await read({ tasks: [{ ...TASK, ...part }, { ...TASK, taskId: 't2' }, null] })
  expect(told.tasks.map(({ taskId }) => taskId)).toEqual(['t2'])
  expect(told.unread).toEqual({ ...ALL_READ, tasks: 2 })
})

test('a door to leave alone or a colleague that cannot be read is counted by itself', async () => {
  const neighbours = [{ ...DOOR, until: 'spring' }, DOOR]
  const told = await read({ neighbours, colleagues: [{ staffId: 'S3' }, COLLEAGUE, 7] })
  expect(told).toMatchObject({ neighbours: [DOOR], colleagues: [COLLEAGUE] })
  expect(told.unread).toEqual({ ...ALL_READ, neighbours: 1, colleagues: 2 })
})

test('codes that a row only repeats, and members that are new, take no row away', async () => {
  const task = {
    ...{ ...TASK, reasons: [{ code: 'new-here', values: {}, text: NAMED }], parcel: 3 },
    gates: [GATE, { ...GATE, touchpoint: 'drone' }],
    lastTouch: { ...TASK.lastTouch, channel: 'rcs', result: 'read' },
  }
  const told = await read({ tasks: [task], quietHours: [{ channel: 'rcs' }], weather: 'rain' })
  expect(told.unread.tasks).toBe(0)
  expect(told.tasks).toMatchObject([{ taskId: 't1', lastTouch: { channel: 'rcs' } }])
})

test('an event that cannot be read takes no other away', async () => {
  const told = await read({ events: [{ ...EVENT, kind: 'drone-show' }, EVENT] })
  expect(told.events).toEqual([EVENT])
  expect(told.unread).toEqual({ ...ALL_READ, events: 1 })
})

test('a pack of an earlier release, without colleagues or events, is read', async () => {
  const told = await read({ colleagues: undefined, events: undefined })
  expect(told).toMatchObject({ colleagues: [], events: [], unread: ALL_READ })
})
