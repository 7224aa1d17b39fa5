import { afterAll, expect, test } from 'vitest'
import { createFirstAdministrator, publishOrganisation } from '#people'
import { openBranch, type Person } from '../../../test/branch.ts'

const branch = await openBranch('2026-11-20T00:00Z')
afterAll(() => branch.close())

type Page = { rows: { staffId: string; name: string }[]; next: string | null; total: number }
const list = async (who: Person, query: string) =>
  (await branch.get(`/organisation/staff?${query}`, who)).body as Page
const put = (who: Person, staffId: string, change: object = {}) =>
  branch.put(`/organisation/staff/${staffId}`, who, {
    name: '李某四',
    phone: null,
    account: null,
    roles: ['hall_clerk'],
    unitId: '370686-H02',
    skills: ['宽带'],
    capacity: { door: 0, call_out: 5, hall: 40, installer: 0 },
    days: '12345',
    validFrom: '2026-11-20',
    validTo: null,
    agency: null,
    ...change,
  })

test('a list is read page by page, each person once, in the order asked for', async () => {
  const manager = await branch.hire({ unit: '370686-Z1', roles: ['zone_manager'] })
  for (let n = 0; n < 7; n++) await branch.hire({ unit: '370686-H01', roles: ['hall_clerk'] })
  for (const sort of ['name', '-name', 'unitId', '-validFrom']) {
    const read: string[] = []
    let cursor = ''
    do {
      const page = await list(manager, `limit=3&sort=${sort}${cursor && `&cursor=${cursor}`}`)
      expect(page.total).toBe(8)
      read.push(...page.rows.map(({ staffId }) => staffId))
      cursor = page.next ?? ''
    } while (cursor)
    expect(new Set(read).size).toBe(8)
    expect(read).toHaveLength(8)
  }
})

test('a list is narrowed to a unit with all below it, a role and a part of a name', async () => {
  const manager = await branch.hire({ roles: ['administrator'] })
  expect(await put(manager, 'L1', { name: '赵某百分%' })).toMatchObject({ status: 200 })
  const ids = async (query: string) => (await list(manager, query)).rows.map((row) => row.staffId)
  expect(await ids('unit=370686-Z2&role=hall_clerk')).toEqual(['L1'])
  expect(await ids('unit=370686-Z1&search=赵')).toEqual([])
  expect(await ids('search=%25')).toEqual(['L1'])
  expect(await list(manager, 'sort=salary')).toMatchObject({ code: 'sort-unknown' })
  expect(await list(manager, 'cursor=nonsense')).toMatchObject({ code: 'cursor-unreadable' })
})

test('a person is changed from a day on, and the days before stay as they were', async () => {
  const manager = await branch.hire({ roles: ['administrator'] })
  branch.clock.set('2026-11-01T00:00Z')
  expect(await put(manager, 'L2', { validFrom: '2026-11-01' })).toMatchObject({ status: 200 })
  branch.clock.set('2026-11-20T00:00Z')
  const again = await branch.signIn(manager.id)
  await put(again, 'L2', { unitId: '370686-H01', validFrom: '2026-11-20' })
  const on = async (day: string) => (await list(again, `search=L2&on=${day}`)).rows
  expect(await on('2026-11-19')).toMatchObject([{ unitId: '370686-H02', validTo: '2026-11-20' }])
  expect(await on('2026-11-20')).toMatchObject([
    { unitId: '370686-H01', unitName: '1营业厅', capacity: { hall: 40 }, skills: ['宽带'] },
  ])
})

test('an extension is given, kept by changes that do not name it, and taken away', async () => {
  const manager = await branch.hire({ roles: ['administrator'] })
  const after = async (change: object) => {
    expect(await put(manager, 'L6', change)).toMatchObject({ status: 200 })
    return (await list(manager, 'search=L6')).rows
  }
  expect(await after({})).toMatchObject([{ extension: null }])
  expect(await after({ extension: '8012' })).toMatchObject([{ extension: '8012' }])
  expect(await after({ skills: [] })).toMatchObject([{ extension: '8012', skills: [] }])
  expect(await after({ extension: null })).toMatchObject([{ extension: null }])
  expect(await put(manager, 'L6', { extension: '80-12' })).toMatchObject({ status: 400 })
})

