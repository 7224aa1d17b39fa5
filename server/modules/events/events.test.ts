import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { openBranch, type Person } from '../../test/branch.ts'
import { openCamera } from '../../test/event.ts'
import { forgetField } from '../field/index.ts'

/** Tuesday of the second week of the season of 2027, nine in the morning. */
const NOW = '2027-01-12T01:00:00.000Z'
const TODAY = '2027-01-12'
const branch = await openBranch(NOW)
const camera = await openCamera(branch)
afterAll(async () => {
  await camera[Symbol.asyncDispose]()
  await branch.close()
})
const { branchId, get, post, clock } = branch
const HALL = '370686-H01'
const at = `/branches/${branchId}/events`
const leader = await branch.hire({ unit: HALL, roles: ['hall_manager'] })
const seller = await branch.hire({ unit: '370686-H01-G1', roles: ['micro_seller'] })
const other = await branch.hire({ unit: '370686-H02', roles: ['hall_manager'] })

type File = {
  event: { eventId: string; state: string; counts: boolean; against: { code: string }[] }
  proofs: { doubts: { code: string }[]; position: unknown; photos: unknown[] }[]
  reports: { version: number; met: number }[]
}
const PLACE = { latitude: 37.31, longitude: 120.83, accuracyM: 12, at: NOW }
const RESULT = { amends: null, met: 40, leads: 6, orders: [], note: null }

const asked = (what: object = {}) => ({
  ...{ unitId: HALL, kind: 'village', placeName: '国路夼村', onDay: TODAY, campaignId: null },
  ...{ starts: '09:00', ends: '11:30', staffIds: [seller.id] },
  ...what,
})
const plan = (what: object = {}, who: Person = leader) => post(at, who, asked(what))
async function planned(what: object = {}, who: Person = leader): Promise<string> {
  const answer = await plan(what, who)
  expect(answer).toMatchObject({ status: 200 })
  return (answer.body as File).event.eventId
}
const prove = (id: string, body: object, who = seller) =>
  post(`${at}/${id}/proofs`, who, { photos: [], position: null, ...body })
const report = (id: string, body: object = {}, who = seller) =>
  post(`${at}/${id}/reports`, who, { ...RESULT, ...body })
const fileOf = async (id: string, who = leader) =>
  (await get(`${at}/${id}`, who)).body as File & Record<string, unknown>
const codeOf = async (response: Response) => [
  response.status,
  ((await response.json()) as { code: string }).code,
]
const said = (code: string, status: number) => ({ status, body: { code } })

test('an event is planned, proved on its day, reported, and then counts', async () => {
  const id = await planned()
  expect((await fileOf(id)).event).toMatchObject({
    ...{ unitId: HALL, unitName: '1营业厅', kind: 'village', placeName: '国路夼村' },
    ...{ onDay: TODAY, state: 'planned', counts: false, against: [{ code: 'not-held' }] },
    ...{ goes: [{ staffId: seller.id }], can: ['call-off'], result: null },
  })
  expect((await fileOf(id, seller)).event).toMatchObject({ can: ['prove', 'report'] })
  const proved = await prove(id, { photos: [await camera.send(seller)], position: PLACE })
  expect(proved).toMatchObject({
    status: 200,
    body: {
      event: { state: 'held', counts: true, against: [], photos: 1, hasPosition: true },
      proofs: [{ position: PLACE, doubts: [], photos: [{ usedBefore: false }] }],
    },
  })
  const orders = [{ what: 'renewal', count: 3, amountFen: 35_880 }]
  const told = await report(id, { orders, note: '村委会旁' })
  expect(told).toMatchObject({
    status: 200,
    body: {
      event: { state: 'reported', counts: true, result: { met: 40, leads: 6, orders, version: 1 } },
      reports: [{ version: 1, note: '村委会旁' }],
    },
  })
  const trail = await branch.sql(
    `select action from platform.audit_entry where about_id = '${id}' order by seq`,
  )
  expect(trail.map(({ action }) => action)).toEqual([
    ...['event.planned', 'event.proved', 'event.reported'],
  ])
})

