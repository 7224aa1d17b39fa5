import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ServedCounty, serveCounty } from './served.ts'

/** When people may be rung: no number is shown to dial it in the quiet hours. */
const FORENOON = '2026-11-22T09:30:00+08:00'

let county: ServedCounty
beforeAll(async () => {
  county = await serveCounty({}, FORENOON)
})
afterAll(() => county?.[Symbol.asyncDispose]())

test.each(['zh', 'en'] as const)(
  'on the phone the number of one’s own task comes on a tap and stands in no address (%s)',
  async (language) => {
    await using visit = await county.open({ width: 390, language })
    const { page } = visit
    await visit.signIn('rexian01', '/field') // whose tasks are calls, to whoever may be called
    const cards = page.getByRole('button', {
      name: language === 'zh' ? /话术与资费/ : /Script and terms/,
    })
    await cards.first().click()
    expect(await page.content()).not.toContain('tel:')
    await page
      .getByRole('button', { name: language === 'zh' ? '拨号' : 'Call', exact: true })
      .click()
    const dial = page.getByRole('link', { name: language === 'zh' ? /^拨 \d+/ : /^Dial \d+/ })
    await dial.waitFor()
    const number = (await dial.getAttribute('href'))?.replace('tel:', '') ?? ''
    expect(number).toMatch(/^\d{7,}$/)
    expect(page.url()).not.toContain(number)
    expect(
      await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage })),
    ).not.toContain(number)
    await visit.picture('field-call')
    expect(visit.errors).toEqual([])
  },
)

test('on the phone nobody who said no to calls is dialled, and it is told in words', async () => {
  await using visit = await county.open({ width: 390, language: 'zh' })
  const { page } = visit
  await visit.signIn('shequ0101', '/field')
  await page
    .getByRole('button', { name: /话术与资费/ })
    .first()
    .click()
  await page.getByRole('button', { name: '拨号', exact: true }).click()
  await page.getByText(/^现在不能联系该家庭：用户已退订或未同意/).waitFor()
  expect(await page.content()).not.toContain('tel:')
  await visit.picture('field-call-closed')
  expect(visit.errors).toEqual([])
})

test.each([
  { width: 1440, language: 'zh' },
  { width: 390, language: 'en' },
] as const)(
  'a portrait is shown in clear for a purpose, and alarms are told ($width $language)',
  async (as) => {
    await using visit = await county.open(as)
    const { page } = visit
    const zh = as.language === 'zh'
    await visit.signIn('jingli', '/base/68600000001001')
    await page.getByRole('heading', { level: 1 }).waitFor()
    const show = zh ? '查看明文' : 'Show in clear'
    await page.getByRole('button', { name: show }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    await visit.picture('unmask')
    await dialog.getByRole('button', { name: show }).click()
    await page.getByText(zh ? /明文显示中/ : /Shown in clear/).waitFor()
    await visit.picture('unmasked')
    await page.goto('/settings/alarms')
    await page
      .getByText(zh ? /不在本人清单上/ : /not on the own list/)
      .first()
      .waitFor()
    await visit.picture('alarms')
    expect(visit.errors).toEqual([])
  },
)

test('an auditor writes down what came of an alarm', async () => {
  await using manager = await county.open({ width: 1440, language: 'zh' })
  await manager.signIn('jingli')
  const seen = await manager.context.request.post(
    '/api/v1/branches/370686/subscribers/68600000001001/unmask',
    { data: { purpose: 'complaint', note: '工单 12', fields: ['name'] } },
  )
  expect(seen.status()).toBe(200)
  await using visit = await county.open({ width: 1440, language: 'zh' })
  const { page } = visit
  await visit.signIn('shenji', '/settings/alarms')
  await page.getByRole('button', { name: '登记核查' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: '核查结论' }).fill('已核对工单 12')
  await visit.picture('alarm-look')
  await dialog.getByRole('button', { name: '保存' }).click()
  await page.getByRole('cell', { name: /已核对工单 12/ }).waitFor()
  await visit.picture('alarm-looked')
  await page.setViewportSize({ width: 390, height: 844 })
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByText('Looked into').first().waitFor()
  await visit.picture('alarm-looked-narrow')
  expect(visit.errors).toEqual([])
})

test.each([
  { width: 1440, language: 'zh' },
  { width: 390, language: 'en' },
] as const)(
  'an export is asked for, approved by another, and downloaded ($width $language)',
  async (as) => {
    const zh = as.language === 'zh'
    const ask = zh ? '申请导出' : 'Ask for an export'
    await using asks = await county.open(as)
    await asks.signIn('pianqu1', '/work/exports')
    await asks.page.getByRole('button', { name: ask }).first().click()
    const dialog = asks.page.getByRole('dialog')
    const why = `核对 ${as.language}`
    await dialog.getByLabel(zh ? '为什么需要' : 'Why it is needed').fill(why)
    await asks.picture('export-request')
    await dialog.getByRole('button', { name: ask }).click()
    await asks.page
      .getByText(zh ? '待审批' : 'Waiting')
      .first()
      .waitFor()

    await using approves = await county.open(as)
    await approves.signIn('jingli', '/work/exports')
    const row = approves.page.getByRole('row').filter({ hasText: why })
    await row.getByRole('button', { name: zh ? '批准' : 'Approve' }).click()
    const decision = approves.page.getByRole('dialog')
    await approves.picture('export-decide')
    await decision.getByRole('button', { name: zh ? /批 ?准/ : 'Approve' }).click()
    await decision.waitFor({ state: 'hidden' })
    await approves.picture('exports')

    await asks.page.reload()
    const ready = asks.page.getByRole('row').filter({ hasText: why })
    const link = ready.getByRole('link', { name: zh ? /下 ?载/ : 'Download' })
    await link.waitFor()
    await asks.picture('export-ready')
    const downloading = asks.page.waitForEvent('download')
    await link.click()
    expect((await downloading).suggestedFilename()).toMatch(/^EX\d{8}-[0-9a-f]{8}\.xlsx$/)
    expect([...asks.errors, ...approves.errors]).toEqual([])
  },
)
