import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { settle } from '#people'
import { unwatched, type Watch } from '#platform/works.ts'
import { makePlan, PLAN_RULES, publishPlan } from '#worklists'
import type { Person } from '../../test/branch.ts'
import { openCounty } from '../../test/county.ts'

const county = await openCounty('2026-11-20T22:30:00Z')
afterAll(() => county.close())
const { branchId, works } = county
const manager = await county.hire()

const draft = async (day: string) => {
  const { planId, counts } = await makePlan(works, { branchId, day }, unwatched)
  return { branchId, planId, day, assigned: counts.assigned }
}
type List = {
  rows: { taskId: string; assigneeId: string; address: string | null }[]
  total: number
}
const tasksOn = async (day: string, who: Person = manager) =>
  (await county.get(`/branches/${branchId}/tasks?date=${day}&limit=200`, who)).body as List
const stateOf = async (planId: string) => {
  const { body } = await county.get(`/branches/${branchId}/plans/${planId}`, manager)
  return (body as { state: string }).state
}
/** How many rows the ledger holds, whoever may see them. */
const inLedger = async (planId: string, state: string) => {
  const [row] = await county.sql(
    `select count(*)::int as n from worklists.task where plan_id = '${planId}' and state = '${state}'`,
  )
  return Number(row?.n)
}

test('nobody has a task before the plan is published, and everybody has them after', async () => {
  const plan = await draft('2026-11-21')
  expect(await tasksOn(plan.day)).toMatchObject({ rows: [], total: 0 })
  expect(await stateOf(plan.planId)).toBe('draft')
  await publishPlan(works, plan, unwatched)
  expect(await tasksOn(plan.day)).toMatchObject({ total: plan.assigned })
  expect(await stateOf(plan.planId)).toBe('published')
  const { body } = await county.get(`/branches/${branchId}/plans?date=${plan.day}`, manager)
  const byName = { zh: '系统', en: 'System' }
  expect(body).toMatchObject({ rows: [{ madeByName: byName, publishedByName: byName }] })
})

test('publishing that is cut short shows nothing, and goes on where it was', async () => {
  const plan = await draft('2026-11-22')
  const stop = new AbortController()
  const impatient: Watch = {
    signal: stop.signal,
    tell: ({ done }) => done > plan.assigned / 3 && stop.abort(new Error('enough')),
  }
  await expect(publishPlan(works, plan, impatient)).rejects.toThrow('enough')
  const written = await inLedger(plan.planId, 'open')
  expect(written).toBeGreaterThan(0)
  expect(written).toBeLessThan(plan.assigned)
  expect(await tasksOn(plan.day)).toMatchObject({ total: 0 })
  expect(await stateOf(plan.planId)).toBe('draft')
  await publishPlan(works, plan, unwatched)
  expect(await inLedger(plan.planId, 'open')).toBe(plan.assigned)
  expect(await tasksOn(plan.day)).toMatchObject({ total: plan.assigned })
})

test('another plan for the same day takes the place of the first, and can give it back', async () => {
  const day = '2026-11-23'
  const first = await draft(day)
  await publishPlan(works, first, unwatched)
  await county.unit(county.system, (unit) =>
    settle(unit, branchId, PLAN_RULES, { mayOverflow: false }),
  )
  const second = await draft(day)
  expect(second.planId).not.toBe(first.planId)
  await publishPlan(works, second, unwatched)
  expect([await stateOf(first.planId), await stateOf(second.planId)]).toEqual([
    'superseded',
    'published',
  ])
  expect(await inLedger(first.planId, 'withdrawn')).toBe(first.assigned)
  expect(await tasksOn(day)).toMatchObject({ total: second.assigned })

  await county.unit(county.system, (unit) =>
    settle(unit, branchId, PLAN_RULES, { mayOverflow: true }),
  )
  expect((await draft(day)).planId).toBe(first.planId)
  await publishPlan(works, first, unwatched)
  expect(await tasksOn(day)).toMatchObject({ total: first.assigned })
  expect(await inLedger(second.planId, 'withdrawn')).toBe(second.assigned)
})

test('what is published stays as it is when it is published again', async () => {
  const plan = await draft('2026-11-24')
  await publishPlan(works, plan, unwatched)
  await publishPlan(works, plan, unwatched)
  expect(await inLedger(plan.planId, 'open')).toBe(plan.assigned)
  const url = `/branches/${branchId}/plans/${plan.planId}/publish`
  expect(await county.post(url, manager)).toMatchObject({
    status: 409,
    body: { code: 'plan-not-draft' },
  })
})

