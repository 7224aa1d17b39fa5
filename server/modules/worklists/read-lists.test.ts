import { afterAll, expect, test } from 'vitest'
import { unwatched } from '#platform/works.ts'
import { explainSubscriber, makePlan, publishPlan } from '#worklists'
import type { Person } from '../../test/branch.ts'
import { openCounty } from '../../test/county.ts'
import { mayReadWhole } from './policy.ts'

const county = await openCounty('2026-11-20T22:30:00Z')
afterAll(() => county.close())
const { branchId, works } = county
const DAY = '2026-11-21'
const { planId, counts } = await makePlan(works, { branchId, day: DAY }, unwatched)
await publishPlan(works, { branchId, planId }, unwatched)
const manager = await county.hire()

type Task = Readonly<{
  taskId: string
  assigneeId: string
  unitId: string
  subscriberId: string
  name: string | null
  phone: string | null
  address: string | null
  visitAddress: string | null
  visitOrder: number
  mapLink: string | null
  reasons: readonly { text: { zh: string } }[]
}>
type Page<Row> = Readonly<{ rows: Row[]; next: string | null; total: number }>

const read = async <Answer>(path: string, who: Person = manager) => {
  const { status, body } = await county.get(`/branches/${branchId}/${path}`, who)
  expect(status, JSON.stringify(body)).toBe(200)
  return body as Answer
}

/** Walks through all pages of a list. */
async function walk<Row>(path: string, who: Person = manager): Promise<Row[]> {
  const rows: Row[] = []
  for (let cursor = ''; ; ) {
    const page = await read<Page<Row>>(`${path}${cursor}`, who)
    rows.push(...page.rows)
    if (page.next === null) return rows
    cursor = `&cursor=${page.next}`
  }
}
const everyTask = await walk<Task>(`tasks?date=${DAY}&limit=50`)

test('a walk through all pages meets every task once, in the order asked for', async () => {
  expect(everyTask.length).toBe(counts.assigned)
  expect(new Set(everyTask.map((task) => task.taskId)).size).toBe(counts.assigned)
  const byPriority = await walk<{ priority: number; taskId: string }>(
    `tasks?date=${DAY}&limit=37&sort=-priority`,
  )
  const priorities = byPriority.map((task) => task.priority)
  expect(priorities).toEqual(priorities.toSorted((a, b) => b - a))
  expect(new Set(byPriority.map((task) => task.taskId)).size).toBe(counts.assigned)
})

test('the funnel adds up: units to the branch, campaigns to the plan', async () => {
  type Plan = {
    counts: { candidates: number; assigned: number }
    byUnit: { unitId: string; candidates: number; assigned: number }[]
    byCampaign: { candidates: number; assigned: number }[]
    capacity: { touchpoint: string; capacity: number; used: number }[]
  }
  const plan = await read<Plan>(`plans/${planId}`)
  const sum = (lines: readonly { candidates: number; assigned: number }[]) => ({
    candidates: lines.reduce((all, line) => all + line.candidates, 0),
    assigned: lines.reduce((all, line) => all + line.assigned, 0),
  })
  const whole = { candidates: counts.candidates, assigned: counts.assigned }
  expect(plan.counts).toMatchObject(whole)
  expect(sum(plan.byUnit)).toEqual(whole)
  expect(sum(plan.byCampaign)).toEqual(whole)
  expect(plan.capacity.reduce((all, { used }) => all + used, 0)).toBe(counts.assigned)
  const [zone] = plan.byUnit
  const below = await read<Plan>(`plans/${planId}?unit=${zone?.unitId}`)
  expect(below.counts).toMatchObject({ candidates: zone?.candidates, assigned: zone?.assigned })
  expect(sum(below.byUnit)).toEqual({ candidates: zone?.candidates, assigned: zone?.assigned })
})

test('behind each number of the funnel stand as many decisions', async () => {
  for (const { reason, count } of counts.suppressed) {
    const url = `plans/${planId}/decisions?outcome=suppressed&reason=${reason}&limit=1`
    expect(await read<Page<unknown>>(url)).toMatchObject({ total: count })
  }
  const walked = await walk<{ subscriberId: string; campaign: string; priority: number | null }>(
    `plans/${planId}/decisions?limit=111`,
  )
  expect(walked.length).toBe(counts.candidates)
  const keys = walked.map((row) => `${row.subscriberId} ${row.campaign}`)
  expect(new Set(keys).size).toBe(counts.candidates)
  const urgent = await walk<{ priority: number | null }>(
    `plans/${planId}/decisions?limit=111&sort=-priority`,
  )
  expect(urgent.length).toBe(counts.candidates)
})

