import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importUnits, putStaff, setPassword } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { readConfig } from '../../server/config.ts'
import { DEMO_PASSWORD } from '../../server/demo.ts'
import type { House } from '../../server/house.ts'
import { type Served, serve } from '../../server/main.ts'
import { openBrowser } from '../../server/test/browser.ts'
import { openReceiver, type Receiver } from '../../server/test/receiver.ts'
import { visit } from './served.ts'

const opened = new AsyncDisposableStack()
let [served, receiver, browser]: [Served, Receiver, Browser] = [
  undefined as never,
  undefined as never,
  undefined as never,
]

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gridkeeper-webhooks-'))
  opened.defer(() => rm(folder, { recursive: true, force: true }))
  receiver = opened.use(await openReceiver())
  served = opened.use(
    await serve({
      dataFolder: join(folder, 'data'),
      config: readConfig({
        GRIDKEEPER_PORT: '0',
        GRIDKEEPER_LOG_LEVEL: 'error',
        GRIDKEEPER_WEBHOOK_NETWORKS: '127.0.0.0/8',
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

async function settle({ works }: House): Promise<void> {
  await works.run(works.system, async (unit) => {
    const of = { divisionCode: null, headStaffId: null, validFrom: '2020-01-01', validTo: null }
    await importUnits(unit, { branchId: '370686', date: '2020-01-01' }, [
      { row: 1, unitId: '370686', parentId: null, kind: 'branch', name: '栖霞', ...of },
    ])
    await putStaff(unit, 'A1', {
      ...{ name: '张敏', phone: null, account: 'zhangmin', roles: ['administrator'] },
      ...{ unitId: '370686', skills: [], days: '12345', agency: null },
      capacity: { door: 0, call_out: 0, hall: 0, installer: 0 },
      ...{ validFrom: '2020-01-01', validTo: null },
    })
    await setPassword(unit, 'A1', DEMO_PASSWORD)
  })
}

/** A plan is published, as far as the trail and those outside can tell. */
const publish = ({ works }: House, planId: string) =>
  works.run(works.system, async (unit) =>
    audit(unit, {
      ...{ branchId: '370686', action: 'plan.published', about: { kind: 'plan', id: planId } },
      values: { day: '2026-11-22' },
    }),
  )

test('an administrator adds a webhook, tries it, sees what was sent, and stops it', async () => {
  await using zh = await visit(browser, served.url, { width: 1440, language: 'zh' })
  const { page } = zh
  await zh.signIn('zhangmin', '/settings/webhooks')
  await page.getByText('还没有事件推送').waitFor()
  await zh.picture('webhooks-none')
  await page.getByRole('button', { name: '添加推送' }).click()
  await page.getByRole('textbox', { name: '对方系统' }).fill('BSS 工单系统')
  await page.getByRole('textbox', { name: '接收地址' }).fill('https://169.254.169.254/latest')
  await page.getByRole('checkbox', { name: '计划已发布' }).check()
  await page.getByRole('checkbox', { name: '文件已导入' }).check()
  await page.getByRole('button', { name: '添加', exact: true }).click()
  await page.getByRole('alert').filter({ hasText: '内部或保留地址' }).waitFor()
  await zh.picture('webhooks-refused')
  await page.getByRole('textbox', { name: '接收地址' }).fill(receiver.url)
  await page.getByRole('button', { name: '添加', exact: true }).click()
  await page.getByText(/^whsec_/).waitFor()
  await zh.picture('webhooks-secret')
  const secret = (await page.getByText(/^whsec_/).textContent()) ?? ''
  await page.getByRole('button', { name: '已保存，关闭' }).click()
  await page.getByText(secret).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: '查看“BSS 工单系统”的推送' }).click()
  await page.getByRole('button', { name: '发送测试消息' }).click()
  await page.getByText('测试消息：已送达（204）').waitFor()
  expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({ type: 'webhook.test' })
  await publish(served.house, '2026-11-22-first')
  await receiver.until(2)
  await page.getByRole('cell', { name: '已送达', exact: true }).waitFor()
  receiver.answer((_, reply) => reply.writeHead(500).end())
  await publish(served.house, '2026-11-22-second')
  await receiver.until(3)
  await page.getByRole('cell', { name: /对方返回错误 500/ }).waitFor()
  await zh.picture('webhooks-messages')
  receiver.answer((_, reply) => reply.writeHead(410).end())
  await page.getByRole('button', { name: '再次发送 计划已发布' }).first().click()
  await page.getByText('对方表示已停用（410）').first().waitFor()
  await page.getByRole('list', { name: '状态' }).waitFor()
  await zh.picture('webhooks-given-up')
  await page.setViewportSize({ width: 390, height: 844 })
  await zh.picture('webhooks-given-up-narrow')
  await page.getByRole('button', { name: '修改' }).click()
  await zh.picture('webhooks-change-narrow')
  await page.goto('/settings/webhooks')
  await page.getByText('已停用').first().waitFor()
  await zh.picture('webhooks-narrow')
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize({ width: 1440, height: 900 })
  await zh.picture('webhooks-dark')
  expect(zh.errors).toEqual([])
})

test('it reads as well in English and on a phone', async () => {
  await using en = await visit(browser, served.url, { width: 390, language: 'en' })
  const { page } = en
  await en.signIn('zhangmin', '/settings/webhooks')
  await page.getByText('Given up').waitFor()
  await en.picture('webhooks')
  await page.getByRole('button', { name: 'Open “BSS 工单系统”' }).click()
  await page.getByText(/Settle it with the receiver/).waitFor()
  await en.picture('webhooks-messages')
  receiver.answer((_, reply) => reply.writeHead(200).end())
  await page.getByRole('button', { name: 'Let it go on' }).click()
  await page.getByRole('button', { name: 'Pause' }).waitFor()
  await page.getByRole('button', { name: 'Change' }).click()
  await page.getByRole('textbox', { name: 'Who is told' }).waitFor()
  await en.picture('webhooks-change')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('button', { name: 'Renew the secret' }).click()
  await page.getByText(/signs along for 24 hours/).waitFor()
  await en.picture('webhooks-renew')
  await page.getByRole('button', { name: 'Renew the secret' }).last().click()
  await page.getByText(/^whsec_/).waitFor()
  await page.getByRole('button', { name: 'It is safe, close' }).click()
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByText(/Paused: what happens meanwhile/).waitFor()
  await en.picture('webhooks-wide')
  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Delete' }).last().click()
  await page.getByText('Nobody outside is told anything').waitFor()
  expect(en.errors).toEqual([])
})
