import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FailedJob } from '#contract/jobs.ts'
import { importUnits, putStaff, setPassword } from '#people'
import type { Actor } from '#platform/unit.ts'
import { readConfig } from '../../server/config.ts'
import { DEMO_PASSWORD } from '../../server/demo.ts'
import type { House } from '../../server/house.ts'
import { type Served, serve } from '../../server/main.ts'
import { openBrowser } from '../../server/test/browser.ts'
import { MORNING, visit } from './served.ts'

const opened = new AsyncDisposableStack()
let served: Served
let browser: Browser
/** What the log of the server was told. */
const faults: string[] = []

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gridkeeper-jobs-'))
  opened.defer(() => rm(folder, { recursive: true, force: true }))
  served = opened.use(
    await serve({
      dataFolder: join(folder, 'data'),
      config: readConfig({ GRIDKEEPER_PORT: '0', GRIDKEEPER_LOG_LEVEL: 'error' }),
      effects: {
        clock: () => new Date(MORNING),
        log: { error: (_, text) => void faults.push(text) },
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

async function settle({ works }: House): Promise<void> {
  await works.run(works.system, async (unit) => {
    const of = { divisionCode: null, headStaffId: null, validFrom: '2020-01-01', validTo: null }
    await importUnits(unit, { branchId: '370686', date: '2020-01-01' }, [
      { row: 1, unitId: '370686', parentId: null, kind: 'branch', name: '栖霞', ...of },
    ])
    for (const [staffId, name, account, role] of [
      ['A1', '张敏', 'zhangmin', 'administrator'],
      ['M1', '李强', 'liqiang', 'branch_manager'],
    ] as const) {
      await putStaff(unit, staffId, {
        ...{ name, phone: null, account, roles: [role] },
        ...{ unitId: '370686', skills: [], days: '12345', agency: null },
        capacity: { door: 0, call_out: 0, hall: 0, installer: 0 },
        ...{ validFrom: '2020-01-01', validTo: null },
      })
      await setPassword(unit, staffId, DEMO_PASSWORD)
    }
  })
}

/** The manager orders a plan of a branch that has no subscribers yet, and a publication. */
async function order({ works, jobs }: House): Promise<void> {
  const manager: Actor = { ...works.system, id: 'M1' }
  for (const [kind, input] of [
    ['plan', { day: '2026-11-22' }],
    ['publish', { planId: '2026-11-22-1' }],
  ] as const)
    await works.run(manager, (unit) => jobs.start(unit, { branchId: '370686', kind, input }))
}

test('an administrator reads what came to nothing, and tries it again until it is done', async () => {
  await using zh = await visit(browser, served.url, { width: 1440, language: 'zh' })
  const { page } = zh
  await zh.signIn('zhangmin', '/settings/jobs')
  await page.getByText('没有未完成的后台任务').waitFor()
  await zh.picture('jobs-none')
  let tries = 0
  const goOn = Promise.withResolvers<void>()
  served.house.jobs.handle('publish', async (_, { tell }) => {
    tries += 1
    if (tries < 3) throw new RangeError('王小明 is out of range')
    tell({ phase: { zh: '正在派单', en: 'Writing tasks' }, done: 300, total: 1200 })
    await goOn.promise
    return {}
  })
  await order(served.house)
  const published = page.getByRole('row').filter({ hasText: '发布计划' })
  await until(page, [1, 1])
  await page.reload()
  await published.waitFor()
  expect(await published.textContent()).toContain('系统错误（RangeError），详情见服务日志')
  const planned = page.getByRole('row').filter({ hasText: '制定计划 · 2026年11月22日' })
  expect(await planned.textContent()).toMatch(/被拒绝.*李强/)
  await zh.picture('jobs')
  await published.getByRole('button', { name: '重试' }).click()
  await published.getByRole('cell', { name: '2', exact: true }).waitFor()
  await published.getByRole('button', { name: '重试' }).click()
  await page.getByText('正在派单').waitFor()
  await zh.picture('jobs-again')
  goOn.resolve()
  await page.getByText('“发布计划”已完成').waitFor()
  await published.waitFor({ state: 'detached' })
  await zh.picture('jobs-done')
  await page.emulateMedia({ colorScheme: 'dark' })
  await zh.picture('jobs-dark')
  expect(zh.errors).toEqual([])
  expect(faults).toEqual(['a job failed', 'a job failed'])
})

test('it reads as well in English and on a phone, and one that goes on being refused stays', async () => {
  await using en = await visit(browser, served.url, { width: 390, language: 'en' })
  const { page } = en
  await en.signIn('zhangmin', '/settings/jobs')
  await page.getByText('Making of a plan').waitFor()
  await en.picture('jobs')
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('Making of a plan').waitFor()
  await until(page, [2])
  await page.getByRole('button', { name: 'Try again' }).waitFor()
  await en.picture('jobs-refused-again')
  await page.setViewportSize({ width: 1440, height: 900 })
  await en.picture('jobs-wide')
  expect(en.errors).toEqual([])
})

test('a job is tried again once by a command that is sent twice', async () => {
  await using zh = await visit(browser, served.url, { width: 1440, language: 'zh' })
  const { page } = zh
  await zh.signIn('zhangmin', '/settings/jobs')
  const [{ jobId, tries } = { jobId: '', tries: 0 }] = await failed(page)
  const send = () =>
    page.evaluate(async (path) => {
      const headers = { 'idempotency-key': 'once' }
      const answer = await fetch(path, { method: 'POST', headers })
      return [answer.status, await answer.json()]
    }, `/api/v1/branches/370686/jobs/${jobId}/retry`)
  const first = await send()
  expect(first).toMatchObject([200, { jobId, state: 'queued' }])
  await until(page, [tries + 1])
  expect(await send(), 'the first answer, although it came to nothing since').toEqual(first)
  expect(await failed(page)).toMatchObject([{ jobId, tries: tries + 1 }])
})

test('whoever may not try jobs again is told so', async () => {
  await using zh = await visit(browser, served.url, { width: 390, language: 'zh' })
  await zh.signIn('liqiang', '/settings/jobs')
  await zh.page.getByText('您的岗位不能查看后台任务').waitFor()
  await zh.picture('jobs-closed')
  expect(zh.errors).toEqual([])
})

const failed = (page: Page) =>
  page.evaluate(async () => {
    const { rows } = await (await fetch('/api/v1/branches/370686/failed-jobs')).json()
    return rows as FailedJob[]
  })

/** Waits until so many are listed, each tried so often. */
const until = (page: Page, tries: readonly number[]) =>
  expect
    .poll(async () => (await failed(page)).map((job) => job.tries), { timeout: 45_000 })
    .toEqual(tries)
