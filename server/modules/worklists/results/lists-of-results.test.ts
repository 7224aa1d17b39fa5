import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { settle } from '#people'
import { unwatched } from '#platform/works.ts'
import { isOnList, makePlan, PLAN_RULES, publishPlan, WORKLISTS_ERASER } from '#worklists'
import type { Person } from '../../../test/branch.ts'
import { openCounty } from '../../../test/county.ts'
import { AWAY, openWorkOf, promised, RENEWED, told } from '../../../test/task-results.ts'

/** Saturday, nine in the morning. */
const MORNING = '2026-11-21T01:00:00Z'
const county = await openCounty(MORNING, { households: 200 })
afterAll(() => county.close())
const { branchId, works } = county
const DAY = '2026-11-21'
const { take, assignee, tell, taskOf, planId } = await openWorkOf(county, DAY)

type Listed = { taskId: string; state: string; result: string | null; visitAddress: string | null }
async function listOf(who: Person): Promise<Listed[]> {
  const { body } = await county.get(`/branches/${branchId}/people/${who.id}/list`, who)
  return (body as { stops: { tasks: Listed[] }[] }).stops.flatMap(({ tasks }) => tasks)
}
const dayOf = async (who: Person) =>
  (await county.get(`/branches/${branchId}/people/${who.id}/day`, who)).body

/** Publishes another plan of the day, and the first one again. */
async function replan(mayOverflow: boolean): Promise<string> {
  await county.unit(county.system, (unit) => settle(unit, branchId, PLAN_RULES, { mayOverflow }))
  const next = await makePlan(works, { branchId, day: DAY }, unwatched)
  await publishPlan(works, { branchId, planId: next.planId }, unwatched)
  return next.planId
}

test('what was closed stays on the list of the day with what came of it, and counts', async () => {
  const visit = take()
  const who = await assignee(visit)
  const before = await listOf(who)
  await tell(visit.taskId, who, told(RENEWED))
  const after = await listOf(who)
  expect(after).toHaveLength(before.length)
  expect(after.find(({ taskId }) => taskId === visit.taskId)).toMatchObject({
    ...{ state: 'done', result: 'done' },
  })
  expect(await dayOf(who)).toMatchObject({
    counts: { planned: before.length, done: 1, left: before.length - 1 },
    ...{ orders: { renewal: 1, new: 0, box: 0, third_party: 0 }, orderToday: true, overdue: 0 },
  })
})

test('a promise is on the list of its day, and leads every later one until somebody comes', async () => {
  const visit = take()
  const who = await assignee(visit)
  const { body } = await tell(visit.taskId, who, told(promised('2026-11-22')))
  const { followUp } = body as { followUp: { taskId: string } }
  expect((await listOf(who)).map(({ taskId }) => taskId)).not.toContain(followUp.taskId)
  county.clock.set('2026-12-05T01:00:00Z')
  const later = await county.signIn(who.id)
  try {
    const [first] = await listOf(later)
    expect(first).toMatchObject({ taskId: followUp.taskId, state: 'open' })
    expect(first?.visitAddress, 'where it goes is told however long ago').not.toBeNull()
    expect(await dayOf(later)).toMatchObject({ overdue: 1, orderToday: false })
    const of = { branchId, staffId: who.id, subscriberId: visit.subscriberId }
    const isOn = (day: string) => county.unit(county.system, (u) => isOnList(u, { ...of, day }))
    expect([await isOn('2026-12-05'), await isOn('2026-11-20')]).toEqual([true, false])
    await tell(followUp.taskId, later, told(RENEWED))
    expect((await listOf(later))[0]).toMatchObject({ taskId: followUp.taskId, state: 'done' })
    county.clock.set('2026-12-06T01:00:00Z')
    expect(await listOf(await county.signIn(who.id))).toEqual([])
  } finally {
    county.clock.set(MORNING)
  }
})

