import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importUnits, putStaff, setPassword } from '#people'
import { readConfig } from '../../server/config.ts'
import type { House } from '../../server/house.ts'
import { serve } from '../../server/main.ts'
import { codeAt, PASSWORD } from '../../server/test/account.ts'
import { openBrowser } from '../../server/test/browser.ts'
import {
  freePort,
  type IdentityProvider,
  openIdentityProvider,
} from '../../server/test/identity-provider.ts'
import { type Visit, visit } from './served.ts'

const opened = new AsyncDisposableStack()
let [site, provider, browser]: [string, IdentityProvider, Browser] = [
  '',
  undefined as never,
  undefined as never,
]

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gridkeeper-sso-'))
  opened.defer(() => rm(folder, { recursive: true, force: true }))
  const port = await freePort()
  site = `http://127.0.0.1:${port}`
  provider = opened.use(await openIdentityProvider(site))
  provider.accounts.set('zhang.min', { preferred_username: 'zhangmin' })
  provider.accounts.set('wang.li', { preferred_username: 'wangli' })
  provider.accounts.set('stranger', { preferred_username: 'nobody-here' })
  opened.use(
    await serve({
      dataFolder: join(folder, 'data'),
      config: readConfig({
        GRIDKEEPER_PORT: String(port),
        GRIDKEEPER_LOG_LEVEL: 'error',
        GRIDKEEPER_PUBLIC_URL: site,
        GRIDKEEPER_OIDC_ISSUER: provider.issuer,
        GRIDKEEPER_OIDC_CLIENT_ID: provider.clientId,
        GRIDKEEPER_OIDC_CLIENT_SECRET: provider.clientSecret,
        GRIDKEEPER_OIDC_SCOPES: 'openid profile offline_access',
        GRIDKEEPER_OIDC_LINK: 'by-account',
      }),
      effects: {
        clock: () => new Date(),
        log: { error: (fields, text) => console.error(text, fields) },
        onDeath: (error) => {
          throw error
        },
      },
      prepare: settle,
    }),
  )
  browser = await openBrowser()
  opened.defer(() => browser.close())
})
afterAll(() => opened.disposeAsync())

/** A county with one administrator, who has no password at all, and one zone manager, who has. */
async function settle({ works }: House): Promise<void> {
  await works.run(works.system, async (unit) => {
    const of = { divisionCode: null, headStaffId: null, validFrom: '2020-01-01', validTo: null }
    await importUnits(unit, { branchId: '370686', date: '2020-01-01' }, [
      { row: 1, unitId: '370686', parentId: null, kind: 'branch', name: '栖霞', ...of },
      { row: 2, unitId: '370686-Z1', parentId: '370686', kind: 'zone', name: '翠屏片区', ...of },
    ])
    const usual = {
      ...{ phone: null, skills: [], days: '12345', agency: null, unitId: '370686' },
      capacity: { door: 0, call_out: 0, hall: 0, installer: 0 },
      ...{ validFrom: '2020-01-01', validTo: null },
    } as const
    const [admin, manager] = [['administrator'], ['zone_manager']] as const
    await putStaff(unit, 'A1', { ...usual, name: '张敏', account: 'zhangmin', roles: admin })
    await putStaff(unit, 'B1', { ...usual, name: '王丽', account: 'wangli', roles: manager })
    await setPassword(unit, 'B1', PASSWORD)
  })
}

/** A browser that reaches nothing but this machine: the provider’s pages ask for type faces outside. */
async function open(as: { width: number; language: 'zh' | 'en' }): Promise<Visit> {
  const opened = await visit(browser, site, as)
  await opened.context.route(
    ({ hostname }) => hostname !== '127.0.0.1',
    (route) => route.abort(),
  )
  return opened
}