test('a plan that two publish at once is published once, and the trail has it once', async () => {
  const plan = await draft('2026-11-29')
  const written = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const
  const both = Promise.all(written.map(({ promise }) => promise))
  // Neither goes on before both have written all tasks: none of them finds the plan published.
  const publish = (mine: (typeof written)[number]) => {
    let isWritten = false
    const watch: Watch = {
      signal: unwatched.signal,
      tell: ({ done, total }) => {
        isWritten = done === total
      },
    }
    const run: typeof works.run = async (actor, work) => {
      if (isWritten) mine.resolve()
      if (isWritten) await both
      return works.run(actor, work)
    }
    return publishPlan({ ...works, run }, plan, watch)
  }
  await Promise.all(written.map(publish))
  const entries = await county.sql(`select from platform.audit_entry
    where action = 'plan.published' and about_id = '${plan.planId}'`)
  expect(entries).toHaveLength(1)
  expect(await stateOf(plan.planId)).toBe('published')
  expect(await inLedger(plan.planId, 'open')).toBe(plan.assigned)
})

test('a plan whose files were tampered with is not published', async () => {
  const plan = await draft('2026-11-25')
  const folder = join(works.folder.lake, 'plans', `branch=${branchId}`, `date=${plan.day}`)
  await rm(join(folder, plan.planId, 'tasks.parquet'))
  await expect(publishPlan(works, plan, unwatched)).rejects.toMatchObject({ code: 'plan-damaged' })
  expect(await tasksOn(plan.day)).toMatchObject({ total: 0 })
})

test('making and publishing take the permission; unknown plans and branches do not exist', async () => {
  const seller = await county.hire({ roles: ['micro_seller'] })
  const base = `/branches/${branchId}/plans`
  const refused = { status: 403, body: { code: 'not-allowed' } }
  expect(await county.post(base, seller, { date: '2026-11-26' })).toMatchObject(refused)
  expect(await county.post(`${base}/0123456789ab/publish`, seller)).toMatchObject(refused)
  expect(await county.post(`${base}/0123456789ab/publish`, manager)).toMatchObject({
    status: 404,
    body: { code: 'plan-unknown' },
  })
  const stranger = await county.hire({ unit: '370685' })
  expect(await county.post(base, stranger, { date: '2026-11-26' })).toMatchObject({
    status: 404,
    body: { code: 'branch-unknown' },
  })
})

test('whoever works in a zone makes, publishes and settles nothing for the whole branch', async () => {
  const [unit] = await county.sql(
    `select unit_id as id from people.unit where kind = 'zone' and unit_id like '${branchId}%'`,
  )
  const zone = await county.hire({
    unit: String(unit?.id),
    roles: ['branch_manager', 'administrator'],
  })
  const plan = await draft('2026-11-28')
  const base = `/branches/${branchId}/plans`
  const refused = { status: 403, body: { code: 'not-allowed' } }
  expect(await county.post(base, zone, { date: plan.day })).toMatchObject(refused)
  expect(await county.post(`${base}/${plan.planId}/publish`, zone)).toMatchObject(refused)
  expect(await stateOf(plan.planId)).toBe('draft')
  await expect(
    county.unit(zone, (unit) => settle(unit, branchId, PLAN_RULES, { mayOverflow: false })),
  ).rejects.toMatchObject({ code: 'not-allowed' })
  const canOf = async (who: Person) =>
    ((await county.get(`${base}/${plan.planId}`, who)).body as { can: string[] }).can
  expect(await canOf(manager)).toEqual(expect.arrayContaining(['plan:make', 'plan:publish']))
  expect(await canOf(zone)).not.toContain('plan:publish')
  expect(await canOf(zone)).toContain('worklist:read-all')
})

test('a sibling branch neither reads nor writes a row of any table', async () => {
  const stranger = await county.hire({ unit: '370685' })
  const plan = await draft('2026-11-27')
  await publishPlan(works, plan, unwatched)
  for (const path of [`plans/${plan.planId}`, `tasks?date=${plan.day}`, 'plans'])
    expect(await county.get(`/branches/${branchId}/${path}`, stranger)).toMatchObject({
      status: 404,
    })
  await expect(
    county.unit(stranger, (unit) => settle(unit, branchId, PLAN_RULES, { mayOverflow: false })),
  ).rejects.toMatchObject({ kind: 'forbidden' })
})

test('the numbers of a plan are facts: the ledger refuses to change them', async () => {
  await expect(county.sql('delete from worklists.tally')).rejects.toThrow('append-only')
  await expect(county.sql('update worklists.load set load = 0')).rejects.toThrow('append-only')
})
