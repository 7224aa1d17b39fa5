import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ServedCounty, serveCounty } from './served.ts'

let county: ServedCounty
beforeAll(async () => {
  county = await serveCounty()
})
afterAll(() => county?.[Symbol.asyncDispose]())

test.each([
  { width: 1440, language: 'zh' },
  { width: 390, language: 'en' },
] as const)(
  'a refusal on the telephone closes every way to the household at once ($width $language)',
  async (as) => {
    const zh = as.language === 'zh'
    await using agent = await county.open(as)
    const { page } = agent
    await agent.signIn('rexian01', '/base')
    const subscriberId = await page.evaluate(async (width) => {
      const path = '/api/v1/branches/370686/subscribers?status=active&limit=2'
      const { rows } = (await (await fetch(path)).json()) as { rows: { subscriberId: string }[] }
      return rows[width === 390 ? 0 : 1]?.subscriberId
    }, as.width)
    await page.goto(`/base/${subscriberId}`)
    const part = page.getByRole('region', { name: zh ? '现在能否联系' : 'May we get in touch' })
    const ways = part.locator('dl > div')
    await ways
      .filter({ hasText: zh ? '免打扰时段' : 'quiet hours' })
      .first()
      .waitFor()
    await part.scrollIntoViewIfNeeded()
    await agent.picture('gates')

    await part.getByRole('button', { name: zh ? '登记接触' : 'Record a touch' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(zh ? '结果' : 'Result').click()
    await page.getByTitle(zh ? '拒绝' : 'Refused', { exact: true }).click()
    await dialog.getByText(zh ? '三个月内不再营销' : 'nobody sells for three months').waitFor()
    await agent.picture('record-touch')
    await dialog.getByRole('button', { name: zh ? /保 ?存/ : 'Save' }).click()
    await dialog.getByText(zh ? '这次接触不合规则' : 'against the rules').waitFor()
    await agent.picture('touch-against-rules')
    await dialog
      .getByRole('button', { name: zh ? /关 ?闭/ : 'Close' })
      .last()
      .click()

    const refused = zh ? '2027年2月22日 起方可再联系' : 'asked again from 22 Feb 2027'
    await expect.poll(() => ways.filter({ hasText: refused }).count()).toBe(6)
    await agent.picture('gates-closed')
    await part.getByText(zh ? '续约' : 'Renewal', { exact: true }).click()
    const visit = ways.filter({ hasText: zh ? '上门' : 'Door' })
    await visit.getByText(zh ? '可以' : 'Yes', { exact: true }).waitFor()
    expect(agent.errors).toEqual([])
  },
)

test.each([
  { width: 1440, language: 'zh' },
  { width: 390, language: 'en' },
] as const)(
  'a touch names the day to come again and its proof, and the portrait shows it ($width $language)',
  async (as) => {
    const zh = as.language === 'zh'
    await using visit = await county.open(as)
    const { page } = visit
    await visit.signIn('rexian01', '/base')
    const subscriberId = await page.evaluate(async (width) => {
      const path = '/api/v1/branches/370686/subscribers?status=active&limit=60'
      const { rows } = (await (await fetch(path)).json()) as { rows: { subscriberId: string }[] }
      return rows.at(width === 390 ? -1 : -2)?.subscriberId
    }, as.width)
    await page.goto(`/base/${subscriberId}`)
    const part = page.getByRole('region', { name: zh ? '现在能否联系' : 'May we get in touch' })
    await part.getByRole('button', { name: zh ? '登记接触' : 'Record a touch' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(zh ? '目的' : 'Purpose').click()
    await page.getByTitle(zh ? '服务' : 'Service', { exact: true }).click()
    await dialog.getByLabel(zh ? /下次联系日期/ : /Meet them again/).fill('2026-11-25')
    await dialog.getByLabel(zh ? '凭证编号' : 'Number of the proof').fill('LY-20261122-07')
    const save = dialog.getByRole('button', { name: zh ? /保 ?存/ : 'Save' })
    await save.click()
    await dialog
      .getByText(zh ? '凭证须有类别和编号' : 'takes its kind')
      .first()
      .waitFor()
    await visit.picture('touch-half-a-proof')
    await dialog.getByLabel(zh ? '凭证类别' : 'Kind of proof').click()
    await page.getByTitle(zh ? '录音' : 'Recording', { exact: true }).click()
    await save.click()
    await dialog.waitFor({ state: 'detached' })
    await part.getByText(zh ? /约定 11月25日.* 再联系/ : /met again on Wed.* 25 Nov/).waitFor()
    await part.scrollIntoViewIfNeeded()
    await visit.picture('follow-up')
    expect(visit.errors).toEqual([])
  },
)
