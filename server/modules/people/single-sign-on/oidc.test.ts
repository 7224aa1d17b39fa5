import { afterAll, expect, test } from 'vitest'
import { askAboutSessions, setPassword } from '#people'
import { readConfig } from '../../../config.ts'
import { openWebServer } from '../../../house.ts'
import { openBranch } from '../../../test/branch.ts'
import {
  freePort,
  openIdentityProvider,
  openVisitor,
  type Visitor,
} from '../../../test/identity-provider.ts'
import { waysOf } from '../sign-in/sign-in-ways.ts'
import { callbackUrl, type OidcSettings, openProvider } from './oidc.ts'
import { insideOf } from './oidc-sign-in.ts'

// The provider lives by the clock of the machine, and so do the marks it sets in its tokens.
const branch = await openBranch(new Date().toISOString())
const port = await freePort()
const SITE = `http://127.0.0.1:${port}`
const provider = await openIdentityProvider(SITE)
const later = (minutes: number) =>
  branch.clock.set(new Date(branch.clock.now().getTime() + minutes * 60_000).toISOString())

/** The same house, served to browsers under other settings. */
async function serveWith(settings: Record<string, string>, at = port) {
  const config = readConfig({
    GRIDKEEPER_LOG_LEVEL: 'error',
    GRIDKEEPER_PUBLIC_URL: SITE,
    GRIDKEEPER_OIDC_ISSUER: provider.issuer,
    GRIDKEEPER_OIDC_CLIENT_ID: provider.clientId,
    GRIDKEEPER_OIDC_CLIENT_SECRET: provider.clientSecret,
    GRIDKEEPER_OIDC_SCOPES: 'openid profile offline_access',
    GRIDKEEPER_OIDC_LINK: 'by-account',
    ...settings,
  })
  const ways = waysOf(config.signIn, branch.works.clock)
  const web = await openWebServer({ ...branch.house, ways }, config, '/nowhere')
  if (at === port) await web.listen({ host: '127.0.0.1', port: at })
  return { web, ways }
}
const { web, ways } = await serveWith({})
afterAll(async () => {
  await web.close()
  await provider[Symbol.asyncDispose]()
  await branch.close()
})

const [START, CALLBACK] = [`${SITE}/api/v1/sso/start`, `${SITE}/api/v1/sso/callback`]
const atCallback = (url: string) => url.startsWith(CALLBACK)
const atHome = (url: string) => url.startsWith(SITE) && !url.includes('/api/')

let hired = 0
/** A person whose main account has the name of the account here. */
async function somebody(claims: object = {}) {
  const account = `sso${++hired}`
  const person = await branch.hire({ account })
  const subject = `u-${hired}`
  provider.accounts.set(subject, { preferred_username: account, ...claims })
  return { person, account, subject }
}
const whoIs = async (visitor: Visitor) => {
  const response = await visitor.ask(`${SITE}/api/v1/session`)
  return response.ok ? ((await response.json()) as { staffId: string }).staffId : response.status
}
const signedIn = async (subject: string) => {
  const visitor = openVisitor()
  await visitor.signIn(START, subject, atHome)
  return visitor
}
const trail = (action: string) =>
  branch.sql(`select actor, about_id as about, body::jsonb->'values' as values
    from platform.audit_entry where action = '${action}' order by at desc, seq desc`)

test('with a main account of the same name a person is signed in, linked, and sent to the page wanted', async () => {
  const { person, subject, account } = await somebody()
  const visitor = openVisitor()
  const arrived = await visitor.signIn(`${START}?to=/plan?date=2026-11-22`, subject, atHome)
  expect(arrived.url).toBe(`${SITE}/plan?date=2026-11-22`)
  expect(await whoIs(visitor)).toBe(person.id)
  expect(visitor.cookies.has('gridkeeper_sign_in')).toBe(false)
  expect(await trail('identity.linked')).toMatchObject([{ about: person.id, values: { subject } }])
  expect(await trail('session.opened')).toMatchObject([
    { actor: person.id, about: account, values: { way: 'single-sign-on' } },
  ])
  const kept = JSON.stringify(await branch.sql('select * from people.provider_session'))
  expect(kept).not.toContain('eyJ') // no token of the provider in clear
})

