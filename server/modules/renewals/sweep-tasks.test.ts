import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../test/branch.ts'
import { BUILDINGS, openLapsedBranch, VILLAGE } from '../../test/lapsed.ts'
import { told } from '../../test/task-results.ts'

/** Friday; the sweeps are of Sunday. */
const branch = await openLapsedBranch('2026-11-20T02:00:00Z')
afterAll(() => branch.close())
const { branchId } = branch
const GRID = `${branchId}-H01-G1`
const DAY = '2026-11-22'
const zone = await branch.hire({ unit: `${branchId}-Z1`, roles: ['zone_manager'] })
const sellers = [
  await branch.hire({ unit: GRID, roles: ['micro_seller'] }),
  await branch.hire({ unit: GRID, roles: ['micro_seller'] }),
] as const
const [seller] = sellers

const plan = (more: object) =>
  branch.tell(zone, '/sweeps', {
    ...{ place: VILLAGE, onDay: DAY, staffId: null, unitId: null, purpose: 'all', most: 50 },
    ...more,
  })
type Sweep = { sweepId: string; visits: object; leftOut: { why: { code: string } }[] }
const planned = async (more: object) => (await plan(more)).body as Sweep
const callOff = ({ sweepId }: Sweep) => branch.tell(zone, `/sweeps/${sweepId}/call-off`, {})
type Listed = { taskId: string; subscriberId: string; reasons: { code: string }[] }
async function listOf(who: Person, date = DAY): Promise<Listed[]> {
  const path = `/people/${who.id}/list?date=${date}`
  const { stops } = await branch.ask<{ stops: { tasks: Listed[] }[] }>(who, path)
  return stops.flatMap(({ tasks }) => tasks)
}
const names = (tasks: readonly Listed[]) => tasks.map(({ subscriberId }) => subscriberId)
const reason = (id: string, said: string) =>
  branch.tell(zone, `/lapsed/${id}/reasons`, {
    ...{ reason: said, detail: null, askedAt: null, askedBy: null, evidence: null, touchId: null },
  })

beforeAll(async () => {
  // Ten homes along one staircase and two buildings; the latest lapse lives furthest up.
  await branch.night(
    '2026-11-19',
    Array.from({ length: 10 }, (_, at) => ({
      ...{ id: `L${at}`, end: `2026-10-1${at}`, place: BUILDINGS[at < 5 ? 0 : 1] },
    })),
  )
  await reason('L0', 'price')
  await reason('L6', 'away')
})

test('a sweep for a person is on the list of its day: reasons first, then along the way', async () => {
  const sweep = await planned({ staffId: seller.id })
  expect(sweep).toMatchObject({ members: 10, visits: { met: 0, notMet: 0, left: 10 } })
  const list = await listOf(seller)
  expect(names(list)).toEqual(['L1', 'L2', 'L3', 'L4', 'L5', 'L7', 'L8', 'L9', 'L0', 'L6'])
  expect(list.at(0)).toMatchObject({
    ...{ kind: 'lapsed_sweep', purpose: 'survey', priority: 2 },
    reasons: [{ text: { zh: '合约 10月11日 到期未续，原因还没问清：先问原因。' } }],
  })
  expect(list.at(-1)).toMatchObject({
    ...{ kind: 'lapsed_sweep', purpose: 'renewal', priority: 1 },
    reasons: [{ code: 'lapsed-because', text: { zh: expect.stringContaining('外出') } }],
  })
  await callOff(sweep)
  expect(await listOf(seller), 'nobody had touched any of it').toEqual([])
})

test('a crew divides the visits: buildings whole, loads even, and nobody beyond what there is room for', async () => {
  const sweep = await planned({ unitId: GRID })
  const lists = await Promise.all(sellers.map((each) => listOf(each)))
  expect(lists.map(({ length }) => length)).toEqual([5, 5])
  const buildings = lists.map((list) => new Set(names(list).map((id) => id < 'L5')).size)
  expect(buildings, 'each is in one building').toEqual([1, 1])
  await callOff(sweep)
  await branch.sql(`update people.staff set capacity_door = 2 where staff_id = '${seller.id}'
    or staff_id = '${sellers[1].id}'`)
  const tight = await planned({ unitId: GRID })
  expect(tight).toMatchObject({
    ...{ members: 4, toAsk: 4, toWake: 0 },
    leftOut: [{ why: { code: 'no-room' }, count: 6 }],
  })
  await callOff(tight)
  expect(await plan({ unitId: `${branchId}-H01` }), 'nobody is posted there').toMatchObject({
    body: { code: 'nobody-to-sweep' },
  })
})

test('a home that somebody goes to that day already is left out, and so is a second visit of it', async () => {
  await branch.tell(zone, '/tasks', {
    ...{ subscriberIds: ['L1'], kind: 'upgrade', touchpoint: 'door', on: DAY, to: seller.id },
  })
  const sweep = await planned({ staffId: seller.id })
  expect(sweep).toMatchObject({ members: 9, leftOut: [{ why: { code: 'on-list' }, count: 1 }] })
  await callOff(sweep)
})

test('how far a sweep got is what came of its tasks; called off it leaves what was touched', async () => {
  branch.clock.set('2026-11-22T01:00:00Z')
  const [who, manager] = [await branch.signIn(seller.id), await branch.signIn(zone.id)]
  const body = (await branch.tell(manager, '/sweeps', {
    ...{ place: BUILDINGS[1], onDay: DAY, staffId: seller.id, unitId: null },
    ...{ purpose: 'all', most: 50 },
  })) as { body: Sweep }
  const sweep = body.body
  const list = (await listOf(who)).filter(({ subscriberId }) => subscriberId !== 'L1')
  const result = (nth: number, what: object) =>
    branch.tell(who, `/tasks/${list[nth]?.taskId}/results`, told(what))
  branch.clock.set('2026-11-22T01:01:00Z')
  await result(0, { result: 'competitor', competitor: COMPETITOR })
  await result(1, { result: 'not_at_home', notAtHome: { tryAgain: '2026-11-23' } })
  const { rows } = await branch.ask<{ rows: Sweep[] }>(manager, '/sweeps')
  const now = () => rows.find(({ sweepId }) => sweepId === sweep.sweepId)
  expect(now()).toMatchObject({ asked: 1, visits: { met: 1, notMet: 1, left: 3 } })
  await branch.tell(manager, `/sweeps/${sweep.sweepId}/call-off`, {})
  expect(names(await listOf(who)).sort(), 'done stays, untouched goes').toEqual([
    ...['L1', ...list.slice(0, 2).map(({ subscriberId }) => subscriberId)].sort(),
  ])
  expect(await listOf(who, '2026-11-23'), 'and what follows stays').toHaveLength(1)
})
const COMPETITOR = { operator: '某运营商', monthlyFeeFen: null, expiresOn: null }
