import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { unwatched } from '#platform/works.ts'
import { makePlan, publishPlan } from '#worklists'
import { rotateKeys } from '../../key-rotation.ts'
import { openCounty } from '../../test/county.ts'
import { openPhone } from '../../test/phone.ts'

/** Saturday, nine in the morning. */
const county = await openCounty('2026-11-21T01:00:00Z', { households: 250 })
afterAll(() => county.close())
const { branchId, works } = county
const { planId } = await makePlan(works, { branchId, day: '2026-11-21' }, unwatched)
await publishPlan(works, { branchId, planId }, unwatched)
const everyone = await county.sql(`
  select assignee_id as id, count(*) as tasks from worklists.task
   where touchpoint = 'door' group by 1 order by 2 desc, 1 limit 2`)
const [first, second] = everyone.map(({ id }) => String(id))
if (!first || !second) throw new Error('two people have doors to knock at')
// The first one stands in for everybody else: the list of one is shorter than this test.
await county.sql(`
  update worklists.task set assignee_id = '${first}', visit_order = visit_order + other.nth * 100
    from (select staff_id, row_number() over (order by staff_id) as nth from people.staff) as other
   where staff_id = assignee_id and assignee_id <> '${second}'`)
const doorsOf = async (staffId: string) =>
  (await county.sql(`select task_id as id from worklists.task
     where assignee_id = '${staffId}' and touchpoint = 'door' order by visit_order`)) as {
    id: string
  }[]
const doors = await doorsOf(first)
const [theirDoor] = await doorsOf(second)
const seller = await county.signIn(first)
const colleague = await county.signIn(second)
const clock = county.clock.now
const phone = await openPhone(county, seller, { clock })
const nextTask = () => {
  const task = doors.shift()
  if (!task) throw new Error('the list is long enough')
  return task.id
}
const resultsOf = (taskId: string) =>
  county.sql(`select happened_at as at, device_at as "deviceAt", standing, note
    from worklists.result where task_id = '${taskId}' order by happened_at, recorded_at`)
const outcomesOf = ({ items }: { items: readonly { outcome: string }[] }) =>
  items.map(({ outcome }) => outcome)

test('what was recorded without a network arrives, and what it led to is told', async () => {
  const task = nextTask()
  const item = await phone.record(task, { at: '2026-11-21T00:40:00.000Z', note: '无人应门' })
  const { items, wipe, serverTime } = await phone.deliver([item])
  expect(items).toMatchObject([
    {
      ...{ itemId: item.itemId, outcome: 'recorded', problem: null },
      response: { taskId: task, taskState: 'ended', standing: 'first', conflicts: [] },
    },
  ])
  expect({ wipe, serverTime }).toEqual({ wipe: false, serverTime: '2026-11-21T01:00:00.000Z' })
  expect(await resultsOf(task)).toMatchObject([{ at: new Date('2026-11-21T00:40:00Z') }])
})

test('an outbox that is delivered twice is recorded once, and answered as before', async () => {
  const items = [await phone.record(nextTask()), await phone.record(nextTask())]
  const told = await phone.deliver(items)
  county.clock.set('2026-11-21T01:07:00Z')
  const again = await phone.deliver(items)
  expect(outcomesOf(again)).toEqual(['again', 'again'])
  expect(again.items.map(({ response }) => response)).toEqual(
    told.items.map(({ response }) => response),
  )
  const ids = items.map(({ itemId }) => `'${itemId}'`)
  const kept = await county.sql(`select from field.delivery where item_id in (${ids})`)
  expect(kept).toHaveLength(2)
})

test('delivered twice at the same moment it is recorded once as well', async () => {
  const task = nextTask()
  const item = await phone.record(task)
  const answers = await Promise.all([1, 2, 3].map(() => phone.deliver([item])))
  expect(answers.flatMap(outcomesOf).sort()).toEqual(['again', 'again', 'recorded'])
  expect(await resultsOf(task)).toHaveLength(1)
})

test('items are worked in the order in which they were recorded, however they come', async () => {
  const task = nextTask()
  const early = await phone.record(task, { note: '先' })
  const late = await phone.record(task, { note: '后' })
  const { items } = await phone.deliver([late, early])
  expect(items.map(({ itemId, outcome }) => [itemId, outcome])).toEqual([
    [late.itemId, 'kept'],
    [early.itemId, 'recorded'],
  ])
  expect(items[0]?.response?.conflicts.map(({ code }) => code)).toEqual(['task-closed-already'])
})

