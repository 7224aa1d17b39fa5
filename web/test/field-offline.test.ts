import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page, Response } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DEMO_PASSWORD } from '../../server/demo.ts'
import { fillPin, PHONE_WORDS, resultButtons, unlock, untilKept } from './phone-at-work.ts'
import { openPhoneBrowser, type PhoneBrowser } from './phone-browser.ts'
import { type ServedCounty, serveCounty } from './served.ts'

const ACCOUNT = 'rexian01'
const BRANCH = '370686'
const WORDS = PHONE_WORDS.zh

let county: ServedCounty
let folder: string
beforeAll(async () => {
  county = await serveCounty()
  folder = await mkdtemp(join(tmpdir(), 'gridkeeper-phone-'))
})
afterAll(async () => {
  await county?.[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

async function signIn(page: Page): Promise<void> {
  await page.getByLabel('帐号', { exact: true }).fill(ACCOUNT)
  await page.getByLabel('密码', { exact: true }).fill(DEMO_PASSWORD)
  await page.getByRole('button', { name: '登录', exact: true }).click()
}

/** A small picture, another one for each number. */
async function jpeg(page: Page, number: number): Promise<Buffer> {
  const url = await page.evaluate((at) => {
    const canvas = document.createElement('canvas')
    canvas.width = 640
    canvas.height = 480
    const brush = canvas.getContext('2d')
    for (let x = 0; brush && x < 640; x += 8) {
      brush.fillStyle = `hsl(${(x * (at + 3)) % 360} 70% 50%)`
      brush.fillRect(x, 0, 8, 480)
    }
    return canvas.toDataURL('image/jpeg')
  }, number)
  return Buffer.from(url.split(',')[1] ?? '', 'base64')
}

/** The results of visits that came to nothing sold, in turn. */
const OTHERS = ['约定再办', '未遇', '拒绝', '已搬走', '资料有误'] as const
const STATE_OF: Readonly<Record<string, string>> = {
  done: 'done',
  promised: 'promised',
  refused: 'refused',
}
const RESULTS = 30
const ORDERS = 5

/** Records results in the order of the list; every seventh is an order, with a photo. */
async function recordAll(page: Page): Promise<void> {
  const sheet = page.getByRole('dialog')
  for (let at = 0; at < RESULTS + ORDERS; at++) {
    await resultButtons(page).first().click()
    const isOrder = at % 7 === 6
    const name = isOrder ? '办成' : (OTHERS[at % OTHERS.length] ?? '')
    await sheet.getByRole('button', { name, exact: true }).click()
    if (isOrder) {
      await sheet.getByRole('button', { name: '续费', exact: true }).click()
      const buffer = await jpeg(page, at)
      const file = { name: `${at}.jpg`, mimeType: 'image/jpeg', buffer }
      await sheet.locator('input[type=file]').setInputFiles(file)
      await sheet.getByRole('img', { name: '照片 1' }).waitFor()
    }
    await sheet.getByRole('button', { name: WORDS.save, exact: true }).click()
    await sheet.waitFor({ state: 'detached' })
  }
}

type Delivery = {
  sent: { itemId: string; seq: number }[]
  items: {
    itemId: string
    outcome: string
    response: { taskId: string; taskState: string } | null
  }[]
}

/** Collects what the phone delivers, with what the server said of it. */
function watchDeliveries({ page }: PhoneBrowser) {
  const deliveries: Promise<Delivery>[] = []
  const photos: number[] = []
  const read = async (response: Response): Promise<Delivery> => {
    const { items: sent } = response.request().postDataJSON() as { items: Delivery['sent'] }
    const { items } = (await response.json()) as Pick<Delivery, 'items'>
    return { sent, items }
  }
  page.on('response', (response) => {
    if (response.url().endsWith('/field/outbox')) deliveries.push(read(response))
    if (response.url().includes('/field/evidence/')) photos.push(response.status())
  })
  return { all: () => Promise.all(deliveries), photos }
}

type Row = { taskId: string; result: string | null; state: string }

/** The board as the manager sees it, and the tasks of the phone’s owner behind its numbers. */
async function boardOfManager(): Promise<{ said: string; rows: Row[] }> {
  await using visit = await county.open({ width: 1440, language: 'zh' })
  const { page } = visit
  await visit.signIn('jingli', '/work/board')
  const line = page.getByText(/已办 [\d,]+ \/ [\d,]+ 项/)
  const said = (await line.first().textContent()) ?? ''
  await visit.picture('field-board')
  const asked = `/api/v1/branches/${BRANCH}/tasks?date=2026-11-22&assignee=S686RX01&limit=200`
  const answer = await visit.context.request.get(asked)
  const { rows } = (await answer.json()) as { rows: Row[] }
  return { said, rows }
}

test('thirty results and five orders with photos survive the network and the battery', async () => {
  {
    await using phone = await openPhoneBrowser(folder)
    const { page, context } = phone
    await page.goto(`${county.url}/field`)
    await signIn(page)
    await page.getByRole('button', { name: WORDS.take }).click()
    await fillPin(page, '284619')
    await resultButtons(page).first().waitFor()
    await untilKept(page)
    await context.setOffline(true)
    await recordAll(page)
    await page.getByText(`待发送 ${RESULTS + ORDERS + ORDERS}`).waitFor()
    await phone.kill()
  }
  await using phone = await openPhoneBrowser(folder)
  const { page, context } = phone
  const { all, photos } = watchDeliveries(phone)
  await context.setOffline(true)
  await page.goto(`${county.url}/field`)
  await unlock(page)
  await resultButtons(page).first().waitFor()
  await page.getByText(`待发送 ${RESULTS + ORDERS + ORDERS}`).waitFor()
  await context.clearCookies() // the session may have ended in the meantime as well
  await context.setOffline(false)
  await signIn(page)
  await unlock(page)
  await page.getByRole('link', { name: /办成 5/ }).click()
  await page.getByText('都已送到，没有待发送的内容。').waitFor()

  const deliveries = await all()
  const sent = deliveries.flatMap((each) => each.sent)
  const items = deliveries.flatMap((each) => each.items)
  expect(sent.map(({ seq }) => seq)).toEqual(Array.from({ length: 35 }, (_, at) => at + 1))
  expect(items.map(({ outcome }) => outcome)).toEqual(Array(35).fill('recorded'))
  expect(photos).toEqual(Array(ORDERS).fill(200))
  const codes = ['promised', 'not_at_home', 'refused', 'moved', 'wrong_data']
  const wanted = items.map((_, at) => (at % 7 === 6 ? 'done' : (codes[at % codes.length] ?? '')))
  const states = wanted.map((code) => STATE_OF[code] ?? 'ended')
  expect(items.map(({ response }) => response?.taskState)).toEqual(states)
  const ids = items.map(({ response }) => response?.taskId ?? '')
  expect(new Set(ids).size).toBe(RESULTS + ORDERS)
  // The manager’s board counts each once, and behind its numbers each has what was told of it.
  const { said, rows } = await boardOfManager()
  expect(said).toMatch(/已办 35 \/ .*，5 单/)
  const told = new Map(rows.map((row) => [row.taskId, row]))
  expect(ids.map((taskId) => told.get(taskId)?.result)).toEqual(wanted)
  expect(ids.map((taskId) => told.get(taskId)?.state)).toEqual(states)
  expect(rows.some(({ state }) => state === 'open')).toBe(true)
})
