import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { actionsAt, mayDoInBranch, type Role, unitsInScope, unitsWhere } from '#people'
import { openBranch, type Person } from '../../../test/branch.ts'

const branch = await openBranch('2026-11-20T00:00Z')
afterAll(() => branch.close())
const TODAY = '2026-11-20'

const add = (by: Person, staffId: string, post: object) =>
  branch.post(`/organisation/staff/${staffId}/posts`, by, {
    ...{ unitId: '370686-H02', roles: ['hall_clerk'], validFrom: TODAY, validTo: null, ...post },
  })
const end = (by: Person, staffId: string, postNo: number, on: string) =>
  branch.put(`/organisation/staff/${staffId}/posts/${postNo}/end`, by, { on })
const posts = async (by: Person, staffId: string) =>
  (await branch.get(`/organisation/staff/${staffId}/posts`, by)).body as {
    posts: { postNo: number; unitId: string; validTo: string | null }[]
  }
/** The same person, signed in anew: a change of posts ends the sessions. */
const again = (person: Person) => branch.signIn(person.id)
const scope = (who: Person) => branch.unit(who, unitsInScope)

test('a post beside the main one shows its subtree from its first day to its last, not before or after', async () => {
  const admin = await branch.hire({ roles: ['administrator'] })
  const clerk = await branch.hire({ unit: '370686-H01', roles: ['hall_clerk'] })
  const given = await add(admin, clerk.id, { validFrom: '2026-11-21', validTo: '2026-11-23' })
  expect(given).toMatchObject({ status: 200, body: { postNo: 1 } })
  expect(await scope(clerk)).toEqual(['370686-H01', '370686-H01-G1'])
  branch.clock.set('2026-11-21T00:00Z')
  const both = ['370686-H01', '370686-H01-G1', '370686-H02', '370686-H02-G1']
  expect(await scope(clerk)).toEqual(both)
  branch.clock.set('2026-11-23T00:00Z')
  expect(await scope(clerk)).toEqual(['370686-H01', '370686-H01-G1'])
  branch.clock.set(`${TODAY}T00:00Z`)
})

test('a clerk in one hall who administers another administers nothing of the first', async () => {
  const admin = await branch.hire({ roles: ['administrator'] })
  const person = await branch.hire({ unit: '370686-H01', roles: ['hall_clerk'] })
  const [first, second] = [
    await branch.hire({ unit: '370686-H01', roles: ['hall_clerk'] }),
    await branch.hire({ unit: '370686-H02', roles: ['hall_clerk'] }),
  ]
  await add(admin, person.id, { roles: ['administrator'] })
  const both = await again(person)
  const rename = (staff: Person, unitId: string) =>
    branch.put(`/organisation/staff/${staff.id}`, both, { ...BODY, unitId })
  expect(await rename(first, '370686-H01')).toMatchObject({ body: { code: 'unit-unknown' } })
  expect(await rename(first, '370686-H02')).toMatchObject({ body: { code: 'person-elsewhere' } })
  expect(await rename(second, '370686-H02')).toMatchObject({ status: 200 })
  const password = { password: 'Qixia-yard-4711' }
  const give = (staff: Person) =>
    branch.put(`/organisation/staff/${staff.id}/password`, both, password)
  expect((await give(first)).status).not.toBe(200)
  expect(await give(second)).toMatchObject({ status: 200 })
  const can = (unitId: string) => branch.unit(both, (unit) => actionsAt(unit, unitId))
  expect((await can('370686-H02-G1')).has('staff:passwords')).toBe(true)
  expect((await can('370686-H01')).has('staff:passwords')).toBe(false)
})
const BODY = {
  ...{ name: '王某五', phone: null, account: null, roles: ['hall_clerk'], skills: [] },
  ...{ capacity: { door: 0, call_out: 0, hall: 0, installer: 0 }, days: '12345', agency: null },
  ...{ validFrom: TODAY, validTo: null },
}

test('what is done to the whole branch takes a post in it that allows it, not one in a hall', async () => {
  const admin = await branch.hire({ unit: '3706', roles: ['administrator'] })
  const person = await branch.hire({ unit: '370686', roles: ['hall_clerk'] })
  await add(admin, person.id, { unitId: '370686-H01', roles: ['analyst'] })
  const both = await again(person)
  const may = () => branch.unit(both, (unit) => mayDoInBranch(unit, '370686', 'import:write'))
  await expect(may()).rejects.toMatchObject({ code: 'not-allowed' })
  await add(admin, person.id, { unitId: '370686', roles: ['analyst'] })
  const more = await again(person)
  await branch.unit(more, (unit) => mayDoInBranch(unit, '370686', 'import:write'))
})

