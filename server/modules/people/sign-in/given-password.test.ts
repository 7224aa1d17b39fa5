import { afterAll, expect, test } from 'vitest'
import { givePassword, setPassword } from '#people'
import { accountsOf, PASSWORD } from '../../../test/account.ts'
import { openBranch } from '../../../test/branch.ts'

const MORNING = Date.parse('2026-11-20T00:00:00Z')
const branch = await openBranch(new Date(MORNING).toISOString())
afterAll(() => branch.close())
const { hire, signIn, under } = accountsOf(branch)

const GIVEN = 'a word for the first day'
const later = (hours: number) =>
  branch.clock.set(new Date(MORNING + hours * 3_600_000).toISOString())
const due = { status: 403, body: { code: 'password-change-due' } }

test('a password that an administrator gave opens nothing but the change of it', async () => {
  const person = await hire({ unit: '370686-H01-G1', roles: ['micro_seller'] })
  const administrator = await branch.hire({ roles: ['administrator'] })
  await branch.put(`/organisation/staff/${person.id}/password`, administrator, { password: GIVEN })
  expect(await branch.get('/session', person), 'the sessions of before').toMatchObject({
    status: 401,
  })
  const first = await signIn(person.account, GIVEN)
  expect(first).toMatchObject({ status: 200, body: { me: { due: 'password-change' } } })
  const half = under(person, first)
  for (const url of [
    '/organisation/units',
    '/organisation/staff',
    '/session/account',
    '/branches/370686/audit',
  ])
    expect(await branch.get(url, half), url).toMatchObject(due)
  expect(await branch.delete('/session/others', half)).toMatchObject(due)
  expect(
    await branch.post('/session/second-factor/enrolment', half, { password: GIVEN }),
  ).toMatchObject(due)
  expect(await branch.get('/session', half)).toMatchObject({ status: 200 })
  const change = (next: string) => branch.put('/session/password', half, { current: GIVEN, next })
  expect(await change(GIVEN)).toMatchObject({ body: { code: 'password-unchanged' } })
  const changed = await change(PASSWORD)
  expect(changed).toMatchObject({ status: 200 })
  expect(await branch.get('/organisation/units', half), 'the token of before').toMatchObject({
    status: 401,
  })
  expect(await branch.get('/organisation/units', under(person, changed))).toMatchObject({
    status: 200,
  })
  expect(await signIn(person.account)).toMatchObject({ body: { me: { due: null } } })
})

test('who may not sign out half-way would be stuck: signing out is answered', async () => {
  const person = await hire()
  await branch.unit(branch.system, (unit) =>
    givePassword(unit, { branchId: null, account: person.account, password: GIVEN }),
  )
  const half = under(person, await signIn(person.account, GIVEN))
  expect(await branch.delete('/session', half)).toMatchObject({ status: 200 })
  expect(await branch.get('/session', half)).toMatchObject({ status: 401 })
})

test('a given password expires after three days', async () => {
  const person = await hire()
  const give = () =>
    branch.unit(branch.system, (unit) =>
      givePassword(unit, { branchId: null, account: person.account, password: GIVEN }),
    )
  await give()
  later(72 - 1 / 3600)
  expect(await signIn(person.account, GIVEN)).toMatchObject({ status: 200 })
  later(72)
  expect(await signIn(person.account, GIVEN)).toMatchObject({
    status: 401,
    body: { code: 'password-expired' },
  })
  expect(
    await signIn(person.account, 'wrong'),
    'who does not know it learns nothing',
  ).toMatchObject({ body: { code: 'sign-in-failed' } })
  await give()
  expect(await signIn(person.account, GIVEN)).toMatchObject({ status: 200 })
  later(0)
})

test('the database lets nobody but the person and the system set one that need not be changed', async () => {
  const person = await hire({ unit: '370686-H01-G1', roles: ['micro_seller'] })
  const administrator = await branch.hire({ roles: ['administrator'] })
  await expect(
    branch.unit(administrator, (unit) => setPassword(unit, person.id, GIVEN)),
  ).rejects.toMatchObject({ code: 'not-allowed' })
})

test('an account that came by an import opens nothing before somebody gave it a password', async () => {
  const { id } = await branch.hire({ account: 'imported' })
  expect(await branch.sql(`select from people.password where staff_id = '${id}'`)).toEqual([])
  for (const password of ['', 'imported', '123456'])
    expect([400, 401]).toContain((await signIn('imported', password)).status)
})