test.each(['zone', 'hall', 'grid', 'person', 'campaign'])(
  'the lists by %s hold every task',
  async (by) => {
    const rows = await walk<{ key: string; tasks: number }>(
      `worklists?date=${DAY}&by=${by}&limit=9`,
    )
    expect(rows.reduce((sum, { tasks }) => sum + tasks, 0)).toBe(counts.assigned)
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length)
  },
)

test('a person’s list shows where to go in whole, and who lives there masked', async () => {
  const [some] = everyTask
  const list = await read<{ stops: { tasks: Task[] }[]; total: number; planId: string }>(
    `people/${some?.assigneeId}/list?date=${DAY}`,
  )
  const tasks = list.stops.flatMap((stop) => stop.tasks)
  expect(tasks.map((task) => task.visitOrder)).toEqual(tasks.map((_, place) => place + 1))
  expect(list).toMatchObject({ planId, total: tasks.length })
  for (const task of tasks) {
    expect(task.name ?? '*').toContain('*')
    expect(task.phone ?? '*').toContain('*')
    expect(task.reasons[0]?.text.zh).toBeTruthy()
    expect(task.address ?? '**').toMatch(/\*\*$/)
    if (task.visitAddress) expect(task.mapLink).toContain(encodeURIComponent(task.visitAddress))
  }
  const whole = new Map(tasks.map((task) => [task.taskId, task.visitAddress]))
  const masked = everyTask.filter((task) => whole.get(task.taskId))
  expect(masked.length).toBeGreaterThan(0)
  for (const task of masked) {
    expect(task.address).not.toBe(whole.get(task.taskId))
    expect(task).not.toHaveProperty('mapLink')
  }
})

test('where a visit goes is told in whole to whoever goes and to whoever leads them', async () => {
  const [some] = everyTask
  const { assigneeId = '' } = some ?? {}
  const [post] = await county.sql(
    `select assignee_unit_id as unit from worklists.task where task_id = '${some?.taskId}'`,
  )
  const unit = String(post?.unit)
  const leader = await county.hire({ unit, roles: ['hall_manager'] })
  const watcher = await county.hire({ unit, roles: ['channel_manager'] })
  const toldTo = async (who: Person) => {
    const list = await read<{ stops: { tasks: Task[] }[] }>(
      `people/${assigneeId}/list?date=${DAY}`,
      who,
    )
    return list.stops.flatMap((stop) => stop.tasks).filter((task) => task.visitAddress !== null)
  }
  const assignee = await county.signIn(assigneeId)
  expect((await toldTo(assignee)).length).toBeGreaterThan(0)
  expect((await toldTo(leader)).length).toBeGreaterThan(0)
  expect(await toldTo(watcher), 'who only watches sees no door').toEqual([])
})

test('of a list that is a week old nobody learns the doors', () => {
  const task = { assigneeId: manager.id, assigneeUnitId: branchId, day: DAY }
  const seenOn = (today: string) =>
    mayReadWhole(manager.actor, task, { today, units: new Set([branchId]) })
  expect([seenOn('2026-11-20'), seenOn('2026-11-27'), seenOn('2026-11-28')]).toEqual([
    true,
    true,
    false,
  ])
})

test('who may not read others’ lists sees the own tasks only', async () => {
  const grid = everyTask[0]?.unitId ?? ''
  const seller = await county.hire({ unit: grid, roles: ['micro_seller'] })
  expect(await walk<Task>(`tasks?date=${DAY}&limit=200`, seller)).toEqual([])
  expect(await read(`people/${seller.id}/list?date=${DAY}`, seller)).toMatchObject({ total: 0 })
  const other = `/branches/${branchId}/people/${everyTask[0]?.assigneeId}/list?date=${DAY}`
  expect(await county.get(other, seller)).toMatchObject({ status: 403 })
})

test('a hall sees the tasks of its households and of its people, and no others', async () => {
  const [row] = await county.sql(
    `select parent_id from people.unit where unit_id = '${everyTask[0]?.unitId}' and kind = 'grid'
      order by valid_from desc limit 1`,
  )
  const hall = String(row?.parent_id)
  const head = await county.hire({ unit: hall, roles: ['hall_manager'] })
  const seen = await walk<Task>(`tasks?date=${DAY}&limit=200`, head)
  const below = await county.sql(`select unit_id from people.unit where parent_id = '${hall}'`)
  const own = new Set([hall, ...below.map(({ unit_id }) => String(unit_id))])
  const expected = await county.sql(`
    select task_id from worklists.task where plan_id = '${planId}'
       and (unit_id in (${[...own].map((id) => `'${id}'`)})
         or assignee_unit_id in (${[...own].map((id) => `'${id}'`)}))`)
  expect(new Set(seen.map((task) => task.taskId))).toEqual(
    new Set(expected.map(({ task_id }) => String(task_id))),
  )
  expect(seen.length).toBeLessThan(counts.assigned)
})

