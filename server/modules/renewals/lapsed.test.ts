import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../test/branch.ts'
import { BUILDINGS, FAR_VILLAGE, openLapsedBranch, VILLAGE } from '../../test/lapsed.ts'
import { lapsePage, placeSums } from './lapsed-store.ts'
import { rangeOf } from './places.ts'

const branch = await openLapsedBranch('2026-11-20T02:00:00Z')
afterAll(() => branch.close())
const { branchId } = branch
const manager = await branch.hire()
const zone = await branch.hire({ unit: `${branchId}-Z1`, roles: ['zone_manager'] })
const seller = await branch.hire({ unit: `${branchId}-H01-G1`, roles: ['micro_seller'] })
const stranger = await branch.hire({ unit: '370685' })

type Row = { subscriberId: string; told: { reason: string; detail: string | null } | null }
type Places = {
  sum: object
  places: { place: string | null; lapsed: number; asked: number; known: number; wonBack: number }[]
}
const list = async (who: Person, query = '') =>
  await branch.ask<{ rows: Row[]; total: number; next: string | null }>(who, `/lapsed?${query}`)
const places = (who: Person, query = '') => branch.ask<Places>(who, `/lapsed-places?${query}`)
const told = (more: object = {}) => ({
  ...{ reason: 'price', detail: null, askedAt: null, askedBy: null, evidence: null, touchId: null },
  ...more,
})
const reason = (who: Person, id: string, more: object = {}) =>
  branch.tell(who, `/lapsed/${id}/reasons`, told(more))

beforeAll(async () => {
  await branch.night('2026-11-19', [
    ...Array.from({ length: 6 }, (_, at) => ({
      ...{
        id: `A${at}`,
        end: `2026-10-0${at + 1}`,
        place: BUILDINGS[at % 2] ?? '',
        fee: `${50 + at}`,
      },
    })),
    { id: 'V1', end: '2026-08-01' },
    { id: 'F1', end: '2026-08-01', place: FAR_VILLAGE },
    { id: 'N1', end: '2026-08-01', place: '' },
    { id: 'RUNS', end: '2027-08-01' },
  ])
})

test('the sums by village and by building are those of the list, and everybody sees their own', async () => {
  const all = await places(manager)
  expect(all.sum).toMatchObject({ lapsed: 9, asked: 0, known: 0, wonBack: 0 })
  expect(all.places).toMatchObject([
    { place: VILLAGE, placeName: '翠京社区', town: '翠屏街道', lapsed: 7, hasBuildings: true },
    { place: FAR_VILLAGE, lapsed: 1, hasBuildings: false },
    { place: null, placeName: null, lapsed: 1 },
  ])
  expect(await places(zone)).toMatchObject({ sum: { lapsed: 7 }, places: [{ place: VILLAGE }] })
  expect((await places(manager, `within=${VILLAGE}`)).places).toMatchObject([
    { place: BUILDINGS[0], placeName: '翠京社区 1号楼', lapsed: 3 },
    { place: BUILDINGS[1], lapsed: 3 },
    { place: VILLAGE, lapsed: 1 },
  ])
  for (const place of [VILLAGE, BUILDINGS[0], FAR_VILLAGE, '370686001'])
    expect((await list(manager, `place=${place}`)).total, place).toBe(
      { [VILLAGE]: 7, [BUILDINGS[0]]: 3, [FAR_VILLAGE]: 1, '370686001': 7 }[place],
    )
})

test('pages follow each other in both orders and miss nobody', async () => {
  for (const sort of ['contractEnd', '-contractEnd', 'monthlyFeeFen', '-monthlyFeeFen']) {
    const seen: string[] = []
    let cursor = ''
    do {
      const page = await list(manager, `sort=${sort}&limit=4${cursor}`)
      seen.push(...page.rows.map(({ subscriberId }) => subscriberId))
      cursor = page.next ? `&cursor=${page.next}` : ''
    } while (cursor)
    expect(new Set(seen).size, sort).toBe(9)
    expect(seen.length, sort).toBe(9)
  }
})

test('the reason heard last stands, however late one is told; all are kept with who asked', async () => {
  const earlier = '2026-11-18T02:00:00.000Z'
  const evidence = '邻居 139 5350-1234 说换了移动'
  await reason(zone, 'A0', { reason: 'competitor', detail: 'gift', evidence })
  const { status, body } = await reason(zone, 'A0', {
    reason: 'away',
    askedAt: earlier,
    askedBy: seller.id,
  })
  expect(status).toBe(200)
  expect(body).toMatchObject({
    lapse: { told: { reason: 'competitor', detail: 'gift' } },
    reasons: [
      {
        reason: 'competitor',
        evidence: '邻居 **** 说换了移动',
        askedByName: { zh: `测试${zone.id}` },
      },
      { reason: 'away', askedAt: earlier, askedByName: { zh: `测试${seller.id}` } },
    ],
  })
  await reason(zone, 'A1', { reason: 'unknown', detail: 'would-not-say' })
  expect((await places(zone)).sum).toMatchObject({ lapsed: 7, asked: 2, known: 1 })
  const known = async (query: string) =>
    (await list(zone, query)).rows.map(({ subscriberId }) => subscriberId)
  expect(await known('known=known')).toEqual(['A0'])
  expect(await known('known=unknown')).toEqual(['A1'])
  expect((await known('known=unasked')).length).toBe(5)
  expect(await known('reason=competitor')).toEqual(['A0'])
})

