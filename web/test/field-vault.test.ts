import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  everythingKept,
  fillPin,
  openPhone,
  PHONE_WORDS,
  PIN,
  resultButtons,
  takeAlong,
  unlock,
  untilKept,
  WORKER,
} from './phone-at-work.ts'
import { type ServedCounty, serveCounty } from './served.ts'

let county: ServedCounty
beforeAll(async () => {
  county = await serveCounty()
})
afterAll(() => county?.[Symbol.asyncDispose]())

const HOUR = 3_600_000

test.each(['zh', 'en'] as const)('the list is taken along under a PIN (%s)', async (language) => {
  await using visit = await openPhone(county, language)
  const { page } = visit
  await visit.signIn(WORKER, '/field')
  const take = page.getByRole('button', { name: PHONE_WORDS[language].take })
  await take.waitFor()
  await page.getByRole('listitem').first().waitFor()
  await visit.picture('field-offer')
  await take.click()
  await fillPin(page, '123456', language)
  await page.getByRole('alert').waitFor()
  await visit.picture('field-pin')
  await fillPin(page, PIN, language)
  await resultButtons(page, language).first().waitFor()
  await visit.picture('field-day')
  await resultButtons(page, language).first().click()
  const sheet = page.getByRole('dialog')
  const names =
    language === 'zh'
      ? ['办成', '约定再办', '未遇', '拒绝', '已用竞品', '已搬走']
      : ['Done', 'Promised', 'Not at home', 'Refused', 'With a competitor', 'Moved']
  for (const [at, name] of names.entries()) {
    await sheet.getByRole('button', { name, exact: true }).first().click()
    await visit.picture(`field-result-${at}`)
  }
  expect(visit.errors).toEqual([])
})

test('without a network the pages open, and the PIN opens the list', async () => {
  await using visit = await openPhone(county)
  const { page, context } = visit
  await takeAlong(visit)
  await untilKept(page)
  await context.setOffline(true)
  await page.reload()
  await unlock(page)
  await resultButtons(page).first().waitFor()
  await page.getByText(/^没有网络/).waitFor()
  await visit.picture('field-offline')
  await page.goto('/field/day')
  await unlock(page)
  await page.getByRole('heading', { name: '我的一天' }).waitFor()
  await visit.picture('field-my-day')
  expect(visit.errors).toEqual([])
})

test('nothing of the list can be read from what the browser keeps', async () => {
  await using visit = await openPhone(county)
  const { page } = visit
  await takeAlong(visit)
  const card = await page.getByRole('listitem').first().textContent()
  const [name = '', phone = ''] = [/\S\*+/.exec(card ?? '')?.[0], /104\*+\d+/.exec(card ?? '')?.[0]]
  expect([name, phone]).not.toContain('')
  const kept = await everythingKept(page)
  expect(kept).toContain('gridkeeper-vault/kept')
  for (const said of [name, phone, '翠屏街道', '单元', 'subscriberId', PIN])
    expect(kept, said).not.toContain(said)
})

test('the fifth wrong PIN wipes the list, and says so', async () => {
  await using visit = await openPhone(county)
  const { page } = visit
  await takeAlong(visit)
  await page.reload()
  for (const left of [4, 3, 2, 1]) {
    await unlock(page, '000000')
    await page.getByText(`还可以试 ${left} 次`).waitFor()
  }
  await visit.picture('field-wrong-pin')
  await unlock(page, '000000')
  await page.getByText('密码错了 5 次').waitFor()
  expect(await everythingKept(page)).toMatch(/gridkeeper-vault\/kept: \[\]/)
  expect(await everythingKept(page)).toMatch(/gridkeeper-vault\/lock: \[\]/)
})

test('after twelve hours the list is gone from the phone', async () => {
  await using visit = await openPhone(county)
  const { page, context } = visit
  await takeAlong(visit)
  await untilKept(page)
  await context.setOffline(true)
  await page.clock.fastForward(12 * HOUR)
  await page.getByText('离线清单已到期').first().waitFor()
  expect(await everythingKept(page)).toMatch(/gridkeeper-vault\/kept: \[\]/)
  await page.reload()
  await page.getByText('没有可以打开的离线清单').waitFor()
  await visit.picture('field-nothing-offline')
})