async function signInAt(page: Page, account: string): Promise<void> {
  await page.locator('input[name=login]').fill(account)
  await page.locator('input[name=password]').fill('any')
  await page.getByRole('button', { name: 'Sign-in' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
}

test('a person signs in on the provider’s page, comes to the page that was wanted, and signs out of both', async () => {
  await using visit = await open({ width: 1440, language: 'zh' })
  const { page } = visit
  await page.goto('/settings/tokens')
  await page.getByRole('link', { name: '用统一认证登录' }).waitFor()
  await visit.picture('sign-in-provider')
  await page.getByRole('link', { name: '用统一认证登录' }).click()
  await signInAt(page, 'zhang.min')
  await page.getByRole('heading', { name: '服务令牌' }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/settings/tokens')
  await page.getByRole('button', { name: '我的帐号：张敏' }).click()
  await page.getByRole('menuitem', { name: '退出登录' }).click()
  await page.getByRole('button', { name: 'Yes, sign me out' }).click()
  await page.getByRole('link', { name: '用统一认证登录' }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/sign-in')
  await page.goto('/')
  await page.waitForURL(/\/sign-in/)
  await page.getByRole('link', { name: '用统一认证登录' }).click()
  await page.locator('input[name=login]').waitFor() // the provider asks again as well
  expect(visit.errors).toEqual([])
})

test('a main account that nobody here has is told what to do', async () => {
  await using visit = await open({ width: 390, language: 'en' })
  const { page } = visit
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Sign in with single sign-on' }).click()
  await signInAt(page, 'stranger')
  const said = page.getByRole('alert').filter({ hasText: 'Your main account is not linked' })
  await said.waitFor()
  await visit.picture('sign-in-unknown')
  expect(visit.errors).toEqual([])
})

test('whose role takes a second factor is asked for the own one after the provider', async () => {
  await using asAdmin = await open({ width: 1440, language: 'zh' })
  await asAdmin.page.goto('/api/v1/sso/start?to=/')
  await signInAt(asAdmin.page, 'zhang.min')
  await asAdmin.page.getByRole('heading', { level: 1 }).waitFor()
  const rule = await asAdmin.context.request.put(
    '/api/v1/organisation/units/370686/settings/sign-in',
    { data: { secondFactorFor: ['zone_manager'] } },
  )
  expect(rule.status()).toBe(200)
  const { request } = (await open({ width: 390, language: 'en' })).context
  const session = '/api/v1/session'
  await request.post(session, { data: { account: 'wangli', password: PASSWORD } })
  const begun = await request.post(`${session}/second-factor/enrolment`, {
    data: { password: PASSWORD },
  })
  const { secret } = (await begun.json()) as { secret: string }
  const code = (steps: number) => codeAt(secret, new Date(Date.now() + steps * 30_000))
  await request.put(`${session}/second-factor/enrolment`, { data: { code: code(-1) } })
  for (const [width, path, step] of [
    [1440, '/base', 0],
    [390, '/field', 1],
  ] as const) {
    await using visit = await open({ width, language: 'zh' })
    const { page } = visit
    await page.goto(path)
    await page.getByRole('link', { name: '用统一认证登录' }).click()
    await signInAt(page, 'wang.li')
    const field = page.getByLabel('验证码', { exact: true })
    await field.fill(code(step))
    await visit.picture('sign-in-code-after-provider')
    await page.getByRole('button', { name: '继续', exact: true }).click()
    await field.waitFor({ state: 'detached' })
    const me = await visit.context.request.get(session)
    expect(await me.json()).toMatchObject({ account: 'wangli', due: null })
    expect(visit.errors).toEqual([])
  }
})

test('an administrator makes a token, copies it once, and ends it', async () => {
  await using visit = await open({ width: 1440, language: 'zh' })
  const { page } = visit
  await visit.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: site })
  await page.goto('/api/v1/sso/start?to=/settings/tokens')
  await signInAt(page, 'zhang.min')
  await page.getByText('还没有服务令牌').waitFor()
  await visit.picture('tokens-none')
  await page.getByRole('button', { name: '生成令牌' }).click()
  await page.getByRole('textbox', { name: '用途' }).fill('BSS 夜间推送')
  await page.getByRole('checkbox', { name: '查看用户（脱敏）' }).check()
  await page.getByRole('checkbox', { name: '导入、撤回文件，保存列映射方案' }).check()
  await visit.picture('tokens-make')
  await page.getByRole('button', { name: '生成', exact: true }).click()
  await page.getByRole('button', { name: '复制' }).click()
  await page.getByRole('button', { name: '已复制' }).waitFor()
  await visit.picture('tokens-shown')
  const token = await page.evaluate(() => navigator.clipboard.readText())
  expect(token).toMatch(/^gk_[0-9a-z]{12}_[\w-]{43}$/)
  await page.getByRole('button', { name: '已保存，关闭' }).click()
  await page.getByText(token).waitFor({ state: 'detached' })
  await page.getByRole('cell', { name: /gk_/ }).waitFor()
  expect(await page.content()).not.toContain(token)
  const ask = () =>
    fetch(`${site}/api/v1/organisation/units`, { headers: { authorization: `Bearer ${token}` } })
  expect((await ask()).status).toBe(200)
  await page.reload()
  await page.getByRole('cell', { name: /gk_/ }).waitFor()
  await visit.picture('tokens')
  await page.setViewportSize({ width: 390, height: 844 })
  await visit.picture('tokens-narrow')
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('button', { name: '吊销令牌“BSS 夜间推送”' }).click()
  await page.getByRole('button', { name: '吊销', exact: true }).click()
  await page.getByText('已吊销').waitFor()
  expect((await ask()).status).toBe(401)
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByText('Revoked').waitFor()
  await visit.picture('tokens-revoked-english')
  await page.getByRole('button', { name: 'Make a token' }).click()
  await page.setViewportSize({ width: 390, height: 844 })
  await visit.picture('tokens-make-narrow-english')
  expect(visit.errors).toEqual([])
})