test('of two results at once one stands; a correction is the next version and keeps it', async () => {
  const id = await planned()
  const both = await Promise.all([report(id, { met: 10 }), report(id, { met: 20 })])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  expect(both.find(({ status }) => status === 409)).toMatchObject(
    said('event-reported-already', 409),
  )
  const first = (await fileOf(id)).reports[0]?.met
  expect(await report(id, { amends: 2 })).toMatchObject(said('event-amends-unfit', 409))
  expect(await report(id, { amends: 1, met: 30 })).toMatchObject({ status: 200 })
  expect((await fileOf(id)).reports.map(({ version, met }) => [version, met])).toEqual([
    ...[
      [2, 30],
      [1, first],
    ],
  ])
  expect((await fileOf(id)).event).toMatchObject({
    ...{ state: 'reported', counts: false },
    against: [{ code: 'no-photo' }, { code: 'no-position' }],
  })
})

test.each([
  ['zero, zero', { ...PLACE, latitude: 0, longitude: 0 }],
  ['vaguer than 5 km', { ...PLACE, accuracyM: 5_001 }],
])('a position that is %s is kept as none, and that is said', async (_, position) => {
  const id = await planned()
  const { body } = await prove(id, { photos: [await camera.send(seller)], position })
  expect(body).toMatchObject({
    event: { state: 'held', counts: false, against: [{ code: 'no-position' }] },
    proofs: [{ position: null, doubts: [{ code: 'position-unusable' }] }],
  })
  expect(await prove(id, { position: PLACE })).toMatchObject({ body: { event: { counts: true } } })
})

test('a picture proves one event: in another it is kept, and does not count', async () => {
  const picture = randomUUID()
  const [one, two] = [await planned(), await planned()]
  await prove(one, { photos: [await camera.send(seller, picture)], position: PLACE })
  const again = await camera.send(seller, picture)
  expect(await prove(two, { photos: [again, again], position: PLACE })).toMatchObject({
    status: 200,
    body: {
      event: { photos: 1, counts: false, against: [{ code: 'photos-used-before' }] },
      proofs: [{ doubts: [{ code: 'photo-used-before', values: { count: 1 } }] }],
    },
  })
  expect((await fileOf(one)).event.counts).toBe(true)
  const fresh = await prove(two, { photos: [await camera.send(seller)] })
  expect(fresh).toMatchObject({ body: { event: { photos: 2, counts: true } } })
})

test('of two events that show one picture at once, one counts', async () => {
  const picture = randomUUID()
  const ids = [await planned(), await planned()]
  const photos = await Promise.all(ids.map(() => camera.send(seller, picture)))
  await Promise.all(ids.map((id, nth) => prove(id, { photos: [photos[nth]], position: PLACE })))
  const counts = await Promise.all(ids.map(async (id) => (await fileOf(id)).event.counts))
  expect(counts.sort()).toEqual([false, true])
})

test.each([
  ['of the day before', '2027-01-11T01:00:00.000Z', 'position-of-another-day'],
  ['an hour after its end', '2027-01-12T04:30:00.000Z', 'position-out-of-hours'],
])('a position %s is kept and told, and the event does not count', async (_, found, code) => {
  const id = await planned()
  const position = { ...PLACE, at: found }
  expect(await prove(id, { photos: [await camera.send(seller)], position })).toMatchObject({
    status: 200,
    body: {
      event: { state: 'held', counts: false, against: [{ code }], hasPosition: true },
      proofs: [{ position, doubts: [{ code }] }],
    },
  })
  expect(await prove(id, { position: PLACE })).toMatchObject({
    body: { event: { counts: true, against: [] } },
  })
})

