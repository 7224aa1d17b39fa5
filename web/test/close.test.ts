import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ServedCounty, serveCounty } from './served.ts'

const UNIT = '370686-H01-G1'
const WORDS = {
  zh: { each: /^逐项安排/, next: '顺延', close: '日清', none: /没有任务要日清/ },
  en: { each: /^Task by task/, next: 'Next day', close: 'Close the day', none: /nothing to close/ },
}
let county: ServedCounty
beforeAll(async () => {
  county = await serveCounty({}, '2026-11-22T18:05:00+08:00')
})
afterAll(() => county?.[Symbol.asyncDispose]())

test('a manager says what becomes of each task that is left, and then sees where each went', async () => {
  await using visit = await county.open({ width: 1440, language: 'zh' })
  const { page } = visit
  await visit.signIn('jingli', `/work/board?unit=${UNIT}&by=person`)
  await page.getByRole('link', { name: '日清日结' }).last().click()
  const people = page.locator('section[aria-label]').filter({ hasText: '项没办' }).last()
  await people.waitFor()
  await visit.picture('close-open')
  const close = page.getByRole('button', { name: '日清', exact: true })
  expect(await close.isDisabled(), 'as long as something is undecided').toBe(true)
  const sections = page.getByRole('region', { name: '还没办的' }).locator('section')
  const nameOf = async (nth: number) => (await sections.nth(nth).getAttribute('aria-label')) ?? ''
  const [one, two, three] = [await nameOf(0), await nameOf(1), await nameOf(2)]
  const pick = async (name: string | RegExp, option: string, exact = true) => {
    await page.getByRole('combobox', { name, exact }).first().click()
    await page.locator('.ant-select-item-option').filter({ hasText: option }).last().click()
  }
  // One has been ill: back. Another’s go to a colleague, but one house that is gone.
  await pick(`${one}还没办的，一律`, '收回待派')
  await pick(`${two}还没办的，一律`, '改派')
  const taker = page.getByRole('combobox', { name: `改派给谁 · ${two}还没办的，一律` })
  await taker.fill(three)
  await page.locator('.ant-select-item-option').filter({ hasText: three }).first().click()
  await page.getByRole('button', { name: `逐项安排 · ${two}` }).click()
  const tasks = sections.nth(1).getByRole('listitem')
  await tasks.nth(1).waitFor()
  const ofTask = tasks.first()
  await ofTask.getByRole('combobox').click()
  await page.locator('.ant-select-item-option').filter({ hasText: '不再办' }).last().click()
  await ofTask.getByRole('combobox', { name: /^为什么/ }).click()
  await page.locator('.ant-select-item-option').filter({ hasText: '其他' }).last().click()
  await ofTask.getByRole('textbox', { name: /^请写明原因/ }).fill('房屋已拆除')
  expect(await close.isDisabled(), 'the others are undecided').toBe(true)
  await page.locator('label').filter({ hasText: '顺延' }).click()
  await expect.poll(() => close.isEnabled()).toBe(true)
  await visit.picture('close-decided')

  // Somebody else has the same page open.
  await using other = await county.open({ width: 1440, language: 'en' })
  await other.signIn('jingli', `/work/close?unit=${UNIT}`)
  await other.page.locator('label').filter({ hasText: 'Take back' }).click()

  await close.click()
  const dialog = page.getByRole('dialog', { name: /^确认日清/ })
  await dialog.getByText('不再办 1 项').waitFor()
  await visit.picture('close-sure')
  await dialog.getByRole('button', { name: '日清' }).click()
  await page.getByText(/11月22日 18:05 已日清/).waitFor()
  const table = page.getByRole('table', { name: '逐项去向' })
  await table.waitFor()
  await table.getByRole('cell').nth(5).waitFor()
  await visit.picture('close-told')
  await page.locator('.ant-segmented-item').filter({ hasText: '不再办' }).click()
  await expect.poll(() => table.getByRole('row').count()).toBe(2)
  await table.getByText('房屋已拆除').waitFor()
  await page.locator('.ant-segmented-item').filter({ hasText: '改派' }).click()
  await table.getByText(`改派给${three}`).first().waitFor()
  await page.locator('.ant-segmented-item').filter({ hasText: '收回' }).click()
  await table.getByText(one).first().waitFor()

  await other.page.getByRole('button', { name: 'Close the day' }).click()
  await other.page.getByRole('dialog').getByRole('button', { name: 'Close the day' }).click()
  await other.page.getByRole('alert').waitFor()
  await other.page.getByText(/closed by/).waitFor()
  await other.page.getByRole('table', { name: 'Closes' }).waitFor()
  await other.page.getByRole('table', { name: 'Where' }).getByRole('cell').nth(5).waitFor()
  await other.picture('close-told')
  expect([...visit.errors, ...other.errors]).toEqual([])
})

test.each([
  { width: 390, language: 'zh', unit: '370686-H02-G1' },
  { width: 390, language: 'en', unit: '370686-H03-G1' },
] as const)('a phone closes the day of a grid ($language)', async ({ unit, ...as }) => {
  await using visit = await county.open(as)
  const { page } = visit
  const words = WORDS[as.language]
  const fits = async () => {
    const [width, inside] = await page.evaluate(() => [document.body.scrollWidth, innerWidth])
    expect(width, 'nothing runs off the side').toBeLessThanOrEqual(inside ?? 0)
  }
  await visit.signIn('jingli', `/work/close?unit=${unit}`)
  await page.getByRole('button', { name: words.each }).first().click()
  await page.locator('section section li a').nth(3).waitFor()
  await fits()
  await visit.picture('close-open')
  await page.locator('label').filter({ hasText: words.next }).click()
  await page.getByRole('button', { name: words.close, exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: words.close }).click()
  await page.getByRole('table').last().getByRole('link').first().waitFor()
  await fits()
  await visit.picture('close-told')
  await page.goto(`${county.url}/work/close?date=2026-11-20`)
  await page.getByText(words.none).waitFor()
  await visit.picture('close-none')
  expect(visit.errors).toEqual([])
})
