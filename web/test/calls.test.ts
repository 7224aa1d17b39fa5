import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ServedCounty, serveCounty } from './served.ts'

/** All numbers of the sample county look like this. */
const SAMPLE_NUMBER = /\b104\d{8}\b/

let county: ServedCounty
beforeAll(async () => {
  county = await serveCounty({ GRIDKEEPER_CALL_GATEWAY_URL: 'simulator' })
})
afterAll(() => county?.[Symbol.asyncDispose]())

test('an administrator gives an extension in the form of a person', async () => {
  await using visit = await county.open({ width: 1440, language: 'zh' })
  const { page } = visit
  await visit.signIn('guanli')
  for (const account of ['jingli', 'shequ0101']) {
    await page.goto(`/settings/organisation?search=${account}`)
    const people = page.getByRole('table', { name: '人员' }).locator('tbody')
    await people.getByRole('row').filter({ hasText: account }).getByRole('button').click()
    const field = page.getByRole('textbox', { name: '分机号' })
    await field.fill('80-12')
    await page.getByRole('button', { name: /保 ?存/ }).click()
    await page.getByText('2 至 12 位数字。').waitFor()
    await visit.picture(`extension-${account}`)
    await field.fill(account === 'jingli' ? '8001' : '8012')
    await page.getByRole('button', { name: /保 ?存/ }).click()
    await field.waitFor({ state: 'detached' })
  }
  expect(visit.errors).toEqual([])
})

test.each([
  { width: 1440, language: 'zh' },
  { width: 390, language: 'en' },
] as const)(
  'from a portrait a subscriber is called for a purpose, and the number stays away ($width $language)',
  async (as) => {
    await using visit = await county.open(as)
    const { page } = visit
    const zh = as.language === 'zh'
    await visit.signIn('jingli', '/base/68600000001001')
    const call = zh ? /^呼 ?叫$/ : 'Call'
    await page.getByRole('button', { name: call }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    await visit.picture('call')
    const go = dialog.getByRole('button', { name: call })
    expect(await go.isDisabled()).toBe(true)
    await dialog.getByRole('combobox').click()
    await page
      .getByTitle(zh ? '处理投诉' : 'A complaint')
      .last()
      .click()
    await go.click()
    await dialog.getByText(zh ? /说明.*原因/ : /Say why/).waitFor()
    await visit.picture('call-refused')
    await dialog.getByRole('textbox').fill('工单 12')
    const answering = page.waitForResponse(/\/calls$/)
    await go.click()
    const answer = await (await answering).text()
    expect(Object.keys(JSON.parse(answer) as object).sort()).toEqual(['at', 'callId'])
    await page.getByText(zh ? '正在接通，请接听您的分机。' : 'Ringing: answer').waitFor()
    await visit.picture('call-ringing')
    const { values } = await visit.context.request
      .post('/api/v1/branches/370686/subscribers/68600000001001/unmask', {
        data: { purpose: 'complaint', note: '工单 12', fields: ['phone'] },
      })
      .then(async (seen) => (await seen.json()) as { values: { phone: string } })
    expect(values.phone).toMatch(SAMPLE_NUMBER)
    expect(await page.content()).not.toMatch(SAMPLE_NUMBER)
    await page.goto('/settings/account')
    await page.getByText('8001').waitFor()
    await visit.picture('call-account')
    expect(visit.errors).toEqual([])
  },
)

test.each(['zh', 'en'] as const)(
  'on the phone the platform calls, and no number is shown (%s)',
  async (language) => {
    await using visit = await county.open({ width: 390, language })
    const { page } = visit
    const zh = language === 'zh'
    await visit.signIn('shequ0101', '/field')
    await page
      .getByRole('button', { name: zh ? /话术与资费/ : /Script and terms/ })
      .first()
      .click()
    await visit.picture('field-connect')
    await page.getByRole('button', { name: zh ? '呼叫' : 'Call', exact: true }).click()
    const told = page.getByText(zh ? /正在接通|不打扰时段/ : /Ringing|quiet hours/)
    await told.waitFor()
    await visit.picture('field-connected')
    expect(await page.content()).not.toMatch(SAMPLE_NUMBER)
    expect(await page.content()).not.toContain('tel:')
    expect(visit.errors).toEqual([])
  },
)
