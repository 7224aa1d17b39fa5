import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { openBranch } from '../../test/branch.ts'
import { openCamera } from '../../test/event.ts'
import { openPhone } from '../../test/phone.ts'

/** Tuesday of the season of 2027, nine in the morning. */
const NOW = '2027-01-12T01:00:00.000Z'
const branch = await openBranch(NOW)
const camera = await openCamera(branch)
afterAll(async () => {
  await camera[Symbol.asyncDispose]()
  await branch.close()
})
const { branchId, get, post, clock } = branch
const at = `/branches/${branchId}/events`
const leader = await branch.hire({ unit: '370686-H01', roles: ['hall_manager'] })
const seller = await branch.hire({ unit: '370686-H01-G1', roles: ['micro_seller'] })
const colleague = await branch.hire({ unit: '370686-H01-G1', roles: ['micro_seller'] })
const phone = await openPhone(branch, seller, { clock: clock.now })

type File = {
  event: { eventId: string; state: string; counts: boolean; result: { met: number } | null }
  proofs: { toldAt: string | null; position: { at: string } | null; photos: unknown[] }[]
  reports: { version: number; met: number; stands: boolean; toldAt: string | null }[]
}
async function planned(onDay = '2027-01-12', staffIds = [seller.id]): Promise<string> {
  const asked = { unitId: '370686-H01', kind: 'village', placeName: '国路夼村', campaignId: null }
  const hours = { onDay, starts: '09:00', ends: '11:30', staffIds }
  const { body } = await post(at, leader, { ...asked, ...hours })
  return (body as File).event.eventId
}
const fileOf = async (id: string) => (await get(`${at}/${id}`, leader)).body as File
const PLACE = { latitude: 37.31, longitude: 120.83, accuracyM: 12, at: NOW }
const TOLD = { amends: null, met: 40, leads: 6, note: null }
const REPORT = { ...TOLD, tells: 'report' as const, orders: [] }
const proofOf = (photos: string[], position: typeof PLACE | null = PLACE) =>
  ({ tells: 'proof', photos, position }) as const
const codesOf = ({ items }: Awaited<ReturnType<typeof phone.deliver>>) =>
  items.map(({ outcome, event }) => [outcome, event?.conflicts.map(({ code }) => code)])

test('the list of the day knows the own events that can be told of', async () => {
  const [own, off] = [await planned(), await planned()]
  await planned('2027-01-12', [colleague.id])
  await planned('2027-01-13')
  await post(`${at}/${off}/call-off`, leader, { note: '下雪封路' })
  const { events = [] } = await phone.pack()
  expect(events.map(({ eventId }) => eventId)).toEqual([own])
  expect(events).toMatchObject([{ placeName: '国路夼村', can: ['prove', 'report'] }])
})

test('proof and result that were told without a network arrive, with when they were told', async () => {
  const id = await planned()
  const items = [
    await phone.tell(id, proofOf([await camera.send(seller)])),
    await phone.tell(id, { ...REPORT, at: '2027-01-12T00:55:00.000Z' }),
  ]
  expect(await phone.deliver(items)).toMatchObject({
    items: [1, 2].map(() => ({
      ...{ outcome: 'recorded', response: null, problem: null },
      event: { eventId: id, conflicts: [] },
    })),
  })
  expect(await fileOf(id)).toMatchObject({
    event: { state: 'reported', counts: true, result: { met: 40 } },
    proofs: [{ toldAt: NOW, photos: [{ isKept: true }] }],
    reports: [{ version: 1, stands: true, toldAt: '2027-01-12T00:55:00.000Z' }],
  })
  const told = await branch.sql(`select action, body::jsonb ->> 'actor' as by
    from platform.audit_entry where about_id = '${id}' order by seq`)
  expect(told.slice(1)).toEqual([
    { action: 'event.proved', by: seller.id },
    { action: 'event.reported', by: seller.id },
  ])
})

test('delivered again, or three times at one moment, it is told once, with the answer of then', async () => {
  const id = await planned()
  const item = await phone.tell(id, REPORT)
  const answers = await Promise.all([1, 2, 3].map(() => phone.deliver([item])))
  expect(answers.flatMap(({ items }) => items.map(({ outcome }) => outcome)).sort()).toEqual([
    ...['again', 'again', 'recorded'],
  ])
  expect((await phone.deliver([item])).items).toMatchObject([
    { outcome: 'again', event: { eventId: id, conflicts: [] } },
  ])
  expect((await fileOf(id)).reports).toHaveLength(1)
})

test('they are worked in the order in which they were told, however they come', async () => {
  const id = await planned()
  const first = await phone.tell(id, { ...REPORT, met: 10 })
  const second = await phone.tell(id, { ...REPORT, amends: 1, met: 20 })
  expect(codesOf(await phone.deliver([second, first]))).toEqual([
    ['recorded', []],
    ['recorded', []],
  ])
  expect((await fileOf(id)).reports.map(({ met, stands }) => [met, stands])).toEqual([
    [20, true],
    [10, false],
  ])
})

test('where a colleague reported meanwhile the own result is kept beside, and can be put first later', async () => {
  const id = await planned('2027-01-12', [seller.id, colleague.id])
  const waiting = await phone.tell(id, { ...REPORT, met: 99 })
  const { tells: _, ...report } = REPORT
  await post(`${at}/${id}/reports`, colleague, report)
  expect(codesOf(await phone.deliver([waiting]))).toEqual([['kept', ['event-reported-already']]])
  expect(await fileOf(id)).toMatchObject({
    event: { result: { met: 40, version: 1 } },
    reports: [
      { version: 2, met: 99, stands: false },
      { version: 1, met: 40, stands: true },
    ],
  })
  await post(`${at}/${id}/reports`, seller, { ...report, amends: 1, met: 99 })
  expect(await fileOf(id)).toMatchObject({
    event: { result: { met: 99, version: 3 } },
    reports: [{ stands: true }, { stands: false }, { stands: false }],
  })
})

