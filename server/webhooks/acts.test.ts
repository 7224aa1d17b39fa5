import { afterAll, expect, test } from 'vitest'
import { WEBHOOK_KINDS } from '#contract/webhooks.ts'
import { settle } from '#people'
import { unwatched } from '#platform/works.ts'
import { makePlan, PLAN_RULES, publishPlan } from '#worklists'
import type { Person } from '../test/branch.ts'
import { openCounty } from '../test/county.ts'
import { deliver } from '../test/extract.ts'

const county = await openCounty('2026-11-21T01:00:00Z')
afterAll(() => county.close())
const { branchId, works } = county
const at = `/branches/${branchId}`

const administrator = await county.hire({ roles: ['administrator'] })
const subscribed = await county.post('/webhooks', administrator, {
  ...{ unitId: branchId, name: '所有事件', kinds: WEBHOOK_KINDS },
  url: 'https://93.184.216.34/hook',
})
const [zone] = await county.sql(
  `select unit_id as id from people.unit where parent_id = '${branchId}' and kind = 'zone' order by 1`,
)

type Message = Readonly<{ type: string; timestamp: string; data: Record<string, unknown> }>
const seen = new Set<string>()
/** The messages that were written since the last time somebody looked. */
async function news(): Promise<Message[]> {
  const rows = await county.sql(`
    with seen as (delete from platform.webhook_delivery returning kind, body)
    select body from seen order by kind, body`)
  const told = rows.map(({ body }) => JSON.parse(String(body)) as Message)
  for (const { type } of told) seen.add(type)
  return told
}
const command = (who: Person, url: string, body: object) => county.post(`${at}${url}`, who, body)

test('the webhook of this test wants everything that there is', () => {
  expect(subscribed.status, JSON.stringify(subscribed.body)).toBe(200)
})

test('a file that was imported, and withdrawn, is told with its counts and no other', async () => {
  await news()
  const row = (id: string) => ({ 用户编号: id, 用户状态: '正常', 客户名称: '王小明' })
  const { importId } = await deliver(county, [row('A1'), row('A2'), row('A2'), row('')], {
    ...{ date: '2026-11-21', name: '王小明.csv', force: '测试' },
  })
  const of = { branchId, importId, kind: 'subscribers', date: '2026-11-21' }
  const counts = { rows: 4, accepted: 2, rejected: 1, duplicates: 1 }
  expect(await news()).toEqual([
    { type: 'import.done', timestamp: '2026-11-21T01:00:00.000Z', data: { ...of, ...counts } },
  ])
  const manager = await county.hire({ roles: ['branch_manager'] })
  const withdrawn = await command(manager, `/imports/${importId}/withdraw`, { reason: '发错了' })
  expect(withdrawn.status, JSON.stringify(withdrawn.body)).toBe(200)
  let told: Message[] = []
  while (told.length === 0) told = await news()
  expect(told).toMatchObject([{ type: 'import.withdrawn', data: of }])
})

test('a file that was refused is told with the code, and one that was only tried is not', async () => {
  const row = { 用户编号: 'A1', 用户状态: '正常', 客户名称: '王小明' }
  const file = { date: '2026-11-21', name: '王小明.csv' }
  await expect(deliver(county, [row], { ...file, dryRun: true })).rejects.toMatchObject(MOVED)
  expect(await news()).toEqual([])
  await expect(deliver(county, [row], file)).rejects.toMatchObject(MOVED)
  const data = { branchId, kind: 'subscribers', date: '2026-11-21', because: MOVED.code }
  expect(await news()).toEqual([
    { type: 'import.refused', timestamp: '2026-11-21T01:00:00.000Z', data },
  ])
})
const MOVED = { code: 'row-count-moved' }

