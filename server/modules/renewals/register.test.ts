import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { unwatched } from '#platform/works.ts'
import { withdrawImport } from '#subscribers'
import { openLapsedBranch } from '../../test/lapsed.ts'
import { lapsesOf, RENEWALS_ERASER, rehomeRegister } from './index.ts'

const branch = await openLapsedBranch('2026-11-20T02:00:00Z')
afterAll(() => branch.close())
const { branchId } = branch
let manager = await branch.hire()
/** A session does not last for days. */
const standAt = async (instant: string) => {
  branch.clock.set(instant)
  manager = await branch.signIn(manager.id)
}

type Row = {
  subscriberId: string
  contractEnd: string
  standing: string
  told: { reason: string } | null
  wonBack: { by: string; on: string; until: string | null } | null
  over: string | null
  doubts: { code: string }[]
}
const list = async (query = '') =>
  (await branch.ask<{ rows: Row[]; total: number; asOf: string }>(manager, `/lapsed?${query}`)).rows
const ids = async (query = '') => (await list(query)).map(({ subscriberId }) => subscriberId)
const one = async (id: string) => (await branch.ask<{ lapse: Row }>(manager, `/lapsed/${id}`)).lapse
const reason = (id: string, told: object) =>
  branch.tell(manager, `/lapsed/${id}/reasons`, {
    ...{ detail: null, askedAt: null, askedBy: null, evidence: null, touchId: null, ...told },
  })

const FIRST = [
  { id: 'L1', end: '2026-10-01' },
  { id: 'L2', end: '2026-11-19' },
  { id: 'L3', end: '2026-09-01' },
  { id: 'LT', end: '2026-09-01', status: '离网' },
  { id: 'TODAY', end: '2026-11-20' },
  { id: 'RUNS', end: '2027-05-01' },
]

test('lapsed is whose contract ended before today and who is still there; the latest first', async () => {
  await branch.night('2026-11-19', FIRST)
  expect(await ids()).toEqual(['L2', 'L1', 'L3'])
  expect(await ids('endedFrom=2026-10-01&endedTo=2026-11-19')).toEqual(['L1'])
})

test('the next day those of yesterday have lapsed as well, without another extract', async () => {
  await standAt('2026-11-21T02:00:00Z')
  expect(await ids()).toEqual(['TODAY', 'L2', 'L1', 'L3'])
})

test('whoever a later extract has renewed is won back, whoever left is over; the reason stays', async () => {
  expect(await reason('L1', { reason: 'deceased' })).toMatchObject({ status: 200 })
  await branch.night('2026-11-21', [
    { id: 'L1', end: '2027-10-01' },
    { id: 'L2', end: '2026-11-19', status: '离网' },
    { id: 'TODAY', end: '2026-11-20' },
    { id: 'RUNS', end: '2027-05-01' },
  ])
  expect(await ids()).toEqual(['TODAY'])
  expect(await list('standing=won-back')).toMatchObject([
    {
      ...{ subscriberId: 'L1', told: { reason: 'deceased' } },
      wonBack: { by: 'extract', on: '2026-11-21', until: '2027-10-01' },
      doubts: [{ code: 'deceased-renewed' }],
    },
  ])
  expect(
    (await list('standing=over')).map(({ subscriberId, over }) => [subscriberId, over]),
  ).toEqual([
    ['L2', 'terminated'],
    ['L3', 'gone'],
  ])
})

test('an extract that is withdrawn takes its winnings with it', async () => {
  const imports = await branch.ask<{ rows: { importId: string; date: string; kind: string }[] }>(
    manager,
    '/imports?kind=subscribers',
  )
  const last = imports.rows.find(({ date }) => date === '2026-11-21')
  const order = { actor: branch.system, branchId, importId: String(last?.importId), reason: '有误' }
  await withdrawImport(branch.works, branch.house.handlers, order, unwatched)
  expect(await ids()).toEqual(['TODAY', 'L2', 'L1', 'L3'])
  expect(await one('L1')).toMatchObject({ standing: 'lapsed', wonBack: null, doubts: [] })
  expect(await ids('standing=won-back')).toEqual([])
})

