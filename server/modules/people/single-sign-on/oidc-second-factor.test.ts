import { afterAll, expect, test } from 'vitest'
import { readConfig } from '../../../config.ts'
import { openWebServer } from '../../../house.ts'
import { accountsOf, codeAt } from '../../../test/account.ts'
import { openBranch } from '../../../test/branch.ts'
import {
  freePort,
  openIdentityProvider,
  openVisitor,
  type Visitor,
} from '../../../test/identity-provider.ts'
import { waysOf } from '../sign-in/sign-in-ways.ts'

// The provider lives by the clock of the machine.
const branch = await openBranch(new Date().toISOString())
const port = await freePort()
const SITE = `http://127.0.0.1:${port}`
const provider = await openIdentityProvider(SITE)
const config = readConfig({
  GRIDKEEPER_LOG_LEVEL: 'error',
  GRIDKEEPER_PUBLIC_URL: SITE,
  GRIDKEEPER_OIDC_ISSUER: provider.issuer,
  GRIDKEEPER_OIDC_CLIENT_ID: provider.clientId,
  GRIDKEEPER_OIDC_CLIENT_SECRET: provider.clientSecret,
  GRIDKEEPER_OIDC_LINK: 'by-account',
  GRIDKEEPER_OIDC_SECOND_FACTOR_CLAIM: 'groups=code-given',
})
const ways = waysOf(config.signIn, branch.works.clock)
const web = await openWebServer({ ...branch.house, ways }, config, '/nowhere')
await web.listen({ host: '127.0.0.1', port })
afterAll(async () => {
  await web.close()
  await provider[Symbol.asyncDispose]()
  await branch.close()
})
const { hire, enrol } = accountsOf(branch)
const later = (seconds: number) =>
  branch.clock.set(new Date(branch.clock.now().getTime() + seconds * 1000).toISOString())

await branch.put(
  '/organisation/units/370686/settings/sign-in',
  await branch.hire({ roles: ['administrator'] }),
  { secondFactorFor: ['hall_manager'] },
)

/** Comes back from the provider, which says `groups` of the main account. */
async function comeBack(account: string, groups: readonly string[] = []) {
  provider.accounts.set(account, { preferred_username: account, groups })
  const visitor = openVisitor()
  const isHome = (url: string) => url.startsWith(SITE) && !url.includes('/api/')
  const { url } = await visitor.signIn(`${SITE}/api/v1/sso/start?to=/plan`, account, isHome)
  return { visitor, page: url.slice(SITE.length) }
}
const json = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
async function ask(visitor: Visitor, path: string, init: RequestInit = {}) {
  const response = await visitor.ask(`${SITE}/api/v1${path}`, init)
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
const trail = (action: string, about: string) =>
  branch.sql(`select body::jsonb->'values' as values from platform.audit_entry
    where action = '${action}' and about_id = '${about}'`)

test('what the provider vouches for is not asked again, nor what no rule asks for', async () => {
  const manager = await hire({ roles: ['hall_manager'] })
  const vouched = await comeBack(manager.account, ['others', 'code-given'])
  expect(vouched.page).toBe('/plan')
  expect(await ask(vouched.visitor, '/session')).toMatchObject({ body: { staffId: manager.id } })
  const clerk = await hire({ roles: ['hall_clerk'] })
  const free = await comeBack(clerk.account)
  expect(await ask(free.visitor, '/session')).toMatchObject({ body: { staffId: clerk.id } })
})

test('whose role takes a second factor gives the own one before anything opens', async () => {
  const { person, secret } = await enrol(await hire({ roles: ['hall_manager'] }))
  const opened = await trail('session.opened', person.account)
  const { visitor, page } = await comeBack(person.account)
  expect(page).toBe('/plan')
  for (const path of ['/session', '/organisation/units', '/session/account'])
    expect(await ask(visitor, path)).toMatchObject({
      status: 401,
      body: { code: 'second-factor-due' },
    })
  expect(await ask(visitor, '/session/ways')).toMatchObject({ body: { codeDue: true } })
  expect(await trail('session.opened', person.account), 'not yet').toHaveLength(opened.length)
  expect(await ask(visitor, '/session/second-factor', json({ code: '000000' }))).toMatchObject({
    status: 401,
    body: { code: 'second-factor-wrong' },
  })
  later(30)
  const half = visitor.cookies.get('gridkeeper_session')
  const code = codeAt(secret, branch.clock.now())
  expect(await ask(visitor, '/session/second-factor', json({ code }))).toMatchObject({
    status: 200,
    body: { me: { staffId: person.id, due: null } },
  })
  expect(visitor.cookies.get('gridkeeper_session'), 'another token').not.toBe(half)
  expect(await ask(visitor, '/organisation/units')).toMatchObject({ status: 200 })
  expect(await ask(visitor, '/session/ways')).toMatchObject({ body: { codeDue: false } })
  expect(await trail('session.opened', person.account)).toHaveLength(opened.length + 1)
  const thief = openVisitor()
  thief.cookies.set('gridkeeper_session', half ?? '')
  expect(await ask(thief, '/session')).toMatchObject({ body: { code: 'not-signed-in' } })
})

test('the provider still ends such a session, given the code or not', async () => {
  const { person, secret } = await enrol(await hire({ roles: ['hall_manager'] }))
  later(30)
  const [first, second] = [await comeBack(person.account), await comeBack(person.account)]
  const code = codeAt(secret, branch.clock.now())
  await ask(first.visitor, '/session/second-factor', json({ code }))
  expect(await ask(first.visitor, '/session')).toMatchObject({ status: 200 })
  branch.clock.set(new Date().toISOString()) // the provider’s notice is of now
  const kept = await branch.sql(
    `select sid from people.provider_session where subject = '${person.account}'`,
  )
  for (const { sid } of kept) await provider.tellLogout(person.account, String(sid))
  for (const { visitor } of [first, second])
    expect(await ask(visitor, '/session')).toMatchObject({ body: { code: 'not-signed-in' } })
})

test('whoever has none is told what to do, and let in nowhere', async () => {
  const manager = await hire({ roles: ['hall_manager'] })
  const { visitor, page } = await comeBack(manager.account)
  expect(page).toBe('/sign-in?refused=second-factor-not-proven')
  expect(await ask(visitor, '/session')).toMatchObject({ body: { code: 'not-signed-in' } })
  expect(await ask(visitor, `/session/ways${page.slice('/sign-in'.length)}`)).toMatchObject({
    body: { codeDue: false, refused: { zh: expect.stringContaining('二次验证') } },
  })
  expect(await trail('identity.refused', manager.account)).toMatchObject([
    { values: { code: 'second-factor-not-proven' } },
  ])
})