test('a file for a branch that does not exist is told to nobody', async () => {
  const foreign = { ...county, branchId: '999999' }
  const refused = deliver(foreign, [{ 用户编号: 'A1', 用户状态: '正常' }], { date: '2026-11-21' })
  await expect(refused).rejects.toMatchObject({ code: 'branch-unknown' })
  expect(await news()).toEqual([])
  const entries = await county.sql(
    `select chain, body from platform.audit_entry where action = 'import.refused' order by at, seq`,
  )
  const ofUnknown = entries.filter(({ body }) => String(body).includes('branch-unknown'))
  expect(ofUnknown).toEqual([expect.objectContaining({ chain: expect.not.stringMatching(/^999/) })])
})

test('a plan is told when it was made, published, and withdrawn for another of its day', async () => {
  const { planId } = await makePlan(works, { branchId, day: '2026-11-21' }, unwatched)
  const data = { branchId, planId, day: '2026-11-21' }
  expect(await news()).toMatchObject([{ type: 'plan.made', data }])
  await publishPlan(works, { branchId, planId }, unwatched)
  expect(await news()).toMatchObject([{ type: 'plan.published', data }])
  await county.unit(county.system, (unit) =>
    settle(unit, branchId, PLAN_RULES, { mayOverflow: false }),
  )
  const other = await makePlan(works, { branchId, day: '2026-11-21' }, unwatched)
  await news()
  await publishPlan(works, { branchId, planId: other.planId }, unwatched)
  expect(await news()).toMatchObject([
    { type: 'plan.published', data: { ...data, planId: other.planId } },
    { type: 'plan.withdrawn', data: { ...data, replacedBy: other.planId } },
  ])
})

test('an export is told at each step, without what is in it', async () => {
  const unit = String(zone?.id)
  const asks = await county.hire({ unit, roles: ['zone_manager'] })
  const decides = await county.hire({ roles: ['support_lead'] })
  const order = {
    ...{ what: 'subscribers', why: '县局检查需要明细', unit, format: 'csv' },
    ...{ columns: ['subscriberId', 'name'], status: null, endsFrom: null, endsTo: null },
  }
  const ids: string[] = []
  for (const approve of [false, true]) {
    const { body } = await command(asks, '/exports', order)
    const { exportId } = body as { exportId: string }
    ids.push(exportId)
    await command(decides, `/exports/${exportId}/decision`, { approve, note: '' })
  }
  let told: Message[] = []
  while (!told.some(({ type }) => type === 'export.ready')) told = [...told, ...(await news())]
  const [declined, approved] = ids
  expect(told).toHaveLength(5)
  expect(told).toEqual(
    expect.arrayContaining([
      ...ids.map((exportId) => of('export.requested', { exportId, unitId: unit })),
      of('export.declined', { exportId: declined }),
      of('export.approved', { exportId: approved }),
      expect.objectContaining({
        ...{
          type: 'export.ready',
          data: { branchId, exportId: approved, rows: expect.any(Number) },
        },
      }),
    ]),
  )
})
const of = (type: string, data: object) =>
  expect.objectContaining({ type, data: { branchId, what: 'subscribers', ...data } })

test('an alarm is told when it is raised, once a day', async () => {
  const clerk = await county.hire({ roles: ['hall_clerk'] })
  const [card] = await county.sql(
    `select subscriber_id as id from subscribers.card where branch_id = '${branchId}'
        and subscriber_id not in (select subscriber_id from worklists.task) order by 1`,
  )
  for (const _ of [1, 2]) {
    const { status } = await command(clerk, `/subscribers/${card?.id}/unmask`, {
      ...{ purpose: 'customer-present', note: '', fields: ['phone'] },
    })
    expect(status).toBe(200)
  }
  expect(await news()).toEqual([
    {
      ...{ type: 'alarm.raised', timestamp: '2026-11-21T01:00:00.000Z' },
      data: { branchId, unitId: branchId, reason: 'outside-tasks', day: '2026-11-21' },
    },
  ])
})

test('every kind of event has happened above', () => {
  expect([...seen].sort()).toEqual([...WEBHOOK_KINDS].sort())
})
