import { afterAll, expect, test } from 'vitest'
import { setPassword } from '#people'
import { accountsOf, PASSWORD, tokenIn } from '../../../test/account.ts'
import { openBranch, type Person } from '../../../test/branch.ts'
import { FREE_FAILURES, waitOf } from './attempts.ts'

const MORNING = '2026-11-20T00:00:00Z'
const branch = await openBranch(MORNING)
afterAll(() => branch.close())

const { hire, signIn, under } = accountsOf(branch)
const later = (hours: number) =>
  branch.clock.set(new Date(Date.parse(MORNING) + hours * 3_600_000).toISOString())

test('with the right password a person gets a session, and learns who and where and what', async () => {
  const person = await hire({ unit: '370686-H01', roles: ['hall_manager'] })
  const signed = await signIn(person.account.toUpperCase())
  expect(signed.status).toBe(200)
  const { me } = signed.body as { me: { path: { unitId: string }[] } }
  expect(me).toMatchObject({
    staffId: person.id,
    account: person.account,
    roles: ['hall_manager'],
    unit: { unitId: '370686-H01', kind: 'hall' },
    branchId: '370686',
    branches: [{ unitId: '370686' }],
    today: '2026-11-20',
    due: null,
  })
  expect(me.path.map(({ unitId }) => unitId)).toEqual([
    '37',
    '3706',
    '370686',
    '370686-Z1',
    '370686-H01',
  ])
  expect(signed.headers['set-cookie']).toMatch(/^gridkeeper_session=.*; HttpOnly/i)
  expect(signed.headers['set-cookie']).toMatch(/SameSite=Lax/i)
  expect(await branch.get('/session', under(person, signed))).toMatchObject({ status: 200 })
  const kept = await branch.sql(
    `select token_sha256 from people.session where staff_id = '${person.id}'`,
  )
  expect(JSON.stringify(kept)).not.toContain(tokenIn(signed.headers))
})

test('a wrong password and an unknown account are refused alike, in the language of the request', async () => {
  const person = await hire()
  const wrong = await signIn(person.account, 'nothing-of-the-kind')
  const unknown = await signIn('nobody-at-all')
  expect(wrong).toMatchObject({ status: 401, body: { code: 'sign-in-failed' } })
  expect(unknown.body).toEqual(wrong.body)
  expect(await branch.get('/session', undefined)).toMatchObject({ status: 401 })
})

test('after five failures an account has to wait, longer each time, right password or not', async () => {
  const { account } = await hire()
  for (let n = 0; n < FREE_FAILURES.account; n++)
    expect(await signIn(account, 'wrong')).toMatchObject({ status: 401 })
  expect(await signIn(account)).toMatchObject({
    status: 429,
    body: { code: 'sign-in-too-often', values: { seconds: 15 } },
  })
  later(15 / 3600)
  expect(await signIn(account, 'wrong')).toMatchObject({ status: 401 })
  expect(await signIn(account)).toMatchObject({ status: 429, body: { values: { seconds: 30 } } })
  later(1)
  expect(await signIn(account)).toMatchObject({ status: 200 })
  later(0)
  expect(await signIn(account, 'wrong')).toMatchObject({ status: 401 })
})

test('attempts sent at once cost as much as those sent one by one', async () => {
  const { account } = await hire()
  const answers = await Promise.all(Array.from({ length: 12 }, () => signIn(account, 'wrong')))
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(FREE_FAILURES.account)
})

test.each([
  { failures: 4, since: 0, wait: 0, because: 'the first failures are free' },
  { failures: 5, since: 0, wait: 15_000, because: 'the next one costs' },
  { failures: 7, since: 20_000, wait: 40_000, because: 'each doubles, and time passes' },
  { failures: 19, since: 0, wait: 900_000, because: 'a quarter of an hour is the longest wait' },
  { failures: 20, since: 0, wait: 86_400_000, because: 'then it is locked for a day' },
  { failures: 20, since: 86_399_000, wait: 1000, because: 'locked until the day is over' },
  { failures: 90, since: 86_400_000, wait: 0, because: 'after a day all is forgotten' },
])('$failures failures wait $wait ms: $because', ({ failures, since, wait }) => {
  const now = new Date(MORNING)
  const lastAt = new Date(now.getTime() - since)
  expect(waitOf({ failures, lastAt }, 'account', now).ms).toBe(wait)
})