test('signing out wipes the list, also for whoever has no network later', async () => {
  await using visit = await openPhone(county)
  const { page, context } = visit
  await takeAlong(visit)
  await untilKept(page)
  await page.getByRole('link', { name: '我', exact: true }).click()
  await visit.picture('field-me')
  await page.getByRole('button', { name: PHONE_WORDS.zh.signOut }).click()
  await page.getByRole('button', { name: '登录', exact: true }).waitFor()
  expect(await everythingKept(page)).toMatch(/gridkeeper-vault\/kept: \[\]/)
  await context.setOffline(true)
  await page.reload()
  await page.getByText('没有可以打开的离线清单').waitFor()
})

test('a list of somebody else is wiped when the next person signs in', async () => {
  await using visit = await openPhone(county)
  const { page, context } = visit
  await takeAlong(visit)
  await context.clearCookies()
  await visit.signIn('jingli', '/field')
  await page.getByText('别人的离线清单，已清除').waitFor()
  expect(await everythingKept(page)).toMatch(/gridkeeper-vault\/kept: \[\]/)
})

test('once the server knows nobody here the list stays shut until the sign-in', async () => {
  await using visit = await openPhone(county)
  const { page, context } = visit
  await takeAlong(visit)
  await untilKept(page)
  await context.clearCookies()
  await page.reload()
  await page.getByRole('button', { name: '登录', exact: true }).waitFor()
  await context.setOffline(true)
  await page.reload()
  await page.getByText('没有可以打开的离线清单').waitFor()
  await context.setOffline(false)
  await visit.signIn(WORKER, '/field')
  await unlock(page)
  await resultButtons(page).first().waitFor()
})

/** Changes one byte of what is kept in the vault under the name. */
function alter(page: Page, name: string): Promise<void> {
  return page.evaluate(
    (key) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('gridkeeper-vault')
        opening.onerror = () => reject(opening.error ?? new Error('not opened'))
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('kept', 'readwrite')
          const store = transaction.objectStore('kept')
          const reading = store.get(key)
          reading.onsuccess = () => {
            const bytes = reading.result as Uint8Array
            bytes[bytes.length - 100] = (bytes[bytes.length - 100] ?? 0) ^ 1
            store.put(bytes, key)
          }
          transaction.oncomplete = () => resolve()
        }
      }),
    name,
  )
}

test('a list with one byte changed is not used, and the phone says so', async () => {
  await using visit = await openPhone(county)
  const { page, context } = visit
  await takeAlong(visit)
  await untilKept(page)
  await alter(page, 'pack')
  await context.setOffline(true)
  await page.reload()
  await unlock(page)
  await page.getByText('签名不符').first().waitFor()
  expect(await resultButtons(page).count()).toBe(0)
  await visit.picture('field-altered')
})

test('what was typed is there after a reload, and what was not sent after signing out', async () => {
  await using visit = await openPhone(county)
  const { page, context } = visit
  await context.route('**/field/outbox', (route) => route.abort())
  await takeAlong(visit)
  const sheet = page.getByRole('dialog')
  await resultButtons(page).first().click()
  await sheet.getByRole('button', { name: '未遇', exact: true }).click()
  await sheet.getByLabel('备注（可不填）').fill('门铃坏了，敲门')
  await page.reload()
  await unlock(page)
  await resultButtons(page).first().click()
  await expect.poll(() => sheet.getByLabel('备注（可不填）').inputValue()).toBe('门铃坏了，敲门')
  await sheet.getByRole('button', { name: '保存', exact: true }).click()
  await sheet.waitFor({ state: 'detached' })
  await page.getByText('待发送 1').waitFor()
  await page.getByRole('button', { name: '没办的 19' }).waitFor()
  expect(await everythingKept(page)).not.toContain('门铃')
  await page.getByRole('link', { name: '查看' }).click()
  await page.getByText('待发送 1 条记录、0 张照片').waitFor()
  const recorded = page.getByRole('region', { name: '今天记下的' }).getByRole('listitem')
  expect(await recorded.allTextContents()).toMatchObject([expect.stringMatching(/未遇.*待发送/)])
  await visit.picture('field-waiting')
  await page.getByRole('link', { name: '我', exact: true }).click()
  await page.getByText('还有 1 条没有发送').waitFor()
  await visit.picture('field-leaving')
  await page.getByRole('button', { name: PHONE_WORDS.zh.signOut }).click()
  await page.getByText('还有 1 条没有发送，登录后自动发送').waitFor()
  const kept = await everythingKept(page)
  expect(kept).toMatch(/gridkeeper-vault\/kept: \[\]/)
  expect(kept).toMatch(/gridkeeper-outbox\/items: \[\{/)
})
