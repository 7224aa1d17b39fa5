import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { actionsOf, ROLES, type Role } from '#people'
import { openBranch, type Person } from '../../../test/branch.ts'

const branch = await openBranch('2026-11-20T00:00Z')
afterAll(() => branch.close())

const BODY = {
  ...{ name: '钱某六', phone: null, account: null, skills: [], days: '12345', agency: null },
  ...{ capacity: { door: 0, call_out: 0, hall: 0, installer: 0 } },
  ...{ validFrom: '2026-11-20', validTo: null },
}
const put = (by: Person, staffId: string, change: object) =>
  branch.put(`/organisation/staff/${staffId}`, by, { ...BODY, ...change })
const standing = async (staffId: string) => {
  const [row] = await branch.sql(
    `select unit_id as unit, roles, name from people.staff where staff_id = '${staffId}'
      order by valid_from desc limit 1`,
  )
  return row as { unit: string; roles: Role[]; name: string }
}

test.each([
  ['branch_manager', 'zone_manager', 200, 'a manager appoints those who lead parts'],
  ['branch_manager', 'administrator', 403, 'it allows more than a manager may'],
  ['branch_manager', 'auditor', 403, 'nobody who is watched chooses who watches'],
  ['administrator', 'auditor', 200, 'an administrator appoints auditors, and is none'],
  ['administrator', 'branch_manager', 200, 'approving is kept apart from administering'],
  ['hall_manager', 'hall_clerk', 403, 'who does not organise appoints nobody'],
] as const)('a %s who appoints a %s is answered %i: %s', async (by, role, status, _because) => {
  const person = await branch.hire({ roles: [by] })
  expect(
    await put(person, `D-${by}-${role}`, { unitId: '370686-H01', roles: [role] }),
  ).toMatchObject({
    status,
  })
})

test('nobody changes the own unit, roles or dates, though the own name', async () => {
  const admin = await branch.hire({ unit: '370686-Z1', roles: ['administrator'] })
  const own = { unitId: '370686-Z1', roles: ['administrator'] }
  expect(await put(admin, admin.id, own)).toMatchObject({ status: 200 })
  for (const change of [
    { roles: ['administrator', 'auditor'] },
    { unitId: '370686-H01' },
    { validTo: '2027-01-01' },
  ])
    expect(await put(admin, admin.id, { ...own, ...change })).toMatchObject({
      body: { code: 'own-post' },
    })
  const post = { unitId: '370686-H01', roles: ['auditor'], validFrom: '2026-11-20', validTo: null }
  expect(await branch.post(`/organisation/staff/${admin.id}/posts`, admin, post)).toMatchObject({
    body: { code: 'own-post' },
  })
})

test('a manager changes nothing of an administrator of the same branch', async () => {
  const manager = await branch.hire({ roles: ['branch_manager'] })
  const admin = await branch.hire({ roles: ['administrator'] })
  expect(await put(manager, admin.id, { unitId: '370686', roles: ['hall_clerk'] })).toMatchObject({
    body: { code: 'role-above-own' },
  })
  expect(await standing(admin.id)).toMatchObject({ roles: ['administrator'] })
})

test('an administrator below gives no password to somebody who has a post above or beside', async () => {
  const above = await branch.hire({ unit: '3706', roles: ['administrator'] })
  const admin = await branch.hire({ unit: '370686-H01', roles: ['administrator'] })
  const clerk = await branch.hire({ unit: '370686-H01', roles: ['hall_clerk'] })
  const give = () =>
    branch.put(`/organisation/staff/${clerk.id}/password`, admin, { password: 'Qixia-yard-4711' })
  expect(await give()).toMatchObject({ status: 200 })
  const post = { unitId: '370686-H02', roles: ['analyst'], validFrom: '2026-12-01', validTo: null }
  expect(await branch.post(`/organisation/staff/${clerk.id}/posts`, above, post)).toMatchObject({
    status: 200,
  })
  expect((await give()).status).toBeGreaterThanOrEqual(403)
})

test('who is to be above is out of reach already today, and no day before today is a way round', async () => {
  const manager = await branch.hire({ roles: ['branch_manager'] })
  const admin = await branch.hire({ roles: ['administrator'] })
  await branch.sql(`insert into people.staff
    select staff_id, '2020-01-01', '2021-01-01', unit_id, name, phone, array['hall_clerk'], skills,
      0, 0, 0, 0, days, agency, now(), 'test' from people.staff where staff_id = '${admin.id}'
    on conflict (staff_id, valid_from) do update set valid_to = '2021-01-01', roles = array['hall_clerk']`)
  await branch.sql(`insert into people.staff
    select staff_id, '2021-01-01', null, unit_id, name, phone, array['administrator'], skills,
      0, 0, 0, 0, days, agency, now(), 'test' from people.staff where staff_id = '${admin.id}'`)
  const mine = { unitId: '370686', roles: ['hall_clerk'], account: 'mine' }
  const back = { ...mine, validFrom: '2020-06-01', validTo: '2021-01-01' }
  expect(await put(manager, admin.id, back)).toMatchObject({ body: { code: 'day-past' } })
  const clerk = await branch.hire({ unit: '370686-H01', roles: ['hall_clerk'] })
  const above = await branch.hire({ roles: ['administrator'] })
  const soon = { unitId: '370686-H01', roles: ['administrator'], validFrom: '2027-01-01' }
  expect(await put(above, clerk.id, { ...soon, account: clerk.id })).toMatchObject({ status: 200 })
  const until = { ...mine, unitId: '370686-H01', validTo: '2027-01-01' }
  expect(await put(manager, clerk.id, until)).toMatchObject({ body: { code: 'role-above-own' } })
  expect(await accountOf(clerk.id)).toBe(clerk.id.toLowerCase())
})
const accountOf = async (staffId: string) => {
  const rows = await branch.sql(`select account from people.account where staff_id = '${staffId}'`)
  return rows[0]?.account ?? null
}