test('everybody reads the own extension, and changes it nowhere', async () => {
  const clerk = await branch.hire({ roles: ['hall_clerk'], extension: '8012' })
  expect(await branch.get('/session/account', clerk)).toMatchObject({ body: { extension: '8012' } })
  expect(await put(clerk, clerk.id, { extension: '8013' })).toMatchObject({ status: 403 })
})

test.each([
  { change: { unitId: '370685' }, code: 'unit-unknown', because: 'a post is in scope' },
  { change: { account: 'TAKEN' }, code: 'account-taken', because: 'an account is one person’s' },
  { change: { validTo: '2026-01-01' }, code: 'unit-dates-turned', because: 'time runs forward' },
  { change: { validFrom: '2026-11-19' }, code: 'day-past', because: 'yesterday stays as it was' },
])('$because: $code', async ({ change, code }) => {
  const manager = await branch.hire({ roles: ['administrator'] })
  if (code === 'account-taken')
    await branch.hire({ unit: '370685', roles: ['hall_clerk'], account: 'taken' })
  expect(await put(manager, 'L3', change)).toMatchObject({ body: { code } })
})

test('neither the people of another branch nor a role without the right changes anybody', async () => {
  const [manager, seller, neighbour] = [
    await branch.hire({ roles: ['administrator'] }),
    await branch.hire({ roles: ['micro_seller'] }),
    await branch.hire({ unit: '370685' }),
  ]
  expect(await put(manager, neighbour.id)).toMatchObject({ body: { code: 'person-elsewhere' } })
  expect(await put(seller, 'L4')).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
})

test('who may change people cannot make himself an administrator', async () => {
  const manager = await branch.hire({ roles: ['branch_manager'] })
  const appoint = (by: Person) => put(by, 'L5', { roles: ['administrator'] })
  expect(await appoint(manager)).toMatchObject({ status: 403, body: { code: 'role-above-own' } })
  expect(await appoint(await branch.hire({ roles: ['administrator'] }))).toMatchObject({
    status: 200,
  })
})

test('a new branch begins with one administrator, and only one', async () => {
  const first = { branchId: '370685', account: 'first', password: 'Autumn-walk-1', name: '管理员' }
  const create = () => branch.unit(branch.system, (unit) => createFirstAdministrator(unit, first))
  expect(await create()).toEqual({ staffId: '370685-ADMIN' })
  expect(await create()).toBeNull()
  const { account, password } = first
  expect(await branch.post('/session', undefined, { account, password })).toMatchObject({
    status: 200,
    body: { me: { roles: ['administrator'], branchId: '370685', due: 'password-change' } },
  })
})

test('the lake is shown the units, places and people of one branch on one day', async () => {
  const seller = await branch.hire({ unit: '370686-H02-G1', roles: ['micro_seller', 'marketer'] })
  await branch.sql(`insert into people.place values
    ('370686', '370686101', '2020-01-01', null, '某镇', 'town', '370686-H02-G1', now(), 'test'),
    ('370686', '370686101201', '2020-01-01', null, '一村', 'village', '370686-H02-G1', now(), 'test')`)
  await using session = await branch.works.lake.session()
  await publishOrganisation(branch.works, session, branch.branchId, '2026-11-20')
  await publishOrganisation(branch.works, session, branch.branchId, '2026-11-20')
  expect(
    await session.rows(`select * from published.units where unit_id like '%-H02%' order by 1`),
  ).toEqual([
    {
      unit_id: '370686-H02',
      parent_id: '370686-Z2',
      kind: 'hall',
      name: '2营业厅',
      hall_id: '370686-H02',
      zone_id: '370686-Z2',
      branch_id: '370686',
    },
    {
      unit_id: '370686-H02-G1',
      parent_id: '370686-H02',
      kind: 'grid',
      name: '2网格',
      hall_id: '370686-H02',
      zone_id: '370686-Z2',
      branch_id: '370686',
    },
  ])
  expect(
    await session.rows(`select * exclude (name) from published.staff
                         where staff_id = '${seller.id}'`),
  ).toEqual([
    {
      staff_id: seller.id,
      unit_id: '370686-H02-G1',
      hall_id: '370686-H02',
      zone_id: '370686-Z2',
      roles: ['micro_seller', 'marketer'],
      skills: [],
      capacity_door: 20,
      capacity_call: 20,
      capacity_hall: 20,
      capacity_install: 20,
      days: '1234567',
      agency: null,
    },
  ])
  expect(
    await session.rows(`select town_code, town_name from published.places where kind = 'village'`),
  ).toEqual([{ town_code: '370686101', town_name: '某镇' }])
})