test('a receipt wins back at once, and says so until an extract does', async () => {
  const pay = (id: string, more: object = {}) =>
    branch.tell(manager, `/lapsed/${id}/receipts`, {
      ...{ receiptNo: 'SJ-2026-0001', paidOn: '2026-11-21', amountFen: 70800, ...more },
    })
  const refused = [
    [await pay('L2', { paidOn: '2026-11-22' }), 'paid-in-future'],
    [await pay('L2', { paidOn: '2026-11-18' }), 'paid-before-lapse'],
    [await pay('RUNS'), 'never-lapsed'],
    [await pay('NOBODY'), 'subscriber-unknown'],
  ] as const
  for (const [{ body }, code] of refused) expect(body).toMatchObject({ code })
  expect(await pay('L2')).toMatchObject({
    status: 200,
    body: {
      lapse: { standing: 'won-back', wonBack: { by: 'payment', on: '2026-11-21', until: null } },
      receipts: [{ receiptNo: 'SJ-2026-0001', amountFen: 70800 }],
    },
  })
  expect(await pay('L1'), 'one receipt wins one').toMatchObject({ body: { code: 'receipt-taken' } })
  expect(await ids()).toEqual(['TODAY', 'L1', 'L3'])

  await standAt('2026-11-29T02:00:00Z')
  await branch.night('2026-11-28', FIRST)
  expect((await one('L2')).doubts).toMatchObject([{ code: 'paid-not-shown' }])
  await branch.night('2026-11-29', [{ id: 'L2', end: '2027-11-19' }, ...FIRST.slice(3)])
  expect(await one('L2')).toMatchObject({
    ...{ wonBack: { by: 'extract', on: '2026-11-29', until: '2027-11-19' }, doubts: [] },
  })
  expect(await reason('L2', { reason: 'price' })).toMatchObject({ body: { code: 'not-lapsed' } })
})

test('renewed once and lapsed again is another lapse, with its own reason', async () => {
  await branch.night('2026-11-29', [{ id: 'L1', end: '2026-11-25' }])
  expect(await one('L1')).toMatchObject({ contractEnd: '2026-11-25', told: null })
  const file = await branch.ask<{ reasons: { contractEnd: string }[] }>(manager, '/lapsed/L1')
  expect(file.reasons, 'what was said of the one before is still told').toMatchObject([
    { contractEnd: '2026-10-01', reason: 'deceased' },
  ])
})

test('the register follows the cards alone: nobody else moves its lines', async () => {
  const tried = branch.unit(manager, async (unit) => {
    await sql`update renewals.lapsed set closed_as = 'renewed', closed_on = '2026-11-21',
      renewed_to = '2027-01-01' where branch_id = ${branchId}`.execute(unit.db)
  })
  await expect(tried).rejects.toThrow('follows the cards')
  for (const table of ['lapse_reason', 'receipt'])
    await expect(branch.sql(`delete from renewals.${table}`)).rejects.toThrow('append-only')
})

test('whoever goes to another zone is in its register, and out of the old one', async () => {
  const seenBy = async (zone: string) => {
    const head = await branch.hire({ unit: `${branchId}-${zone}`, roles: ['zone_manager'] })
    const { rows } = await branch.ask<{ rows: Row[] }>(head, '/lapsed')
    return rows.map(({ subscriberId }) => subscriberId)
  }
  expect([await seenBy('Z1'), await seenBy('Z2')]).toEqual([['L1'], []])
  await branch.sql(`update subscribers.card set unit_id = '${branchId}-H02-G1'
    where subscriber_id = 'L1'`)
  await branch.unit(branch.system, (unit) => rehomeRegister(unit, branchId))
  expect([await seenBy('Z1'), await seenBy('Z2')]).toEqual([[], ['L1']])
})

test('an erasure leaves codes and days, and takes the words and the place', async () => {
  await branch.night('2026-11-29', [{ id: 'L9', end: '2026-11-01' }])
  await reason('L9', { reason: 'moved', detail: 'out-of-county', evidence: '邻居王某说去了威海' })
  const of = { branchId, subscriberIds: ['L9'], leftHomes: [] }
  await branch.unit(branch.system, (unit) => RENEWALS_ERASER.inLedger(unit, of))
  const rows = await branch.sql(`select l.place_code, r.reason, r.evidence from renewals.lapsed l
    join renewals.lapse_reason r using (branch_id, lapse_id) where l.subscriber_id = 'L9'`)
  expect(rows).toEqual([{ place_code: null, reason: 'moved', evidence: null }])
})

test('whoever asks what is kept of them is told their lapse and what was noted', async () => {
  await standAt('2026-11-29T03:00:00Z')
  await reason('L9', { reason: 'away', evidence: '儿子说在外打工' })
  const told = await branch.unit(branch.system, (unit) =>
    lapsesOf(unit, { branchId, subscriberId: 'L9' }),
  )
  expect(told).toMatchObject([
    { contract_end: '2026-11-01', reasons: [{ evidence: null }, { evidence: '儿子说在外打工' }] },
  ])
})
