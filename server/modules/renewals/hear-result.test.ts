import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { openLapsedBranch } from '../../test/lapsed.ts'
import { told } from '../../test/task-results.ts'

const branch = await openLapsedBranch('2026-11-20T02:00:00Z')
afterAll(() => branch.close())
const { branchId } = branch
const GRID = `${branchId}-H01-G1`
const zone = await branch.hire({ unit: `${branchId}-Z1`, roles: ['zone_manager'] })
const seller = await branch.hire({ unit: GRID, roles: ['micro_seller'] })
await branch.night(
  '2026-11-19',
  ['A0', 'A1', 'A2', 'A3', 'A4', 'A5', 'A6'].map((id, at) => ({ id, end: `2026-10-1${at}` })),
)
await branch.ask(zone, '/lapsed')

/** A task at the door of a subscriber, which the seller works; answers what came of it. */
async function meet(subscriberId: string, what: object) {
  const taskId = randomUUID()
  await branch.sql(`
    insert into worklists.task (branch_id, task_id, day, subscriber_id, household_id, unit_id,
      assignee_id, assignee_unit_id, campaign, touchpoint, visit_order, window_start, window_end,
      due_on, offer, priority, value_fen, reasons, state, kind, purpose, origin)
    values ('${branchId}', '${taskId}', '2026-11-20', '${subscriberId}', 'h-${taskId}', '${GRID}',
      '${seller.id}', '${GRID}', 'lapsed-sweep', 'door', 0, '2026-11-20T01:00:00Z',
      '2026-11-20T10:00:00Z', '2026-11-20', '', 1, 0, '[]', 'open', 'lapsed_sweep', 'survey', 'hand')`)
  return branch.tell(seller, `/tasks/${taskId}/results`, told(what))
}
type File = {
  lapse: { told: object | null; standing: string }
  reasons: { reason: string; touchId: string | null; stands: boolean }[]
  proposals: object[]
  receiptProposals: { receiptNo: string; paidOn: string; amountFen: number | null }[]
}
const fileOf = (id: string) => branch.ask<File>(zone, `/lapsed/${id}`)
const reason = (id: string, said: string) =>
  branch.tell(zone, `/lapsed/${id}/reasons`, {
    ...{
      reason: said,
      detail: null,
      askedAt: null,
      askedBy: null,
      evidence: '电话',
      touchId: null,
    },
  })
const AWAY = { result: 'not_at_home', notAtHome: { tryAgain: null } }

test('what was said at the door is in the register, with who asked, when, and the touch', async () => {
  const at = '2026-11-20T01:30:00.000Z'
  const met = await meet('A0', { at, ...AWAY, reason: 'price' })
  expect(met).toMatchObject({ status: 200 })
  const { resultId } = met.body as { resultId: string }
  expect(await fileOf('A0')).toMatchObject({
    lapse: {
      told: { reason: 'price', askedAt: at, askedByName: { zh: `测试${seller.id}` } },
    },
    reasons: [{ reason: 'price', touchId: resultId, stands: true }],
    proposals: [],
  })
})

test.each([
  { id: 'A1', what: { result: 'moved', moved: { field: 'address' } }, says: 'moved' },
  {
    id: 'A2',
    what: {
      result: 'competitor',
      competitor: { operator: '某运营商', monthlyFeeFen: null, expiresOn: null },
    },
    says: 'competitor',
  },
])('that they are $says is a reason in itself', async ({ id, what, says }) => {
  await meet(id, what)
  expect(await fileOf(id)).toMatchObject({ lapse: { told: { reason: says } } })
})

test('a weaker word stands beside a better one, and a later one as good takes its place', async () => {
  await reason('A3', 'trouble')
  await meet('A3', { ...AWAY, reason: 'unknown' })
  await meet('A3', { result: 'moved', moved: { field: 'address' } })
  const kept = await fileOf('A3')
  expect(kept.lapse.told).toMatchObject({ reason: 'trouble' })
  expect(kept.reasons.filter(({ stands }) => stands)).toMatchObject([{ reason: 'trouble' }])
  expect(kept.reasons.map(({ reason: said }) => said).sort()).toEqual([
    ...['moved', 'trouble', 'unknown'],
  ])
  await meet('A3', { ...AWAY, reason: 'away' })
  expect((await fileOf('A3')).lapse.told).toMatchObject({ reason: 'away' })
})

test('a result that tells no reason, or of somebody who has not lapsed, leaves the register', async () => {
  await meet('A4', AWAY)
  expect(await fileOf('A4')).toMatchObject({ lapse: { told: null }, reasons: [] })
})

test('told again, a result is one word', async () => {
  const taskId = `again-${randomUUID()}`
  await branch.sql(`
    insert into worklists.task select (jsonb_populate_record(task, jsonb_build_object(
      'task_id', '${taskId}', 'state', 'open', 'closed_by', null, 'closed_at', null,
      'closed_as', null, 'subscriber_id', 'A5'))).* from worklists.task
      where subscriber_id = 'A4' and origin = 'hand'`)
  const body = told({ ...AWAY, reason: 'unused' })
  for (const _ of [1, 2])
    expect(await branch.tell(seller, `/tasks/${taskId}/results`, body)).toMatchObject({
      status: 200,
    })
  expect((await fileOf('A5')).reasons).toHaveLength(1)
})

test('a receipt told with a renewal is proposed, and wins nobody back until it is recorded', async () => {
  const done = { what: 'renewal', product: null, amountFen: 36_000, receipt: 'XF-2001' }
  await meet('A6', { result: 'done', done })
  const proposed = await fileOf('A6')
  expect(proposed).toMatchObject({
    lapse: { standing: 'lapsed' },
    receiptProposals: [{ receiptNo: 'XF-2001', paidOn: '2026-11-20', amountFen: 36_000 }],
  })
  const { status } = await branch.tell(zone, '/lapsed/A6/receipts', {
    ...{ receiptNo: 'XF-2001', paidOn: '2026-11-20', amountFen: 36_000 },
  })
  expect(status).toBe(200)
  expect(await fileOf('A6')).toMatchObject({
    lapse: { standing: 'won-back' },
    receiptProposals: [],
  })
})
