import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ServedCounty, serveCounty, type Visit } from './served.ts'

let county: ServedCounty
beforeAll(async () => {
  county = await serveCounty()
})
afterAll(() => county?.[Symbol.asyncDispose]())

/** Nothing of the page lies beyond its right edge: a table scrolls in its own frame. */
const overflow = ({ page }: Visit) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

test.each([
  { width: 1440, language: 'zh', role: '营业员', allowed: '可以' },
  { width: 1440, language: 'en', role: 'Hall clerk', allowed: 'May' },
  { width: 390, language: 'zh', role: '营业员', allowed: '可以' },
  { width: 390, language: 'en', role: 'Hall clerk', allowed: 'May' },
] as const)(
  'who may do what is read by role, at $width in $language',
  async ({ width, language, role, allowed }) => {
    await using visit = await county.open({ width, language })
    await visit.signIn('guanli', '/settings/permissions?role=hall_clerk')
    const heading = language === 'zh' ? `“${role}”可以` : `${role} may`
    await visit.page.getByRole('table', { name: heading }).getByText(allowed).first().waitFor()
    await visit.picture('permissions')
    expect(await overflow(visit)).toBeLessThanOrEqual(0)
    expect(visit.errors).toEqual([])
  },
)

test.each([
  { width: 1440, language: 'zh', title: '审计日志', none: '没有符合条件的记录' },
  { width: 390, language: 'en', title: 'Audit trail', none: 'No entry matches' },
] as const)(
  'an auditor searches the trail, at $width in $language',
  async ({ width, language, title, none }) => {
    await using visit = await county.open({ width, language })
    await visit.signIn('shenji', '/settings/audit')
    const { page } = visit
    const table = page.getByRole('table', { name: title })
    await table.locator('tbody').getByRole('button').first().waitFor()
    await visit.picture('audit')
    expect(await overflow(visit)).toBeLessThanOrEqual(0)
    await table.locator('tbody').getByRole('button').first().click()
    await page.getByText(language === 'zh' ? '校验值' : 'Hash').waitFor()
    await visit.picture('audit-entry')
    await page.goto('/settings/audit?actor=nobody')
    await page.getByText(none).waitFor()
    await visit.picture('audit-none')
    expect(visit.errors).toEqual([])
  },
)

test('who does not audit is told why the page is closed', async () => {
  await using visit = await county.open({ width: 390, language: 'zh' })
  await visit.signIn('jingli', '/settings/audit')
  await visit.page.getByText('您的岗位不能查询审计日志').waitFor()
  expect(visit.errors).toEqual([])
})

test('a manager draws a zone anew, sees both sides, publishes and takes it back', async () => {
  await using visit = await county.open({ width: 1440, language: 'zh' })
  const { page } = visit
  await visit.signIn('jingli', '/settings/zones')
  await page.getByRole('textbox', { name: '新片区名称' }).fill('南片区')
  await page.getByRole('button', { name: '新设片区' }).click()
  const hall = page.getByRole('combobox', { name: /调整到/ }).first()
  await hall.click()
  await hall.fill('南片区')
  await hall.press('Enter')
  await page.getByText('2 项改动').waitFor()
  await page.getByRole('button', { name: '预览', exact: true }).click()
  await page.getByRole('table', { name: '调整前后' }).getByText('合计').waitFor()
  await visit.picture('zones')
  await page.getByRole('button', { name: '发布', exact: true }).click()
  await page.getByText('待生效').waitFor()
  await page.getByRole('button', { name: '撤销调整' }).click()
  await page.getByText('已撤销').waitFor()
  await visit.picture('zones-undone')
  expect(visit.errors).toEqual([])
})

test('re-zoning fits a phone and reads in English', async () => {
  await using visit = await county.open({ width: 390, language: 'en' })
  await visit.signIn('jingli', '/settings/zones')
  await visit.page.getByRole('button', { name: 'Open a zone' }).waitFor()
  await visit.picture('zones')
  expect(await overflow(visit)).toBeLessThanOrEqual(0)
  expect(visit.errors).toEqual([])
})

test('somebody gets a second post in another hall, and it is ended', async () => {
  await using visit = await county.open({ width: 1440, language: 'zh' })
  const { page } = visit
  await visit.signIn('guanli', '/settings/organisation?search=tingzhang01')
  await page
    .getByRole('table', { name: '人员' })
    .locator('tbody')
    .getByRole('button')
    .first()
    .click()
  await page.getByRole('button', { name: '新增兼任' }).click()
  const unit = page.getByRole('combobox', { name: '兼任单位' })
  await unit.click()
  await unit.fill('第二片区')
  await page.locator('.ant-select-tree-title', { hasText: '第二片区' }).first().click()
  const roles = page.getByRole('combobox', { name: '兼任岗位' })
  await roles.click()
  await roles.fill('片区经理')
  await roles.press('Enter')
  await page.getByRole('button', { name: '保存兼任' }).click()
  await page.getByRole('table', { name: '兼任岗位' }).getByText('第二片区').waitFor()
  await visit.picture('posts')
  await page.getByRole('button', { name: '今天结束' }).click()
  await page.getByRole('button', { name: '今天结束' }).waitFor({ state: 'detached' })
  expect(visit.errors).toEqual([])
})

test('a rule is saved as a version, and nothing is sent while a field is empty', async () => {
  await using visit = await county.open({ width: 1440, language: 'zh' })
  const { page } = visit
  await visit.signIn('guanli', '/settings/rules')
  const plans = page.getByRole('region', { name: '计划规则' })
  await plans.getByRole('switch').click()
  await plans.getByRole('button', { name: '保存' }).click()
  await plans.getByRole('table').getByRole('cell', { name: '否' }).waitFor()
  const dormancy = page.getByRole('region', { name: '休眠用户' })
  await dormancy.getByRole('spinbutton').fill('')
  await dormancy.getByRole('button', { name: '保存' }).click()
  await dormancy.getByText('请填写').waitFor()
  await dormancy.getByText('出厂规则，尚未修改').waitFor()
  await dormancy.getByRole('spinbutton').fill('45')
  await dormancy.getByRole('button', { name: '保存' }).click()
  await dormancy.getByRole('table').getByRole('cell', { name: '45' }).waitFor()
  await visit.picture('rules')
  expect(visit.errors).toEqual([])
})
