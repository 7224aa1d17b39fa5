import { afterAll, beforeAll, expect, test } from 'vitest'
import { everythingKept, takeAlong, unlock, untilKept, WORKER } from './phone-at-work.ts'
import { type ServedCounty, serveCounty, type Visit } from './served.ts'

/** Wednesday of the second week of the season of 2027. */
const DAY = '2027-01-13'
const AT_TEN = `${DAY}T10:00:00+08:00`
let county: ServedCounty
beforeAll(async () => {
  county = await serveCounty({}, `${DAY}T10:00:00+08:00`)
})
afterAll(() => county?.[Symbol.asyncDispose]())

/** A picture that a camera could have taken; of another colour it is another one. */
const photoOf = ({ page }: Visit, colour = '#b54') =>
  page.evaluate((chosen) => {
    const canvas = document.createElement('canvas')
    canvas.width = 320
    canvas.height = 240
    const brush = canvas.getContext('2d')
    if (!brush) throw new Error('no canvas')
    brush.fillStyle = '#7a9'
    brush.fillRect(0, 0, 320, 240)
    brush.fillStyle = chosen
    brush.fillRect(40, 90, 160, 120)
    return canvas.toDataURL('image/jpeg').split(',')[1] ?? ''
  }, colour)

/** The browser tells when a position was found by the real clock: here by that of the page. */
const findAtItsOwnTime = ({ context }: Visit) =>
  context.addInitScript(() => {
    const { geolocation } = navigator
    const find = geolocation.getCurrentPosition.bind(geolocation)
    geolocation.getCurrentPosition = (found, ...rest) =>
      find(({ coords }) => found({ coords, timestamp: Date.now() } as GeolocationPosition), ...rest)
  })

const whoAmI = ({ page }: Visit) =>
  page.evaluate(async () => (await (await fetch('/api/v1/session')).json()) as { staffId: string })

async function planOnPage({ page }: Visit, zh: boolean, of: { goes: string; place: string }) {
  await page.getByRole('button', { name: zh ? '安排活动' : 'Plan an event' }).click()
  const form = page.getByRole('dialog', { name: zh ? '安排现场活动' : 'Plan an on-site event' })
  const hall = form.getByLabel(zh ? '营业厅' : 'Hall', { exact: true })
  if (await hall.isVisible()) {
    await hall.click()
    await page.locator('.ant-select-item-option').first().click()
  }
  await form.getByLabel(zh ? '地点' : 'Place', { exact: true }).fill(of.place)
  await form.getByLabel(zh ? '日期' : 'Day', { exact: true }).fill(DAY)
  const goes = form.getByLabel(zh ? '谁去' : 'Who goes', { exact: true })
  await goes.click()
  await goes.fill(of.goes)
  await expect
    .poll(() => page.locator('.ant-select-dropdown:visible .ant-select-item-option').count())
    .toBe(1)
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').click()
  await page.keyboard.press('Escape')
  return form
}

