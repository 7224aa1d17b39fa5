import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Branch, openBranch, type Person } from '../../test/branch.ts'
import { type Cells, csvOfRows, deliver } from '../../test/extract.ts'
import { saveUpload } from './imports/uploads.ts'

const branch: Branch = await openBranch('2026-11-20T01:00Z')
afterAll(() => branch.close())
const at = `/branches/${branch.branchId}`
let manager: Person
let clerk: Person
let stranger: Person
beforeAll(async () => {
  manager = await branch.hire({ roles: ['administrator', 'branch_manager'] })
  clerk = await branch.hire({ unit: '370686-H01', roles: ['hall_clerk'] })
  stranger = await branch.hire({ unit: '370685', roles: ['administrator'] })
  await deliver(branch, rows('A', '370686-H01-G1', 15).concat(rows('B', '370686-H02-G1', 9)))
})

const rows = (letter: string, grid: string, count: number): Cells[] =>
  Array.from({ length: count }, (_, nth) => ({
    用户编号: `${letter}${100 + nth}`,
    用户状态: nth === 0 ? '销号' : '正常',
    客户名称: '单某三',
    联系电话: `1000012${3400 + nth}`,
    装机地址: `桃村镇国路夼村${nth + 1}号`,
    网格: grid,
    套餐月费: 98 + nth,
    合约失效时间: nth === 1 ? '20261101' : `202612${String(nth + 1).padStart(2, '0')}`,
    身份证号: '370686000000000000',
    账户余额: -3,
  }))

async function upload(content: string, name = '日.csv'): Promise<string> {
  const stream = Readable.from([Buffer.from(content)])
  const saved = await saveUpload(branch.works, manager.actor, { ...manager, name, stream })
  return saved.uploadId
}

async function finished(job: { jobId: string }): Promise<Record<string, unknown>> {
  for (;;) {
    const { body } = await branch.get(`${at}/jobs/${job.jobId}`, manager)
    const read = body as Record<string, unknown>
    if (read.state !== 'queued' && read.state !== 'running') return read
    await new Promise((resolve) => setImmediate(resolve))
  }
}

type Profiles = { profiles: Record<string, unknown>[] }
type Page = { rows: Record<string, unknown>[]; next: string | null; total: number; asOf: string }
const page = async (query: string, who = manager) =>
  (await branch.get(`${at}/subscribers${query}`, who)).body as Page

test('lists show the own scope, masked, in order, and go on where they ended', async () => {
  const first = await page('?limit=10&sort=contractEnd')
  expect(first).toMatchObject({ total: 24, asOf: '2026-11-20' })
  const ends = first.rows.map((row) => row.contractEnd)
  expect(ends).toEqual([...ends].sort())
  expect(first.rows[0]).toMatchObject({ name: '单**', phone: '100****3401', monthlyFeeFen: 9900 })
  expect(JSON.stringify(first)).not.toContain('某三')
  const second = await page(`?limit=20&sort=contractEnd&cursor=${first.next}`)
  const ids = [...first.rows, ...second.rows].map((row) => row.subscriberId)
  expect(new Set(ids).size).toBe(24)
  expect(second.next).toBeNull()
  expect(await page('?limit=5', clerk)).toMatchObject({ total: 15 })
})

test.each([
  { query: '?unit=370686-Z2', total: 9, because: 'a zone shows what is below it' },
  { query: '?status=terminated', total: 2, because: 'one state was asked for' },
  { query: '?lapsed=true', total: 2, because: 'who has left has not lapsed' },
  { query: '?endsFrom=2026-12-05&endsTo=2026-12-07', total: 4, because: 'days are half-open' },
  { query: '?search=3405', total: 2, because: 'digits are the end of a number' },
  { query: '?search=A107', total: 1, because: 'an id is an id' },
  { query: '?search=smsan', total: 0, because: 'no name sounds like this' },
  { query: '?search=sms', total: 24, because: 'as a surname 单 is shan' },
  {
    query: `?search=${encodeURIComponent('桃村镇国路夼村')}`,
    total: 24,
    because: 'addresses are searched',
  },
])('the list $query has $total rows: $because', async ({ query, total }) => {
  expect((await page(query)).total).toBe(total)
})

