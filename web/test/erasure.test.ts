import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ServedCounty, serveCounty } from './served.ts'

let county: ServedCounty
beforeAll(async () => {
  county = await serveCounty()
})
afterAll(() => county?.[Symbol.asyncDispose]())

type Row = { subscriberId: string; name: string | null; arrearsFen: number | null }

/** Somebody who left, owes nothing and still has a name here. */
async function whoLeft(page: Page): Promise<string> {
  const rows = await page.evaluate(async () => {
    const path = '/api/v1/branches/370686/subscribers?status=terminated&limit=100'
    return ((await (await fetch(path)).json()) as { rows: Row[] }).rows
  })
  const found = rows.find(({ name, arrearsFen }) => name !== null && (arrearsFen ?? 0) <= 0)
  if (!found) throw new Error('the sample county has subscribers who left')
  return found.subscriberId
}

test.each([
  { width: 1440, language: 'zh' },
  { width: 390, language: 'en' },
] as const)(
  'an erasure is asked for on the portrait, approved by another, and told on the portrait ($width $language)',
  async (as) => {
    const zh = as.language === 'zh'
    await using asks = await county.open(as)
    await asks.signIn('guanli', '/base')
    const subscriberId = await whoLeft(asks.page)
    await asks.page.goto(`/base/${subscriberId}`)
    const ask = zh ? '登记删除申请' : 'Ask for an erasure'
    const button = asks.page.getByRole('button', { name: ask })
    await button.scrollIntoViewIfNeeded()
    await asks.picture('erasure-portrait')
    await button.click()
    const dialog = asks.page.getByRole('dialog')
    const number = `XF-${as.language}-1`
    await dialog.getByLabel(zh ? '来函或工单编号' : 'Number of the letter or case').fill(number)
    await asks.picture('erasure-request')
    await dialog.getByRole('button', { name: ask }).click()
    await asks.page.getByText(zh ? /已登记/ : /Put down/).waitFor()

    await using approves = await county.open(as)
    await approves.signIn('jingli', '/settings/erasures')
    const row = approves.page.getByRole('row').filter({ hasText: number })
    await approves.picture('erasures')
    await row.getByRole('button', { name: zh ? '批准' : 'Approve' }).click()
    const decision = approves.page.getByRole('dialog')
    await decision.waitFor()
    await approves.picture('erasure-decide')
    await decision.getByRole('button', { name: zh ? /批 ?准/ : 'Approve' }).click()
    await row.getByText(zh ? '已删除' : 'Erased').waitFor()
    await approves.picture('erasures-done')

    await asks.page.reload()
    await asks.page.getByText(zh ? /个人信息已于/ : /Erased on/).waitFor()
    await asks.picture('erased-portrait')
    expect(await button.count()).toBe(0)
    expect([...asks.errors, ...approves.errors]).toEqual([])
  },
)
