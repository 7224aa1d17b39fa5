import { afterAll, expect, test } from 'vitest'
import { givePassword } from '#people'
import { accountsOf, codeAt, type Holder, PASSWORD, tokenIn } from '../../../test/account.ts'
import { openBranch } from '../../../test/branch.ts'
import { LOCKED_AFTER } from './attempts.ts'
import { stepOf } from './second-factor.ts'

const MORNING = Date.parse('2026-11-20T00:00:00Z')
const branch = await openBranch(new Date(MORNING).toISOString())
afterAll(() => branch.close())
const { hire, signIn, under, enrol, giveCode, audited } = accountsOf(branch)

let passed = 0
/** Time goes on, so that the next code of every app is a new one. */
const wait = (seconds = 30) => {
  passed += seconds
  branch.clock.set(new Date(MORNING + passed * 1000).toISOString())
}
const now = () => branch.clock.now()
const alive = async (person: Holder) => (await branch.get('/session', person)).status === 200

test('RFC 6238: the codes of its appendix are those of their steps', () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' // '12345678901234567890'
  const at = (seconds: number) => new Date(seconds * 1000)
  expect(stepOf(secret, '287082', at(59))).toBe(1)
  expect(stepOf(secret, '081804', at(1_111_111_109))).toBe(37_037_036)
  expect(stepOf(secret, '279037', at(2_000_000_000))).toBe(66_666_666)
  expect(stepOf(secret, '287082', at(1_111_111_109))).toBeNull()
})

test('after the password comes the code, and only then the session', async () => {
  const { person, secret } = await enrol(await hire())
  wait()
  const first = await signIn(person.account)
  expect(first).toMatchObject({ status: 200, body: { me: null, before: null } })
  const half = under(person, first)
  for (const url of ['/session', '/session/account', '/organisation/units'])
    expect(await branch.get(url, half)).toMatchObject({
      status: 401,
      body: { code: 'second-factor-due' },
    })
  const change = { current: PASSWORD, next: 'Another-walk-2026' }
  expect(await branch.put('/session/password', half, change)).toMatchObject({ status: 401 })
  const second = await giveCode(half, codeAt(secret, now()))
  expect(second).toMatchObject({ status: 200, body: { me: { staffId: person.id, due: null } } })
  expect(await alive(under(person, second))).toBe(true)
  expect(await branch.get('/session', half), 'a token stolen half-way').toMatchObject({
    status: 401,
    body: { code: 'not-signed-in' },
  })
})

test('the half-open session has no ticket: the database shows it nothing', async () => {
  const { person } = await enrol(await hire())
  wait()
  await signIn(person.account)
  const tickets = await branch.sql(
    `select session.due, ticket.ticket is not null as resolves
       from people.session left join people.ticket using (ticket)
      where session.staff_id = '${person.id}' order by due nulls first`,
  )
  expect(tickets).toEqual([
    { due: null, resolves: true },
    { due: 'second-factor', resolves: false },
  ])
})

test('a half-open session waits ten minutes, no longer', async () => {
  const { person, secret } = await enrol(await hire())
  wait()
  const half = under(person, await signIn(person.account))
  wait(600)
  expect(await giveCode(half, codeAt(secret, now()))).toMatchObject({ status: 401 })
})

test('a code works once: not again in its time, not in two places at once', async () => {
  const { person, secret } = await enrol(await hire())
  const used = codeAt(secret, now())
  const half = under(person, await signIn(person.account))
  const wrong = { status: 401, body: { code: 'second-factor-wrong' } }
  expect(await giveCode(half, used), 'the one that confirmed it').toMatchObject(wrong)
  wait()
  const halves = await Promise.all([1, 2, 3].map(() => signIn(person.account)))
  const code = codeAt(secret, now())
  const answers = await Promise.all(halves.map((each) => giveCode(under(person, each), code)))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  const after = under(person, await signIn(person.account))
  expect(await giveCode(after, code), 'replayed').toMatchObject(wrong)
})

