import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ServedCounty, serveCounty, type Visit } from './served.ts'

let county: ServedCounty
beforeAll(async () => {
  county = await serveCounty()
})
afterAll(() => county?.[Symbol.asyncDispose]())

const WORDS = {
  zh: {
    ...{ assign: '指派任务', kind: '做什么', box: '旧盒回收', to: '派给谁', bar: '已选用户' },
    ...{ day: '哪一天', unfit: '90 天之内', again: '未指派的另行指派', hall: '营业厅' },
    ...{ onList: '这户当日已有同一方式的任务', list: '当天的清单', sweep: '过期未续清扫' },
    ...{ refused: '2027年2月22日', all: '全选本页', next: '下一页' },
  },
  en: {
    ...{ assign: /^Give (a task|tasks)$/, kind: 'What to do', box: 'Old box recovery' },
    ...{ to: 'To whom', bar: 'Chosen subscribers', day: 'On', unfit: 'within 90 days' },
    ...{ again: 'Try the rest another way', hall: 'Hall', onList: 'same touchpoint already' },
    ...{ list: 'on that day', sweep: 'Lapsed sweep', refused: '22 Feb 2027' },
    ...{ all: 'All of this page', next: 'Next' },
  },
} as const
type Looks = Readonly<{ width: number; language: keyof typeof WORDS }>

const LOOKS: readonly Looks[] = [
  { width: 1440, language: 'zh' },
  { width: 390, language: 'en' },
]

/** Three of the list, others for each look, by their ids. */
async function threeOf({ page }: Visit, { width, language }: Looks): Promise<string[]> {
  const nth = (width === 390 ? 3 : 0) + (language === 'zh' ? 6 : 0)
  const boxes = page.locator('tbody').last().getByRole('checkbox')
  await boxes.nth(nth + 2).waitFor()
  const names = await Promise.all(
    [0, 1, 2].map((at) => boxes.nth(nth + at).getAttribute('aria-label')),
  )
  return names.map((name) => /\d+$/.exec(name ?? '')?.[0] ?? '')
}

const tick = async ({ page }: Visit, ids: readonly string[]) => {
  for (const id of ids) await page.getByRole('checkbox', { name: id }).click()
}

/** Opens the dialog; `kind` is chosen in it where the page does not know it already. */
async function openDialog(visit: Visit, as: Looks, kind?: string): Promise<Locator> {
  const { page } = visit
  const words = WORDS[as.language]
  await page.getByRole('button', { name: words.assign }).click()
  const dialog = page.getByRole('dialog').last()
  if (kind) {
    await dialog.getByRole('combobox', { name: words.kind }).click()
    await page.getByTitle(kind, { exact: true }).click()
  }
  await dialog.getByRole('combobox', { name: words.to }).click()
  await page.locator('.ant-select-item-option', { hasText: '翠屏网格1' }).first().click()
  return dialog
}

test.each(LOOKS)(
  'a hall manager gives three of the list to somebody for tomorrow, who has them, and is told who was left out ($width $language)',
  async (as) => {
    const words = WORDS[as.language]
    await using visit = await county.open(as)
    const { page } = visit
    await visit.signIn('tingzhang01', '/base?status=active')
    const [first = '', ...others] = await threeOf(visit, as)

    await page.goto(`/base/${first}`)
    const one = await openDialog(visit, as, words.box)
    await visit.picture('assign-one')
    await one.getByRole('button', { name: /1/ }).click()
    await one.getByText(words.list).waitFor()
    await visit.picture('assign-one-given')

    await page.goto('/base?status=active')
    await tick(visit, [first, ...others])
    await visit.picture('assign-list')
    const dialog = await openDialog(visit, as, words.box)
    await visit.picture('assign-dialog')
    await dialog.getByLabel(words.day, { exact: true }).fill('2027-06-01')
    await dialog.getByRole('button', { name: /3/ }).click()
    await dialog.getByRole('alert').getByText(words.unfit).waitFor()
    await visit.picture('assign-refused')
    await dialog.getByLabel(words.day, { exact: true }).fill('2026-11-23')
    await dialog.getByRole('button', { name: /3/ }).click()
    const left = dialog.locator('tbody tr')
    await left.getByText(words.onList).waitFor()
    expect(await left.count()).toBe(1)
    await visit.picture('assign-left')
    await dialog.getByRole('button', { name: words.again }).click()
    await dialog.getByText(words.hall, { exact: true }).click()
    await dialog.getByRole('button', { name: /1/ }).click()
    await dialog.getByText(words.list).waitFor()
    expect(await left.count()).toBe(0)
    expect(await page.getByRole('region', { name: words.bar }).count()).toBe(0)

    await dialog.getByText(words.list).click()
    const list = page.locator('article')
    await list.getByText(words.box).first().waitFor()
    await visit.picture('assign-receiver')
    expect(new URL(page.url()).searchParams.get('date')).toBe('2026-11-23')
    const tasksOf = (id: string) => list.locator(`a[href*="${id}"]`).count()
    expect(await Promise.all([first, ...others].map(tasksOf))).toEqual([2, 1, 1])
    expect(visit.errors).toEqual([])
  },
)