test('an account is given by whoever may do all that it opens, in every post and on every day', async () => {
  const manager = await branch.hire({ unit: '370686-Z1', roles: ['branch_manager'] })
  const admin = await branch.hire({ roles: ['administrator'] })
  const clerk = { unitId: '370686-H01', roles: ['hall_clerk'] }
  const give = (by: Person, staffId: string, account: string | null) =>
    put(by, staffId, { ...clerk, account })
  for (const post of [
    { unitId: '370686-H02', roles: ['hall_clerk'], because: 'it is in another zone' },
    { unitId: '370686-H01', roles: ['administrator'], because: 'it allows more' },
  ]) {
    const { id } = await branch.hire({ unit: '370686-H01', roles: ['hall_clerk'] })
    expect(await give(manager, id, `first-${id}`)).toMatchObject({ status: 200 })
    const { because, ...beside } = post
    const from = { ...beside, validFrom: '2026-12-01', validTo: null }
    expect(await branch.post(`/organisation/staff/${id}/posts`, admin, from)).toMatchObject({
      status: 200,
    })
    for (const account of [`mine-${id}`, null])
      expect(await give(manager, id, account), because).toMatchObject({
        ...{ status: 403, body: { code: 'account-above-own' } },
      })
    expect(
      await put(manager, id, { ...clerk, account: `first-${id}`, name: '新名' }),
    ).toMatchObject({
      status: 200,
    })
    expect(await accountOf(id)).toBe(`first-${id}`.toLowerCase())
    expect(await give(admin, id, `given-${id}`)).toMatchObject({ status: 200 })
    expect(await trailOf(id)).toMatchObject({
      ...{ account: `given-${id}`.toLowerCase(), accountBefore: `first-${id}`.toLowerCase() },
    })
  }
})
const trailOf = async (staffId: string) => {
  const [row] = await branch.sql(`select body::jsonb->'values' as values
    from platform.audit_entry where action = 'staff.changed' and about_id = '${staffId}'
    order by seq desc limit 1`)
  return row?.values
}

test('a file of people, which may name administrators, is imported by administrators alone', async () => {
  const start = async (role: Role) => {
    const who = await branch.hire({ roles: [role] })
    const body = { kind: 'staff', date: '2026-11-20', profile: null, dryRun: true, force: null }
    const uploadId = '00000000-0000-4000-8000-000000000000'
    const url = `/branches/${branch.branchId}/imports`
    return (await branch.post(url, who, { ...body, uploadId })).body as { code: string }
  }
  expect((await start('branch_manager')).code).toBe('not-allowed')
  expect((await start('administrator')).code).not.toBe('not-allowed')
})

const UNITS = ['3706', '370686', '370686-Z1', '370686-H01', '370686-H01-G1', '370686-H02', '370685']
const BELOW: Readonly<Record<string, readonly string[]>> = {
  '3706': UNITS,
  '370686': UNITS.slice(1, 6),
  '370686-Z1': UNITS.slice(2, 5),
  '370686-H01': UNITS.slice(3, 5),
  '370686-H01-G1': ['370686-H01-G1'],
  '370686-H02': ['370686-H02'],
  '370685': ['370685'],
}
const role = fc.constantFrom(...(Object.keys(ROLES) as Role[]))
const unit = fc.constantFrom(...UNITS)

test('whatever is tried, nobody gains a right that the appointing person lacks, or leaves a scope', async () => {
  let allowed = 0
  await fc.assert(
    fc.asyncProperty(
      fc.record({ unit, role: fc.constantFrom('administrator', 'branch_manager', 'hall_manager') }),
      fc.record({ unit, role }),
      fc.record({ unit, role }),
      async (by, from, to) => {
        const actor = await branch.hire({ unit: by.unit, roles: [by.role as Role] })
        const target = await branch.hire({ unit: from.unit, roles: [from.role] })
        const { status } = await put(actor, target.id, { unitId: to.unit, roles: [to.role] })
        const after = await standing(target.id)
        if (status !== 200) {
          expect(after).toMatchObject({ unit: from.unit, roles: [from.role] })
          return
        }
        allowed += 1
        const inside = BELOW[by.unit] ?? []
        expect(inside).toContain(from.unit)
        expect(inside).toContain(to.unit)
        const own = actionsOf([by.role])
        expect(own.has('organisation:write')).toBe(true)
        const gained = [...actionsOf([to.role])].filter((action) => !own.has(action))
        if (by.role === 'branch_manager') expect(gained).toEqual([])
        for (const action of gained) expect(APART).toContain(action)
      },
    ),
    { seed: 370_686, numRuns: 100 },
  )
  expect(allowed).toBeGreaterThan(10)
})
/** What administrators give and do not hold. */
const APART = [
  ...['subscriber:unmask', 'export:approve', 'alarm:read', 'audit:read'],
  ...['subject:approve', 'subject:correct', 'touch:record'],
  ...['task:work', 'task:assign', 'sweep:plan', 'event:plan', 'event:report'],
]