test('who promises a day on which they do not work is told so', async () => {
  const visit = take()
  const who = await assignee(visit)
  await county.sql(`update people.staff set days = '123456' where staff_id = '${who.id}'`)
  const { body } = await tell(visit.taskId, who, told(promised('2026-11-29')))
  expect(body).toMatchObject({
    conflicts: [{ code: 'assignee-off', values: { on: '2026-11-29' } }],
    followUp: { dueOn: '2026-11-29' },
  })
  const { followUp } = body as { followUp: { taskId: string } }
  county.clock.set('2026-11-21T12:00:00Z') // the evening before a day off
  const { body: away } = await tell(followUp.taskId, who, told(AWAY))
  county.clock.set(MORNING)
  expect(away).toMatchObject({ conflicts: [], followUp: { dueOn: '2026-11-23' } })
  await county.sql(`update people.staff set days = '1234567' where staff_id = '${who.id}'`)
})

test('another plan of the day leaves alone what was closed, and sends nobody there again', async () => {
  const [done, open] = [take(), take()]
  const [who, other] = [await assignee(done), await assignee(open)]
  await tell(done.taskId, who, told(RENEWED))
  const second = await replan(false)
  expect(second).not.toBe(planId)
  expect(await taskOf(done.taskId)).toMatchObject({ state: 'done' })
  const there = await county.sql(`select state from worklists.task
    where plan_id = '${second}' and household_id = '${done.householdId}' and touchpoint = 'door'`)
  expect(there.filter(({ state }) => state === 'open')).toEqual([])
  expect((await listOf(who)).map(({ taskId }) => taskId)).toContain(done.taskId)

  expect(
    await tell(open.taskId, other, told(RENEWED)),
    'of a plan that was replaced',
  ).toMatchObject({
    body: { standing: 'beside', taskState: 'withdrawn', conflicts: [{ code: 'task-withdrawn' }] },
  })

  expect(await replan(true), 'the first one again').toBe(planId)
  expect(await taskOf(done.taskId)).toMatchObject({ state: 'done' })
  expect(await taskOf(open.taskId)).toMatchObject({ state: 'open' })
})

test('after a refusal that somebody else was told, a promise sends nobody for marketing', async () => {
  const visit = take()
  await county.sql(
    `update worklists.task set purpose = 'marketing' where task_id = '${visit.taskId}'`,
  )
  const manager = await county.hire()
  const refusal = {
    ...{ at: null, channel: 'hall', purpose: 'marketing', result: 'refused' },
    ...{ scope: 'all', offer: null, until: null, note: null },
  }
  const touches = `/branches/${branchId}/subscribers/${visit.subscriberId}/touches`
  expect(await county.post(touches, manager, refusal)).toMatchObject({ status: 200 })
  const { body } = await tell(visit.taskId, await assignee(visit), told(promised('2026-11-23')))
  expect(body).toMatchObject({
    ...{ standing: 'first', taskState: 'promised', followUp: null },
    ...{ conflicts: [{ code: 'refused-meanwhile' }], against: [{ code: 'refused' }] },
  })
})

test('a task that is handed over is on the list of the other, and of nobody who has left', async () => {
  const [visit, lost] = [take(), take()]
  const next = await county.hire({ unit: visit.assigneeUnitId, roles: ['micro_seller'] })
  const over = (to: string) => told({ result: 'handed_over', handedOver: { to } })
  const { body } = await tell(visit.taskId, await assignee(visit), over(next.id))
  const { followUp } = body as { followUp: { taskId: string } }
  expect((await listOf(next)).map(({ taskId }) => taskId)).toEqual([followUp.taskId])
  const { body: kept } = await tell(lost.taskId, await assignee(lost), over('gone'))
  expect(kept).toMatchObject({ conflicts: [{ code: 'receiver-unknown' }] })
  const { followUp: own } = kept as { followUp: { taskId: string } }
  expect(await taskOf(own.taskId)).toMatchObject({ who: lost.assigneeId })
})