test.each(LOOKS)(
  'whoever refused visits is left out of a sweep of the lapsed, until when is said ($width $language)',
  async (as) => {
    const words = WORDS[as.language]
    await using visit = await county.open(as)
    const { page } = visit
    await visit.signIn('tingzhang01', '/base/lapsed')
    const three = await threeOf(visit, as)
    const status = await page.evaluate(async (id) => {
      const path = `/api/v1/branches/370686/subscribers/${id}/touches`
      const headers = { 'content-type': 'application/json' }
      const refused = { result: 'refused', scope: 'channel', channel: 'door', purpose: 'marketing' }
      const body = { ...refused, at: null, offer: null, until: null, note: null }
      return (await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })).status
    }, three[1])
    expect(status).toBe(200)
    await tick(visit, three)
    await visit.picture('assign-lapsed')
    const dialog = await openDialog(visit, as)
    await dialog.getByText(words.sweep).waitFor()
    await visit.picture('assign-lapsed-dialog')
    await dialog.getByRole('button', { name: /3/ }).click()
    await dialog.locator('tbody tr').getByText(words.refused, { exact: true }).waitFor()
    await visit.picture('assign-lapsed-left')
    expect(visit.errors).toEqual([])
  },
)

test('at most 200 are ticked, over the pages of the list, and those ticked stay', async () => {
  await using visit = await county.open({ width: 1440, language: 'zh' })
  const { page } = visit
  const words = WORDS.zh
  await visit.signIn('tingzhang01', '/base?lapsed=all')
  const bar = page.getByRole('region', { name: words.bar })
  const all = page.getByRole('checkbox', { name: words.all })
  const boxes = page.locator('tbody').getByRole('checkbox')
  for (const count of [50, 100, 150, 200]) {
    await page.getByText(`第 ${count / 50} 页`).waitFor()
    // The lines of before, which are ticked, stay until those of the page are there.
    await expect.poll(() => boxes.first().isChecked()).toBe(false)
    await all.click()
    await bar.getByText(`已选 ${count} 户`).waitFor()
    await page.getByRole('button', { name: words.next }).click()
  }
  await page.getByText('第 5 页').waitFor()
  await expect.poll(() => boxes.first().isDisabled()).toBe(true)
  await bar.getByText('一次最多选 200 户。').waitFor()
  await visit.picture('assign-full')
  await page.goBack()
  await page.getByText('第 4 页').waitFor()
  await boxes.first().click()
  await bar.getByText('已选 199 户').waitFor()
  expect(visit.errors).toEqual([])
})

test('whoever gives no tasks is offered nothing to tick', async () => {
  await using visit = await county.open({ width: 1440, language: 'zh' })
  const { page } = visit
  await visit.signIn('rexian01', '/base')
  await page.locator('tbody a').first().click()
  await page.getByRole('region', { name: '基本情况' }).waitFor()
  expect(await page.getByRole('button', { name: WORDS.zh.assign }).count()).toBe(0)
  await page.goBack()
  await page.locator('tbody a').first().waitFor()
  expect(await page.getByRole('checkbox').count()).toBe(0)
})