test('each order of a list can be walked to its end', async () => {
  for (const sort of ['contractEnd', 'subscriberId', 'name', 'monthlyFeeFen', 'arrearsFen'])
    for (const direction of ['', '-']) {
      const seen: unknown[] = []
      for (let next: string | null = ''; next !== null; ) {
        const some: Page = await page(
          `?limit=7&sort=${direction}${sort}${next && `&cursor=${next}`}`,
        )
        seen.push(...some.rows.map((row) => row.subscriberId))
        next = some.next
      }
      expect(new Set(seen).size, `${direction}${sort}`).toBe(24)
    }
})

test('a portrait tells what was delivered, in words, masked, and what was not', async () => {
  const { status, body } = await branch.get(`${at}/subscribers/A105`, manager)
  expect(status).toBe(200)
  const portrait = body as {
    groups: { group: string; values: { column: string; text: { zh: string } }[] }[]
    contractCalendar: { column: string; isContractEnd: boolean; daysLeft: number }[]
    notDelivered: { zh: string }[]
  }
  const told = new Map(
    portrait.groups.flatMap(({ values }) => values.map(({ column, text }) => [column, text.zh])),
  )
  expect(told.get('plan_monthly_fee')).toBe('103.00 元')
  expect(told.get('balance')).toBe('-3.00 元')
  expect(told.get('customer_name')).toBe('单**')
  expect(told.get('id_card_no')).toMatch(/^37\*+$/)
  expect(told.get('install_address')).toBe('桃村镇国路夼村**')
  expect(portrait.contractCalendar).toMatchObject([
    { column: 'contract_expire_date', isContractEnd: true, daysLeft: 16 },
  ])
  expect(portrait.notDelivered.map((each) => each.zh)).toContain('历史投诉次数')
})

test('nobody reads a portrait outside the own scope, or of a branch that is not theirs', async () => {
  expect(await branch.get(`${at}/subscribers/B100`, clerk)).toMatchObject({
    status: 404,
    body: { code: 'subscriber-unknown' },
  })
  expect(await branch.get(`${at}/subscribers/A100`, stranger)).toMatchObject({ status: 404 })
  expect(await branch.get(`${at}/imports`, stranger)).toMatchObject({ status: 404 })
})