test.each([
  { id: 'RUNS', more: {}, code: 'never-lapsed', status: 404 },
  { id: 'F1', more: {}, code: 'subscriber-unknown', status: 404 },
  { id: 'NOBODY', more: {}, code: 'subscriber-unknown', status: 404 },
  { id: 'A2', more: { detail: 'gift' }, code: 'lapse-detail-unfit', status: 422 },
  {
    id: 'A2',
    more: { askedAt: '2026-11-20T02:00:00.001Z' },
    code: 'lapse-asked-in-future',
    status: 422,
  },
  { id: 'A2', more: { askedBy: 'NOBODY' }, code: 'staff-unknown', status: 404 },
  { id: 'A2', more: { touchId: randomUUID() }, code: 'lapse-touch-unknown', status: 404 },
  { id: 'A2', more: { reason: 'because' }, code: 'malformed-request', status: 400 },
])('a reason is refused with $code: $id $more', async ({ id, more, code, status }) => {
  expect(await reason(zone, id, more)).toMatchObject({ status, body: { code } })
})

test('nobody of another branch, and nobody who only reads, records anything', async () => {
  const analyst = await branch.hire({ roles: ['analyst'] })
  expect(await reason(stranger, 'A2')).toMatchObject({
    status: 404,
    body: { code: 'branch-unknown' },
  })
  expect(await reason(analyst, 'A2')).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
  expect(await branch.get(`/branches/${branchId}/lapsed`, stranger)).toMatchObject({ status: 404 })
})

test('a touch that met them moved, or with a rival, is proposed until it is used as evidence', async () => {
  const touchId = randomUUID()
  const recorded = await branch.tell(zone, '/subscribers/A3/touches', {
    ...{ touchId, at: null, channel: 'door', purpose: 'renewal', result: 'moved', scope: null },
    ...{ offer: null, until: null, note: null },
  })
  expect(recorded).toMatchObject({ status: 200 })
  expect(await branch.ask(zone, '/lapsed/A3')).toMatchObject({
    ...{ lapse: { told: null }, proposals: [{ reason: 'moved', touchId, channel: 'door' }] },
  })
  expect(await reason(zone, 'A3', { reason: 'moved', touchId })).toMatchObject({
    body: { lapse: { told: { reason: 'moved' } }, reasons: [{ touchId }], proposals: [] },
  })
  expect(
    await reason(zone, 'A4', { touchId }),
    'a touch of somebody else is no evidence',
  ).toMatchObject({
    body: { code: 'lapse-touch-unknown' },
  })
})

test('the reason that was chosen with the result of a task is proposed as it was chosen', async () => {
  const touchId = randomUUID()
  await branch.tell(zone, '/subscribers/A4/touches', {
    ...{
      touchId,
      at: null,
      channel: 'door',
      purpose: 'renewal',
      result: 'refused',
      scope: 'offer',
    },
    ...{ offer: 'O1', until: null, note: null },
  })
  expect(await branch.ask(zone, '/lapsed/A4')).toMatchObject({ proposals: [] })
  await branch.sql(`
    insert into worklists.result (branch_id, result_id, task_id, subscriber_id, unit_id,
      assignee_unit_id, staff_id, happened_at, day, recorded_at, result, standing, refused_scope,
      reason, photos, answer)
    values ('${branchId}', '${touchId}', 't1', 'A4', '${branchId}-H01-G1', '${branchId}-H01-G1',
      '${zone.id}', '2026-11-20T02:00:00Z', '2026-11-20', '2026-11-20T02:00:00Z', 'refused',
      'first', 'offer', 'price', '{}', '{}')`)
  expect(await branch.ask(zone, '/lapsed/A4')).toMatchObject({
    proposals: [{ reason: 'price', touchId }],
  })
})

test('lists and sums come out of the indexes, one statement whatever their length', async () => {
  await branch.sql(`
    insert into renewals.lapsed (branch_id, lapse_id, subscriber_id, contract_end, unit_id,
      place_code, status, monthly_fee_fen, found_on)
    select '${branchId}', 'X' || n || '~2025-01-01', 'X' || n, date '2025-01-01' + (n % 600),
           '${branchId}-H02-G1', '370686' || lpad((n % 90 + 100)::text, 6, '0') || '-' || n % 30,
           'active', n % 9000, date '2026-11-19' from generate_series(1, 30000) as n`)
  await branch.sql('analyze renewals.lapsed')
  const order = { column: { sql: 'lapsed.contract_end', type: 'date' }, descending: true } as const
  const page = { order, after: undefined, limit: 50 }
  const filter = { branchId, units: null, standing: 'lapsed' } as const
  const place = rangeOf('370686000150')
  const sums = { branchId, units: null, wonBackSince: '2026-09-01', today: '2026-11-20' }
  const plans = await branch.unit(manager, async (unit) => {
    const plan = async (query: ReturnType<typeof lapsePage> | ReturnType<typeof placeSums>) => {
      const { rows } = await sql<{ 'QUERY PLAN': string }>`explain ${query}`.execute(unit.db)
      return rows.map((row) => row['QUERY PLAN']).join('\n')
    }
    return {
      page: await plan(lapsePage(filter, page)),
      placed: await plan(lapsePage({ ...filter, place }, page)),
      sums: await plan(placeSums({ ...sums, within: place })),
    }
  })
  expect(plans.page).toContain('Index Scan Backward using lapsed_by_end')
  expect(plans.page, 'nothing is sorted').not.toContain('Sort')
  // PostgreSQL 15 goes along the days and leaves out other places.
  expect(plans.placed).toMatch(/lapsed_by_(place|end)/)
  expect(plans.sums).toContain('lapsed_by_place')
  for (const text of [plans.placed, plans.sums]) expect(text).not.toContain('Seq Scan on lapsed')
  const all = await branch.unit(manager, async (unit) => {
    const { rows } = await placeSums({ ...sums, within: null }).execute(unit.db)
    return rows
  })
  expect(all.reduce((sum, { lapsed }) => sum + lapsed, 0)).toBe(30_009)
})