test('clocks may differ by one step either way, no more, and no earlier code works after a later', async () => {
  const { person, secret } = await enrol(await hire())
  const give = async (offsetSeconds: number) => {
    const half = under(person, await signIn(person.account))
    const code = codeAt(secret, new Date(now().getTime() + offsetSeconds * 1000))
    return (await giveCode(half, code)).status
  }
  wait(90)
  expect(await give(60), 'two steps ahead').toBe(401)
  expect(await give(-60), 'two steps behind').toBe(401)
  expect(await give(-30), 'one step behind').toBe(200)
  expect(await give(30), 'one step ahead').toBe(200)
  expect(await give(0), 'before the one ahead').toBe(401)
})

test('guessing codes costs waits, then a lock; the right password does not begin anew', async () => {
  const { person, secret } = await enrol(await hire())
  wait()
  const half = () => signIn(person.account).then((first) => under(person, first))
  const halves: Holder[] = []
  while (halves.length < 9) halves.push(await half())
  const guesses = await Promise.all(halves.map((each) => giveCode(each, '000000')))
  expect(guesses.filter(({ status }) => status === 401)).toHaveLength(5)
  expect(await giveCode(await half(), codeAt(secret, now()))).toMatchObject({
    status: 429,
    body: { code: 'sign-in-too-often' },
  })
  await branch.sql(
    `update people.attempt set failures = ${LOCKED_AFTER.factor} where key = '${person.id}'`,
  )
  wait(3600)
  expect(await giveCode(await half(), codeAt(secret, now()))).toMatchObject({
    status: 429,
    body: { code: 'sign-in-locked', values: { hours: 23 } },
  })
  wait(24 * 3600)
  expect(await giveCode(await half(), codeAt(secret, now()))).toMatchObject({ status: 200 })
})

test('each of ten recovery codes opens once, and none of them is kept readable', async () => {
  const { person, recoveryCodes } = await enrol(await hire())
  expect(recoveryCodes).toHaveLength(10)
  expect(new Set(recoveryCodes).size).toBe(10)
  const kept = JSON.stringify(
    await branch.sql(`select * from people.recovery_code where staff_id = '${person.id}'`),
  )
  const [code = '', other = ''] = recoveryCodes
  for (const each of recoveryCodes) expect(kept).not.toContain(each.replace('-', ''))
  expect(kept).toContain('$argon2id$')
  const halves = await Promise.all([1, 2].map(() => signIn(person.account)))
  const answers = await Promise.all(
    halves.map((half) => giveCode(under(person, half), code.toUpperCase().replace('-', ' '))),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401])
  const own = under(person, answers.find(({ status }) => status === 200) ?? { headers: {} })
  expect((await branch.get('/session/account', own)).body).toMatchObject({
    secondFactor: { recoveryCodes: 9 },
  })
  expect(await audited('second-factor.recovered', person.account)).toHaveLength(1)
  const again = under(person, await signIn(person.account))
  expect(await giveCode(again, other)).toMatchObject({ status: 200 })
})

test('setting it up takes the password and a code, and gives the session another token', async () => {
  const person = await hire()
  const begin = (password: string) =>
    branch.post('/session/second-factor/enrolment', person, { password })
  const confirm = (code: string) => branch.put('/session/second-factor/enrolment', person, { code })
  expect(await confirm('123456')).toMatchObject({ body: { code: 'second-factor-missing' } })
  expect(await begin('not this one')).toMatchObject({
    status: 403,
    body: { code: 'sign-in-failed' },
  })
  const { secret, uri } = (await begin(PASSWORD)).body as { secret: string; uri: string }
  expect(uri).toMatch(/^otpauth:\/\/totp\/Gridkeeper:holder\d+\?/)
  expect(new URL(uri).searchParams.get('secret')).toBe(secret)
  const kept = await branch.sql(
    `select sealed from people.second_factor where staff_id = '${person.id}'`,
  )
  expect(JSON.stringify(kept)).toMatch(/v1\./)
  expect(JSON.stringify(kept)).not.toContain(secret)
  expect(await signIn(person.account), 'not in force yet').toMatchObject({
    body: { me: { staffId: person.id } },
  })
  expect(await confirm('000000')).toMatchObject({
    status: 422,
    body: { code: 'second-factor-wrong' },
  })
  const other = under(person, await signIn(person.account))
  const confirmed = await confirm(codeAt(secret, now()))
  expect(confirmed).toMatchObject({ status: 200 })
  expect(await alive(person), 'a token stolen before').toBe(false)
  expect(await alive(other), 'opened without it').toBe(false)
  const own = under(person, confirmed)
  expect(await alive(own)).toBe(true)
  expect(
    await branch.post('/session/second-factor/enrolment', own, { password: PASSWORD }),
  ).toMatchObject({ status: 409, body: { code: 'second-factor-set-up' } })
  expect(await audited('second-factor.enrolled', person.account)).toHaveLength(1)
})