test('a manager plans an event, who goes proves and reports it, and the week counts it', async () => {
  await using seller = await county.open({ width: 390, language: 'zh', now: AT_TEN })
  await findAtItsOwnTime(seller)
  await seller.context.grantPermissions(['geolocation'], { origin: new URL(county.url).origin })
  await seller.context.setGeolocation({ latitude: 37.31, longitude: 120.83, accuracy: 12 })
  await seller.signIn('shequ0101', '/field')
  await seller.page.getByRole('link', { name: '今日', exact: true }).waitFor()
  const { staffId } = await whoAmI(seller)

  await using manager = await county.open({ width: 1440, language: 'zh' })
  const { page } = manager
  await manager.signIn('jingli', '/work/events')
  await page.getByText('还没有活动').waitFor()
  await manager.picture('events-none')
  const form = await planOnPage(manager, true, { goes: staffId, place: '国路夼村' })
  await manager.picture('event-plan')
  await form.getByRole('button', { name: /^安 ?排$/ }).click()
  await page.getByRole('row', { name: /国路夼村/ }).waitFor()
  await manager.picture('events-planned')

  const phone = seller.page
  await phone.reload()
  await phone.getByRole('link', { name: /今天有 1 场现场活动/ }).waitFor()
  await seller.picture('event-hint')
  await phone.getByRole('link', { name: /今天有 1 场现场活动/ }).click()
  await phone.getByRole('button', { name: /国路夼村/ }).click()
  const sheet = phone.getByRole('dialog', { name: '国路夼村' })
  await seller.picture('event-sheet')
  await sheet.getByRole('button', { name: '记录位置' }).click()
  await sheet.getByText('位置已记录，误差约 12 米').waitFor()
  const buffer = Buffer.from(await photoOf(seller), 'base64')
  await sheet
    .locator('input[type=file]')
    .setInputFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer })
  await sheet.getByAltText('照片 1').waitFor()
  await seller.picture('event-proof')
  await sheet.getByRole('button', { name: '上传凭证' }).click()
  await sheet.getByText('凭证已收到。').waitFor()
  await sheet.getByText('已上传 1 张照片，有定位').waitFor()
  await sheet.getByLabel('接触人数').fill('40')
  await sheet.getByLabel('意向人数').fill('60')
  await sheet.getByLabel('续费 · 单数').fill('3')
  await sheet.getByLabel('续费 · 金额（元）').fill('358.80')
  await sheet.getByRole('button', { name: '上报结果' }).click()
  await sheet.getByText('意向人数不能多于接触人数。').waitFor()
  await sheet.getByLabel('意向人数').fill('6')
  await seller.picture('event-result')
  await sheet.getByRole('button', { name: '上报结果' }).click()
  await phone.getByText('凭证齐全，已计入').waitFor()
  await phone.getByText('已上报').waitFor()
  await seller.picture('events-own')

  await page.reload()
  const cell = page.getByRole('button', { name: /1\/11–1\/17 1\/2 场/ })
  await cell.click()
  await page.getByRole('button', { name: '显示全部营业厅' }).waitFor()
  await manager.picture('events-counted')
  await page.getByRole('row', { name: /国路夼村/ }).click()
  const file = page.getByRole('dialog', { name: '现场活动' })
  await file.getByText('续费 3 单，¥358.80').waitFor()
  await file.getByText(/定位 37\.31000, 120\.83000，误差约 12 米/).waitFor()
  await file.getByRole('button', { name: '查看照片 1' }).click()
  const shown = file.getByRole('img', { name: '照片 1' })
  await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(320)
  await shown.scrollIntoViewIfNeeded()
  await manager.picture('event-photo')
  expect([...manager.errors, ...seller.errors]).toEqual([])
})

/** Who the person of this account is. */
async function idOf(account: string): Promise<string> {
  await using visit = await county.open({ width: 390, language: 'zh' })
  await visit.signIn(account, '/field')
  await visit.page.getByRole('link', { name: '今日', exact: true }).waitFor()
  return (await whoAmI(visit)).staffId
}