test('whoever sees an event looks at its photos, each look is in the trail, and nothing keeps them', async () => {
  const id = await planned()
  const photo = await camera.send(seller, 'the village square')
  await prove(id, { photos: [photo] })
  const looks = () =>
    branch.sql(`select body::jsonb -> 'actor' as actor, body::jsonb -> 'values' as values
      from platform.audit_entry
      where action = 'event.photo-read' and about_id = '${id}' order by seq`)
  const answer = await camera.look(leader, { eventId: id, photo })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('cache-control')).toContain('no-store')
  expect(answer.headers.get('content-type')).toBe('image/jpeg')
  expect(await answer.text()).toContain('the village square')
  expect(await looks()).toMatchObject([
    { actor: leader.id, values: { unit: HALL, evidenceId: photo } },
  ])
  const elsewhere = await planned()
  expect(await codeOf(await camera.look(other, { eventId: id, photo }))).toEqual([
    ...[404, 'event-unknown'],
  ])
  expect(await codeOf(await camera.look(leader, { eventId: elsewhere, photo }))).toEqual([
    ...[404, 'event-photo-none'],
  ])
  const photos = [{ photoId: photo, usedBefore: false, isKept: true }]
  expect((await fileOf(id)).proofs).toMatchObject([{ photos }])
  expect(await looks(), 'what was not shown is no look').toHaveLength(1)
})

test('only photos that somebody who goes has sent are proof', async () => {
  const id = await planned()
  expect(await prove(id, { photos: [randomUUID()] })).toMatchObject(
    said('event-photo-unknown', 404),
  )
  const foreign = await camera.send(other)
  expect(await prove(id, { photos: [foreign] })).toMatchObject(said('event-photo-unknown', 404))
  expect(await prove(id, {})).toMatchObject(said('event-proof-empty', 422))
  expect((await fileOf(id)).event.state).toBe('planned')
})

test('what nobody has proved is called off once, with its reason, and then left alone', async () => {
  const id = await planned()
  const off = (who: Person, note = '村里停电') => post(`${at}/${id}/call-off`, who, { note })
  expect(await off(seller)).toMatchObject(said('not-allowed', 403))
  expect(await off(other)).toMatchObject(said('event-unknown', 404))
  expect(await off(leader)).toMatchObject({
    ...{ status: 200 },
    body: { event: { state: 'called-off', calledOff: { note: '村里停电' }, can: [] } },
  })
  expect(await off(leader)).toMatchObject(said('event-called-off', 409))
  expect(await report(id)).toMatchObject(said('event-called-off', 409))
  const held = await planned()
  await prove(held, { position: PLACE })
  const late = await post(`${at}/${held}/call-off`, leader, { note: '不办了' })
  expect(late).toMatchObject(said('event-held-already', 409))
})

test.each([
  ['a zone is no hall', { unitId: '370686-Z1' }, said('unit-unknown', 404)],
  ['a grid is no hall', { unitId: '370686-H01-G1' }, said('event-not-a-hall', 422)],
  ['another hall is not theirs', { unitId: '370686-H02' }, said('unit-unknown', 404)],
  ['yesterday', { onDay: '2027-01-11' }, said('event-day-unfit', 422)],
  ['too far ahead', { onDay: '2027-07-12' }, said('event-day-unfit', 422)],
  ['it ends before it begins', { ends: '08:59' }, said('event-hours-unfit', 422)],
  ['nobody knows who goes', { staffIds: ['NOBODY'] }, said('staff-unknown', 404)],
  ['nobody knows the campaign', { campaignId: 'none' }, said('campaign-unknown', 404)],
  ['nobody goes', { staffIds: [] }, { status: 400 }],
  ['an hour that no clock has', { starts: '24:00' }, { status: 400 }],
])('a plan is refused: %s', async (_, what, answer) => {
  expect(await plan(what)).toMatchObject(answer)
})

test('who goes has a post that may report, and plans are for those who lead', async () => {
  const auditor = await branch.hire({ unit: HALL, roles: ['auditor'] })
  expect(await plan({ staffIds: [auditor.id] })).toMatchObject(said('event-staff-unfit', 422))
  expect(await plan({}, seller)).toMatchObject(said('not-allowed', 403))
})