test('taking it away takes both, the password and a code', async () => {
  const { person, secret } = await enrol(await hire())
  const remove = (password: string, code: string) =>
    branch.post('/session/second-factor/removal', person, { password, code })
  wait()
  const code = () => codeAt(secret, now())
  expect(await remove('not this one', code())).toMatchObject({ body: { code: 'sign-in-failed' } })
  expect(await remove(PASSWORD, '000000')).toMatchObject({ body: { code: 'second-factor-wrong' } })
  expect(await remove(PASSWORD, code())).toMatchObject({ status: 200 })
  expect(await signIn(person.account)).toMatchObject({ body: { me: { staffId: person.id } } })
  expect(await audited('second-factor.removed', person.account)).toHaveLength(1)
})

test('an administrator takes it away for who lost the phone, in scope only, and it is told', async () => {
  const { person } = await enrol(await hire({ unit: '370686-H01-G1', roles: ['micro_seller'] }))
  const [manager, administrator, stranger] = [
    await branch.hire(),
    await branch.hire({ roles: ['administrator'] }),
    await branch.hire({ unit: '370685', roles: ['administrator'] }),
  ]
  const reset = (by: Parameters<typeof branch.delete>[1]) =>
    branch.delete(`/organisation/staff/${person.id}/second-factor`, by)
  expect(await reset(manager)).toMatchObject({ status: 403 })
  expect(await reset(stranger)).toMatchObject({ status: 404 })
  expect(await reset(administrator)).toMatchObject({ status: 200, body: { had: true } })
  expect(await alive(person), 'whoever has the phone is out').toBe(false)
  expect(await signIn(person.account)).toMatchObject({ body: { me: { staffId: person.id } } })
  expect(await reset(administrator)).toMatchObject({ body: { had: false } })
  expect(await audited('second-factor.reset', person.id)).toHaveLength(1)
})

test('whoever owns the data folder helps the administrator who lost everything', async () => {
  const { person } = await enrol(await hire({ roles: ['administrator'] }))
  const [account, password] = [person.account, 'a word for the first day']
  const give = (withoutFactor: boolean) =>
    branch.unit(branch.system, (unit) =>
      givePassword(unit, { branchId: null, account, password, withoutFactor }),
    )
  await give(false)
  expect(await signIn(account, password)).toMatchObject({ body: { me: null } })
  await give(true)
  expect(await signIn(account, password)).toMatchObject({
    body: { me: { due: 'password-change' } },
  })
  expect(await audited('second-factor.reset', person.id)).toHaveLength(1)
})

test('an administrator’s open session alone changes nothing of the own account', async () => {
  const { person } = await enrol(await hire({ roles: ['administrator'] }))
  const own = `/organisation/staff/${person.id}`
  const refused = { status: 403, body: { code: 'own-account-elsewhere' } }
  expect(await branch.delete(`${own}/second-factor`, person)).toMatchObject(refused)
  expect(await branch.delete(`${own}/lock`, person)).toMatchObject(refused)
  const password = 'Another-walk-2026'
  expect(await branch.put(`${own}/password`, person, { password })).toMatchObject(refused)
})

