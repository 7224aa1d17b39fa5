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
  'a correction is recorded on the portrait, shown at once, listed and taken back ($width $language)',
  async (as) => {
    const zh = as.language === 'zh'
    await using clerk = await county.open(as)
    const { page } = clerk
    await clerk.signIn('jingli', '/base')
    const subscriberId = await page.evaluate(async () => {
      const path = '/api/v1/branches/370686/subscribers?status=active&limit=1'
      const { rows } = (await (await fetch(path)).json()) as { rows: { subscriberId: string }[] }
      return rows[0]?.subscriberId
    })
    await page.goto(`/base/${subscriberId}`)
    const record = zh ? '登记更正' : 'Record a correction'
    const button = page.getByRole('button', { name: record })
    await button.scrollIntoViewIfNeeded()
    await clerk.picture('correction-portrait')
    await button.click()
    const dialog = page.getByRole('dialog')
    const number = `GZ-${as.language}-1`
    await dialog.getByLabel(zh ? '更正为' : 'What is right').fill('打不通')
    await dialog.getByLabel(zh ? '来函或工单编号' : 'Number of the letter or case').fill(number)
    await dialog.getByRole('button', { name: record }).click()
    await dialog.getByText(zh ? /读不出这个号码/ : /cannot be read/).waitFor()
    await clerk.picture('correction-request')
    await dialog.getByLabel(zh ? '更正为' : 'What is right').fill('138 1111 2222')
    await dialog.getByRole('button', { name: record }).click()
    await page.getByText(zh ? '更正已生效。' : 'Corrected.').waitFor()
    await page.getByText('138****2222').first().waitFor()
    await clerk.picture('corrected-portrait')

    await page.goto('/settings/corrections')
    const row = page.getByRole('row').filter({ hasText: number })
    await row.getByText('138****2222').waitFor()
    await clerk.picture('corrections')
    const withdraw = zh ? /撤 ?回/ : 'Take back'
    await row.getByRole('button', { name: withdraw }).click()
    await page.getByRole('tooltip').getByRole('button', { name: withdraw }).click()
    await row.getByText(zh ? '已撤回' : 'Taken back').waitFor()
    await clerk.picture('corrections-withdrawn')
    expect(clerk.errors.filter((each) => !each.includes('422'))).toEqual([])
  },
)
