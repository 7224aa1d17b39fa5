import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ServedCounty, serveCounty } from './served.ts'

let county: ServedCounty
beforeAll(async () => {
  county = await serveCounty()
})
afterAll(() => county?.[Symbol.asyncDispose]())

test.each([
  { account: 'jingli', sees: '第四片区', misses: null, because: 'the county sees its zones' },
  { account: 'pianqu1', sees: '营业部', misses: '第四片区', because: 'a zone sees its halls only' },
  {
    account: 'tingzhang01',
    sees: '翠屏网格1',
    misses: '第二片区',
    because: 'a hall sees its grid',
  },
  { account: 'fenxi', sees: '第四片区', misses: null, because: 'an analyst sees the branch' },
])('$account signs in and sees the own subtree: $because', async ({ account, sees, misses }) => {
  await using visit = await county.open({ width: 1440, language: 'zh' })
  await visit.signIn(account)
  await visit.page.getByRole('heading', { name: /今日/ }).waitFor()
  await visit.page.goto('/settings/organisation')
  await visit.page.getByText(sees).first().waitFor()
  if (misses) expect(await visit.page.getByText(misses).count()).toBe(0)
  await visit.picture(`organisation-${account}`)
  expect(visit.errors).toEqual([])
})

test('a wrong password is refused in words, in both languages', async () => {
  for (const [language, said] of [
    ['zh', '帐号或密码不正确'],
    ['en', 'The account or the password is wrong'],
  ] as const) {
    await using visit = await county.open({ width: 390, language })
    await visit.page.goto('/')
    const [account, password] = language === 'zh' ? ['帐号', '密码'] : ['Account', 'Password']
    await visit.page.getByLabel(account ?? '', { exact: true }).fill('jingli')
    await visit.page.getByLabel(password ?? '', { exact: true }).fill('not the password')
    await visit.page.keyboard.press('Enter')
    await visit.page.getByText(said).waitFor()
    await visit.picture('sign-in-refused')
  }
})

test('an extract goes in through the upload page, and a plan of it reaches the lists', async () => {
  await using visit = await county.open({ width: 1440, language: 'zh' })
  const { page } = visit
  await visit.signIn('jingli', '/base/imports/new')
  await page.setInputFiles('input[type=file]', join(county.nextNight, 'subscribers.csv'))
  await page.getByText('装机地址(全)').first().waitFor()
  await visit.picture('import-mapping')
  const source = page.getByRole('cell', { name: '装机地址(全)', exact: true })
  const delimiter = page.getByRole('combobox', { name: '分隔符' })
  await delimiter.focus()
  for (const key of ['ArrowDown', ...Array(4).fill('ArrowDown'), 'Enter'])
    await delimiter.press(key) // the first opens; then from what was found down to the bar
  await source.waitFor({ state: 'detached' }) // the header is one cell now
  await page.getByText('缺少必需列').first().waitFor()
  await visit.picture('import-read-otherwise')
  for (const key of ['ArrowDown', ...Array(3).fill('ArrowUp'), 'Enter']) await delimiter.press(key) // up again to the comma
  await source.waitFor()
  await page.getByRole('textbox', { name: '方案名称（保存修改）' }).fill('by-comma')
  await page.getByRole('textbox', { name: '账期', exact: true }).fill('2026-11-22')
  await page.getByRole('button', { name: '试导入' }).click()
  await page.getByText('试导入完成，没有保存任何内容。').waitFor()
  await page.getByRole('button', { name: '开始导入' }).click()
  await page.waitForURL(/\/base\/imports\/[0-9a-f-]{36}/)
  await page.getByText(/退回/).first().waitFor()
  await visit.picture('import-report')

  await page.goto('/plan')
  await page.getByLabel('计划日期').fill('2026-11-23')
  await page.getByRole('button', { name: '生成计划' }).click()
  const publish = page.getByRole('button', { name: '发布计划' })
  await page.getByText('草稿').first().waitFor()
  await visit.picture('plan-draft')
  await publish.first().click()
  await page.getByRole('dialog').getByRole('button', { name: '发布计划' }).click()
  // The dialog stays until the work is done.
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.getByText('已发布').first().waitFor()
  await visit.picture('plan-published')

  await page.goto('/work?date=2026-11-23&by=person')
  await page.getByRole('row').nth(1).waitFor()
  expect(await page.getByRole('row').count()).toBeGreaterThan(10)
  await visit.picture('work-by-person')
  expect(visit.errors).toEqual([])
})

test('what the county may not do is disabled for a zone manager, and refused by the server', async () => {
  await using visit = await county.open({ width: 1440, language: 'zh' })
  await visit.signIn('pianqu1', '/plan')
  await visit.page.getByText('从在册用户到清单').first().waitFor()
  expect(await visit.page.getByRole('button', { name: '生成计划' }).isDisabled()).toBe(true)
  const answer = await visit.context.request.post('/api/v1/branches/370686/plans', {
    data: { date: '2026-11-24' },
  })
  expect([answer.status(), (await answer.json()).code]).toEqual([403, 'not-allowed'])
})

test.each(['zh', 'en'] as const)(
  'a grid manager opens the list on a phone (%s)',
  async (language) => {
    await using visit = await county.open({ width: 390, language })
    const { page } = visit
    await visit.signIn('shequ0101', '/field')
    await page
      .getByText(language === 'zh' ? /\d+ 户 · \d+ 个村居/ : /\d+ visits · \d+ places/)
      .waitFor()
    await visit.picture('field-today')
    const cards = page.getByRole('button', {
      name: language === 'zh' ? /话术与资费/ : /Script and terms/,
    })
    expect(await cards.count()).toBeGreaterThan(5)
    await cards.first().click()
    await page.getByText(language === 'zh' ? '怎么说' : 'What to say').waitFor()
    await visit.picture('field-task')
    const [width, inside] = await page.evaluate(() => [document.body.scrollWidth, innerWidth])
    expect(width, 'nothing runs off the side').toBeLessThanOrEqual(inside ?? 0)
    expect(visit.errors).toEqual([])
  },
)

test.each(['zh', 'en'] as const)(
  'every page of the console opens without an error (%s)',
  async (language) => {
    await using visit = await county.open({ width: 1440, language })
    const { page } = visit
    await visit.signIn('jingli')
    for (const path of [
      '/',
      '/base',
      '/base/68600000001001',
      '/base/expiry',
      '/base/imports',
      '/plan',
      '/plan/decisions',
      '/plan/campaigns',
      '/plan/campaigns/renewal-due',
      '/work',
      '/work/tasks',
      '/settings/organisation',
      '/settings/calendar',
      '/settings/rules',
    ]) {
      await page.goto(path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.waitForLoadState('networkidle')
      await visit.picture(`page${path.replaceAll('/', '-')}`)
    }
    expect(visit.errors).toEqual([])
  },
)