test('a role that takes one has to set it up before anything else, and cannot take it away', async () => {
  const administrator = await hire({ roles: ['administrator'] })
  const auditor = await hire({ roles: ['auditor'] })
  const rules = (by: Holder, unit: string, roles: string[]) =>
    branch.put(`/organisation/units/${unit}/settings/sign-in`, by, { secondFactorFor: roles })
  expect(await rules(administrator, '370686', ['auditor'])).toMatchObject({
    status: 200,
    body: { inForce: { secondFactorFor: ['auditor'] }, from: { unitId: '370686', version: 1 } },
  })
  const first = await signIn(auditor.account)
  expect(first).toMatchObject({ body: { me: { due: 'enrolment' } } })
  const due = under(auditor, first)
  const refused = { status: 403, body: { code: 'enrolment-due' } }
  expect(await branch.get('/organisation/units', due)).toMatchObject(refused)
  expect(await branch.delete('/session/others', due)).toMatchObject(refused)
  const { person, secret, confirmed } = await enrol(due)
  expect(confirmed).toMatchObject({ status: 200 })
  expect(await branch.get('/organisation/units', person)).toMatchObject({ status: 200 })
  wait()
  const removal = { password: PASSWORD, code: codeAt(secret, now()) }
  expect(await branch.post('/session/second-factor/removal', person, removal)).toMatchObject({
    status: 403,
    body: { code: 'second-factor-required' },
  })
  expect(await signIn((await hire()).account), 'other roles go on').toMatchObject({
    body: { me: { due: null } },
  })
})

test('a role of a second post counts as well, for the rule and for how long a session may idle', async () => {
  const clerk = await hire({ unit: '370685-H01', roles: ['hall_clerk'] })
  const admin = await branch.hire({ unit: '370685', roles: ['administrator'] })
  await branch.put('/organisation/units/370685/settings/sign-in', admin, {
    secondFactorFor: ['auditor'],
  })
  expect(await signIn(clerk.account)).toMatchObject({ body: { me: { due: null } } })
  await branch.sql(`insert into people.post (staff_id, post_no, unit_id, roles, valid_from, valid_to,
    recorded_at, recorded_by) values ('${clerk.id}', 1, '370685-Z1', '{auditor}', '2026-01-01', null, now(), 'test')`)
  const due = await signIn(clerk.account)
  expect(due).toMatchObject({ body: { me: { due: 'enrolment' } } })
  const half = under(clerk, due)
  wait(29 * 60)
  expect(await alive(half)).toBe(true)
  wait(31 * 60)
  expect(await alive(half)).toBe(false)
})

test('what the city asks, a branch asks too, and cannot take back', async () => {
  const [city, county, manager] = [
    await branch.hire({ unit: '3706', roles: ['administrator'] }),
    await branch.hire({ unit: '370685', roles: ['administrator'] }),
    await hire({ unit: '370685-H01', roles: ['hall_manager'] }),
  ]
  const of = (unit: string) => `/organisation/units/${unit}/settings/sign-in`
  await branch.put(of('3706'), city, { secondFactorFor: ['hall_manager'] })
  expect((await branch.get(of('370685'), county)).body).toMatchObject({
    inForce: { secondFactorFor: ['auditor', 'hall_manager'] },
    limits: [{ setting: 'hall_manager', limit: true, by: { zh: '烟台' } }],
  })
  expect(await branch.put(of('370685'), county, { secondFactorFor: [] })).toMatchObject({
    status: 422,
    body: { code: 'sign-in-rules-too-loose' },
  })
  expect(await branch.put(of('3706'), county, { secondFactorFor: [] })).toMatchObject({
    status: 403,
  })
  expect(await signIn(manager.account)).toMatchObject({ body: { me: { due: 'enrolment' } } })
})

test('a secret under a key that is lost says so, and recovery codes still open', async () => {
  const { person, recoveryCodes } = await enrol(await hire())
  await branch.sql(`update people.second_factor
    set sealed = regexp_replace(sealed, '^v1\\.[0-9a-f]{8}', 'v1.00000000')
    where staff_id = '${person.id}'`)
  const half = under(person, await signIn(person.account))
  expect(await giveCode(half, '123456')).toMatchObject({
    status: 409,
    body: { code: 'second-factor-unreadable' },
  })
  expect(tokenIn((await giveCode(half, recoveryCodes[0] ?? '')).headers)).not.toBe('')
})
