import { readFileSync } from 'node:fs'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ServedCounty, serveCounty } from './served.ts'

let county: ServedCounty
beforeAll(async () => {
  county = await serveCounty()
})
afterAll(() => county?.[Symbol.asyncDispose]())

/** What the addresses of pages hold, in the county that is served. */
const IDS: Readonly<Record<string, string>> = {
  $subscriberId: '68600000001001',
  $importId: '00000000-0000-4000-8000-000000000000',
  $campaignId: 'renewal-due',
  $staffId: 'shequ0101',
}
/** Every page of the console, as the router knows them, and those of the phone. */
const CONSOLE = [
  ...readFileSync(new URL('../routes.tsx', import.meta.url), 'utf8').matchAll(/path: '([^']+)'/g),
].map(([, path = '']) => path.replaceAll(/\$\w+/g, (name) => IDS[name] ?? name))
const PHONE = ['/field', '/field/me', '/field/visits', '/field/people/shequ0101', '/field/nowhere']

/** Who sees a page as it is for those who work with it. */
function accountFor(path: string): string | undefined {
  if (path === '/sign-in') return undefined
  if (path.startsWith('/field')) return 'shequ0101'
  if (path === '/settings/audit') return 'shenji'
  return path.startsWith('/settings/') ? 'guanli' : 'jingli'
}

/** Collects what the browser holds against the policy: each event, and each report of its own. */
async function watchPolicy(context: BrowserContext): Promise<string[]> {
  const told: string[] = []
  await context.exposeBinding('tellPolicy', ({ page }, what: string) =>
    told.push(`${new URL(page.url()).pathname}: ${what}`),
  )
  await context.addInitScript(() => {
    const tell = (what: string) =>
      (globalThis as unknown as { tellPolicy(what: string): void }).tellPolicy(what)
    document.addEventListener('securitypolicyviolation', (event) =>
      tell(`event ${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
    )
    const reports = new ReportingObserver(
      (all) => {
        for (const { body } of all) tell(`report ${JSON.stringify(body)}`)
      },
      { types: ['csp-violation'], buffered: true },
    )
    reports.observe()
  })
  return told
}

const settled = async (page: Page) => {
  await page.waitForLoadState('networkidle')
  expect((await page.locator('body').textContent())?.trim(), page.url()).not.toBe('')
}

test.each(['zh', 'en'] as const)('no page does what the policy forbids (%s)', async (language) => {
  const paths = [...CONSOLE, ...PHONE]
  let opened = 0
  for (const account of new Set(paths.map(accountFor))) {
    await using visit = await county.open({ width: 1440, language })
    const told = await watchPolicy(visit.context)
    if (account) await visit.signIn(account)
    for (const path of paths.filter((each) => accountFor(each) === account)) {
      await visit.page.goto(path)
      await settled(visit.page)
      opened += 1
    }
    expect(told, account ?? 'nobody').toEqual([])
    expect(visit.errors.filter((error) => /Content.Security.Policy/i.test(error))).toEqual([])
  }
  console.log(`${opened} pages opened in ${language}`)
  expect(opened).toBeGreaterThan(30)
})

/** What somebody might have brought into a page, each of which says so when it runs. */
const PLANTED: Readonly<Record<string, string>> = {
  'a script in the page': `<script>window.ran = true</script>`,
  'a handler on an element': `<img src="data:," onerror="window.ran = true">`,
  'a script of another site': `<script src="https://evil.example/x.js"></script>`,
  'a frame of another site': `<iframe src="https://evil.example/"></iframe>`,
  'an object': `<object data="https://evil.example/x.swf"></object>`,
  'another base': `<base href="https://evil.example/">`,
}

/** Opens the page with something planted in what the server sent, its headers as they were or not. */
async function openPlanted(what: string, { hasPolicy = true } = {}) {
  await using visit = await county.open({ width: 1440, language: 'zh' })
  const { context, page } = visit
  const told = await watchPolicy(context)
  const foreign: string[] = []
  await context.route('https://evil.example/**', async (route) => {
    foreign.push(route.request().url())
    await route.fulfill({ contentType: 'text/javascript', body: 'window.ran = true' })
  })
  await page.route('**/sign-in', async (route) => {
    const answer = await route.fetch()
    const { 'content-security-policy': policy = '', ...headers } = answer.headers()
    expect(policy).toContain("script-src 'self'")
    const body = (await answer.text()).replace('<div id="app">', `${what}<div id="app">`)
    expect(body).toContain(what)
    const sent = hasPolicy ? { ...headers, 'content-security-policy': policy } : headers
    await route.fulfill({ response: answer, headers: sent, body })
  })
  await page.goto('/sign-in')
  await page.waitForLoadState('networkidle')
  const ran = await page.evaluate(() => 'ran' in window)
  return { ran: ran || foreign.length > 0, told }
}

test.each(Object.entries(PLANTED))('%s is blocked, and told', async (_, what) => {
  const { ran, told } = await openPlanted(what)
  expect(ran).toBe(false)
  expect(told.filter((each) => each.includes('event'))).not.toEqual([])
  expect(told.filter((each) => each.includes('report'))).not.toEqual([])
})

test('without the policy what is planted runs', async () => {
  for (const name of ['a script in the page', 'a handler on an element']) {
    const { ran, told } = await openPlanted(PLANTED[name] ?? '', { hasPolicy: false })
    expect({ ran, told }, name).toEqual({ ran: true, told: [] })
  }
})