test('a subscriber on a list is told whose, and one that no campaign selects why not', async () => {
  const [task] = everyTask
  const explained = await explainSubscriber(works, works.system, {
    branchId,
    subscriberId: task?.subscriberId ?? '',
    date: DAY,
  })
  expect(explained.decisions.map(({ outcome }) => outcome)).toContain('assigned')
  expect(explained.summary.zh).toContain('清单上')
  expect(explained.decisions.some((one) => one.task?.taskId === task?.taskId)).toBe(true)
  expect(explained.decisions.length + explained.notSelected.length).toBe(7)
  const url = `/branches/${branchId}/subscribers/${task?.subscriberId}/explanation?date=${DAY}`
  expect(await county.get(url, manager)).toMatchObject({ status: 200, body: { planId } })
  expect(
    await county.get(`/branches/${branchId}/subscribers/nobody/explanation`, manager),
  ).toMatchObject({ status: 404, body: { code: 'subscriber-unknown' } })
})

test('the next day’s plan is compared with this one', async () => {
  const next = await makePlan(works, { branchId, day: '2026-11-22' }, unwatched)
  type Compared = {
    with: { planId: string }
    appeared: number
    gone: number
    kept: number
    moved: number
    byCampaign: { before: number; after: number }[]
  }
  const compared = await read<Compared>(`plans/${next.planId}/comparison`)
  expect(compared.with.planId).toBe(planId)
  const before = compared.gone + compared.kept + compared.moved
  const after = compared.appeared + compared.kept + compared.moved
  expect([before, after]).toEqual([counts.assigned, next.counts.assigned])
  expect(compared.byCampaign.reduce((sum, one) => sum + one.before, 0)).toBe(counts.assigned)
  expect(await read(`plans/${planId}/comparison`)).toMatchObject({ appeared: 0 })
})

test('the workbook of the lists is handed out to who may export, and the own one to everybody', async () => {
  const url = `/branches/${branchId}/plans/${planId}/worklists.xlsx`
  const got = await county.get(url, manager)
  expect(got.status).toBe(200)
  expect(String(got.body).startsWith('PK')).toBe(true)
  expect(String(got.headers['content-disposition'])).toContain(encodeURIComponent('清单'))
  const english = await county.get(`${url}?lang=en`, manager)
  expect(String(english.headers['content-disposition'])).toContain('worklists-')
  expect(await county.get(`${url}?lang=fr`, manager)).toMatchObject({ status: 400 })
  const seller = await county.hire({ unit: everyTask[0]?.unitId ?? '', roles: ['micro_seller'] })
  expect(await county.get(url, seller)).toMatchObject({ status: 403 })
  expect(await county.get(`${url}?person=${seller.id}`, seller)).toMatchObject({ status: 200 })
})

test.each([
  { path: 'tasks?sort=colour', code: 'sort-unknown' },
  { path: 'worklists?by=zone&sort=colour', code: 'sort-unknown' },
  { path: 'tasks?cursor=!!', code: 'cursor-unreadable' },
  { path: 'tasks?sort=-priority&cursor=WyJ4IiwieSJd', code: 'cursor-unreadable' },
])('$path is refused as $code', async ({ path, code }) => {
  const got = await county.get(`/branches/${branchId}/${path}&date=${DAY}`, manager)
  expect(got).toMatchObject({ status: 422, body: { code } })
})

test('who leads one hall and serves in another reads the lists of the first, and the own', async () => {
  const admin = await county.hire({ roles: ['administrator'] })
  const units = [...new Set(everyTask.map(({ unitId }) => unitId))].sort()
  const [led = '', served = ''] = units
  const person = await county.hire({ unit: served, roles: ['hall_clerk'] })
  const post = { unitId: led, roles: ['hall_manager'], validFrom: '2026-11-21', validTo: null }
  const url = `/organisation/staff/${person.id}/posts`
  expect(await county.post(url, admin, post)).toMatchObject({ status: 200 })
  const both = await county.signIn(person.id)
  const seen = await walk<Task>(`tasks?date=${DAY}&limit=50`, both)
  expect(seen.length).toBeGreaterThan(0)
  expect(seen.filter(({ unitId }) => unitId === served)).toEqual([])
  const leader = await county.hire({ unit: led, roles: ['hall_manager'] })
  const expected = await walk<Task>(`tasks?date=${DAY}&limit=50`, leader)
  expect(seen.map(({ taskId }) => taskId)).toEqual(expected.map(({ taskId }) => taskId))
})
