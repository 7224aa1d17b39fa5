import { afterAll, beforeEach, expect, test } from 'vitest'
import { accountsOf } from '../../../test/account.ts'
import { openBranch } from '../../../test/branch.ts'
import { LOCKED_AFTER } from './attempts.ts'

const MORNING = Date.parse('2026-11-20T00:00:00Z')
const branch = await openBranch(new Date(MORNING).toISOString())
afterAll(() => branch.close())
const { hire, signIn, audited } = accountsOf(branch)

const later = (hours: number) =>
  branch.clock.set(new Date(MORNING + hours * 3_600_000).toISOString())

beforeEach(async () => {
  later(0)
  await branch.sql(`delete from people.attempt where kind = 'address'`) // each test has its own
})

/** Tries until it is locked, waiting as long as it is told to. */
async function lock(account: string): Promise<number> {
  for (let failures = 0; ; ) {
    const { status, body } = await signIn(account, 'wrong')
    if (status === 401) failures++
    const { code, values } = body as { code: string; values: { seconds: number } }
    if (code === 'sign-in-locked') return failures
    if (code === 'sign-in-too-often')
      branch.clock.set(new Date(branch.clock.now().getTime() + values.seconds * 1000).toISOString())
  }
}

test('twenty failures lock an account for a day, whoever comes with the right password', async () => {
  const person = await hire()
  expect(await lock(person.account)).toBe(LOCKED_AFTER.account)
  const locked = await signIn(person.account)
  expect(locked).toMatchObject({ status: 429, body: { values: { hours: 24 } } })
  expect(Number(locked.headers['retry-after'])).toBe(86_400)
  expect(await branch.get('/session', person), 'who is signed in already works on').toMatchObject({
    status: 200,
  })
  later(30)
  expect(await signIn(person.account)).toMatchObject({ status: 200 })
})

test('an account that does not exist is locked in the same words', async () => {
  const person = await hire()
  expect(await lock('nobody-of-that-name')).toBe(await lock(person.account))
  const [unknown, known] = [await signIn('nobody-of-that-name'), await signIn(person.account)]
  const { hours } = (known.body as { values: { hours: number } }).values
  expect(unknown.body).toMatchObject({ code: 'sign-in-locked' })
  expect(hours).toBeGreaterThan(20)
})

test('an administrator unlocks people in scope, and it is told', async () => {
  const person = await hire({ unit: '370686-H01-G1', roles: ['micro_seller'] })
  await lock(person.account)
  const [manager, administrator, stranger] = [
    await branch.hire(),
    await branch.hire({ roles: ['administrator'] }),
    await branch.hire({ unit: '370685', roles: ['administrator'] }),
  ]
  const unlock = (by: Parameters<typeof branch.delete>[1]) =>
    branch.delete(`/organisation/staff/${person.id}/lock`, by)
  expect(await unlock(manager)).toMatchObject({ status: 403 })
  expect(await unlock(stranger)).toMatchObject({ status: 404 })
  expect(await signIn(person.account)).toMatchObject({ status: 429 })
  expect(await unlock(administrator)).toMatchObject({ status: 200, body: { had: true } })
  expect(await signIn(person.account)).toMatchObject({ status: 200 })
  expect(await unlock(administrator)).toMatchObject({ body: { had: false } })
  expect(await audited('account.unlocked', person.id)).toHaveLength(1)
})

test('an address that fails too often is locked, for whatever account', async () => {
  const person = await hire()
  const address = '127.0.0.1'
  const before = await branch.sql(`select * from people.attempt where key = '${address}'`)
  await branch.sql(`insert into people.attempt (kind, key, failures, last_at)
    values ('address', '${address}', ${LOCKED_AFTER.address}, '${branch.clock.now().toISOString()}')
    on conflict (kind, key) do update set failures = excluded.failures, last_at = excluded.last_at`)
  expect(await signIn(person.account)).toMatchObject({
    status: 429,
    body: { code: 'sign-in-locked' },
  })
  await branch.sql(`delete from people.attempt where key = '${address}'`)
  expect(before.length).toBeLessThanOrEqual(1)
  expect(await signIn(person.account)).toMatchObject({ status: 200 })
})

test('people are told when and from where they signed in last, and what was refused since', async () => {
  const person = await hire()
  expect((await signIn(person.account)).body).toMatchObject({ before: null })
  later(1)
  for (const password of ['wrong', 'wrong again']) await signIn(person.account, password)
  later(2)
  expect((await signIn(person.account)).body).toMatchObject({
    before: { at: '2026-11-20T00:00:00.000Z', address: '127.0.0.1', failures: 2 },
  })
  expect((await signIn(person.account)).body).toMatchObject({
    before: { at: '2026-11-20T02:00:00.000Z', failures: 0 },
  })
})

test('what is refused is told alike for an account that there is and one that there is not', async () => {
  const person = await hire()
  const [known, unknown] = [
    await signIn(person.account, 'wrong'),
    await signIn('nobody-else', 'wrong'),
  ]
  expect(unknown.status).toBe(known.status)
  expect(unknown.body).toEqual(known.body)
  const names = (headers: object) => Object.keys(headers).sort()
  expect(names(unknown.headers)).toEqual(names(known.headers))
  expect(await audited('session.refused', person.account)).toMatchObject([
    { code: 'sign-in-failed', address: '127.0.0.1' },
  ])
})

test('a password typed as the account does not stay in the trail', async () => {
  await signIn('秋天-Harvest-2026', 'wrong')
  const told = JSON.stringify(await branch.sql('select body from platform.audit_entry'))
  expect(told).toContain('unknown-')
  expect(told.toLowerCase()).not.toContain('harvest')
})