test('a link holds though the name changes, and a name given to another main account opens nothing', async () => {
  const { person, subject, account } = await somebody()
  await signedIn(subject)
  provider.accounts.set(subject, { preferred_username: 'renamed' })
  expect(await whoIs(await signedIn(subject))).toBe(person.id)
  provider.accounts.set('u-heir', { preferred_username: account })
  const arrived = await openVisitor().signIn(START, 'u-heir', atHome)
  expect(arrived.url).toBe(`${SITE}/sign-in?refused=identity-unknown`)
})

test('an unknown account, and one without a post today, are told what to do', async () => {
  provider.accounts.set('u-stranger', { preferred_username: 'nobody-here' })
  const stranger = openVisitor()
  const arrived = await stranger.signIn(START, 'u-stranger', atHome)
  expect(arrived.url).toBe(`${SITE}/sign-in?refused=identity-unknown`)
  expect(await whoIs(stranger)).toBe(401)
  const ways = await stranger.ask(`${SITE}/api/v1/session/ways?refused=identity-unknown`)
  expect(await ways.json()).toMatchObject({
    refused: { zh: expect.stringContaining('关联主帐号') },
  })
  expect((await trail('identity.refused'))[0]).toMatchObject({
    ...{ about: 'u-stranger', values: { code: 'identity-unknown' } },
  })
  const { person, subject } = await somebody()
  await signedIn(subject)
  await branch.sql(
    `update people.staff set valid_to = '2026-01-01' where staff_id = '${person.id}'`,
  )
  const again = await openVisitor().signIn(START, subject, atHome)
  expect(again.url).toBe(`${SITE}/sign-in?refused=identity-unknown`)
})

test('a return with another state, without one, in another browser or too late is refused', async () => {
  const { subject } = await somebody()
  const refused = async (visitor: Visitor, url: string, code: string) => {
    const response = await visitor.ask(url)
    expect(response.headers.get('location')).toBe(`/sign-in?refused=${code}`)
    expect(await whoIs(visitor)).toBe(401)
  }
  const begin = async () => {
    const visitor = openVisitor()
    const { url } = await visitor.signIn(START, subject, atCallback)
    return { visitor, url: new URL(url) }
  }
  const other = await begin()
  other.url.searchParams.set('state', 'made-up')
  await refused(other.visitor, other.url.href, 'sso-failed')
  const none = await begin()
  none.url.searchParams.delete('state')
  await refused(none.visitor, none.url.href, 'sso-failed')
  const stolen = await begin()
  await refused(openVisitor(), stolen.url.href, 'sso-expired')
  const planted = await begin()
  const [kept = ''] = [planted.visitor.cookies.get('gridkeeper_sign_in')]
  planted.visitor.cookies.set('gridkeeper_sign_in', `${kept.slice(0, -3)}AAA`)
  await refused(planted.visitor, planted.url.href, 'sso-expired')
  const slow = await begin()
  const before = branch.clock.now()
  later(10)
  await refused(slow.visitor, slow.url.href, 'sso-expired')
  branch.clock.set(before.toISOString())
})

test('a code is good once, for the browser that asked for it', async () => {
  const { person, subject } = await somebody()
  const visitor = openVisitor()
  const { url } = await visitor.signIn(START, subject, atCallback)
  const kept = visitor.cookies.get('gridkeeper_sign_in') ?? ''
  await visitor.ask(url)
  expect(await whoIs(visitor)).toBe(person.id)
  const thief = openVisitor()
  thief.cookies.set('gridkeeper_sign_in', kept)
  const replay = await thief.ask(url)
  expect(replay.headers.get('location')).toBe('/sign-in?refused=sso-failed')
  expect(await whoIs(thief)).toBe(401)
  expect((await trail('identity.refused'))[0]).toMatchObject({ values: { fault: 'invalid_grant' } })
})

const settings = (): OidcSettings => {
  const { provider: known } = ways
  if (!known) throw new Error('the provider is set')
  return known.settings
}

