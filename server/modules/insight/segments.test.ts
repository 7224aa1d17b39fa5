import { afterAll, expect, test } from 'vitest'
import { type BaseRow, explainCondition, publishBase } from '#insight'
import { openBranch, type Person } from '../../test/branch.ts'
import { importRows } from '../../test/import-rows.ts'

const branch = await openBranch('2026-11-20T12:00:00Z')
afterAll(() => branch.close())
const manager = await branch.hire()
const URL = `/branches/${branch.branchId}`
const count = (conditions: unknown, who: Person | undefined = manager, date?: string) =>
  branch.post(`${URL}/segments/count`, who, { conditions, ...(date && { date }) })
const ACTIVE = { field: 'status', op: 'eq', value: 'active' }

test('before anything is imported nobody is counted, and the catalogue is there all the same', async () => {
  expect(await count(ACTIVE)).toMatchObject({
    status: 200,
    body: { count: 0, households: 0, base: 0, asOf: null, notDelivered: [{ field: 'status' }] },
  })
  const { body } = await branch.get(`${URL}/fields`, manager)
  expect(body).toMatchObject({ asOf: null })
  expect((body as { fields: unknown[] }).fields.length).toBeGreaterThan(80)
})

test('a condition counts subscribers and households on the latest snapshot', async () => {
  await importRows(branch, {
    kind: 'subscribers',
    date: '2026-11-20',
    rows: [
      row('S1', 'H1', '370686-H01-G1', { plan_monthly_fee: '98.00' }),
      row('S2', 'H1', '370686-H01-G1', { plan_monthly_fee: '39.00' }),
      row('S3', 'H2', '370686-H02-G1', { plan_monthly_fee: '98.00', 家庭标签: '示范户' }),
      row('S4', 'H3', '370686-H02-G1', { status: '销号' }),
    ],
  })
  expect((await count(ACTIVE)).body).toEqual({
    ...{ count: 3, households: 2, base: 4, asOf: '2026-11-20', notDelivered: [] },
  })
  const both = { all: [ACTIVE, { field: 'plan_monthly_fee', op: 'gte', value: 9800 }] }
  expect((await count(both)).body).toMatchObject({ count: 2, households: 2 })
  expect((await count({ not: both })).body).toMatchObject({ count: 2 })
  const own = { field: 'custom_家庭标签', op: 'eq', value: '示范户' }
  expect((await count(own)).body).toMatchObject({ count: 1 })
})

test('what was not delivered selects nobody and is named', async () => {
  const old = { any: [{ field: 'churn_score', op: 'gt', value: 0.5 }] }
  expect((await count(old)).body).toMatchObject({
    count: 0,
    notDelivered: [{ field: 'churn_score', label: { zh: '离网概率' } }],
  })
})

test('people of a hall count their own, of a grid theirs, of another branch nothing', async () => {
  const counted = async (unit: string) => (await count(ACTIVE, await branch.hire({ unit }))).body
  expect(await counted('370686-H02')).toMatchObject({ count: 1, base: 2 })
  expect(await counted('370686-H01-G1')).toMatchObject({ count: 2, base: 2 })
  expect(await counted('370685')).toMatchObject({ code: 'branch-unknown' })
})

test('a new snapshot is asked at once', async () => {
  await importRows(branch, {
    kind: 'subscribers',
    date: '2026-11-21',
    rows: [row('S1', 'H1', '370686-H01-G1', {})],
  })
  expect((await count(ACTIVE, manager, '2026-11-21')).body).toMatchObject({
    count: 1,
    asOf: '2026-11-21',
  })
  expect((await count(ACTIVE)).body).toMatchObject({ count: 3, asOf: '2026-11-20' })
})

test('an unknown field, a wrong comparison and a tree too deep are refused in words', async () => {
  expect(await count({ field: 'fee', op: 'gt', value: 1 })).toMatchObject({
    status: 422,
    body: { code: 'field-unknown', detail: expect.stringContaining('“fee”') },
  })
  expect(await count({ all: [{ field: 'status', op: 'gt', value: 'a' }] })).toMatchObject({
    body: {
      code: 'condition-invalid',
      detail: expect.stringMatching(/“用户状态”不能用“大于”比较.*\$\.all\[0\]/),
    },
  })
  let deep: unknown = ACTIVE
  for (let level = 0; level < 8; level++) deep = { not: deep }
  expect(await count(deep)).toMatchObject({ body: { code: 'condition-too-deep' } })
})

function row(id: string, household: string, grid: string, more: Record<string, string>) {
  return {
    ...{ subscriber_id: id, household_id: household, 用户状态: more.status ?? '正常' },
    ...{
      grid_code: grid,
      plan_monthly_fee: more.plan_monthly_fee ?? '',
      家庭标签: more.家庭标签 ?? '',
    },
  }
}

test('what is joined for a condition is what the base shows of everybody', async () => {
  const asked = [
    { field: 'household_size', op: 'eq', value: 2 },
    { field: 'has_mobile', op: 'is_true' },
    { field: 'has_tv', op: 'is_false' },
    { field: 'unit_id', op: 'eq', value: '370686-H01-G1' },
    { field: 'hall_id', op: 'eq', value: '370686-H02' },
    { field: 'zone_id', op: 'in', value: ['370686-Z1', '370686-Z2'] },
    { field: 'rival_operator', op: 'unknown' },
    { field: 'town_name', op: 'unknown' },
  ] as const
  await using session = await branch.works.lake.session()
  const of = { branchId: branch.branchId, day: '2026-11-20' }
  const { catalogue } = await publishBase(branch.works, session, of)
  const rows = await session.rows<BaseRow>(
    'select * exclude (household_key) from published.base', // more than a number holds
  )
  for (const condition of asked) {
    const selected = rows.filter(
      (row) => explainCondition(condition, { row, fields: catalogue, day: of.day }) === null,
    )
    expect((await count(condition)).body, condition.field).toMatchObject({ count: selected.length })
  }
})