test('a post is ended, never changed or opened again; all of them end with the main one', async () => {
  const admin = await branch.hire({ roles: ['administrator'] })
  const clerk = await branch.hire({ unit: '370686-H01', roles: ['hall_clerk'] })
  await add(admin, clerk.id, {})
  expect(await end(admin, clerk.id, 1, '2026-11-19')).toMatchObject({ body: { code: 'post-over' } })
  expect(await end(admin, clerk.id, 1, TODAY)).toMatchObject({ status: 200 })
  expect(await end(admin, clerk.id, 1, '2026-12-01')).toMatchObject({ body: { code: 'post-over' } })
  expect(await end(admin, clerk.id, 2, TODAY)).toMatchObject({ body: { code: 'post-unknown' } })
  expect(await add(admin, clerk.id, { validFrom: '2026-11-19' })).toMatchObject({
    body: { code: 'post-over' },
  })
  expect(await add(admin, clerk.id, {})).toMatchObject({ body: { postNo: 2 } })
  expect((await posts(admin, clerk.id)).posts).toMatchObject([
    { postNo: 2, validTo: null },
    { postNo: 1, validTo: TODAY },
  ])
  await branch.sql(`update people.staff set valid_to = '${TODAY}' where staff_id = '${clerk.id}'`)
  expect(await scope(clerk)).toEqual([])
})

test('who audits one branch and works in another reads the trail of the first alone', async () => {
  const city = await branch.hire({ unit: '3706', roles: ['administrator'] })
  const person = await branch.hire({ unit: '370686', roles: ['hall_clerk'] })
  await add(city, person.id, { unitId: '370685', roles: ['auditor'] })
  const both = await again(person)
  const read = (branchId: string) => branch.get(`/branches/${branchId}/audit`, both)
  expect(await read('370686')).toMatchObject({ status: 403 })
  expect(await read('370685')).toMatchObject({ status: 200 })
  await read('370685')
  const { rows } = await branch.unit(both, (unit) =>
    sql<{ chain: string }>`select distinct chain from platform.audit_entry`.execute(unit.db),
  )
  expect(rows).toEqual([{ chain: '370685' }])
})

const UNITS = ['3706', ...['370686', '370685'].flatMap(below)]
function below(id: string): string[] {
  return [id, ...['1', '2'].flatMap((n) => [`${id}-Z${n}`, `${id}-H0${n}`, `${id}-H0${n}-G1`])]
}
/** The tree of the tests, as a person would draw it: who is above whom. */
function isBelow(unitId: string, above: string): boolean {
  if (above === '3706' || unitId === above) return true
  if (unitId === '3706') return false
  if (above.length === 6) return unitId.startsWith(above)
  if (!unitId.startsWith(above.slice(0, 6))) return false
  const [, part = ''] = above.split('-')
  if (part.startsWith('Z')) return unitId.includes(`-H0${part.slice(1)}`)
  return unitId.startsWith(`${above}-`)
}

const ROLES = ['hall_clerk', 'branch_manager', 'administrator', 'auditor', 'analyst'] as const
const MAY_ORGANISE: readonly Role[] = ['branch_manager', 'administrator']
const post = fc.record({
  unit: fc.constantFrom(...UNITS),
  role: fc.constantFrom(...ROLES),
  from: fc.integer({ min: -3, max: 3 }),
  days: fc.option(fc.integer({ min: 0, max: 4 })),
})
const dayOf = (days: number) => new Date(Date.UTC(2026, 10, 20 + days)).toISOString().slice(0, 10)

test('with any posts, scope and rights are those of each post in its own subtree', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(post, { minLength: 1, maxLength: 4 }), async ([main, ...others]) => {
      if (!main) return
      const person = await branch.hire({ unit: main.unit, roles: [main.role] })
      for (const [at, { unit, role, from, days }] of others.entries())
        await branch.sql(`insert into people.post values ('${person.id}', ${at + 1}, '${unit}',
          '{${role}}', '${dayOf(from)}', ${days === null ? 'null' : `'${dayOf(from + days)}'`}, now(), 'test')`)
      const held = [
        main,
        ...others.filter(({ from, days }) => from <= 0 && (days === null || from + days > 0)),
      ]
      const expected = (may: readonly string[]) =>
        UNITS.filter((id) => held.some((each) => may.includes(each.role) && isBelow(id, each.unit)))
      const found = await branch.unit(person, async (unit) => ({
        scope: await unitsInScope(unit),
        organised: await unitsWhere(unit, 'organisation:write'),
        audited: await unitsWhere(unit, 'audit:read'),
      }))
      expect(found.scope).toEqual(expected(ROLES).sort())
      expect([...found.organised]).toEqual(expected(MAY_ORGANISE).sort())
      expect([...found.audited]).toEqual(expected(['auditor']).sort())
    }),
    { seed: 20_261_120, numRuns: 60 },
  )
})

test('posts given and people changed by twelve at once follow each other, and none is lost', async () => {
  const admin = await branch.hire({ roles: ['administrator'] })
  const clerk = await branch.hire({ unit: '370686-H01', roles: ['hall_clerk'] })
  const given = await Promise.all(Array.from({ length: 12 }, () => add(admin, clerk.id, {})))
  expect(given.map(({ status }) => status)).toEqual(given.map(() => 200))
  const numbers = given.map(({ body }) => (body as { postNo: number }).postNo)
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, at) => at + 1))
  const put = (nth: number) =>
    branch.put('/organisation/staff/TWELVE', admin, {
      ...{ ...BODY, unitId: '370686-H01', name: `钱某${nth}`, account: 'twelve' },
    })
  const changed = await Promise.all(Array.from({ length: 12 }, (_, nth) => put(nth)))
  expect(changed.map(({ status }) => status)).toEqual(changed.map(() => 200))
})