test.each([
  { wrong: 'nonce', fault: 'OAUTH_JWT_CLAIM_COMPARISON_FAILED' },
  { wrong: 'state', fault: 'OAUTH_INVALID_RESPONSE' },
  { wrong: 'verifier', fault: 'invalid_grant' },
])('a proof for another $wrong proves nothing', async ({ wrong, fault }) => {
  const { subject } = await somebody()
  const mine = openProvider(settings(), branch.works.clock)
  const flow = { state: 'a'.repeat(43), nonce: 'b'.repeat(43), verifier: 'c'.repeat(43) }
  const prove = async (as: typeof flow) => {
    const { url } = await openVisitor().signIn(
      (await mine.startUrl(flow)).href,
      subject,
      atCallback,
    )
    return mine.exchange(new URL(url).searchParams, as)
  }
  expect(await prove(flow)).toMatchObject({ subject })
  await expect(prove({ ...flow, [wrong]: 'x'.repeat(43) })).rejects.toMatchObject({ fault })
})

test('the provider ends a session, or all of a main account, by a notice; the same notice twice does nothing', async () => {
  branch.clock.set(new Date().toISOString()) // the provider’s own notice is of now
  const { person, subject } = await somebody()
  const [first, second] = [await signedIn(subject), await signedIn(subject)]
  const sids = await branch.sql(
    `select sid from people.provider_session where subject = '${subject}'`,
  )
  expect(new Set(sids.map(({ sid }) => sid)).size).toBe(2)
  await provider.tellLogout(subject, String(sids[0]?.sid))
  const answers = [await whoIs(first), await whoIs(second)]
  expect(answers.sort()).toEqual([401, person.id])
  expect((await trail('identity.ended'))[0]).toMatchObject({
    ...{ about: person.id, values: { way: 'back-channel', sessions: 1 } },
  })
  const notice = provider.signed(noticeOf({ sub: subject, sid: undefined }))
  expect((await post(notice)).status).toBe(200)
  expect([await whoIs(first), await whoIs(second)]).toEqual([401, 401])
  const third = await signedIn(subject)
  expect((await post(notice)).status).toBe(200)
  expect(await whoIs(third)).toBe(person.id)
})

const EVENT = 'http://schemas.openid.net/event/backchannel-logout'
let notices = 0
const noticeOf = (more: object = {}) => {
  const iat = Math.floor(branch.clock.now().getTime() / 1000)
  const jti = `notice-${++notices}`
  const about = { iss: provider.issuer, aud: provider.clientId, sub: 'u-any', sid: 's-any' }
  return { ...about, iat, exp: iat + 120, jti, events: { [EVENT]: {} }, ...more }
}
const post = (token: string) =>
  fetch(`${SITE}/api/v1/sso/back-channel-logout`, {
    method: 'POST',
    body: new URLSearchParams({ logout_token: token }),
  })
const unsigned = (claims: object) =>
  `${[{ alg: 'none' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`
const now = () => Math.floor(branch.clock.now().getTime() / 1000)

test.each([
  ['by another key', () => provider.signed(noticeOf(), {}, 'another-key')],
  ['by nobody', () => unsigned(noticeOf())],
  ['by an algorithm of its own', () => provider.signed(noticeOf(), { alg: 'HS256' })],
  ['by a key that is not known', () => provider.signed(noticeOf(), { kid: 'k2' })],
  ['for another client', () => provider.signed(noticeOf({ aud: 'another' }))],
  ['of another issuer', () => provider.signed(noticeOf({ iss: 'https://elsewhere.example' }))],
  ['with a nonce, which a proof of identity has', () => provider.signed(noticeOf({ nonce: 'n' }))],
  ['of another event', () => provider.signed(noticeOf({ events: { other: {} } }))],
  ['about nobody', () => provider.signed(noticeOf({ sub: undefined, sid: undefined }))],
  ['of an hour ago', () => provider.signed(noticeOf({ iat: now() - 3600, exp: now() - 3480 }))],
  ['that never ends', () => provider.signed(noticeOf({ iat: now() - 3600, exp: now() + 9e6 }))],
  ['of tomorrow', () => provider.signed(noticeOf({ iat: now() + 86_400, exp: now() + 86_500 }))],
  ['without a name of its own', () => provider.signed(noticeOf({ jti: undefined }))],
  ['as an ID token', () => provider.signed(noticeOf(), { typ: 'at+jwt' })],
  ['that is no token', () => 'no-token'],
])('a notice %s is refused and ends nothing', async (_, token) => {
  const { person, subject } = await somebody()
  const visitor = await signedIn(subject)
  const response = await post(token())
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ code: 'logout-token-invalid' })
  expect(await whoIs(visitor)).toBe(person.id)
})