test('an upload is previewed with its mapping, imported by a job, reported and withdrawn', async () => {
  const delivered = [
    ...rows('A', '370686-H01-G1', 15),
    ...rows('B', '370686-H02-G1', 9),
    ...rows('', '', 1),
  ]
  const broken = { ...rows('X', '370686-H01-G1', 1)[0], 用户编号: '' }
  const uploadId = await upload(csvOfRows([...delivered, broken, ...rows('C', '370686-H01-G1', 1)]))
  const dialect = { encoding: null, delimiter: null, profile: null, yaml: null }
  const preview = await branch.post(`${at}/uploads/${uploadId}/preview`, manager, {
    kind: 'subscribers',
    ...dialect,
  })
  expect(preview).toMatchObject({
    status: 200,
    body: { headerRow: 1, missing: [], encoding: 'utf-8', delimiter: ',' },
  })
  const shown = preview.body as {
    columns: { source: string; target: string; confidence: number }[]
    converted: { row: number; values: Record<string, string>; reasons: { code: string }[] }[]
    yaml: string
  }
  expect(shown.columns[0]).toMatchObject({
    source: '用户编号',
    target: 'subscriber_id',
    confidence: 1,
  })
  expect(shown.converted[0]?.values).toMatchObject({
    status: 'terminated',
    plan_monthly_fee: '9800',
  })
  expect(shown.converted.find(({ row }) => row === 27)?.reasons).toMatchObject([
    { code: 'row-key-missing' },
  ])
  expect(JSON.stringify(preview.body)).not.toContain('单某三')
  const saved = await branch.put(`${at}/profiles/my-subscribers`, manager, { yaml: shown.yaml })
  expect(saved).toMatchObject({ status: 200, body: { version: 1, kind: 'subscribers' } })
  const zone = await branch.hire({ unit: `${branch.branchId}-Z1`, roles: ['support_lead'] })
  const taken = await branch.put(`${at}/profiles/my-subscribers`, zone, { yaml: shown.yaml })
  expect(taken, 'a profile is the whole branch’s').toMatchObject({ body: { code: 'not-allowed' } })
  const [mine] = ((await branch.get(`${at}/profiles`, manager)).body as Profiles).profiles
  expect(mine).toMatchObject({ savedBy: manager.id, savedByName: { zh: `测试${manager.id}` } })

  const order = { uploadId, kind: 'subscribers', date: '2026-11-21', dryRun: false, force: null }
  const started = await branch.post(`${at}/imports`, manager, {
    ...order,
    profile: 'my-subscribers',
  })
  expect(started.status).toBe(200)
  const job = await finished(started.body as { jobId: string })
  expect(job).toMatchObject({ state: 'done', result: { rows: 27, accepted: 26, rejected: 1 } })
  const { importId } = job.result as { importId: string }
  const { body: report } = await branch.get(`${at}/imports/${importId}`, manager, 'en')
  expect(report).toMatchObject({
    ...{ state: 'current', profile: 'my-subscribers@1', file: '日.csv', rejects: 'rejects.csv' },
    rejectReasons: [{ count: 1, exampleRow: 27, reason: { code: 'row-key-missing' } }],
    difference: { against: '2026-11-20', appeared: 2, gone: 0, changed: 0 },
  })
  const { body: left } = await branch.get(`${at}/imports/${importId}/rejects.csv`, manager)
  expect(left).toContain('27,用户编号')
  expect(String(left)).toMatch(/^\uFEFF# 测试.* IM-[0-9a-f]{8} /)
  const colleague = await branch.hire({ roles: ['administrator'] })
  expect(await branch.get(`${at}/imports/${importId}/rejects.csv`, colleague)).toMatchObject({
    ...{ status: 403, body: { code: 'export-needs-approval' } },
  })
  expect(await branch.get(`${at}/imports/${importId}/rejects.csv`, clerk)).toMatchObject({
    status: 403,
  })
  expect(await branch.get(`${at}/imports/${importId}/duplicates.csv`, manager)).toMatchObject({
    status: 404,
  })

  const withdrawal = await branch.post(`${at}/imports/${importId}/withdraw`, manager, {
    reason: '网格列有误',
  })
  expect(await finished(withdrawal.body as { jobId: string })).toMatchObject({ state: 'done' })
  expect((await page('')).total).toBe(24)
  const { body: history } = await branch.get(`${at}/imports?kind=subscribers&limit=1`, manager)
  expect(history).toMatchObject({
    ...{ total: 2, rows: [{ importId, state: 'withdrawn', withdrawnReason: '网格列有误' }] },
  })
  const who = { importedBy: manager.id, importedByName: { en: `测试${manager.id}` } }
  expect(history).toMatchObject({ rows: [who] })
  expect(report).toMatchObject(who)
})

test('who may not import is refused, and a refused file is told by its job in both languages', async () => {
  const uploadId = await upload('年龄\n3\n', 'a.csv')
  const order = { uploadId, kind: 'subscribers', date: '2026-11-21', dryRun: false, force: null }
  expect(await branch.post(`${at}/imports`, clerk, { ...order, profile: null })).toMatchObject({
    status: 403,
  })
  const started = await branch.post(`${at}/imports`, manager, { ...order, profile: null })
  expect(await finished(started.body as { jobId: string })).toMatchObject({
    state: 'refused',
    refusal: { code: 'columns-missing', text: { zh: expect.stringContaining('a.csv') } },
  })
  const unknown = { ...order, profile: 'nobody' }
  expect(await branch.post(`${at}/imports`, manager, unknown)).toMatchObject({
    status: 404,
    body: { code: 'profile-unknown' },
  })
})

test('the columns of each kind of file can be asked for', async () => {
  const { body } = await branch.get('/import-kinds/staff/columns', manager)
  expect((body as { columns: unknown[] }).columns).toContainEqual(
    expect.objectContaining({ column: 'staff_id', required: true, personal: 'staff' }),
  )
})