test('what was told of an event that was called off meanwhile is kept, and does not count', async () => {
  const id = await planned()
  const items = [
    await phone.tell(id, proofOf([await camera.send(seller)])),
    await phone.tell(id, REPORT),
  ]
  await post(`${at}/${id}/call-off`, leader, { note: '村里停电' })
  const code = 'event-called-off'
  expect(codesOf(await phone.deliver(items))).toEqual([
    ['kept', [code]],
    ['kept', [code]],
  ])
  expect(await fileOf(id)).toMatchObject({
    event: { state: 'called-off', counts: false },
    proofs: [{ photos: [{}] }],
    reports: [{ met: 40 }],
  })
})

test('a photo that never arrived costs no other, and a proof of nothing else is refused', async () => {
  const id = await planned()
  const some = await phone.tell(id, proofOf([await camera.send(seller), randomUUID()]))
  const none = await phone.tell(id, proofOf([randomUUID()], null))
  const { items } = await phone.deliver([some, none])
  expect(items).toMatchObject([
    { outcome: 'kept', event: { conflicts: [{ code: 'photos-missing', values: { count: 1 } }] } },
    { outcome: 'refused', event: null, problem: { code: 'event-photo-unknown' } },
  ])
  expect((await fileOf(id)).proofs).toMatchObject([{ photos: [{}] }])
})

test.each([
  ['zero, zero', { ...PLACE, latitude: 0, longitude: 0 }],
  ['vaguer than 5 km', { ...PLACE, accuracyM: 5_001 }],
])('a position that is %s is kept as none, and that is said', async (_, position) => {
  const id = await planned()
  const item = await phone.tell(id, proofOf([await camera.send(seller)], position))
  expect(codesOf(await phone.deliver([item]))).toEqual([['recorded', ['position-unusable']]])
})

test('a clock two days ahead is found, and the times of event and position are put right', async () => {
  const id = await planned()
  const ahead = () => new Date(clock.now().getTime() + 2 * 86_400_000)
  const wrong = await openPhone(branch, seller, { clock: ahead })
  const found = { ...PLACE, at: ahead().toISOString() }
  const item = await wrong.tell(id, proofOf([await camera.send(seller)], found))
  expect(codesOf(await wrong.deliver([item]))).toEqual([['recorded', ['clock-corrected']]])
  expect(await fileOf(id)).toMatchObject({
    event: { counts: true },
    proofs: [{ toldAt: NOW, position: { at: NOW } }],
  })
})

test.each([
  ['an event that nobody knows', randomUUID(), 'event-unknown'],
  ['an event that others go to', await planned('2027-01-12', [colleague.id]), 'event-unknown'],
  ['an event of tomorrow', await planned('2027-01-13'), 'event-not-yet'],
])('of %s nothing is taken, and the phone keeps it with the reason', async (_, id, code) => {
  const { items } = await phone.deliver([await phone.tell(id, REPORT)])
  expect(items).toMatchObject([{ outcome: 'refused', event: null, problem: { code } }])
})

test('more leads than people, or a form that nobody knows, are refused for themselves', async () => {
  const id = await planned()
  const place = (seq: number) => ({ itemId: randomUUID(), seq })
  const about = { v: 1, kind: 'event', staffId: seller.id, branchId, deviceId: phone.deviceId }
  const sealed = (seq: number, said: object) => {
    const of = place(seq)
    return phone.seal(of, { ...about, ...of, eventId: id, ...said })
  }
  const body = { ...REPORT, at: NOW }
  const { items } = await phone.deliver([
    await phone.tell(id, { ...REPORT, leads: 41 }),
    await sealed(900, { body: { ...body, tells: 'rumour' } }),
    await sealed(901, { body: { ...body, note: 'a\u0000b' } }),
    await sealed(902, { body, kind: 'story' }),
    await sealed(903, { body, taskId: 'one-too-many' }),
    await phone.tell(id, REPORT),
  ])
  expect(items.map(({ problem }) => problem?.code)).toEqual([
    ...['event-leads-unfit', 'item-malformed', 'item-malformed'],
    ...['item-malformed', 'item-malformed', undefined],
  ])
  expect(items[1]?.problem?.text.en).toContain('(body.tells)')
})

test('what a colleague told on the same phone waits for the colleague', async () => {
  const id = await planned('2027-01-12', [seller.id, colleague.id])
  const theirs = await openPhone(branch, colleague, {
    ...{ deviceId: phone.deviceId, clock: clock.now },
  })
  const item = await theirs.tell(id, REPORT)
  expect((await phone.deliver([item])).items).toMatchObject([{ outcome: 'of-another' }])
  expect((await theirs.deliver([item])).items).toMatchObject([{ outcome: 'recorded' }])
})

test('proof told in time is taken when it arrives after the seven days of proof', async () => {
  const id = await planned()
  const item = await phone.tell(id, proofOf([], PLACE))
  clock.set('2027-01-25T01:00:00Z')
  const again = await branch.signIn(seller.id)
  const { deviceId } = phone
  const later = await openPhone(branch, again, { deviceId, clock: clock.now })
  const late = await later.tell(id, proofOf([], PLACE))
  expect((await later.deliver([item, late])).items).toMatchObject([
    { outcome: 'recorded' },
    { outcome: 'refused', problem: { code: 'event-over' } },
  ])
})