test('what is told of an event without a network waits on the phone, and arrives when there is one', async () => {
  const place = '大柳家村'
  await using manager = await county.open({ width: 1440, language: 'zh' })
  await manager.signIn('jingli', '/work/events')
  const form = await planOnPage(manager, true, { goes: await idOf(WORKER), place })
  await form.getByRole('button', { name: /^安 ?排$/ }).click()
  await manager.page.getByRole('row', { name: new RegExp(place) }).waitFor()

  await using seller = await county.open({ width: 390, language: 'zh', now: AT_TEN })
  const { page, context } = seller
  await findAtItsOwnTime(seller)
  await context.grantPermissions(['geolocation'], { origin: new URL(county.url).origin })
  await context.setGeolocation({ latitude: 37.31, longitude: 120.83, accuracy: 12 })
  await takeAlong(seller)
  await untilKept(page)
  await context.setOffline(true)
  await page.reload()
  await unlock(page)
  await page.getByRole('link', { name: /场现场活动/ }).click()
  await page.getByText('没有网络，显示').waitFor()
  await page.getByRole('button', { name: new RegExp(place) }).click()
  const sheet = page.getByRole('dialog', { name: place })
  await sheet.getByRole('button', { name: '记录位置' }).click()
  await sheet.getByText('位置已记录，误差约 12 米').waitFor()
  const buffer = Buffer.from(await photoOf(seller, '#45b'), 'base64')
  await sheet
    .locator('input[type=file]')
    .setInputFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer })
  await sheet.getByAltText('照片 1').waitFor()
  await sheet.getByRole('button', { name: '保存凭证' }).click()
  await sheet.getByText('凭证已存在手机上，有网络时自动发送。').waitFor()
  await seller.picture('event-offline-sheet')
  await sheet.getByLabel('接触人数').fill('25')
  await sheet.getByLabel('意向人数').fill('4')
  await sheet.getByRole('button', { name: '上报结果' }).click()
  await sheet.waitFor({ state: 'detached' })
  await page.getByText(/活动结果 · 待发送/).waitFor()
  expect(await everythingKept(page), 'nobody reads it on the phone').not.toContain(place)
  await page.reload()
  await unlock(page)
  await page.getByText(/现场凭证 · 待发送/).waitFor()
  await seller.picture('events-offline')
  await context.setOffline(false)
  const card = page.getByRole('button', { name: new RegExp(place) })
  await card.getByText('凭证齐全，已计入').waitFor()
  await card.getByText('已上报').waitFor()
  await card.getByText(/活动结果 · 已收到/).waitFor()
  await seller.picture('events-delivered')

  await manager.page.reload()
  await manager.page.getByRole('row', { name: new RegExp(place) }).click()
  const file = manager.page.getByRole('dialog', { name: '现场活动' })
  await file.getByText('接触 25 人，意向 4 人').waitFor()
  await file.getByText(/上传（1月13日 \d+:\d\d 记下）/).waitFor()
  await manager.picture('event-told-later')
  expect([...manager.errors, ...seller.errors]).toEqual([])
})

test('a manager calls an event off with a reason, on a phone in English', async () => {
  await using manager = await county.open({ width: 390, language: 'en' })
  const { page } = manager
  await manager.signIn('jingli', '/work/events')
  await page.getByRole('heading', { name: 'On-site events' }).waitFor()
  const { staffId } = await whoAmI(manager)
  const form = await planOnPage(manager, false, { goes: staffId, place: 'Orchard Co.' })
  await manager.picture('event-plan')
  await form.getByRole('button', { name: 'Plan', exact: true }).click()
  await page.getByRole('row', { name: /Orchard Co\./ }).waitFor()
  await manager.picture('events')
  await page.getByRole('row', { name: /Orchard Co\./ }).click()
  const file = page.getByRole('dialog', { name: 'On-site event' })
  await file.getByRole('button', { name: 'Report the result' }).click()
  const report = page.getByRole('dialog', { name: 'Report the result' })
  await report.getByLabel('People met').fill('12')
  await report.getByLabel('Leads').fill('2')
  await report.getByRole('button', { name: 'Add a kind' }).click()
  await manager.picture('event-report')
  await report.getByRole('button', { name: 'Cancel' }).click()
  await file.getByRole('button', { name: 'Call off' }).click()
  const sure = page.locator('.ant-popover')
  await sure.getByRole('textbox').fill('power cut in the village')
  await sure.getByRole('button', { name: 'Call off' }).click()
  await file.getByText('Called off', { exact: true }).waitFor()
  await manager.picture('event-file')
  expect(manager.errors).toEqual([])

  await using wide = await county.open({ width: 1440, language: 'en' })
  await wide.signIn('jingli', '/work/events')
  await wide.page.getByRole('row', { name: /Orchard Co\./ }).waitFor()
  await wide.picture('events-counted')
  await using seller = await county.open({ width: 390, language: 'en' })
  await seller.signIn('shequ0101', '/field/events')
  await seller.page.getByRole('heading', { name: 'Events' }).waitFor()
  await seller.picture('events-own')
})
