import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { unwatched } from '#platform/works.ts'
import { readConfig } from '../../server/config.ts'
import { DEMO_PASSWORD, openSampleCounty, SAMPLE } from '../../server/demo.ts'
import { serve } from '../../server/main.ts'
import { generateCounty } from '../../server/sample/index.ts'
import { openBrowser } from '../../server/test/browser.ts'

/** A served sample county of 2,000 households on the morning of 22 November 2026, and a browser. */
export type ServedCounty = AsyncDisposable &
  Readonly<{
    url: string
    /** Files of the next night, as the operator would deliver them. */
    nextNight: string
    /** A page of nobody; `errors` collects what a browser’s console would show in red. */
    open(as: Looks): Promise<Visit>
  }>

/** How a browser looks at the pages; `now`: the instant that its clock begins at, else the real one. */
export type Looks = Readonly<{ width: number; language: 'zh' | 'en'; now?: string }>

export type Visit = AsyncDisposable &
  Readonly<{
    page: Page
    context: BrowserContext
    errors: string[]
    signIn(account: string, path?: string): Promise<void>
    /** Keeps a picture of the page for people to look at, in `out/pictures`. */
    picture(name: string): Promise<void>
  }>

const PICTURES = resolve(import.meta.dirname, '../../out/pictures')
export const MORNING = '2026-11-22T06:30:00+08:00'

/** `settings` are the environment of the server, beyond what every test has; it is `instant` all along. */
export async function serveCounty(
  settings: Readonly<Record<string, string>> = {},
  instant = MORNING,
): Promise<ServedCounty> {
  await using opened = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'gridkeeper-browser-'))
  opened.defer(() => rm(folder, { recursive: true, force: true }))
  const failures: unknown[] = []
  const served = opened.use(
    await serve({
      dataFolder: join(folder, 'data'),
      config: readConfig({
        GRIDKEEPER_PORT: '0',
        GRIDKEEPER_LOG_LEVEL: 'error',
        GRIDKEEPER_ACCOUNT_REQUESTS_PER_MINUTE: '0', // a browser here asks faster than people do
        GRIDKEEPER_ADDRESS_REQUESTS_PER_MINUTE: '0',
        ...settings,
      }),
      effects: {
        clock: () => new Date(instant),
        log: { error: (fields, text) => void failures.push([text, fields]) },
        onDeath: (error) => void failures.push(error),
      },
      prepare: async (house) => {
        await openSampleCounty(house, unwatched, 2000)
      },
    }),
  )
  const nextNight = join(folder, 'next')
  const { branchId, seed } = SAMPLE
  await generateCounty({ branchId, households: 2000, seed, date: '2026-11-22', out: nextNight })
  const browser = await openBrowser()
  opened.defer(() => browser.close())
  await mkdir(PICTURES, { recursive: true })
  const keep = opened.move()
  return {
    url: served.url,
    nextNight,
    open: (as) => visit(browser, served.url, as),
    [Symbol.asyncDispose]: async () => {
      await keep.disposeAsync()
      if (failures.length > 0) throw new AggregateError(failures, 'the server had defects')
    },
  }
}

export async function visit(
  browser: Browser,
  url: string,
  { width, language, now }: Looks,
): Promise<Visit> {
  const height = width < 600 ? 844 : 900
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height },
    locale: language === 'en' ? 'en-GB' : 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    acceptDownloads: true,
    reducedMotion: 'reduce',
  })
  await context.addInitScript((kept) => {
    localStorage.setItem('gridkeeper.language', kept)
  }, language)
  if (now) await context.clock.install({ time: now })
  const page = await context.newPage()
  page.setDefaultTimeout(45_000)
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/401|Failed to load resource/.test(message.text()))
      errors.push(message.text())
  })
  return {
    page,
    context,
    errors,
    signIn: async (account, path = '/') => {
      await page.goto(path)
      const words =
        language === 'zh' ? ['帐号', '密码', '登录'] : ['Account', 'Password', 'Sign in']
      const [name = '', word = '', enter = ''] = words
      await page.getByLabel(name, { exact: true }).fill(account)
      await page.getByLabel(word, { exact: true }).fill(DEMO_PASSWORD)
      await page.getByRole('button', { name: enter, exact: true }).click()
      // Not by its label: other pages have parts of that name.
      await page.locator('input#password').waitFor({ state: 'detached' })
    },
    picture: async (name) => {
      const path = join(PICTURES, `${name}-${width}-${language}.png`)
      await page.screenshot({ path })
    },
    [Symbol.asyncDispose]: () => context.close(),
  }
}