test('when somebody is erased the fact of a result stays, and its words and place go', async () => {
  const [gone, stays] = [take(), take()]
  const at = '2026-11-21T00:50:00.000Z'
  const body = () =>
    told({
      ...{ ...RENEWED, note: '儿子在家，电话打不通' },
      position: { latitude: 37.31, longitude: 120.83, accuracyM: 12, at },
    })
  const [erased, kept] = [body(), body()]
  await tell(gone.taskId, await assignee(gone), erased)
  await tell(stays.taskId, await assignee(stays), kept)
  await county.unit(county.system, (unit) =>
    WORKLISTS_ERASER.inLedger(unit, {
      ...{ branchId, erasureId: randomUUID(), subscriberIds: [gone.subscriberId], leftHomes: [] },
    }),
  )
  const wordsOf = async (resultId: string) => {
    const [row] = await county.sql(`select result, done_what as what, amount_fen::int as fen, note,
      receipt, latitude from worklists.result where result_id = '${resultId}'`)
    return row
  }
  const fact = { result: 'done', what: 'renewal', fen: 36_000 }
  expect(await wordsOf(erased.resultId)).toEqual({
    ...{ ...fact, note: null, receipt: null, latitude: null },
  })
  expect(await wordsOf(kept.resultId)).toMatchObject({ ...fact, receipt: 'XF-1', latitude: 37.31 })
  expect(await tell(gone.taskId, await assignee(gone), erased), 'told again').toMatchObject({
    status: 200,
    body: { resultId: erased.resultId },
  })
  await expect(county.sql(`update worklists.result set note = 'x'`)).rejects.toThrow('append-only')
  await expect(county.sql('delete from worklists.handover')).rejects.toThrow('append-only')
})

test('with whom an erased household is now goes as well, and that it is with somebody stays', async () => {
  const visit = take()
  const body = told({
    result: 'competitor',
    competitor: { operator: '隔壁李某的宽带', monthlyFeeFen: 4_900, expiresOn: null },
  })
  await tell(visit.taskId, await assignee(visit), body)
  await county.unit(county.system, (unit) =>
    WORKLISTS_ERASER.inLedger(unit, {
      ...{ branchId, erasureId: randomUUID(), subscriberIds: [visit.subscriberId], leftHomes: [] },
    }),
  )
  const [row] = await county.sql(`select result, rival, rival_fee_fen::int as fen
    from worklists.result where result_id = '${body.resultId}'`)
  expect(row).toEqual({ result: 'competitor', rival: null, fen: 4_900 })
  expect(await tell(visit.taskId, await assignee(visit), body), 'told again').toMatchObject({
    ...{ status: 200, body: { resultId: body.resultId } },
  })
})

test('the plan of a night sends nobody to a household that somebody is to meet again by then', async () => {
  const visit = take()
  const { body } = await tell(visit.taskId, await assignee(visit), told(promised('2026-11-24')))
  expect(body).toMatchObject({ followUp: { dueOn: '2026-11-24' } })
  const fatesOn = async (day: string) => {
    const { planId: next } = await makePlan(works, { branchId, day }, unwatched)
    const url = `/branches/${branchId}/plans/${next}/decisions?limit=200&reason=follow-up-due`
    const { body: found } = await county.get(url, await county.hire())
    return (found as { rows: { householdId: string; outcome: string; reason: object }[] }).rows
      .filter(({ householdId }) => householdId === visit.householdId)
      .map(({ outcome, reason }) => ({ outcome, reason }))
  }
  expect(await fatesOn('2026-11-23'), 'the day before').toEqual([])
  const [fate] = await fatesOn('2026-11-24')
  expect(fate).toMatchObject({
    outcome: 'suppressed',
    reason: { code: 'follow-up-due', values: { on: '2026-11-24' } },
  })
  expect(await fatesOn('2026-11-25'), 'it is overdue').not.toEqual([])
})