test('what was recorded earlier and comes in a later delivery is taken all the same', async () => {
  const [one, two] = [nextTask(), nextTask()]
  const early = await phone.record(one)
  const late = await phone.record(two)
  expect(outcomesOf(await phone.deliver([late]))).toEqual(['recorded'])
  expect(outcomesOf(await phone.deliver([early]))).toEqual(['recorded'])
})

test('what a colleague recorded on the same phone waits for the colleague', async () => {
  const shared = await openPhone(county, colleague, { deviceId: phone.deviceId, clock })
  const task = theirDoor?.id ?? ''
  const theirs = await shared.record(task)
  const own = await phone.record(nextTask())
  const { items } = await phone.deliver([theirs, own])
  expect(items).toMatchObject([
    { outcome: 'of-another', response: null, problem: null },
    { outcome: 'recorded' },
  ])
  expect(await resultsOf(task)).toEqual([])
  expect(outcomesOf(await shared.deliver([theirs]))).toEqual(['recorded'])
})

test('what does not fit its task is kept as it was told, for the phone may know no better', async () => {
  const task = nextTask()
  await county.sql(`update worklists.task set kind = 'group_joining' where task_id = '${task}'`)
  const done = { what: 'renewal', product: null, amountFen: 36_000, receipt: null } as const
  const { items } = await phone.deliver([
    await phone.record(task, { result: 'done', notAtHome: null, done }),
  ])
  expect(items).toMatchObject([
    { outcome: 'recorded', response: { taskState: 'done', conflicts: [{ code: 'done-unfit' }] } },
  ])
  expect(await resultsOf(task)).toHaveLength(1)
})

test('one that is refused says why and stops none of the others; put right, it is taken', async () => {
  const task = nextTask()
  const wrong = await phone.record('no-such-task')
  const right = await phone.record(task)
  const { items } = await phone.deliver([wrong, right])
  expect(items).toMatchObject([
    { outcome: 'refused', response: null, problem: { code: 'task-unknown' } },
    { outcome: 'recorded' },
  ])
  expect(items[0]?.problem?.text.zh).toContain('no-such-task')
  const body = { v: 1, kind: 'result', staffId: seller.id, branchId, deviceId: phone.deviceId }
  const { itemId, seq } = wrong
  const other = nextTask()
  const mended = await phone.seal(
    { itemId, seq },
    { ...body, itemId, seq, taskId: other, body: told() },
  )
  expect(outcomesOf(await phone.deliver([mended]))).toEqual(['recorded'])
  const third = await phone.seal(
    { itemId, seq },
    { ...body, itemId, seq, taskId: task, body: told() },
  )
  expect(await phone.deliver([third])).toMatchObject({
    items: [{ outcome: 'refused', problem: { code: 'item-told-otherwise' } }],
  })
})
const told = () => ({
  ...{ resultId: randomUUID(), at: null, result: 'not_at_home', notAtHome: { tryAgain: null } },
  ...{ done: null, promised: null, refused: null, moved: null, competitor: null, wrongData: null },
  ...{ handedOver: null, reason: null, note: null, startedAt: null, position: null, photos: [] },
})

test.each([
  { because: 'two days behind', device: '2026-11-19T01:30:00Z', days: 2 },
  { because: 'two days ahead', device: '2026-11-23T01:30:00Z', days: -2 },
])('a clock $because is found by what it says, and the times are put right', async ({ device }) => {
  county.clock.set('2026-11-21T01:30:00Z')
  const wrong = await openPhone(county, seller, { clock: () => new Date(device) })
  const minutesAgo = (minutes: number) => new Date(Date.parse(device) - minutes * 60_000)
  const task = nextTask()
  const at = minutesAgo(12)
  const item = await wrong.record(task, {
    ...{ at: at.toISOString(), startedAt: minutesAgo(15).toISOString() },
    position: { latitude: 37.3, longitude: 120.8, accuracyM: 12, at: at.toISOString() },
  })
  const { items } = await wrong.deliver([item])
  expect(items[0]?.response?.conflicts).toMatchObject([
    { code: 'clock-corrected', values: { minutes: 2880 } },
  ])
  expect(await resultsOf(task)).toMatchObject([
    { at: new Date('2026-11-21T01:18:00Z'), deviceAt: at },
  ])
  const [kept] = await county.sql(`
    select started_at as started, positioned_at as placed from worklists.result
     where task_id = '${task}'`)
  expect(kept).toEqual({
    ...{ started: new Date('2026-11-21T01:15:00Z'), placed: new Date('2026-11-21T01:18:00Z') },
  })
  expect(outcomesOf(await wrong.deliver([item])), 'again').toEqual(['again'])
})