test('a main account that was disabled loses its sessions within ten minutes, others keep theirs', async () => {
  const known = ways.provider
  if (!known) throw new Error('the provider is set')
  const [gone, stays] = [await somebody(), await somebody()]
  const [first, second] = [await signedIn(gone.subject), await signedIn(stays.subject)]
  provider.accounts.delete(gone.subject)
  later(9)
  await askAboutSessions(branch.works, known)
  expect(await whoIs(first)).toBe(gone.person.id)
  for (const _ of ['once', 'and again, with what was given in exchange']) {
    later(10)
    await askAboutSessions(branch.works, known)
    expect([await whoIs(first), await whoIs(second)]).toEqual([401, stays.person.id])
  }
  const ended = (await trail('identity.ended')).filter(({ about }) => about === gone.person.id)
  expect(ended).toMatchObject([{ values: { way: 'asked', fault: 'invalid_grant', sessions: 1 } }])
})

test('who signs out here is sent to sign out of the provider', async () => {
  const { subject } = await somebody()
  const visitor = await signedIn(subject)
  const response = await visitor.ask(`${SITE}/api/v1/session`, { method: 'DELETE' })
  const { leaveAt } = (await response.json()) as { leaveAt: string }
  expect(leaveAt.startsWith(`${provider.issuer}/session/end?`)).toBe(true)
  expect(await whoIs(visitor)).toBe(401)
  const page = await visitor.ask(leaveAt)
  const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(await page.text()) ?? []
  const left = await visitor.ask(`${provider.issuer}/session/end/confirm`, {
    ...{ method: 'POST', body: new URLSearchParams({ xsrf, logout: 'yes' }) },
  })
  expect(left.headers.get('location')).toBe(`${SITE}/sign-in`)
  const local = await branch.hire()
  expect(await branch.delete('/session', local)).toMatchObject({ body: { leaveAt: null } })
})

test('where accounts are not linked by name, an administrator links the main account by hand', async () => {
  const strict = await serveWith({ GRIDKEEPER_OIDC_LINK: 'off' }, 0)
  const { person, subject } = await somebody()
  const call = async (method: 'GET' | 'PUT' | 'DELETE', by: { cookie: string }, body?: object) => {
    const response = await strict.web.inject({
      ...{ method, url: `/api/v1/organisation/staff/${person.id}/identity` },
      headers: { cookie: `gridkeeper_session=${by.cookie}` },
      ...(body && { payload: body }),
    })
    return { status: response.statusCode, body: response.json() as object }
  }
  const [administrator, clerk, stranger] = [
    await branch.hire({ roles: ['administrator'] }),
    await branch.hire({ roles: ['hall_clerk'] }),
    await branch.hire({ unit: '370685', roles: ['administrator'] }),
  ]
  expect(await call('PUT', clerk, { subject })).toMatchObject({ status: 403 })
  expect(await call('PUT', stranger, { subject })).toMatchObject({ status: 404 })
  expect(await call('GET', administrator)).toMatchObject({ body: { identity: null } })
  expect(await call('PUT', administrator, { subject })).toMatchObject({ status: 200 })
  expect(await call('GET', administrator)).toMatchObject({ body: { identity: { subject } } })
  expect(await call('PUT', administrator, { subject: 'u-second' })).toMatchObject({ status: 409 })
  const visitor = await signedIn(subject)
  expect(await whoIs(visitor)).toBe(person.id)
  expect(await call('DELETE', administrator)).toMatchObject({ status: 200 })
  expect(await whoIs(visitor)).toBe(401)
  await strict.web.close()
})

