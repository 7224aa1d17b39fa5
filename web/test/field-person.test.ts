import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PHONE_WORDS, resultButtons, takeAlong } from './phone-at-work.ts'
import { type ServedCounty, serveCounty, type Visit } from './served.ts'

/** Ten in the morning, when doors may be knocked at. */
const TEN = '2026-11-22T10:00:00+08:00'
let county: ServedCounty
beforeAll(async () => {
  county = await serveCounty({}, TEN)
})
afterAll(() => county?.[Symbol.asyncDispose]())

const WORDS = {
  zh: {
    script: '话术',
    gate: '现在能不能联系',
    open: '现在可以联系。',
    kept: /10:30 前为您保留这户/,
    leave: '先不去这户',
    close: '关闭',
    asListed: '没有网络，按 10:00 取的清单判断。',
    handOver: '转交',
    to: '转交给谁',
    saved: '已记下：转交',
    told: '服务器截至 10:00 的数字。',
    local: /截至 10:00 的清单，加上这台手机之后记下的/,
    strip: /^办成 0 ·/,
    me: '我',
    phones: '我的手机',
    this: '这一台',
  },
  en: {
    script: 'Script',
    gate: 'May they be met now',
    open: 'They may be met now.',
    kept: /Kept for you until 10:30/,
    leave: 'Not going there now',
    close: 'Close',
    asListed: 'Without a network: as the list of 10:00 says.',
    handOver: 'Handed over',
    to: 'To whom',
    saved: 'Recorded: Handed over',
    told: 'As the server knew it at 10:00.',
    local: /The list as of 10:00, with what was recorded on this phone since/,
    strip: /^Done 0 ·/,
    me: 'Me',
    phones: 'My phones',
    this: 'this one',
  },
} as const
type Language = keyof typeof WORDS

const openPhone = (language: Language) => county.open({ width: 390, language, now: TEN })
const asked = (page: Page, method: string) =>
  page.waitForResponse(
    (answer) => answer.url().endsWith('/opening') && answer.request().method() === method,
  )

/** Opens cards from the top until the server keeps one for the person. */
async function openFirstFree(visit: Visit, language: Language): Promise<void> {
  const { page } = visit
  const words = WORDS[language]
  const cards = page.getByRole('button', { name: words.script, exact: true })
  for (let nth = 0; nth < (await cards.count()); nth++) {
    const answer = asked(page, 'POST')
    await cards.nth(nth).click()
    const { may } = (await (await answer).json()) as { may: boolean }
    if (may) return
    await visit.picture('field-opening-closed')
    await page.getByRole('dialog').getByRole('button', { name: words.close, exact: true }).click()
  }
  throw new Error('no door of the list is open at ten')
}

test.each(['zh', 'en'] as const)(
  'a card that is opened says whether to go, and keeps the household (%s)',
  async (language) => {
    await using visit = await openPhone(language)
    const { page, context } = visit
    const words = WORDS[language]
    await takeAlong(visit, language)
    await openFirstFree(visit, language)
    const gate = page.getByRole('region', { name: words.gate })
    await gate.getByText(words.kept).waitFor()
    await visit.picture('field-opening')
    const left = asked(page, 'DELETE')
    await gate.getByRole('button', { name: words.leave }).click()
    expect((await left).status()).toBe(200)
    await context.setOffline(true)
    await gate.getByText(words.asListed).waitFor()
    await visit.picture('field-opening-offline')
    expect(visit.errors).toEqual([])
  },
)

test('opening another card lets the household before it go', async () => {
  await using visit = await openPhone('zh')
  const { page } = visit
  await takeAlong(visit)
  await openFirstFree(visit, 'zh')
  await page.getByRole('dialog').getByRole('button', { name: '关闭', exact: true }).click()
  const left = asked(page, 'DELETE')
  await page.getByRole('button', { name: '话术', exact: true }).last().click()
  expect((await left).status()).toBe(200)
})

test.each(['zh', 'en'] as const)(
  'a task is handed to a colleague, and the day is as the server knows it (%s)',
  async (language) => {
    await using visit = await openPhone(language)
    const { page, context } = visit
    const words = WORDS[language]
    await takeAlong(visit, language)
    await context.setOffline(true)
    await resultButtons(page, language).first().click()
    const sheet = page.getByRole('dialog')
    await sheet.getByRole('button', { name: words.handOver, exact: true }).click()
    const whom = sheet.getByRole('group', { name: words.to }).getByRole('button')
    expect(await whom.count()).toBeGreaterThan(0)
    await visit.picture('field-hand-over')
    const save = sheet.getByRole('button', { name: PHONE_WORDS[language].save, exact: true })
    await save.click()
    await sheet.getByRole('alert').first().waitFor() // nobody is chosen yet
    await whom.first().click()
    await save.click()
    await page.getByText(words.saved).waitFor()
    await page.getByRole('link', { name: words.strip }).click()
    await page.getByText(words.local).waitFor()
    await visit.picture('field-day-offline')
    await context.setOffline(false)
    await page.getByText(words.told).waitFor()
    await visit.picture('field-day-told')
    expect(visit.errors).toEqual([])
  },
)

test.each(['zh', 'en'] as const)('“Me” lists the own phones (%s)', async (language) => {
  await using visit = await openPhone(language)
  const { page } = visit
  const words = WORDS[language]
  await takeAlong(visit, language)
  await page.getByRole('link', { name: words.me, exact: true }).click()
  const phones = page.getByRole('region', { name: words.phones })
  await phones.getByText(words.this).waitFor()
  await phones.scrollIntoViewIfNeeded()
  await visit.picture('field-me')
  expect(visit.errors).toEqual([])
})

test('on a slow network of the third generation the sign-in stands after one small load', async () => {
  await using visit = await county.open({ width: 390, language: 'zh' })
  const { page, context } = visit
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', {
    ...{ offline: false, latency: 400 },
    ...{ downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8 },
  })
  let bytes = 0
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  const begun = performance.now()
  await page.goto('/field')
  await page.getByLabel('帐号', { exact: true }).waitFor()
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  console.log(`first load at 400 ms and 400 kbit/s: ${seconds} s, ${Math.round(bytes / 1000)} kB`)
  expect(bytes).toBeLessThan(170_000) // with headers, and the answers that the page asks for
})
