import { afterAll, expect, test } from 'vitest'
import { openBranch, type Person } from '../../test/branch.ts'
import { openCamera } from '../../test/event.ts'

/** Wednesday of the first week of the season of 2027. */
const NOW = '2027-01-06T01:00:00.000Z'
const branch = await openBranch(NOW)
const camera = await openCamera(branch)
afterAll(async () => {
  await camera[Symbol.asyncDispose]()
  await branch.close()
})
const { branchId, get, post, put, clock } = branch
const manager = await branch.hire()
const seller = await branch.hire({ unit: '370686-H01-G1', roles: ['micro_seller'] })
const administrator = await branch.hire({ roles: ['administrator'] })

type Cell = { week: string; reasons: { code: string }[] } & Record<string, unknown>
type Coverage = {
  year: number
  season: object
  weeks: { week: string; from: string; to: string; state: string }[]
  halls: { unitId: string; sum: Record<string, number>; cells: Cell[] }[]
  sum: Record<string, number>
}
const read = async (query = '', who: Person = manager) =>
  (await get(`/branches/${branchId}/event-coverage${query}`, who)).body as Coverage
const lineOf = ({ halls }: Coverage, hall = '370686-H01') =>
  halls.find(({ unitId }) => unitId === hall)

async function hold(onDay: string, what: object = {}): Promise<string> {
  const { body } = await post(`/branches/${branchId}/events`, manager, {
    ...{ unitId: '370686-H01', kind: 'village', placeName: '国路夼村', onDay, campaignId: null },
    ...{ starts: '09:00', ends: '11:30', staffIds: [seller.id], ...what },
  })
  return (body as { event: { eventId: string } }).event.eventId
}

test('the season of a year has its weeks, and every hall in scope its line', async () => {
  const coverage = await read()
  expect(coverage).toMatchObject({
    ...{ year: 2027, perWeek: 2, asOf: NOW },
    season: { from: '2027-01-04', to: '2027-02-06', festival: '2027-02-06' },
    rules: [
      { code: 'per-week', text: { zh: expect.stringContaining('每周至少 2 场') } },
      { code: 'what-counts' },
    ],
  })
  expect(coverage.weeks.map(({ week, state }) => [week, state])).toEqual([
    ...[
      ['2027-W01', 'now'],
      ['2027-W02', 'to-come'],
      ['2027-W03', 'to-come'],
    ],
    ...[
      ['2027-W04', 'to-come'],
      ['2027-W05', 'to-come'],
    ],
  ])
  expect(coverage.halls.map(({ unitId }) => unitId)).toEqual(['370686-H01', '370686-H02'])
  expect(coverage.sum).toMatchObject({ due: 18, planned: 0, short: 4, toPlan: 18 })
  expect((await read('?year=2026')).weeks[0]).toEqual({
    ...{ week: '2026-W01', from: '2026-01-04', to: '2026-01-05', state: 'over' },
  })
})

test('a hall sees its own line, and a unit that is asked for those below it', async () => {
  const hall = await branch.hire({ unit: '370686-H02', roles: ['hall_manager'] })
  expect((await read('', hall)).halls.map(({ unitId }) => unitId)).toEqual(['370686-H02'])
  const zone = await read('?unit=370686-Z1')
  expect(zone.halls.map(({ unitId }) => unitId)).toEqual(['370686-H01'])
  expect(await get(`/branches/${branchId}/event-coverage?unit=NOWHERE`, manager)).toMatchObject({
    ...{ status: 404, body: { code: 'unit-unknown' } },
  })
})

test('what is held counts with a photo and a position; the rest is told by reason', async () => {
  const position = { latitude: 37.31, longitude: 120.83, accuracyM: 12, at: NOW }
  const prove = (id: string, body: object) =>
    post(`/branches/${branchId}/events/${id}/proofs`, seller, { photos: [], position, ...body })
  await prove(await hold('2027-01-06'), { photos: [await camera.send(seller)] })
  await prove(await hold('2027-01-06'), {})
  await prove(await hold('2027-01-06', { kind: 'hall' }), { photos: [await camera.send(seller)] })
  await hold('2027-01-08')
  const off = await hold('2027-01-09')
  await post(`/branches/${branchId}/events/${off}/call-off`, manager, { note: '下雪封路' })
  const cell = lineOf(await read())?.cells[0]
  expect(cell).toMatchObject({ due: 2, planned: 4, held: 3, counted: 1, short: 1, toPlan: 0 })
  expect(cell?.reasons.map(({ code }) => code).sort()).toEqual(['in-the-hall', 'no-photo'])
})

test('a branch settles its season in versions, and the next reading goes by the latest', async () => {
  const at = `/organisation/units/${branchId}/settings/events`
  const rules = { perWeek: 3, fromMonth: 12, fromDate: 31, daysBeforeFestival: 8 }
  expect(await put(at, manager, rules)).toMatchObject({ status: 403 })
  expect(await put(at, administrator, rules)).toMatchObject({
    ...{ status: 200, body: { inForce: rules, from: { version: 1 } } },
  })
  const coverage = await read()
  expect(coverage).toMatchObject({ perWeek: 3, season: { from: '2026-12-31', to: '2027-01-30' } })
  expect(coverage.weeks[0]).toMatchObject({ week: '2026-W53', to: '2027-01-04' })
  // Four days of the week ask for one of three.
  expect(coverage.halls[1]?.cells[0]).toMatchObject({ due: 1, short: 1 })
  expect(await put(at, administrator, { ...rules, perWeek: 0 })).toMatchObject({ status: 400 })
})

test('what is past without proof is said, and nothing is to be planned for a week that is over', async () => {
  clock.set('2027-01-11T01:00:00Z')
  const coverage = await read('', await branch.signIn(manager.id))
  const cell = lineOf(coverage)?.cells.find(({ week }) => week === '2027-W01')
  expect(cell).toMatchObject({ due: 3, counted: 1, short: 2, toPlan: 0 })
  expect(cell?.reasons.map(({ code }) => code).sort()).toEqual([
    'in-the-hall',
    'no-photo',
    'not-held',
  ])
})