test('a claim that is asked for keeps out who does not hold it', async () => {
  const guarded = await serveWith({ GRIDKEEPER_OIDC_REQUIRED_CLAIM: 'groups=gridkeeper' }, 0)
  const known = guarded.ways.provider
  if (!known) throw new Error('the provider is set')
  const { subject } = await somebody({ groups: ['others'] })
  const flow = { state: 'a'.repeat(43), nonce: 'b'.repeat(43), verifier: 'c'.repeat(43) }
  const { url } = await openVisitor().signIn((await known.startUrl(flow)).href, subject, atCallback)
  const start = await guarded.web.inject({ url: '/api/v1/sso/start' })
  expect(start.statusCode).toBe(303)
  const visitor = openVisitor()
  const [cookie] = start.cookies
  const back = await visitor.signIn(String(start.headers.location), subject, atCallback)
  const finished = await guarded.web.inject({
    url: back.url.slice(SITE.length),
    headers: { cookie: `${cookie?.name}=${cookie?.value}` },
  })
  expect(finished.headers.location).toBe('/sign-in?refused=identity-not-permitted')
  expect(atCallback(url)).toBe(true)
  await guarded.web.close()
})

test('where passwords are off, one account alone still has one', async () => {
  const off = await serveWith(
    { GRIDKEEPER_LOCAL_PASSWORDS: 'off', GRIDKEEPER_BREAK_GLASS_ACCOUNT: 'Break-Glass' },
    0,
  )
  const password = 'Morning-Rain-74'
  const keeper = await branch.hire({ account: 'break-glass', roles: ['administrator'] })
  const { person, account } = await somebody()
  for (const { id } of [keeper, person])
    await branch.unit(branch.system, (unit) => setPassword(unit, id, password))
  const enter = async (as: string) => {
    const payload = { account: as, password }
    const response = await off.web.inject({ method: 'POST', url: '/api/v1/session', payload })
    return { status: response.statusCode, code: (response.json() as { code?: string }).code }
  }
  expect(await enter(account)).toEqual({ status: 403, code: 'passwords-off' })
  expect(await enter('nobody-at-all')).toEqual({ status: 403, code: 'passwords-off' })
  expect(await enter('BREAK-GLASS')).toMatchObject({ status: 200 })
  const told = await off.web.inject({ url: '/api/v1/session/ways' })
  expect(told.json()).toMatchObject({ password: 'break-glass', provider: { name: {} } })
  await off.web.close()
})

test.each([
  ['/plan?date=2026-11-22#top', '/plan?date=2026-11-22#top'],
  ['/base?search=翠屏', '/base?search=%E7%BF%A0%E5%B1%8F'],
  ['https://elsewhere.example/', '/'],
  ['//elsewhere.example/', '/'],
  ['/\\elsewhere.example/', '/'],
  ['/\t/elsewhere.example/', '/'],
  ['javascript:alert(1)', '/'],
  [undefined, '/'],
])('after a sign-in with %s the browser goes to %s', (to, page) => {
  expect(insideOf(to)).toBe(page)
})

test('while the provider is away everybody is told so, sessions stay, and passwords work', async () => {
  const { person, account, subject } = await somebody()
  const visitor = await signedIn(subject)
  await branch.unit(branch.system, (unit) => setPassword(unit, person.id, 'Morning-Rain-74'))
  const other = await somebody()
  const stays = await signedIn(other.subject)
  await provider[Symbol.asyncDispose]()
  const started = await openVisitor().ask(START)
  expect(started.status).toBe(303)
  later(11)
  const refused = await openVisitor().ask(START)
  expect(refused.headers.get('location')).toBe('/sign-in?refused=provider-away')
  const { provider: known } = ways
  if (known) await askAboutSessions(branch.works, known)
  expect(await whoIs(stays)).toBe(other.person.id)
  expect(await whoIs(visitor)).toBe(401) // a new password ended it, not the provider
  const body = { account, password: 'Morning-Rain-74' }
  expect(await branch.post('/session', undefined, body)).toMatchObject({ status: 200 })
  const left = await stays.ask(`${SITE}/api/v1/session`, { method: 'DELETE' })
  expect(await left.json()).toEqual({ done: true, leaveAt: null })
  expect(callbackUrl(settings()).href).toBe(CALLBACK)
})