test.each([
  ['more leads than people', { met: 1, leads: 2 }, 'event-leads-unfit'],
  [
    'a kind of order twice',
    { orders: [1, 2].map((count) => ({ what: 'new', count, amountFen: 0 })) },
    'event-orders-twice',
  ],
])('a result is refused: %s', async (_, body, code) => {
  expect(await report(await planned(), body)).toMatchObject(said(code, 422))
})

test('who goes beyond the own hall sees the event, tells it, and nothing else there', async () => {
  const zone = await branch.hire({ unit: '370686', roles: ['branch_manager'] })
  const id = await planned({ unitId: '370686-H02', staffIds: [seller.id, other.id] }, zone)
  const hidden = await planned({ unitId: '370686-H02', staffIds: [other.id] }, zone)
  expect((await fileOf(id, seller)).event).toMatchObject({ can: ['prove', 'report'] })
  expect(await get(`${at}/${hidden}`, seller)).toMatchObject(said('event-unknown', 404))
  expect(await prove(id, { position: PLACE })).toMatchObject({ status: 200 })
  expect(await report(id)).toMatchObject({ body: { event: { state: 'reported' } } })
  expect(await report(hidden, {}, zone)).toMatchObject(said('event-not-yours', 403))
})

test('the list shows what is in scope, and one’s own', async () => {
  const guest = await branch.hire({ unit: '370686-H02-G1', roles: ['micro_seller'] })
  const id = await planned({ onDay: '2027-03-01', staffIds: [guest.id] }, await branch.hire())
  const idsOf = async (query: string, who: Person) =>
    ((await get(`${at}?${query}`, who)).body as { rows: { eventId: string }[] }).rows.map(
      ({ eventId }) => eventId,
    )
  expect(await idsOf('from=2027-03-01&to=2027-03-02', leader)).toEqual([id])
  expect(await idsOf('from=2027-03-01&to=2027-03-02', other)).toEqual([])
  expect(await idsOf('whose=mine', guest)).toEqual([id])
  expect(await idsOf('whose=mine&state=held', guest)).toEqual([])
  expect(await idsOf('from=2027-03-02', leader)).toEqual([])
})

test('the database itself keeps the events of halls apart, and never rewrites what was told', async () => {
  const id = await planned()
  await prove(id, { position: PLACE })
  await expect(branch.sql(`delete from events.proof where event_id = '${id}'`)).rejects.toThrow(
    'append-only',
  )
})

test('an event is proved and reported from its day on, and proved for a week', async () => {
  const id = await planned({ onDay: '2027-01-13' })
  expect(await prove(id, { position: PLACE })).toMatchObject(said('event-not-yet', 409))
  expect(await report(id)).toMatchObject(said('event-not-yet', 409))
  try {
    clock.set('2027-01-21T01:00:00Z')
    const later = await branch.signIn(seller.id)
    expect(await prove(id, { position: PLACE }, later)).toMatchObject(said('event-over', 409))
    expect(await report(id, {}, later)).toMatchObject({ status: 200 })
  } finally {
    clock.set(NOW)
  }
})

test('a photo that is kept no longer is told to be gone', async () => {
  const id = await planned({}, await branch.signIn(leader.id))
  const goer = await branch.signIn(seller.id)
  const photo = await camera.send(goer)
  await prove(id, { photos: [photo] }, goer)
  clock.set('2028-02-01T01:00:00Z')
  await forgetField(branch.works, { evidence: 366 })
  const later = await branch.signIn(leader.id)
  expect(await codeOf(await camera.look(later, { eventId: id, photo }))).toEqual([
    ...[404, 'evidence-gone'],
  ])
  expect((await fileOf(id, later)).proofs).toMatchObject([{ photos: [{ isKept: false }] }])
})