test('a session ends after twelve hours without a call, and after seven days with calls', async () => {
  const person = await hire()
  const first = under(person, await signIn(person.account))
  const alive = async () => (await branch.get('/session', first)).status === 200
  later(11)
  expect(await alive()).toBe(true)
  later(22)
  expect(await alive()).toBe(true)
  later(35)
  expect(await alive()).toBe(false)
  later(0)
  const second = under(person, await signIn(person.account))
  for (let hours = 10; hours < 7 * 24; hours += 10) {
    later(hours)
    expect((await branch.get('/session', second)).status).toBe(200)
  }
  later(7 * 24)
  expect((await branch.get('/session', second)).status).toBe(401)
  later(0)
})

test('who signs out, or leaves, is signed out at once', async () => {
  const person = await hire()
  const signed = under(person, await signIn(person.account))
  expect(await branch.delete('/session', signed)).toMatchObject({ status: 200 })
  expect(await branch.get('/session', signed)).toMatchObject({ status: 401 })
  const leaving = await hire()
  await branch.sql(
    `update people.staff set valid_to = '2026-11-20' where staff_id = '${leaving.id}'`,
  )
  expect(await branch.get('/session', leaving)).toMatchObject({ status: 401 })
  expect(await signIn(leaving.account)).toMatchObject({ status: 401 })
})

test('a changed password ends all sessions, and the own one goes on under another token', async () => {
  const person = await hire()
  const other = under(person, await signIn(person.account))
  const change = (current: string, next: string) =>
    branch.put('/session/password', person, { current, next })
  expect(await change('wrong', 'Another-2026!')).toMatchObject({
    status: 403,
    body: { code: 'sign-in-failed' },
  })
  expect(await change(PASSWORD, '1234567890')).toMatchObject({
    body: { code: 'password-too-weak' },
  })
  expect(await change(PASSWORD, PASSWORD)).toMatchObject({ body: { code: 'password-unchanged' } })
  const changed = await change(PASSWORD, 'Another-2026!')
  expect(changed).toMatchObject({ status: 200 })
  expect(await branch.get('/session', other)).toMatchObject({ status: 401 })
  expect(await branch.get('/session', person), 'a token stolen before').toMatchObject({
    status: 401,
  })
  const own = under(person, changed)
  expect(await branch.get('/session', own)).toMatchObject({ status: 200 })
  expect(await signIn(person.account)).toMatchObject({ status: 401 })
  expect(await signIn(person.account, 'Another-2026!')).toMatchObject({ status: 200 })
})

test('only an administrator sets the passwords of others, and only of people in scope', async () => {
  const [seller, manager, administrator, neighbour] = [
    await hire({ unit: '370686-H01-G1', roles: ['micro_seller'] }),
    await hire({ roles: ['branch_manager'] }),
    await hire({ roles: ['administrator'] }),
    await hire({ unit: '370685' }),
  ]
  const set = (by: Person, of: Person) =>
    branch.put(`/organisation/staff/${of.id}/password`, by, { password: 'Set-for-you-1' })
  expect(await set(manager, seller)).toMatchObject({ status: 403 })
  expect(await set(administrator, neighbour)).toMatchObject({ status: 404 })
  expect(await set(administrator, seller)).toMatchObject({ status: 200 })
  expect(await signIn(seller.account, 'Set-for-you-1')).toMatchObject({ status: 200 })
})

test('the database itself refuses a password set by who may not, and with a ticket that has ended', async () => {
  const [seller, manager] = [await hire({ unit: '370686-H01-G1' }), await hire()]
  const set = () => branch.unit(manager, (unit) => setPassword(unit, seller.id, 'Set-for-you-1'))
  await expect(set()).rejects.toMatchObject({ code: 'not-allowed' })
  await branch.delete('/session', manager)
  await expect(set()).rejects.toMatchObject({ code: 'not-allowed' })
})
