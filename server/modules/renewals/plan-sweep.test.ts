import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../test/branch.ts'
import { BUILDINGS, FAR_VILLAGE, openLapsedBranch, VILLAGE } from '../../test/lapsed.ts'

const branch = await openLapsedBranch('2026-11-20T02:00:00Z')
afterAll(() => branch.close())
const { branchId } = branch
const CREW = `${branchId}-H01-G1`
let zone = await branch.hire({ unit: `${branchId}-Z1`, roles: ['zone_manager'] })
const seller = await branch.hire({ unit: CREW, roles: ['micro_seller'] })
const far = await branch.hire({ unit: `${branchId}-H02-G1`, roles: ['community_manager'] })

const plan = (who: Person, more: object = {}) =>
  branch.tell(who, '/sweeps', {
    ...{
      place: VILLAGE,
      onDay: '2026-11-22',
      staffId: null,
      unitId: CREW,
      purpose: 'all',
      most: 50,
    },
    ...more,
  })
const reason = (id: string, said: string) =>
  branch.tell(zone, `/lapsed/${id}/reasons`, {
    ...{ reason: said, detail: null, askedAt: null, askedBy: null, evidence: null, touchId: null },
  })
type Sweep = { sweepId: string; asked: number; wonBack: number; state: string }
const sweeps = async (who: Person, query = '') =>
  (await branch.ask<{ rows: Sweep[] }>(who, `/sweeps?${query}`)).rows
const touch = (id: string, more: object) =>
  branch.tell(zone, `/subscribers/${id}/touches`, {
    ...{ touchId: randomUUID(), at: null, channel: 'door', purpose: 'marketing', scope: null },
    ...{ offer: null, until: null, note: null, ...more },
  })

beforeAll(async () => {
  await branch.night('2026-11-19', [
    ...['A', 'B'].flatMap((house, nth) =>
      [0, 1, 2, 3, 4].map((at) => ({
        ...{ id: `${house}${at}`, end: `2026-10-1${at}`, place: BUILDINGS[nth] ?? '' },
      })),
    ),
    { id: 'F0', end: '2026-10-01', place: FAR_VILLAGE },
  ])
  await reason('A0', 'price')
  await reason('A1', 'deceased')
})

test.each([
  { more: { onDay: '2026-11-19' }, code: 'sweep-day-unfit', because: 'the day is past' },
  { more: { onDay: '2027-01-20' }, code: 'sweep-day-unfit', because: 'it is too far ahead' },
  { more: { unitId: null }, code: 'sweep-by-one', because: 'nobody goes' },
  { more: { staffId: 'x' }, code: 'sweep-by-one', because: 'two go' },
  {
    more: { unitId: null, staffId: 'NOBODY' },
    code: 'staff-unknown',
    because: 'there is no such person',
  },
  { more: { unitId: '370686-H02' }, code: 'unit-unknown', because: 'the crew is another zone’s' },
  { more: { place: FAR_VILLAGE }, code: 'lapsed-place-unknown', because: 'it is another zone’s' },
  {
    more: { place: '370686001' },
    code: 'lapsed-place-unknown',
    because: 'a town is no place to sweep',
  },
  { more: { most: 0 }, code: 'malformed-request', because: 'a sweep goes to somebody' },
])('no sweep is planned where $because', async ({ more, code }) => {
  expect(await plan(zone, more)).toMatchObject({ body: { code } })
  expect(await sweeps(zone)).toEqual([])
})

test('whoever sells plans no sweep', async () => {
  expect(await plan(seller)).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
})

test('a sweep of a building says whom it asks, whom it wakes, and whom it leaves out', async () => {
  await touch('A2', { result: 'refused', scope: 'all' })
  const { status, body } = await plan(zone, {
    place: BUILDINGS[0],
    unitId: null,
    staffId: seller.id,
  })
  expect(status).toBe(200)
  expect(body).toMatchObject({
    ...{ placeName: '翠京社区 1号楼', onDay: '2026-11-22', state: 'planned', members: 3 },
    ...{ toAsk: 2, toWake: 1, asked: 0, wonBack: 0, can: ['call-off'] },
    goes: { staffId: seller.id, name: { zh: `测试${seller.id}` } },
    leftOut: [
      { why: { code: 'deceased' }, count: 1 },
      { why: { code: 'refused' }, count: 1 },
    ],
  })
  const { sweepId } = body as Sweep
  const { rows } = await branch.ask<{ rows: { subscriberId: string; nextSweepOn: string }[] }>(
    zone,
    `/lapsed?sweep=${sweepId}`,
  )
  expect(rows).toMatchObject([
    ...['A4', 'A3', 'A0'].map((subscriberId) => ({ subscriberId, nextSweepOn: '2026-11-22' })),
  ])
})

test('nobody is in two sweeps to come, also when both are planned at once', async () => {
  const both = await Promise.all([plan(zone), plan(zone, { onDay: '2026-11-23' })])
  const [won, ...others] = both.filter(({ status }) => status === 200)
  expect(won?.body).toMatchObject({ members: 5 })
  expect(others).toEqual([])
  expect(both.find(({ status }) => status !== 200)).toMatchObject({
    ...{ status: 409, body: { code: 'nobody-to-sweep' } },
  })
  const taken = await branch.sql(`select subscriber_id from renewals.sweep_member`)
  expect(new Set(taken.map((row) => row.subscriber_id)).size).toBe(taken.length)
})

test('coverage counts who was asked since, and who paid; it is whose scope it is', async () => {
  branch.clock.set('2026-11-20T02:01:00Z')
  await reason('A3', 'unused')
  await branch.tell(zone, '/lapsed/A4/receipts', {
    ...{ receiptNo: 'SJ-77', paidOn: '2026-11-20', amountFen: 100 },
  })
  expect(await sweeps(zone, 'from=2026-11-22&to=2026-11-23')).toMatchObject(
    expect.arrayContaining([expect.objectContaining({ members: 3, asked: 1, wonBack: 1 })]),
  )
  expect(await sweeps(far)).toEqual([])
  const [planned] = await sweeps(zone)
  expect(await branch.tell(far, `/sweeps/${planned?.sweepId}/call-off`, {})).toMatchObject({
    ...{ status: 404, body: { code: 'sweep-unknown' } },
  })
})

test('a sweep that is called off frees whom it was to go to; over it is no more', async () => {
  for (const { sweepId } of await sweeps(zone)) {
    const off = await branch.tell(zone, `/sweeps/${sweepId}/call-off`, {})
    expect(off).toMatchObject({ status: 200, body: { state: 'called-off', can: [] } })
    const again = await branch.tell(zone, `/sweeps/${sweepId}/call-off`, {})
    expect(again).toMatchObject({ status: 409, body: { code: 'sweep-over' } })
  }
  expect(await plan(zone, { purpose: 'find-reason' })).toMatchObject({
    body: { toAsk: 5, toWake: 0, leftOut: [{ why: { code: 'reason-known' }, count: 2 }, {}, {}] },
  })
  branch.clock.set('2026-11-23T02:00:00Z')
  zone = await branch.signIn(zone.id)
  const past = (await sweeps(zone)).find(({ state }) => state === 'past')
  expect(await branch.tell(zone, `/sweeps/${past?.sweepId}/call-off`, {})).toMatchObject({
    body: { code: 'sweep-over' },
  })
  expect(await plan(zone, { onDay: '2026-11-23' }), 'who was swept may be again').toMatchObject({
    body: { members: 7 },
  })
})