test('a clock that was put right before the delivery tells no time that is still to come', async () => {
  const task = nextTask()
  const item = await phone.record(task, { at: '2026-11-23T01:00:00.000Z' })
  const { items } = await phone.deliver([item])
  expect(items[0]).toMatchObject({
    outcome: 'recorded',
    response: { conflicts: [{ code: 'clock-corrected' }] },
  })
  expect(await resultsOf(task)).toMatchObject([
    { at: county.clock.now(), deviceAt: new Date('2026-11-23T01:00:00Z') },
  ])
})

test('the place where nobody is, at 0° and 0°, is no place, and that is told', async () => {
  const at = county.clock.now().toISOString()
  const position = { latitude: 0, longitude: 0, accuracyM: 5, at }
  const { items } = await phone.deliver([await phone.record(nextTask(), { position })])
  expect(items[0]).toMatchObject({
    outcome: 'recorded',
    response: { conflicts: [{ code: 'position-unusable' }] },
  })
})

test('what was sealed to an earlier key of the installation is opened still', async () => {
  const item = await phone.record(nextTask())
  await rotateKeys(works, unwatched)
  expect(outcomesOf(await phone.deliver([item]))).toEqual(['recorded'])
})

test('an item that was altered, moved or is of another form is refused for itself', async () => {
  const item = await phone.record(nextTask())
  const bytes = Buffer.from(item.sealed, 'base64')
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 20) ^ 1, bytes.length - 20)
  const altered = { ...item, sealed: bytes.toString('base64') }
  const moved = { ...item, seq: item.seq + 1000 }
  const empty = { ...item, itemId: randomUUID(), sealed: 'AA==' }
  const { items } = await phone.deliver([altered, moved, empty])
  expect(items.map(({ problem }) => problem?.code)).toEqual([
    ...['item-unreadable', 'item-unreadable', 'item-unreadable'],
  ])
  const place = { itemId: randomUUID(), seq: 5000 }
  const about = { v: 1, kind: 'result', staffId: seller.id, branchId, deviceId: phone.deviceId }
  const task = nextTask()
  const plain = { ...about, ...place, taskId: task, body: told() }
  const forms: [unknown, string][] = [
    ['no JSON', 'JSON'],
    [{ ...plain, v: 2 }, 'v'],
    [{ ...plain, body: { ...plain.body, note: 7 } }, 'body.note'],
    [{ ...plain, body: { ...plain.body, note: 'a\u0000b' } }, '\\u0000'],
    [{ ...plain, branchId: '370685' }, 'branchId'],
    [{ ...plain, seq: 5001 }, 'seq'],
  ]
  for (const [form, detail] of forms) {
    const answer = await phone.deliver([await phone.seal(place, form)])
    expect(answer.items[0], detail).toMatchObject({
      outcome: 'refused',
      problem: { code: 'item-malformed', text: { en: expect.stringContaining(`(${detail})`) } },
    })
  }
  expect(await resultsOf(task)).toEqual([])
  expect(outcomesOf(await phone.deliver([await phone.seal(place, plain)]))).toEqual(['recorded'])
})

test('a phone that is to be wiped is told so with its delivery, and what it brings is taken', async () => {
  const item = await phone.record(nextTask())
  const wiped = `/branches/${branchId}/people/${seller.id}/devices/${phone.deviceId}`
  await county.post(`${wiped}/wipe`, seller)
  const answer = await phone.deliver([item])
  expect(answer.wipe).toBe(true)
  expect(outcomesOf(answer)).toEqual(['recorded'])
  const { body } = await county.get(`/branches/${branchId}/people/${seller.id}/devices`, seller)
  const { devices } = body as { devices: { deviceId: string; wipeToldAt: string | null }[] }
  const [told] = devices.filter(({ deviceId }) => deviceId === phone.deviceId)
  expect(told?.wipeToldAt).toBe(county.clock.now().toISOString())
})

test('the trail counts what became of a delivery, and names nobody’s household', async () => {
  const [entry] = await county.sql(`select body from platform.audit_entry
    where action = 'outbox.delivered' and about_id = '${phone.deviceId}' order by seq limit 1`)
  expect(JSON.parse(String(entry?.body))).toMatchObject({ values: { recorded: 1 } })
})

test('a device that nobody registered delivers nothing, and more than fifty items are not read', async () => {
  const item = await phone.record(nextTask())
  const send = (deviceId: string, items: object[]) =>
    county.post(`/branches/${branchId}/field/outbox`, seller, {
      ...{ deviceId, deviceTime: county.clock.now().toISOString(), items },
    })
  expect(await send(randomUUID(), [item])).toMatchObject({
    ...{ status: 404, body: { code: 'device-unknown' } },
  })
  const many = Array.from({ length: 51 }, () => item)
  expect(await send(phone.deviceId, many)).toMatchObject({ status: 400 })
})
